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

/* ---- once more ---- */

static void show_ticket(void *db, const struct ticket *ticket)
{
    shown_store(db, ticket);
}

static void replay(struct db *db, compare_report *report, void *context)
{
    struct text masked = {0};
    struct db_query *q = db_query(db, "SELECT id, data FROM event ORDER BY id");
    (void)report;
    (void)context;
    ticket_each(db, &(struct ticket_filter){.whole = true}, show_ticket, db);
    while (db_step(q)) {
        text_clear(&masked);
        mask_json(&masked, db_text(q, 1));
        if (!strcmp(text_string(&masked), db_text(q, 1)))
            continue;
        struct db_query *add =
            db_query(db, "INSERT INTO event_shown (event_id, data) VALUES (?1, ?2)");
        db_bind(add, 1, db_number(q, 0));
        db_bind_text(add, 2, masked.data);
        db_run(add);
    }
    text_free(&masked);
}

const struct projected shown_projected = {
    .check = "masking",
    .tables =
        (const struct projected_table[]){
            {"shown", "m.ticket_id", "'what the views show'", NULL},
            {"event_shown", "m.event_id", "'what the views show of the event'", NULL},
            {NULL, NULL, NULL, NULL}},
    .replay = replay};
