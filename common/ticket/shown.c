#include "ticket/shown.h"

#include <string.h>

#include "base/mask.h"

/* The texts of a ticket, in the order of the columns of `shown`, and how each is masked. Those that
 * are SAME unless there is something to mask are NULL where there is not. */
static const struct {
    void (*mask)(struct text *out, const char *s);
    bool same;
} maskings[] = {{mask_text, true},  {mask_text, true},   {mask_text, true},
                {mask_name, false}, {mask_phone, false}, {mask_json, true}};
enum { TEXTS = sizeof maskings / sizeof *maskings };

/* What may be shown of TEXT, which is the one of that NUMBER; NULL for nothing. Owned by MASKED. */
static const char *masked(struct text *masked, int number, const char *text)
{
    if (!text)
        return NULL;
    text_clear(masked);
    maskings[number].mask(masked, text);
    bool same = maskings[number].same && !strcmp(text_string(masked), text);
    return same ? NULL : text_string(masked);
}

void shown_store(struct db *db, const struct ticket *t)
{
    const char *const texts[] = {t->title, t->body, t->enterprise, t->contact, t->phone, t->extra};
    struct text buffers[TEXTS] = {{0}};
    struct db_query *q = db_query(
        db, "INSERT INTO shown (title, body, enterprise, contact, phone, extra, ticket_id)"
            " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)"
            " ON CONFLICT (ticket_id) DO UPDATE SET title = excluded.title, body = excluded.body,"
            " enterprise = excluded.enterprise, contact = excluded.contact,"
            " phone = excluded.phone, extra = excluded.extra");
    for (int i = 0; i < TEXTS; i++)
        db_bind_text(q, i + 1, masked(&buffers[i], i, texts[i]));
    db_bind(q, TEXTS + 1, t->id);
    db_run(q);
    for (int i = 0; i < TEXTS; i++)
        text_free(&buffers[i]);
}

static bool is_same(const char *a, const char *b)
{
    return a && b ? !strcmp(a, b) : !a && !b;
}

/* True where each stored text, from column 1 on, is what masking that TEXTS columns later gives. */
static bool is_masked(struct db_query *q, struct text *scratch)
{
    for (int i = 0; i < TEXTS; i++)
        if (!is_same(db_text(q, 1 + i), masked(scratch, i, db_text(q, 1 + TEXTS + i))))
            return false;
    return true;
}

void shown_check(struct db *db, compare_report *report, void *context)
{
    struct text scratch = {0};
    struct db_query *q =
        db_query(db, "SELECT t.id, s.title, s.body, s.enterprise, s.contact, s.phone, s.extra,"
                     " t.title, t.body, t.enterprise, t.contact, t.phone, t.extra, s.ticket_id "
                     "FROM ticket t LEFT JOIN shown s ON s.ticket_id = t.id ORDER BY t.id");
    while (db_step(q))
        if (db_is_null(q, 1 + 2 * TEXTS) || !is_masked(q, &scratch))
            report(context, db_number(q, 0),
                   "what the views show of this ticket is not its masked text");
    q = db_query(db, "SELECT e.id, s.data, e.data FROM event e"
                     " LEFT JOIN event_shown s ON s.event_id = e.id ORDER BY e.id");
    while (db_step(q))
        if (!is_same(db_text(q, 1), masked(&scratch, TEXTS - 1, db_text(q, 2))))
            report(context, db_number(q, 0),
                   "what the views show of this event is not its masked data");
    text_free(&scratch);
}
