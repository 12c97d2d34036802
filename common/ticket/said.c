#include "ticket/said.h"

#include <string.h>

#include "base/json.h"
#include "center/log.h"

struct reading {
    struct arena *arena;
    struct said said;
};

static const char *keep(struct reading *r, const struct json *data, const char *member)
{
    const char *text = json_text(data, member);
    return text ? arena_string(r->arena, text) : NULL;
}

static void hear(void *context, const struct event *event)
{
    struct reading *r = context;
    bool answered = !strcmp(event->type, "answered"), rated = !strcmp(event->type, "rated"),
         closed = !strcmp(event->type, "closed");
    struct json *data = answered || rated || closed ? json_read(event->data) : NULL;
    if (!data)
        return;
    if (answered)
        r->said.answer = keep(r, data, "text");
    if (rated)
        r->said.remark = keep(r, data, "text");
    if (closed) {
        r->said.reason = keep(r, data, "reason");
        r->said.way = keep(r, data, "way");
    }
    json_free(data);
}

struct said said_read(struct db *db, int64_t ticket, struct arena *arena)
{
    struct reading r = {.arena = arena};
    event_each(db, ticket, hear, &r);
    return r.said;
}
