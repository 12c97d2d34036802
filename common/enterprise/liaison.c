#include "enterprise/liaison.h"

#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "center/org.h"
#include "center/projected.h"

const char *const liaison_fields[] = {"name", "org", "phone", "enterprises", "by", "at", NULL};

enum liaison_act { LIAISON_ADD, LIAISON_CHANGE, LIAISON_PAIR, LIAISON_UNPAIR };

static const struct gate_act acts[] = {
    [LIAISON_ADD] = {"add a liaison", "liaison-add", "登记助企员", GATE_NEW, GATE_BY_OWNER,
                     "liaison-added"},
    [LIAISON_CHANGE] = {"change a liaison", "liaison-add", "变更助企员", GATE_REGISTERED,
                        GATE_BY_OWNER, "liaison-changed"},
    [LIAISON_PAIR] = {"pair", "liaison-add", "结对", GATE_REGISTERED, GATE_BY_OWNER,
                      "liaison-paired"},
    [LIAISON_UNPAIR] = {"unpair", "liaison-add", "解除结对", GATE_REGISTERED, GATE_BY_OWNER,
                        "liaison-unpaired"},
    {NULL, NULL, NULL, 0, GATE_BY_CENTER, NULL}};

const struct gate_record liaison_record = {"liaison", "助企员", gate_registers, gate_register_name,
                                           acts};

/* ---- what events make of liaisons ---- */

/* What the event leaves open stays as it is. */
static void apply_said(struct db *db, const struct event *event, const struct json *data)
{
    struct db_query *q =
        db_query(db, "INSERT INTO liaison (id, name, org_id, phone)"
                     " SELECT ?1, ?2, id, ?4 FROM org WHERE code = ?3 ON CONFLICT (id)"
                     " DO UPDATE SET phone = coalesce(excluded.phone, liaison.phone)");
    (void)event;
    db_bind(q, 1, json_number(data, "id"));
    db_bind_text(q, 2, json_text(data, "name"));
    db_bind_text(q, 3, json_text(data, "org"));
    db_bind_text(q, 4, json_text(data, "phone"));
    db_run(q);
}

static void apply_paired(struct db *db, const struct event *event, const struct json *data)
{
    struct db_query *q =
        db_query(db, "INSERT INTO liaison_enterprise (liaison_id, enterprise_id, from_at)"
                     " SELECT ?1, id, ?3 FROM enterprise WHERE code = ?2 ON CONFLICT DO NOTHING");
    for (int i = 0; i < json_count(data, "enterprises"); i++) {
        db_bind(q, 1, json_number(data, "id"));
        db_bind_text(q, 2, json_text_at(data, "enterprises", i));
        db_bind(q, 3, event->at);
        db_run(q);
    }
}

static void apply_unpaired(struct db *db, const struct event *event, const struct json *data)
{
    struct db_query *q =
        db_query(db, "DELETE FROM liaison_enterprise WHERE liaison_id = ?1"
                     " AND enterprise_id = (SELECT id FROM enterprise WHERE code = ?2)");
    (void)event;
    for (int i = 0; i < json_count(data, "enterprises"); i++) {
        db_bind(q, 1, json_number(data, "id"));
        db_bind_text(q, 2, json_text_at(data, "enterprises", i));
        db_run(q);
    }
}

const struct projected liaison_projected = {
    .check = "liaisons",
    .tables =
        (const struct projected_table[]){
            {"liaison", "m.id", "m.name", NULL},
            {"liaison_enterprise", "m.liaison_id",
             "coalesce((SELECT code FROM enterprise"
             " WHERE id = m.enterprise_id), CAST(m.enterprise_id AS TEXT))",
             NULL},
            {NULL, NULL, NULL, NULL}},
    .effects = (const struct projected_effect[]){{"liaison-added", apply_said},
                                                 {"liaison-changed", apply_said},
                                                 {"liaison-paired", apply_paired},
                                                 {"liaison-unpaired", apply_unpaired},
                                                 {NULL, NULL}}};

/* ---- saving ---- */

/* One thing that is being done to a liaison. */
struct doing {
    struct center *center;
    const struct liaison *liaison;
    const struct gate_who *who;
    enum liaison_act act;
    const char *codes; /* of the enterprises of a pair or its end; NULL: none */
    bool is_known;     /* it is so already */
    struct fault *fault;
};

static bool is_known(void *context)
{
    return ((const struct doing *)context)->is_known;
}

static bool may(void *context)
{
    const struct doing *d = context;
    if (org_is_center(d->center, d->who->by) || d->who->by == d->liaison->org)
        return true;
    return fault_add(d->fault, "%s: the liaison is not that organisation's",
                     gate_called(&acts[d->act]));
}

