#include "enterprise/association.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/json.h"
#include "base/text.h"
#include "center/log.h"

const char *const association_fields[] = {"code",  "name",    "short",   "contact",
                                          "phone", "classes", "members", NULL};

const char association_group[] = "association";

/* False, with a fault, where the code is that of an organisation of another group. */
static bool group_fits(struct db *db, const char *code, struct fault *fault)
{
    struct db_query *q =
        db_query(db, "SELECT peer_group FROM org WHERE code = ?1 AND peer_group <> ?2");
    db_bind_text(q, 1, code);
    db_bind_text(q, 2, association_group);
    bool fits = !db_step(q);
    if (!fits)
        fault_add(fault, "organisation %s is not an association: its group is %s", code,
                  db_text(q, 0));
    db_reset(q);
    return fits;
}

enum org_result association_save(struct center *center, const struct org *org, int64_t *id,
                                 struct fault *fault)
{
    struct db *db = center->db;
    struct org grouped = *org;
    grouped.peer_group = association_group;
    if (!group_fits(db, org->code, fault))
        return ORG_REFUSED;
    enum org_result result = org_save(center, &grouped, fault);
    if (result == ORG_REFUSED)
        return result;
    *id = org_find(db, org->code);
    struct db_query *q =
        db_query(db, "INSERT INTO association (org_id) VALUES (?1) ON CONFLICT DO NOTHING");
    db_bind(q, 1, *id);
    db_run(q);
    return db_changes(db) > 0 ? ORG_ADDED : result;
}

static void add_to_list(struct text *list, const char *word)
{
    text_add_char(list, list->length ? ',' : '[');
    json_add_string(list, word);
}

/* LIST as JSON, or NULL where nothing was added and the event need not say so. */
static const char *end_list(struct text *list, bool needed)
{
    if (!list->length && !needed)
        return NULL;
    text_add(list, list->length ? "]" : "[]");
    return list->data;
}

static bool has_class(struct db *db, int64_t id, const char *class)
{
    struct db_query *q =
        db_query(db, "SELECT 1 FROM association_class WHERE org_id = ?1 AND class = ?2");
    db_bind(q, 1, id);
    db_bind_text(q, 2, class);
    bool found = db_step(q);
    db_reset(q);
    return found;
}

static bool classes_differ(struct db *db, int64_t id, const char *const *classes)
{
    struct db_query *q = db_query(db, "SELECT count(*) FROM association_class WHERE org_id = ?1");
    db_bind(q, 1, id);
    int64_t there = db_first(q);
    for (; *classes; classes++, there--)
        if (!has_class(db, id, *classes))
            return true;
    return there != 0;
}

/* Replaces the classes and adds them to LIST; false where they are the same. */
static bool set_classes(struct db *db, int64_t id, const char *const *classes, struct text *list)
{
    if (!classes_differ(db, id, classes))
        return false;
    struct db_query *q = db_query(db, "DELETE FROM association_class WHERE org_id = ?1");
    db_bind(q, 1, id);
    db_run(q);
    for (; *classes; classes++) {
        q = db_query(db, "INSERT INTO association_class (org_id, class) VALUES (?1, ?2)"
                         " ON CONFLICT DO NOTHING");
        db_bind(q, 1, id);
        db_bind_text(q, 2, *classes);
        db_run(q);
        add_to_list(list, *classes);
    }
    return true;
}

static int compare_ids(const void *a, const void *b)
{
    int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
    return (x > y) - (x < y);
}

/* A change of members: who joined and who left, as lists of codes. */
struct change {
    struct db *db;
    int64_t id;
    struct text joined, left;
};

static void log_member(struct change *change, int64_t enterprise, struct text *list)
{
    struct db_query *q = db_query(change->db, "SELECT code FROM enterprise WHERE id = ?1");
    db_bind(q, 1, enterprise);
    if (db_step(q))
        add_to_list(list, db_text(q, 0));
    db_reset(q);
}

static void join(struct change *change, int64_t enterprise)
{
    struct db_query *q =
        db_query(change->db, "INSERT INTO association_member (org_id, enterprise_id)"
                             " VALUES (?1, ?2) ON CONFLICT DO NOTHING");
    db_bind(q, 1, change->id);
    db_bind(q, 2, enterprise);
    db_run(q);
    if (db_changes(change->db))
        log_member(change, enterprise, &change->joined);
}

static void leave(struct change *change, int64_t enterprise)
{
    struct db_query *q = db_query(change->db, "DELETE FROM association_member WHERE org_id = ?1"
                                              " AND enterprise_id = ?2");
    db_bind(q, 1, change->id);
    db_bind(q, 2, enterprise);
    db_run(q);
    log_member(change, enterprise, &change->left);
}

