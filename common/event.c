#include "event.h"

void event_add(struct db *db, const struct event *event)
{
    struct db_query *q = db_query(db, "INSERT INTO event (ticket_id, type, at, recorded_at, actor,"
                                      " data) VALUES (?1, ?2, ?3, ?4, ?5, ?6)");
    if (event->ticket_id)
        db_bind(q, 1, event->ticket_id);
    db_bind_text(q, 2, event->type);
    db_bind(q, 3, event->at);
    db_bind(q, 4, event->recorded_at);
    db_bind_text(q, 5, event->actor);
    db_bind_text(q, 6, event->data);
    db_run(q);
}

void event_each(struct db *db, int64_t ticket_id, void (*take)(void *, const struct event *),
                void *context)
{
    struct db_query *q = db_query(db, "SELECT id, type, at, recorded_at, actor, data FROM event"
                                      " WHERE ticket_id = ?1 ORDER BY id");
    db_bind(q, 1, ticket_id);
    while (db_step(q)) {
        struct event event = {.id = db_number(q, 0),
                              .ticket_id = ticket_id,
                              .type = db_text(q, 1),
                              .at = db_number(q, 2),
                              .recorded_at = db_number(q, 3),
                              .actor = db_text(q, 4),
                              .data = db_text(q, 5)};
        take(context, &event);
    }
}