/* The liaison's number, name and organisation, and its telephone or the enterprises. */
static bool step(void *context)
{
    const struct doing *d = context;
    const struct liaison *liaison = d->liaison;
    struct text data = {0};
    json_start(&data);
    json_add_number(&data, "id", liaison->id);
    json_add_text(&data, "name", liaison->name);
    org_add_code(&data, "org", d->center->db, liaison->org);
    if (!d->codes)
        json_add_text(&data, "phone", liaison->phone);
    json_add_raw(&data, "enterprises", d->codes);
    org_add_code(&data, "by", d->center->db, d->who->by);
    projected_log(d->center, &liaison_projected, acts[d->act].event, d->who->at, &data);
    return true;
}

static enum gate_result pass(struct doing *d)
{
    const struct gate gate = {.record = &liaison_record,
                              .act = (int)d->act,
                              .state = gate_registers[d->act != LIAISON_ADD],
                              .at = d->who->at,
                              .by = &d->who->by,
                              .fault = d->fault,
                              .context = d,
                              .known = is_known,
                              .may = may,
                              .step = step,
                              .is_sure = true};
    return gate_pass(d->center, &gate);
}

int64_t liaison_find(struct db *db, const char *name, int64_t org)
{
    struct db_query *q = db_query(db, "SELECT id FROM liaison WHERE name = ?1 AND org_id = ?2");
    db_bind_text(q, 1, name);
    db_bind(q, 2, org);
    return db_first(q);
}

int64_t liaison_named(struct db *db, const char *name, int *count)
{
    struct db_query *q = db_query(db, "SELECT count(*), max(id) FROM liaison WHERE name = ?1");
    db_bind_text(q, 1, name);
    db_step(q);
    *count = (int)db_number(q, 0);
    int64_t id = *count == 1 ? db_number(q, 1) : 0;
    db_reset(q);
    return id;
}

/* False where PHONE is that of liaison ID already. */
static bool is_new_phone(struct db *db, int64_t id, const char *phone)
{
    struct db_query *q =
        db_query(db, "SELECT 1 FROM liaison WHERE id = ?1 AND phone IS DISTINCT FROM ?2");
    db_bind(q, 1, id);
    db_bind_text(q, 2, phone);
    return db_first(q) != 0;
}

enum gate_result liaison_save(struct center *center, struct liaison *liaison,
                              const struct gate_who *who, bool *added, struct fault *fault)
{
    struct db *db = center->db;
    struct doing d = {.center = center, .liaison = liaison, .who = who, .fault = fault};
    liaison->id = liaison_find(db, liaison->name, liaison->org);
    *added = !liaison->id;
    if (*added)
        liaison->id = db_count(db, "SELECT coalesce(max(id), 0) + 1 FROM liaison");
    d.act = *added ? LIAISON_ADD : LIAISON_CHANGE;
    d.is_known = !*added && (!liaison->phone || !is_new_phone(db, liaison->id, liaison->phone));
    return pass(&d);
}

static bool is_among(const int64_t *ids, int count, int64_t id)
{
    while (count && ids[count - 1] != id)
        count--;
    return count > 0;
}

/* Adds the codes of those of COUNT enterprises that are PAIRED with it, or are not; each once. */
static const char *list_codes(struct db *db, const struct liaison *liaison,
                              const int64_t *enterprises, int count, bool paired, struct text *list)
{
    for (int i = 0; i < count; i++) {
        struct db_query *q =
            db_query(db, "SELECT code FROM enterprise WHERE id = ?1 AND (SELECT count(*) FROM"
                         " liaison_enterprise WHERE liaison_id = ?2 AND enterprise_id = ?1) = ?3");
        db_bind(q, 1, enterprises[i]);
        db_bind(q, 2, liaison->id);
        db_bind(q, 3, paired);
        if (!is_among(enterprises, i, enterprises[i]) && db_step(q))
            json_list_add(list, db_text(q, 0));
        db_reset(q);
    }
    return json_list_end(list);
}

/* Pairs that are wanted and there, or the other way round, are passed over. */
static enum gate_result change_pairs(struct doing *d, const int64_t *enterprises, int count)
{
    struct text list = {0};
    d->codes =
        list_codes(d->center->db, d->liaison, enterprises, count, d->act == LIAISON_UNPAIR, &list);
    d->is_known = !d->codes;
    enum gate_result result = pass(d);
    text_free(&list);
    return result;
}

enum gate_result liaison_pair(struct center *center, const struct liaison *liaison,
                              const int64_t *enterprises, int count, const struct gate_who *who,
                              struct fault *fault)
{
    struct doing d = {
        .center = center, .liaison = liaison, .who = who, .act = LIAISON_PAIR, .fault = fault};
    return change_pairs(&d, enterprises, count);
}

