#include "ticket/counts.h"

#include "ticket/ticket.h"
#include "ticket/waiting.h"

#define OPEN "SELECT count(*) FROM ticket t WHERE t.answered_at IS NULL AND t.closed_at IS NULL"

/* Of a ticket t: it is of the center ?1. */
#define OF_POOL "(?1 < 0 OR coalesce(t.center, 0) = ?1)"

#define OWED "SELECT count(*) FROM supervision WHERE replied_at IS NULL AND revoked_at IS NULL"

int64_t counts_pool(struct db *db, int64_t pool)
{
    struct db_query *q =
        db_query(db, "SELECT count(*) FROM ticket t WHERE t.state = 'received' AND " OF_POOL);
    db_bind(q, 1, pool);
    return db_first(q);
}

int64_t counts_due_from(struct db *db, int64_t now, int64_t from)
{
    struct db_query *q = db_query(db, OPEN " AND t.due_at >= ?1 AND t.received_at <= ?2");
    db_bind(q, 1, from);
    db_bind(q, 2, now);
    return db_first(q);
}

int64_t counts_level(struct db *db, int64_t pool, const char *level)
{
    struct db_query *q = db_query(db, OPEN " AND t.level = ?2 AND " OF_POOL);
    db_bind(q, 1, pool);
    db_bind_text(q, 2, level);
    return db_first(q);
}

int64_t counts_waiting(struct db *db, int64_t pool)
{
    struct db_query *q =
        db_query(db, "SELECT count(*) FROM " WAITING " r JOIN ticket t ON t.id = r.ticket_id"
                     " WHERE ?1 < 0 OR " WAITING_AT " = ?1");
    db_bind(q, 1, pool);
    return db_first(q);
}

int64_t counts_owed(struct db *db)
{
    return db_count(db, OWED);
}

int64_t counts_owed_late(struct db *db, int64_t now)
{
    struct db_query *q = db_query(db, OWED " AND reply_due_at < ?1");
    db_bind(q, 1, now);
    return db_first(q);
}

int64_t counts_to_follow(struct db *db, int64_t pool)
{
    struct db_query *q =
        db_query(db, "SELECT count(*) FROM ticket t WHERE t.state = 'rated'"
                     " AND (t.outcome IS NULL OR t.outcome = 'redo') AND " OF_POOL);
    db_bind(q, 1, pool);
    return db_first(q);
}

int64_t counts_problem(struct db *db, int64_t pool, int after)
{
    struct db_query *q =
        db_query(db, "SELECT count(*) FROM ticket t WHERE " TICKET_IS_PROBLEM " ?2 AND " OF_POOL);
    db_bind(q, 1, pool);
    db_bind(q, 2, after);
    return db_first(q);
}
