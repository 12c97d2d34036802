#include "policy/outcome.h"

#include "base/json.h"
#include "center/log.h"

static const char *const types[] = {"viewed", "feedback", "granted"};

/* CODE of an enterprise, by its id. */
static void add_enterprise(struct db *db, struct text *data, int64_t id)
{
    struct db_query *q = db_query(db, "SELECT code FROM enterprise WHERE id = ?1");
    db_bind(q, 1, id);
    if (db_step(q))
        json_add_text(data, "enterprise", db_text(q, 0));
    db_reset(q);
}

static void policyevent_record(struct center *center, const char *code, const struct policyevent *e,
                               const char *type)
{
    struct text data = {0};
    json_start(&data);
    json_add_text(&data, "policy", code);
    if (e->enterprise)
        add_enterprise(center->db, &data, e->enterprise);
    if (e->type == POLICYEVENT_VIEWED)
        json_add_number(&data, "count", e->count);
    if (e->score)
        json_add_number(&data, "score", e->score);
    if (e->amount)
        json_add_number(&data, "amount", e->amount);
    json_add_text(&data, "text", e->text);
    event_log(center, 0, type, e->at, &data);
}

static void bind_event(struct db_query *q, const struct policyevent *e)
{
    db_bind(q, 1, e->policy);
    db_bind_text(q, 2, types[e->type]);
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

void policyevent_add(struct center *center, const char *code, const struct policyevent *event)
{
    struct db_query *q =
        db_query(center->db, "INSERT INTO policy_event (policy_id, type, at, enterprise_id, count,"
                             " score, amount, text) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)");
    bind_event(q, event);
    db_run(q);
    switch (event->type) {
    case POLICYEVENT_VIEWED: policyevent_record(center, code, event, "policy-viewed"); break;
    case POLICYEVENT_FEEDBACK: policyevent_record(center, code, event, "policy-feedback"); break;
    case POLICYEVENT_GRANTED: policyevent_record(center, code, event, "policy-granted"); break;
    }
}

bool policyevent_known(struct db *db, const struct policyevent *event, int64_t last)
{
    struct db_query *q =
        db_query(db, "SELECT 1 FROM policy_event WHERE policy_id = ?1 AND type = ?2 AND at = ?3"
                     " AND enterprise_id IS ?4 AND count = ?5 AND score IS ?6 AND amount IS ?7"
                     " AND text IS ?8 AND id <= ?9 LIMIT 1");
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
            " count(score), coalesce(sum(CASE type WHEN 'granted' THEN 1 END), 0),"
            " coalesce(sum(amount), 0) FROM policy_event WHERE policy_id = ?1");
    db_bind(q, 1, policy);
    if (db_step(q))
        sums = (struct policyevent_sums){db_number(q, 0), db_number(q, 1), db_number(q, 2),
                                         db_number(q, 3), db_number(q, 4), db_number(q, 5)};
    db_reset(q);
    return sums;
}
