#include "ticket/counts.h"

#include "ticket/ticket.h"

#define OPEN "SELECT count(*) FROM ticket WHERE answered_at IS NULL AND closed_at IS NULL"

#define OWED "SELECT count(*) FROM supervision WHERE replied_at IS NULL AND revoked_at IS NULL"

int64_t counts_pool(struct db *db)
{
    return db_count(db, "SELECT count(*) FROM ticket WHERE state = 'received'");
}

int64_t counts_due_from(struct db *db, int64_t now, int64_t from)
{
    struct db_query *q = db_query(db, OPEN " AND due_at >= ?1 AND received_at <= ?2");
    db_bind(q, 1, from);
    db_bind(q, 2, now);
    return db_first(q);
}

int64_t counts_level(struct db *db, const char *level)
{
    struct db_query *q = db_query(db, OPEN " AND level = ?1");
    db_bind_text(q, 1, level);
    return db_first(q);
}

int64_t counts_waiting(struct db *db)
{
    return db_count(db, "SELECT count(*) FROM request WHERE decided_at IS NULL");
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

int64_t counts_to_follow(struct db *db)
{
    return db_count(db, "SELECT count(*) FROM ticket WHERE state = 'rated'"
                        " AND (outcome IS NULL OR outcome = 'redo')");
}

int64_t counts_problem(struct db *db, int after)
{
    struct db_query *q =
        db_query(db, "SELECT count(*) FROM ticket t WHERE " TICKET_IS_PROBLEM " ?1");
    db_bind(q, 1, after);
    return db_first(q);
}
