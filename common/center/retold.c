#include "center/retold.h"

#include <stdlib.h>
#include <string.h>

#include "center/org.h"

static const char rows[] = "rows";

void *retold_at(const struct retold_list *list, size_t place)
{
    return list->rows + place * list->size;
}

static struct retold *head(const struct retold_list *list, size_t place)
{
    return (struct retold *)(void *)(list->rows + place * list->size);
}

void *retold_find(const struct retold_list *list, int64_t id)
{
    for (size_t i = list->count; i--;)
        if (head(list, i)->id == id)
            return head(list, i);
    return NULL;
}

static struct retold *append(struct retold_list *list)
{
    list->rows = mem_grow(list->rows, list->count, list->size);
    struct retold *row = head(list, list->count++);
    memset(row, 0, list->size);
    return row;
}

/* The first row that was made and has no number, or was not made. */
static struct retold *first(const struct retold_list *list, bool made)
{
    for (size_t i = 0; i < list->count; i++)
        if (head(list, i)->made == made && (!made || !head(list, i)->id))
            return head(list, i);
    return NULL;
}

void *retold_add(struct retold_list *list)
{
    struct retold *row = first(list, false);
    if (!row)
        row = append(list);
    row->made = true;
    return row;
}

void retold_free(struct retold_list *list)
{
    free(list->rows);
}

static void set(struct retold *row, struct db *db, struct arena *arena,
                const struct retold_member *member, const struct json *told)
{
    void *at = (char *)row + member->offset;
    const char *text = json_text(told, member->key);
    if (!json_has(told, member->key))
        return;
    if (member->type == RETOLD_NUMBER)
        *(int64_t *)at = json_number(told, member->key);
    else if (member->type == RETOLD_ORG)
        *(int64_t *)at = text && *text ? org_find(db, text) : 0;
    else
        *(const char **)at = text ? arena_string(arena, text) : NULL;
}

void retold_apply(struct retold_list *list, struct db *db, struct arena *arena, const char *what,
                  const struct retold_member *members, const struct json *data)
{
    for (int i = 0; i < json_count(data, rows); i++) {
        const struct json *told = json_object_at(data, rows, i);
        int64_t id = told ? json_number(told, what) : 0;
        if (!id)
            continue;
        struct retold *row = retold_find(list, id);
        if (!row && !(row = first(list, true)))
            row = append(list);
        row->id = id;
        for (const struct retold_member *member = members; member->key; member++)
            set(row, db, arena, member, told);
    }
}

int64_t retold_id(const struct json *data, const char *what)
{
    for (int i = 0; i < json_count(data, rows); i++) {
        const struct json *told = json_object_at(data, rows, i);
        if (told && json_has(told, what))
            return json_number(told, what);
    }
    return 0;
}
