#include "policy/outcome.h"

#include "center/projected.h"
#include "enterprise/enterprise.h"

/* The types of outcome, as they are stored and as events are called. */
static const char *const types[][2] = {[POLICYEVENT_VIEWED] = {"viewed", "policy-viewed"},
                                       [POLICYEVENT_FEEDBACK] = {"feedback", "policy-feedback"},
                                       [POLICYEVENT_APPLIED] = {"applied", "policy-applied"},
                                       [POLICYEVENT_REFUSED] = {"refused", "policy-refused"},
                                       [POLICYEVENT_GRANTED] = {"granted", "policy-granted"}};

/* ---- what events make of outcomes ---- */

static void apply(struct db *db, const struct event *event, const struct json *data)
{
    struct db_query *q =
        db_query(db, "INSERT INTO policy_event (id, policy_id, type, at, enterprise_id, count,"
                     " score, amount, text) SELECT ?1, id, substr(?2, 8), ?3, (SELECT id FROM"
                     " enterprise WHERE code = ?4), ?5, ?6, ?7, ?8 FROM policy WHERE code = ?9");
    if (json_has(data, "id"))
        db_bind(q, 1, json_number(data, "id"));
    db_bind_text(q, 2, event->type);
    db_bind(q, 3, event->at);
    db_bind_text(q, 4, json_text(data, "enterprise"));
    db_bind(q, 5, json_has(data, "count") ? json_number(data, "count") : 1);
    if (json_has(data, "score"))
        db_bind(q, 6, json_number(data, "score"));
    if (json_has(data, "amount"))
        db_bind(q, 7, json_number(data, "amount"));
    db_bind_text(q, 8, json_text(data, "text"));
    db_bind_text(q, 9, json_text(data, "policy"));
    db_run(q);
}

const struct projected outcome_projected = {
    .check = "outcomes",
    .tables = (const struct projected_table[]){{"policy_event", "m.policy_id",
                                                "(SELECT code FROM policy WHERE id = m.policy_id)"
                                                " || ' ' || m.type || ' ' || m.id",
                                                NULL},
                                               {NULL, NULL, NULL, NULL}},
    .effects = (const struct projected_effect[]){{"policy-viewed", apply},
                                                 {"policy-feedback", apply},
                                                 {"policy-applied", apply},
                                                 {"policy-refused", apply},
                                                 {"policy-granted", apply},
                                                 {NULL, NULL}}};

/* ---- adding ---- */

void policyevent_add(struct center *center, const char *code, const struct policyevent *e,
                     const char *by)
{
    struct arena arena = {0};
    struct text data = {0};
    json_start(&data);
    json_add_number(&data, "id", policyevent_last(center->db) + 1);
    json_add_text(&data, "policy", code);
    json_add_text(&data, "by", by);
    json_add_text(&data, "enterprise", enterprise_code(center->db, e->enterprise, &arena));
    if (e->type == POLICYEVENT_VIEWED)
        json_add_number(&data, "count", e->count);
    if (e->score)
        json_add_number(&data, "score", e->score);
    if (e->amount)
        json_add_number(&data, "amount", e->amount);
    json_add_text(&data, "text", e->text);
    projected_log(center, &outcome_projected, types[e->type][1], e->at, &data);
    arena_free(&arena);
}

static void bind_event(struct db_query *q, const struct policyevent *e)
{
    db_bind(q, 1, e->policy);
    db_bind_text(q, 2, types[e->type][0]);
    db_bind(q, 3, e->at);
    if (e->enterprise)
        db_bind(q, 4, e->enterprise);
    db_bind(q, 5, e->count);
    if (e->score)
        db_bind(q, 6, e->score);
    if (e->amount)
        db_bind(q, 7, e->amount);
    db_bind_text(q, 8, e->text);
}

bool policyevent_known(struct db *db, const struct policyevent *event, int64_t last)
{
    struct db_query *q =
        db_query(db, "SELECT 1 FROM policy_event WHERE policy_id = ?1 AND type = ?2 AND at = ?3"
                     " AND enterprise_id IS NOT DISTINCT FROM ?4 AND count = ?5"
                     " AND score IS NOT DISTINCT FROM ?6 AND amount IS NOT DISTINCT FROM ?7"
                     " AND text IS NOT DISTINCT FROM ?8 AND id <= ?9 LIMIT 1");
    bind_event(q, event);
    db_bind(q, 9, last);
    bool known = db_step(q);
    db_reset(q);
    return known;
}

int64_t policyevent_last(struct db *db)
{
    return db_count(db, "SELECT coalesce(max(id), 0) FROM policy_event");
}

struct policyevent_sums policyevent_sum(struct db *db, int64_t policy)
{
    struct policyevent_sums sums = {0};
    struct db_query *q = db_query(
        db, "SELECT coalesce(sum(CASE type WHEN 'viewed' THEN count END), 0),"
            " coalesce(sum(CASE type WHEN 'feedback' THEN 1 END), 0), coalesce(sum(score), 0),"
            " count(score), coalesce(sum(CASE type WHEN 'applied' THEN 1 END), 0),"
            " coalesce(sum(CASE type WHEN 'refused' THEN 1 END), 0),"
            " coalesce(sum(CASE type WHEN 'granted' THEN 1 END), 0),"
            " coalesce(sum(CASE type WHEN 'granted' THEN amount END), 0)"
            " FROM policy_event WHERE policy_id = ?1");
    db_bind(q, 1, policy);
    if (db_step(q))
        sums = (struct policyevent_sums){db_number(q, 0), db_number(q, 1), db_number(q, 2),
                                         db_number(q, 3), db_number(q, 4), db_number(q, 5),
                                         db_number(q, 6), db_number(q, 7)};
    db_reset(q);
    return sums;
}

void policyevent_grants(struct db *db, int64_t enterprise,
                        void (*take)(void *context, const char *code, const char *title,
                                     int64_t amount, int64_t at),
                        void *context)
{
    struct db_query *q =
        db_query(db, "SELECT p.code, p.title, coalesce(v.amount, 0), v.at FROM policy_event v"
                     " JOIN policy p ON p.id = v.policy_id WHERE v.type = 'granted'"
                     " AND v.enterprise_id = ?1 ORDER BY v.at, v.id");
    db_bind(q, 1, enterprise);
    while (db_step(q))
        take(context, db_text(q, 0), db_text(q, 1), db_number(q, 2), db_number(q, 3));
}
