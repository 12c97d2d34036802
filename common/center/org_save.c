#include "center/org_save.h"

#include <string.h>

#include "base/json.h"
#include "center/county.h"
#include "center/org_field.h"
#include "center/org_known.h"
#include "center/projected.h"

enum org_act { ORG_ADD, ORG_CHANGE };

static const struct gate_act acts[] = {[ORG_ADD] = {"add an organisation", "org-add", "登记单位",
                                                    GATE_NEW, GATE_BY_CENTER, "org-added"},
                                       [ORG_CHANGE] = {"change an organisation", "org-add",
                                                       "变更单位", GATE_REGISTERED, GATE_BY_OWNER,
                                                       "org-changed"},
                                       {NULL, NULL, NULL, 0, GATE_BY_CENTER, NULL}};

const struct gate_record org_record = {"org", "单位", gate_registers, gate_register_name, acts};

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

/* Reads the organisation with this code, texts in ARENA; false where there is none. */
static bool load(struct db *db, const char *code, struct arena *arena, struct org *org)
{
    struct db_query *q = db_query_kept(db, &org_columns);
    if (!q) {
        struct text sql = {0};
        text_add(&sql, "SELECT ");
        fields_add_columns(&sql, &org_columns, "", 0);
        text_add(&sql, " FROM org WHERE code = ?1");
        q = db_query_keep(db, &org_columns, sql.data);
        text_free(&sql);
    }
    db_bind_text(q, 1, code);
    *org = (struct org){.id = 0};
    bool found = db_step(q);
    if (found) {
        fields_read(q, 0, &org_columns, 0, org);
        fields_keep(&org_columns, org, arena);
    }
    db_reset(q);
    return found;
}

/* What the event leaves open stays as it is. */
static void apply(struct db *db, const struct event *event, const struct json *data)
{
    struct arena arena = {0};
    struct org was, is;
    bool found = load(db, json_text(data, "code"), &arena, &was);
    (void)event;
    is = was;
    for (int i = 0; i < org_columns.count; i++) {
        const char *member = org_field(i)->member, *value = member ? json_text(data, member) : NULL;
        if (value)
            *field_text_at(org_field(i), &is) = value;
    }
    if (!found)
        is.id = json_number(data, "id");
    if (found)
        fields_update(db, &org_columns, was.id, &was, &is);
    else
        is.id = fields_insert(db, &org_columns, &is);
    add_short_names(db, is.id, data);
    arena_free(&arena);
}

const struct projected org_projected = {
    .check = "organisations",
    .tables = (const struct projected_table[]){{"org", "m.id", "m.code", NULL},
                                               {"org_name", "m.org_id", "m.name", NULL},
                                               {NULL, NULL, NULL, NULL}},
    .effects = (const struct projected_effect[]){
        {"org-added", apply}, {"org-changed", apply}, {"org-stated", apply}, {NULL, NULL}}};

/* ---- saving ---- */

/* True where the row with ORG's code says the same; what ORG leaves open does. */
static bool is_same(struct db *db, const struct org *org)
{
    struct arena arena = {0};
    struct org stored;
    bool same = load(db, org->code, &arena, &stored);
    for (int i = 0; i < org_columns.count && same; i++) {
        const struct field *field = org_field(i);
        same = !field->member || !field_text(field, org) || field_is_same(field, org, &stored);
    }
    arena_free(&arena);
    return same;
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

/* One that is being saved. */
struct saving {
    struct center *center;
    const struct org *org;
    int64_t id; /* 0: it is new */
    const struct gate_who *who;
    const char *names; /* short ones that are new, as a list; NULL: none is */
    struct fault *fault;
};

/* True where organisation ID is of this peer group. */
static bool has_group(struct db *db, int64_t id, const char *group)
{
    struct db_query *q = db_query(db, "SELECT 1 FROM org WHERE id = ?1 AND peer_group = ?2");
    db_bind(q, 1, id);
    db_bind_text(q, 2, group);
    return db_first(q) != 0;
}

/* A county's center registers its bureaus, and everybody keeps its own entry; in which group one is
 * compared is the center's to say. */
static bool may(void *context)
{
    struct saving *s = context;
    int64_t by = s->who->by;
    const char *group = s->org->peer_group;
    bool stays = !s->id || has_group(s->center->db, s->id, group);
    const struct county *county = org_is_center(s->center, by) ? NULL : county_at(s->center, by);
    if (org_is_center(s->center, by) ||
        (stays && ((s->id && by == s->id) || (county && !strcmp(county->bureaus, group)))))
        return true;
    return fault_add(s->fault,
                     s->id ? "%s: the entry, or its new group, is not that organisation's"
                           : "%s: only the center may",
                     gate_called(&acts[s->id ? ORG_CHANGE : ORG_ADD]));
}

static bool is_known(void *context)
{
    const struct saving *s = context;
    return s->id && !s->names && is_same(s->center->db, s->org);
}

static bool step(void *context)
{
    const struct saving *s = context;
    const struct org *org = s->org;
    struct db *db = s->center->db;
    struct text data = {0};
    json_start(&data);
    json_add_number(&data, "id",
                    s->id ? s->id : db_count(db, "SELECT coalesce(max(id), 0) + 1 FROM org"));
    for (int i = 0; i < org_columns.count; i++)
        if (i == ORG_SHORT)
            json_add_raw(&data, "short", s->names);
        else if (org_field(i)->member)
            json_add_text(&data, org_field(i)->member, field_text(org_field(i), org));
    org_add_code(&data, "by", db, s->who->by);
    projected_log(s->center, &org_projected, acts[s->id ? ORG_CHANGE : ORG_ADD].event, s->who->at,
                  &data);
    orgknown_forget(db);
    return true;
}

static enum gate_result pass(struct saving *s)
{
    const struct gate gate = {.record = &org_record,
                              .act = s->id ? ORG_CHANGE : ORG_ADD,
                              .state = gate_register(s->id),
                              .at = s->who->at,
                              .by = &s->who->by,
                              .fault = s->fault,
                              .context = s,
                              .known = is_known,
                              .may = may,
                              .step = step,
                              .is_sure = true};
    return gate_pass(s->center, &gate);
}

enum org_result org_save(struct center *center, const struct org *org, const struct gate_who *who,
                         struct fault *fault)
{
    static const struct gate_who center_now;
    struct text list = {0};
    struct saving s = {
        .center = center, .org = org, .who = who ? who : &center_now, .fault = fault};
    if (!names_are_free(center->db, org, fault))
        return ORG_REFUSED;
    struct db_query *q = db_query(center->db, "SELECT id FROM org WHERE code = ?1");
    db_bind_text(q, 1, org->code);
    s.id = db_first(q);
    s.names = list_new_names(center->db, org, &list);
    enum gate_result result = pass(&s);
    text_free(&list);
    return result == GATE_REFUSED ? ORG_REFUSED
           : result == GATE_KNOWN ? ORG_SAME
           : s.id                 ? ORG_CHANGED
                                  : ORG_ADDED;
}