enum gate_result liaison_unpair(struct center *center, const struct liaison *liaison,
                                const int64_t *enterprises, int count, const struct gate_who *who,
                                struct fault *fault)
{
    struct doing d = {
        .center = center, .liaison = liaison, .who = who, .act = LIAISON_UNPAIR, .fault = fault};
    return change_pairs(&d, enterprises, count);
}

bool liaison_exists(struct db *db, int64_t id)
{
    struct db_query *q = db_query(db, "SELECT 1 FROM liaison WHERE id = ?1");
    db_bind(q, 1, id);
    bool found = db_step(q);
    db_reset(q);
    return found;
}

int64_t liaison_count(struct db *db, int64_t id)
{
    struct db_query *q =
        db_query(db, "SELECT count(*) FROM liaison_enterprise WHERE liaison_id = ?1");
    db_bind(q, 1, id);
    return db_first(q);
}

static void bind_filter(struct db_query *q, const struct liaison_filter *filter)
{
    db_bind(q, 1, filter->id);
    db_bind(q, 2, filter->enterprise);
    db_bind(q, 3, filter->fewer);
}

void liaison_each(struct db *db, const struct liaison_filter *filter,
                  void (*take)(void *context, const struct liaison *liaison), void *context)
{
    struct db_query *q = db_query(
        db, "SELECT l.id, l.name, l.org_id, l.phone, count(p.enterprise_id), min(p.from_at)"
            " FROM liaison l LEFT JOIN liaison_enterprise p ON p.liaison_id = l.id"
            " WHERE (?1 = 0 OR l.id = ?1)"
            " AND (?2 = 0 OR l.id IN (SELECT liaison_id FROM liaison_enterprise"
            " WHERE enterprise_id = ?2)) GROUP BY l.id, l.name, l.org_id, l.phone"
            " HAVING ?3 = 0 OR count(p.enterprise_id) < ?3 ORDER BY l.id");
    bind_filter(q, filter);
    while (db_step(q))
        take(context, &(struct liaison){.id = db_number(q, 0),
                                        .name = db_text(q, 1),
                                        .org = db_number(q, 2),
                                        .phone = db_text(q, 3),
                                        .enterprises = db_number(q, 4),
                                        .since = db_number(q, 5)});
}

void liaison_pairs(struct db *db, const struct liaison_filter *filter,
                   void (*take)(void *context, const struct liaison_pair *pair), void *context)
{
    struct db_query *q =
        db_query(db, "SELECT l.id, l.name, l.org_id, e.code, e.name, p.from_at FROM liaison l"
                     " JOIN liaison_enterprise p ON p.liaison_id = l.id"
                     " JOIN enterprise e ON e.id = p.enterprise_id"
                     " WHERE (?1 = 0 OR l.id = ?1)"
                     " AND (?2 = 0 OR p.enterprise_id = ?2) AND (?3 = 0 OR (SELECT count(*)"
                     " FROM liaison_enterprise c WHERE c.liaison_id = l.id) < ?3)"
                     " ORDER BY l.id, e.code");
    bind_filter(q, filter);
    while (db_step(q))
        take(context, &(struct liaison_pair){.id = db_number(q, 0),
                                             .name = db_text(q, 1),
                                             .org = db_number(q, 2),
                                             .code = db_text(q, 3),
                                             .enterprise = db_text(q, 4),
                                             .since = db_number(q, 5)});
}

/* A tag is held on a day by what is known of it last before that day: held, and not run out. */
void liaison_unpaired(struct db *db, const struct unpaired_filter *filter,
                      void (*take)(void *context, const char *code, const char *name,
                                   const char *region),
                      void *context)
{
    struct db_query *q =
        db_query(db, "SELECT e.code, e.name, e.region FROM enterprise e"
                     " WHERE NOT EXISTS (SELECT 1 FROM liaison_enterprise p"
                     " WHERE p.enterprise_id = e.id)"
                     " AND (?1 IS NULL OR (SELECT t.held = 1 AND (t.until_day IS NULL OR"
                     " t.until_day >= ?2) FROM tag t WHERE t.tag = ?1 AND t.enterprise_id = e.id"
                     " AND t.from_day <= ?2 ORDER BY t.from_day DESC LIMIT 1))"
                     " AND (?3 = 0 OR CAST(substr(e.region || '0000', 1, 6) AS INTEGER)"
                     " BETWEEN ?4 AND ?5) ORDER BY e.code");
    db_bind_text(q, 1, filter->tag);
    db_bind(q, 2, filter->day);
    db_bind(q, 3, filter->in_region);
    db_bind(q, 4, filter->region_first);
    db_bind(q, 5, filter->region_last);
    while (db_step(q))
        take(context, db_text(q, 0), db_text(q, 1), db_text(q, 2));
}
