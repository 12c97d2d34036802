#include "ticket/owed.h"

#define COLUMNS                                                                                    \
    "SELECT t.id, t.title, t.confidential, s.level, s.document, s.supervisor, s.org_id, "          \
    "s.level_at,"                                                                                  \
    " s.reply_due_at, s.acknowledged_at, s.replied_at, s.reply, s.accountability"                  \
    " FROM supervision s JOIN ticket t ON t.id = s.ticket_id "

static void take_rows(struct db_query *q, owed_take *take, void *context)
{
    while (db_step(q))
        take(context, &(struct owed){.ticket = {.id = db_number(q, 0),
                                                .title = db_text(q, 1),
                                                .confidential = db_number(q, 2) != 0},
                                     .level = db_text(q, 3),
                                     .document = db_text(q, 4),
                                     .supervisor = db_number(q, 5),
                                     .lead = db_number(q, 6),
                                     .level_at = db_number(q, 7),
                                     .reply_due_at = db_number(q, 8),
                                     .acknowledged_at = db_number(q, 9),
                                     .replied_at = db_number(q, 10),
                                     .reply = db_text(q, 11),
                                     .accountability = db_number(q, 12) != 0});
}

void owed_each(struct db *db, owed_take *take, void *context)
{
    take_rows(db_query(db, COLUMNS "WHERE s.replied_at IS NULL ORDER BY s.reply_due_at, s.id"),
              take, context);
}

void owed_of_ticket(struct db *db, int64_t ticket_id, owed_take *take, void *context)
{
    struct db_query *q = db_query(db, COLUMNS "WHERE s.ticket_id = ?1 ORDER BY s.id");
    db_bind(q, 1, ticket_id);
    take_rows(q, take, context);
}
