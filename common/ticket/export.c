#include "ticket/export.h"

#include <stdlib.h>
#include <string.h>

#include "base/json.h"
#include "center/log.h"

/* What changes something that is exported. */
static const char changed[] =
    "SELECT t.id, max(e.id) FROM event e JOIN ticket t ON t.id = e.ticket_id WHERE e.id > ?1"
    " AND t.source = ?2 AND e.type IN ('received', 'ticket-stated', 'dispatched', 'redispatched',"
    " 'handed-down', 'accepted', 'answered', 'returned', 'conference-opened', 'extended',"
    " 'suspended', 'resumed', 'rated', 'reopened', 'followed', 'redo', 'closed', 'joined',"
    " 'corrected', 'referred-back', 'recomputed', 'marked', 'erased')"
    " GROUP BY t.id ORDER BY 2";

/* One ticket while it is read. */
struct reading {
    struct arena arena;
    struct exported exported;
};

/* The text of an answer or of a rating, the last one of each. */
static void hear(void *context, const struct event *event)
{
    struct reading *r = context;
    bool answered = !strcmp(event->type, "answered");
    if (!answered && strcmp(event->type, "rated") != 0)
        return;
    struct json *data = json_read(event->data);
    const char *text = data ? json_text(data, "text") : NULL;
    *(answered ? &r->exported.answer : &r->exported.remark) =
        text ? arena_string(&r->arena, text) : NULL;
    json_free(data);
}

void export_each(struct db *db, const char *source, int64_t since,
                 void (*take)(void *context, const struct exported *exported), void *context)
{
    struct found {
        int64_t ticket, mark;
    } *list = NULL;
    size_t count = 0;
    struct db_query *q = db_query(db, changed);
    db_bind(q, 1, since);
    db_bind_text(q, 2, source);
    for (; db_step(q); count++) {
        list = mem_grow(list, count, sizeof *list);
        list[count] = (struct found){db_number(q, 0), db_number(q, 1)};
    }
    for (size_t i = 0; i < count; i++) {
        struct reading r = {.exported.mark = list[i].mark};
        r.exported.ticket = ticket_get(db, list[i].ticket, &r.arena);
        event_each(db, list[i].ticket, hear, &r);
        take(context, &r.exported);
        arena_free(&r.arena);
    }
    free(list);
}
