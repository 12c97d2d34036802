/* event: the append-only log. Every change writes one in its own transaction. */
#ifndef QIFU_EVENT_H
#define QIFU_EVENT_H

#include <stdint.h>

#include "db.h"

struct event {
    int64_t id;        /* given by event_add */
    int64_t ticket_id; /* 0: about the center itself */
    const char *type;  /* received, dispatched, ... (qifu(7)) */
    int64_t at, recorded_at;
    const char *actor;
    const char *data; /* a JSON object */
};

/* Appends EVENT. */
void event_add(struct db *db, const struct event *event);

/* Calls TAKE for each event of a ticket, in order. The event's texts live during the call. */
void event_each(struct db *db, int64_t ticket_id, void (*take)(void *, const struct event *),
                void *context);

#endif
