#include "report/policies.h"

static int64_t count(struct db *db, const char *sql, int64_t start, int64_t end)
{
    struct db_query *q = db_query(db, sql);
    db_bind(q, 1, start);
    db_bind(q, 2, end);
    return db_first(q);
}

struct policyfigures policyfigures_count(struct db *db, int64_t start, int64_t end)
{
    return (struct policyfigures){
        .collected = count(db, "SELECT count(*) FROM policy WHERE collected_at BETWEEN ?1 AND ?2",
                           start, end),
        .published = count(db, "SELECT count(*) FROM policy WHERE published_at BETWEEN ?1 AND ?2",
                           start, end),
        .interpreted = count(
            db, "SELECT count(*) FROM policy WHERE interpreted_at BETWEEN ?1 AND ?2", start, end),
        .pushed = count(db, "SELECT count(*) FROM push WHERE at BETWEEN ?1 AND ?2", start, end),
        .views = count(db,
                       "SELECT coalesce(sum(count), 0) FROM policy_event"
                       " WHERE type = 'viewed' AND at BETWEEN ?1 AND ?2",
                       start, end)};
}

/* By organisation and clock: how many were due, and late. What has ended was done with it. */
static const char select_late[] =
    "SELECT org, clock, count(*), count(CASE WHEN done > due THEN 1 END)"
    " FROM (SELECT coalesce(org_id, 0) AS org, 0 AS clock, collect_due_at AS due,"
    " collected_at AS done FROM policy"
    " UNION ALL SELECT coalesce(org_id, 0), 1, publish_due_at,"
    " coalesce(published_at, ended_at, 9223372036854775807) FROM policy"
    " UNION ALL SELECT coalesce(org_id, 0), 2, interpret_due_at,"
    " coalesce(interpreted_at, ended_at, 9223372036854775807) FROM policy) AS clocks"
    " WHERE due BETWEEN ?1 AND ?2 GROUP BY org, clock ORDER BY org, clock";

void policyfigures_late(struct db *db, int64_t start, int64_t end,
                        void (*take)(void *context, const struct policy_lateness *row),
                        void *context)
{
    struct db_query *q = db_query(db, select_late);
    struct policy_lateness row = {.org = -1};
    db_bind(q, 1, start);
    db_bind(q, 2, end);
    while (db_step(q)) {
        int64_t org = db_number(q, 0), clock = db_number(q, 1);
        if (row.org >= 0 && row.org != org)
            take(context, &row);
        if (row.org != org)
            row = (struct policy_lateness){.org = org};
        row.due[clock] = db_number(q, 2);
        row.late[clock] = db_number(q, 3);
    }
    if (row.org >= 0)
        take(context, &row);
}

bool policyfigures_any(struct db *db)
{
    return db_count(db, "SELECT EXISTS (SELECT 1 FROM policy)") > 0;
}
