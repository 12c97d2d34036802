#include "ticket/shown.h"

/* The texts of a ticket t as they may be shown, in the order of the table's columns. */
#define MASKED                                                                                     \
    "nullif(masked_text(t.title), t.title), nullif(masked_text(t.body), t.body),"                  \
    " nullif(masked_text(t.enterprise), t.enterprise), masked_name(t.contact),"                    \
    " masked_phone(t.phone), nullif(masked_json(t.extra), t.extra)"

void shown_store(struct db *db, int64_t ticket_id)
{
    struct db_query *q = db_query(
        db, "INSERT INTO shown (ticket_id, title, body, enterprise, contact, phone, extra)"
            " SELECT t.id, " MASKED " FROM ticket t WHERE t.id = ?1"
            " ON CONFLICT (ticket_id) DO UPDATE SET title = excluded.title, body = excluded.body,"
            " enterprise = excluded.enterprise, contact = excluded.contact,"
            " phone = excluded.phone, extra = excluded.extra");
    db_bind(q, 1, ticket_id);
    db_run(q);
}

static void report_each(struct db_query *q, compare_report *report, void *context, const char *what)
{
    while (db_step(q))
        report(context, db_number(q, 0), what);
}

void shown_check(struct db *db, compare_report *report, void *context)
{
    report_each(db_query(db, "SELECT t.id FROM ticket t LEFT JOIN shown s ON s.ticket_id = t.id"
                             " WHERE s.ticket_id IS NULL OR (s.title, s.body, s.enterprise,"
                             " s.contact, s.phone, s.extra) IS NOT (" MASKED ") ORDER BY t.id"),
                report, context, "what the views show of this ticket is not its masked text");
    report_each(db_query(db, "SELECT e.id FROM event e LEFT JOIN event_shown s ON s.event_id = e.id"
                             " WHERE s.data IS NOT nullif(masked_json(e.data), e.data)"
                             " ORDER BY e.id"),
                report, context, "what the views show of this event is not its masked data");
}
