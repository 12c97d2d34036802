#include "center/org.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/die.h"
#include "base/text.h"
#include "center/projected.h"

const char *const org_fields[] = {"code", "name", "short", "group", "contact", "phone", NULL};

/* Each name and short name leads to one organisation; a full name stands before a short one. */
int64_t org_find(struct db *db, const char *word)
{
    struct db_query *q = db_query(db, "SELECT id, 0 FROM org WHERE code = ?1 OR name = ?1"
                                      " UNION ALL SELECT org_id, 1 FROM org_name WHERE name = ?1"
                                      " ORDER BY 2 LIMIT 1");
    db_bind_text(q, 1, word);
    return db_first(q);
}

const char *org_find_code(struct db *db, int64_t id, struct arena *arena)
{
    struct db_query *q = db_query(db, "SELECT code FROM org WHERE id = ?1");
    db_bind(q, 1, id);
    const char *code = db_step(q) ? arena_string(arena, db_text(q, 0)) : NULL;
    db_reset(q);
    return code;
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

/* False, with a fault, where NAME is the code, name or short name of an organisation other than
 * that with CODE. */
static bool name_is_free(struct db *db, const char *name, const char *code, struct fault *fault)
{
    struct db_query *q =
        db_query(db, "SELECT code FROM org WHERE (name = ?1 OR code = ?1) AND code <> ?2"
                     " UNION ALL SELECT o.code FROM org_name n JOIN org o ON o.id = n.org_id"
                     " WHERE n.name = ?1 AND o.code <> ?2 LIMIT 1");
    db_bind_text(q, 1, name);
    db_bind_text(q, 2, code);
    bool free_name = !db_step(q);
    if (!free_name)
        fault_add(fault, "the name \"%s\" belongs to organisation %s", name, db_text(q, 0));
    db_reset(q);
    return free_name;
}

static bool names_are_free(struct db *db, const struct org *org, struct fault *fault)
{
    if (!name_is_free(db, org->code, org->code, fault) ||
        !name_is_free(db, org->name, org->code, fault))
        return false;
    for (const char *const *name = org->short_names; *name; name++)
        if (!name_is_free(db, *name, org->code, fault))
            return false;
    return true;
}

/* ---- what events make of organisations ---- */

static void add_short_names(struct db *db, int64_t id, const struct json *data)
{
    for (int i = 0; i < json_count(data, "short"); i++) {
        struct db_query *q = db_query(db, "INSERT INTO org_name (name, org_id) VALUES (?1, ?2)"
                                          " ON CONFLICT (name) DO NOTHING");
        db_bind_text(q, 1, json_text_at(data, "short", i));
        db_bind(q, 2, id);
        db_run(q);
    }
}

/* What the event leaves open stays as it is. */
static void apply(struct db *db, const struct event *event, const struct json *data)
{
    static const char *const members[] = {"code", "name", "group", "contact", "phone"};
    const char *code = json_text(data, "code");
    struct db_query *q =
        db_query(db, "INSERT INTO org (id, code, name, peer_group, contact, phone)"
                     " VALUES (?1, ?2, ?3, ?4, ?5, ?6) ON CONFLICT (code) DO UPDATE SET"
                     " name = excluded.name, peer_group = excluded.peer_group,"
                     " contact = coalesce(excluded.contact, org.contact),"
                     " phone = coalesce(excluded.phone, org.phone)");
    (void)event;
    if (json_has(data, "id"))
        db_bind(q, 1, json_number(data, "id"));
    for (int i = 0; i < 5; i++)
        db_bind_text(q, i + 2, json_text(data, members[i]));
    db_run(q);
    q = db_query(db, "SELECT id FROM org WHERE code = ?1");
    db_bind_text(q, 1, code);
    add_short_names(db, db_first(q), data);
}

const struct projected org_projected = {
    .check = "organisations",
    .tables = (const struct projected_table[]){{"org", "m.id", "m.code", NULL},
                                               {"org_name", "m.org_id", "m.name", NULL},
                                               {NULL, NULL, NULL, NULL}},
    .effects = (const struct projected_effect[]){
        {"org-added", apply}, {"org-changed", apply}, {"org-stated", apply}, {NULL, NULL}}};

/* ---- saving ---- */

/* True where the row with ORG's code says the same. */
static bool is_known(struct db *db, const struct org *org)
{
    struct db_query *q =
        db_query(db, "SELECT 1 FROM org WHERE code = ?1 AND name = ?2"
                     " AND peer_group = ?3 AND coalesce(?4, contact) IS NOT DISTINCT FROM contact"
                     " AND coalesce(?5, phone) IS NOT DISTINCT FROM phone");
    const char *const texts[] = {org->code, org->name, org->peer_group, org->contact, org->phone};
    for (int i = 0; i < 5; i++)
        db_bind_text(q, i + 1, texts[i]);
    return db_first(q) != 0;
}

/* The short names that are new, as a list; NULL: none is. */
static const char *list_new_names(struct db *db, const struct org *org, struct text *list)
{
    for (const char *const *name = org->short_names; *name; name++) {
        struct db_query *q = db_query(db, "SELECT 1 FROM org_name WHERE name = ?1");
        db_bind_text(q, 1, *name);
        if (!db_first(q))
            json_list_add(list, *name);
    }
    return json_list_end(list);
}

/* ID 0: the organisation is new. */
static void log_org(struct center *center, const struct org *org, int64_t id, const char *names)
{
    struct text data = {0};
    json_start(&data);
    json_add_number(&data, "id",
                    id ? id : db_count(center->db, "SELECT coalesce(max(id), 0) + 1 FROM org"));
    json_add_text(&data, "code", org->code);
    json_add_text(&data, "name", org->name);
    json_add_raw(&data, "short", names);
    json_add_text(&data, "group", org->peer_group);
    json_add_text(&data, "contact", org->contact);
    json_add_text(&data, "phone", org->phone);
    projected_log(center, &org_projected, id ? "org-changed" : "org-added", 0, &data);
}

enum org_result org_save(struct center *center, const struct org *org, struct fault *fault)
{
    struct text list = {0};
    if (!names_are_free(center->db, org, fault))
        return ORG_REFUSED;
    struct db_query *q = db_query(center->db, "SELECT id FROM org WHERE code = ?1");
    db_bind_text(q, 1, org->code);
    int64_t id = db_first(q);
    const char *names = list_new_names(center->db, org, &list);
    bool same = id && !names && is_known(center->db, org);
    if (!same)
        log_org(center, org, id, names);
    text_free(&list);
    return same ? ORG_SAME : id ? ORG_CHANGED : ORG_ADDED;
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

static int by_id(const void *a, const void *b)
{
    const struct org *left = a, *right = b;
    return (left->id > right->id) - (left->id < right->id);
}

/* The organisation with this id, or NULL: ids are looked for, not trusted. */
static struct org *find_row(const struct org_table *table, int64_t id)
{
    const struct org key = {.id = id};
    return table->count ? bsearch(&key, table->orgs, (size_t)table->count, sizeof key, by_id)
                        : NULL;
}

static void load_short_names(struct org_table *table, struct db *db)
{
    struct db_query *q =
        db_query(db, "SELECT org_id, name FROM org_name ORDER BY org_id, length(name), name");
    while (db_step(q)) {
        struct org *org = find_row(table, db_number(q, 0));
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

struct org_table org_table_load(struct db *db)
{
    struct org_table table = {.strays = mem_zero(1, sizeof *table.strays)};
    int64_t most = db_count(db, "SELECT count(*) FROM org");
    table.orgs = arena_zero(&table.arena, (size_t)most * sizeof *table.orgs);
    struct db_query *q = db_query(db, "SELECT id, code, name, peer_group, contact, phone FROM org"
                                      " ORDER BY id");
    while (db_step(q) && table.count < most) {
        struct org *org = &table.orgs[table.count++];
        org->id = db_number(q, 0);
        org->code = arena_string(&table.arena, db_text(q, 1));
        org->name = arena_string(&table.arena, db_text(q, 2));
        org->peer_group = arena_string(&table.arena, db_text(q, 3));
        org->contact = db_text(q, 4) ? arena_string(&table.arena, db_text(q, 4)) : NULL;
        org->phone = db_text(q, 5) ? arena_string(&table.arena, db_text(q, 5)) : NULL;
        org->short_names = no_names;
    }
    db_reset(q);
    qsort(table.orgs, (size_t)table.count, sizeof *table.orgs, by_id); /* a damaged file's order */
    load_short_names(&table, db);
    return table;
}

void org_table_free(struct org_table *table)
{
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
    const struct org *org = find_row(table, id);
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
