#include "opinion/evaluation.h"

static void count_pushes(struct db *db, int64_t id, struct evaluation *e)
{
    struct db_query *q = db_query(
        db, "SELECT count(*), count(DISTINCT enterprise_id) FROM push WHERE policy_id = ?1");
    db_bind(q, 1, id);
    db_step(q);
    e->deliveries = db_number(q, 0);
    e->reached = db_number(q, 1);
    db_reset(q);
}

static void count_outcomes(struct db *db, int64_t id, struct evaluation *e)
{
    struct db_query *q =
        db_query(db, "SELECT coalesce(sum(CASE WHEN type = 'viewed' THEN count ELSE 0 END), 0),"
                     " coalesce(sum(CASE WHEN type = 'applied' THEN 1 ELSE 0 END), 0),"
                     " coalesce(sum(CASE WHEN type = 'refused' THEN 1 ELSE 0 END), 0),"
                     " coalesce(sum(CASE WHEN type = 'granted' THEN 1 ELSE 0 END), 0),"
                     " count(DISTINCT CASE WHEN type = 'granted' THEN enterprise_id END),"
                     " coalesce(sum(CASE WHEN type = 'granted' THEN amount END), 0)"
                     " FROM policy_event WHERE policy_id = ?1");
    db_bind(q, 1, id);
    db_step(q);
    e->views = db_number(q, 0);
    e->applications = db_number(q, 1);
    e->refusals = db_number(q, 2);
    e->grants = db_number(q, 3);
    e->granted = db_number(q, 4);
    e->amount = db_number(q, 5);
    db_reset(q);
}

/* As all figures of requests count them. */
static void count_consultations(struct db *db, int64_t id, struct evaluation *e)
{
    struct db_query *q =
        db_query(db, "SELECT count(*) FROM ticket WHERE policy_id = ?1 AND errand = 0"
                     " AND (closed_as IS NULL OR closed_as <> 'void')");
    db_bind(q, 1, id);
    e->consultations = db_first(q);
}

static void count_answers(struct db *db, int64_t id, int64_t since, struct evaluation *e)
{
    struct db_query *q =
        db_query(db, "SELECT coalesce(sum(CASE WHEN at < ?2 THEN 1 ELSE 0 END), 0),"
                     " coalesce(sum(CASE WHEN at < ?2 THEN score ELSE 0 END), 0), count(*),"
                     " coalesce(sum(score), 0) FROM survey_answer"
                     " WHERE policy_id = ?1 AND score IS NOT NULL");
    db_bind(q, 1, id);
    db_bind(q, 2, since);
    db_step(q);
    e->before = db_number(q, 0);
    e->before_sum = db_number(q, 1);
    e->lately = db_number(q, 2) - e->before;
    e->lately_sum = db_number(q, 3) - e->before_sum;
    db_reset(q);
}

struct evaluation evaluation_of(struct db *db, int64_t id, int64_t since)
{
    struct evaluation e;
    count_pushes(db, id, &e);
    count_outcomes(db, id, &e);
    count_consultations(db, id, &e);
    count_answers(db, id, since, &e);
    return e;
}