/* Lets those join who are new, and those leave who are not among MEMBERS. */
static void set_members(struct change *change, const int64_t *members, int count)
{
    size_t size = (size_t)count * sizeof *members;
    int64_t *sorted = mem_alloc(size), *gone = NULL;
    size_t gone_count = 0;
    if (count) {
        memcpy(sorted, members, size);
        qsort(sorted, (size_t)count, sizeof *sorted, compare_ids);
    }
    struct db_query *q = db_query(change->db, "SELECT enterprise_id FROM association_member"
                                              " WHERE org_id = ?1 ORDER BY enterprise_id");
    db_bind(q, 1, change->id);
    while (db_step(q)) {
        int64_t present = db_number(q, 0);
        if (count && bsearch(&present, sorted, (size_t)count, sizeof *sorted, compare_ids))
            continue;
        gone = mem_grow(gone, gone_count, sizeof *gone);
        gone[gone_count++] = present;
    }
    for (size_t i = 0; i < gone_count; i++)
        leave(change, gone[i]);
    for (int i = 0; i < count; i++)
        join(change, members[i]);
    free(gone);
    free(sorted);
}

static void log_change(struct center *center, const char *code, bool new,
                       const char *const lists[static 3])
{
    struct text data = {0};
    json_start(&data);
    json_add_text(&data, "code", code);
    json_add_raw(&data, "classes", lists[0]);
    json_add_raw(&data, "joined", lists[1]);
    json_add_raw(&data, "left", lists[2]);
    event_log(center, 0, new ? "association-added" : "association-changed", 0, &data);
}

static void find_code(struct db *db, int64_t id, struct text *code)
{
    struct db_query *q = db_query(db, "SELECT code FROM org WHERE id = ?1");
    db_bind(q, 1, id);
    if (db_step(q))
        text_add(code, db_text(q, 0));
    db_reset(q);
}

bool association_set(struct center *center, const struct association_lists *lists, bool new)
{
    struct change change = {.db = center->db, .id = lists->id};
    struct text classes = {0}, code = {0};
    bool differs = lists->classes && set_classes(change.db, lists->id, lists->classes, &classes);
    if (lists->members)
        set_members(&change, lists->members, lists->member_count);
    const char *const texts[] = {end_list(&classes, differs), end_list(&change.joined, false),
                                 end_list(&change.left, false)};
    bool changed = differs || texts[1] || texts[2];
    if (changed || new) {
        find_code(change.db, lists->id, &code);
        log_change(center, code.data, new, texts);
    }
    text_free(&classes);
    text_free(&code);
    text_free(&change.joined);
    text_free(&change.left);
    return changed;
}

int64_t association_find(struct db *db, const char *word)
{
    int64_t id = org_find(db, word);
    struct db_query *q = db_query(db, "SELECT 1 FROM association WHERE org_id = ?1");
    db_bind(q, 1, id);
    bool found = db_step(q);
    db_reset(q);
    return found ? id : 0;
}

static const char *const *read_classes(struct db *db, int64_t id, struct arena *arena)
{
    const char **classes = NULL;
    size_t count = 0;
    struct db_query *q =
        db_query(db, "SELECT class FROM association_class WHERE org_id = ?1 ORDER BY class");
    db_bind(q, 1, id);
    while (db_step(q)) {
        classes = mem_grow(classes, count, sizeof *classes);
        classes[count++] = arena_string(arena, db_text(q, 0));
    }
    const char **ended = arena_zero(arena, (count + 1) * sizeof *ended);
    if (count)
        memcpy(ended, classes, count * sizeof *ended);
    free(classes);
    return ended;
}

static bool prefers_any(const char *const *preferred, const char *const *classes)
{
    for (; *preferred; preferred++)
        for (const char *const *wanted = classes; *wanted; wanted++)
            if (!strcmp(*preferred, *wanted))
                return true;
    return false;
}

void association_each(struct db *db, int64_t id, const char *const *classes, association_take *take,
                      void *context)
{
    struct db_query *q =
        db_query(db, "SELECT o.id, o.code, o.name, o.contact, o.phone,"
                     " (SELECT count(*) FROM association_member m WHERE m.org_id = o.id)"
                     " FROM association a JOIN org o ON o.id = a.org_id"
                     " WHERE ?1 = 0 OR a.org_id = ?1 ORDER BY o.code");
    db_bind(q, 1, id);
    while (db_step(q)) {
        struct arena arena = {0};
        struct association a = {.id = db_number(q, 0),
                                .code = db_text(q, 1),
                                .name = db_text(q, 2),
                                .contact = db_text(q, 3),
                                .phone = db_text(q, 4),
                                .members = db_number(q, 5)};
        a.classes = read_classes(db, a.id, &arena);
        if (!classes || prefers_any(a.classes, classes))
            take(context, &a);
        arena_free(&arena);
    }
}

void association_members(struct db *db, int64_t id,
                         void (*take)(void *context, const char *code, const char *name,
                                      const char *region),
                         void *context)
{
    struct db_query *q = db_query(db, "SELECT e.code, e.name, e.region FROM association_member m"
                                      " JOIN enterprise e ON e.id = m.enterprise_id"
                                      " WHERE m.org_id = ?1 ORDER BY e.code");
    db_bind(q, 1, id);
    while (db_step(q))
        take(context, db_text(q, 0), db_text(q, 1), db_text(q, 2));
}
