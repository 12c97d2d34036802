#include "center/org.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/die.h"
#include "base/json.h"
#include "base/mem.h"
#include "base/text.h"
#include "center/org_field.h"
#include "center/org_known.h"

/* Each name and short name leads to one organisation; a full name stands before a short one. */
int64_t org_find(struct db *db, const char *word)
{
    int64_t known = orgknown_find(db, word);
    if (known)
        return known;
    struct db_query *q = db_query(db, "SELECT id, 0 FROM org WHERE code = ?1 OR name = ?1"
                                      " UNION ALL SELECT org_id, 1 FROM org_name WHERE name = ?1"
                                      " ORDER BY 2 LIMIT 1");
    db_bind_text(q, 1, word);
    return db_first(q);
}

const char *org_find_code(struct db *db, int64_t id, struct arena *arena)
{
    const char *known = orgknown_code(db, id);
    if (known || !id)
        return known;
    struct db_query *q = db_query(db, "SELECT code FROM org WHERE id = ?1");
    db_bind(q, 1, id);
    const char *code = db_step(q) ? arena_string(arena, db_text(q, 0)) : NULL;
    db_reset(q);
    return code;
}

void org_add_code(struct text *data, const char *key, struct db *db, int64_t id)
{
    struct arena arena = {0};
    json_add_text(data, key, org_find_code(db, id, &arena));
    arena_free(&arena);
}

bool org_is_center(const struct center *center, int64_t id)
{
    return !id || id == org_find(center->db, center->config->center_org);
}

char *org_nearest(struct db *db, const char *word)
{
    return db_nearest(db_query(db, "SELECT name FROM org UNION ALL SELECT code FROM org"
                                   " UNION ALL SELECT name FROM org_name"),
                      word);
}

const char *org_unknown(struct db *db, const char *word, struct fault *fault)
{
    char *near = org_nearest(db, word);
    fault_unknown(fault, "organisation", word, near, "; org-list shows them");
    free(near);
    return fault->text;
}

int64_t org_need(struct db *db, const char *word)
{
    struct fault fault = {""};
    int64_t id = org_find(db, word);
    if (!id)
        die("%s", org_unknown(db, word, &fault));
    return id;
}

/* What stands for organisations that are missing; in a list, for there are few. */
struct org_strays {
    struct arena arena;
    struct stray {
        struct org org;
        struct stray *next;
    } * first;
};

static const char *const no_names[] = {NULL};

static const char SHORT_NAMES[] =
    "SELECT org_id, name FROM org_name ORDER BY org_id, length(name), name";

static void load_short_names(struct org_table *table, struct db *db)
{
    struct db_query *q = db_query(db, SHORT_NAMES);
    while (db_step(q)) {
        struct org *org = orgknown_row(table, db_number(q, 0));
        size_t count = 0;
        while (org && org->short_names[count])
            count++;
        if (!org)
            continue;
        const char **names = arena_zero(&table->arena, (count + 2) * sizeof *names);
        memcpy(names, org->short_names, count * sizeof *names);
        names[count] = arena_string(&table->arena, db_text(q, 1));
        org->short_names = names;
    }
}

static struct db_query *ask_all(struct db *db)
{
    struct text sql = {0};
    text_add(&sql, "SELECT ");
    fields_add_columns(&sql, &org_columns, "", 0);
    text_add(&sql, " FROM org ORDER BY id");
    struct db_query *q = db_query_built(db, sql.data);
    text_free(&sql);
    return q;
}

void org_table_ahead(struct db *db)
{
    db_ahead(ask_all(db));
    db_ahead(db_query(db, SHORT_NAMES));
}

struct org_table org_table_load(struct db *db)
{
    struct org_table table = {.strays = mem_zero(1, sizeof *table.strays)};
    struct db_query *q = ask_all(db);
    for (; db_step(q); table.count++) {
        table.orgs = mem_grow(table.orgs, (size_t)table.count, sizeof *table.orgs);
        struct org *org = &table.orgs[table.count];
        fields_read(q, 0, &org_columns, 0, org);
        fields_keep(&org_columns, org, &table.arena);
        org->short_names = no_names;
    }
    if (table.count) /* of a damaged file */
        qsort(table.orgs, (size_t)table.count, sizeof *table.orgs, orgknown_by_id);
    load_short_names(&table, db);
    return table;
}

void org_table_free(struct org_table *table)
{
    free(table->orgs);
    arena_free(&table->arena);
    if (table->strays)
        arena_free(&table->strays->arena);
    free(table->strays);
}

static const struct org *stray_of(struct org_strays *strays, int64_t id)
{
    struct stray *stray = strays->first;
    while (stray && stray->org.id != id)
        stray = stray->next;
    if (!stray) {
        stray = arena_zero(&strays->arena, sizeof *stray);
        const char *name = arena_format(&strays->arena, "organisation %lld", (long long)id);
        *stray = (struct stray){
            {.id = id, .code = name, .name = name, .peer_group = "", .short_names = no_names},
            strays->first};
        strays->first = stray;
    }
    return &stray->org;
}

const struct org *org_of(const struct org_table *table, int64_t id)
{
    const struct org *org = orgknown_row(table, id);
    return org ? org : stray_of(table->strays, id);
}

const char *org_code(const struct org_table *table, int64_t id)
{
    return id ? org_of(table, id)->code : NULL;
}

const char *org_name(const struct org_table *table, int64_t id)
{
    return id ? org_of(table, id)->name : NULL;
}

const char *org_name_of(const struct org_table *table, const char *code)
{
    for (int64_t i = 0; i < table->count; i++)
        if (!strcmp(table->orgs[i].code, code))
            return table->orgs[i].name;
    return NULL;
}

void org_add_list(struct text *list, const struct org_table *table, const int64_t *ids, int count,
                  bool names)
{
    for (int i = 0; i < count; i++) {
        text_add(list, i ? " " : "");
        text_add(list, names ? org_name(table, ids[i]) : org_code(table, ids[i]));
    }
}
