#include "supervision/order_replay.h"

#include <stdlib.h>
#include <string.h>

#include "base/json.h"
#include "supervision/level_replay.h"

/* An order's own part of the projection. */
struct state {
    int64_t acknowledged_at, replied_at, refused_at, refused_due_at;
    const char *reply, *refusal;
};

struct reading {
    struct arena arena;
    int64_t number;
    bool named, about; /* the present event names orders, and this one */
    bool unnamed;      /* some event names none */
    const char *text, *reason;
    int64_t reply_due;
};

static void take_member(void *context, const char *key, const char *value)
{
    struct reading *r = context;
    if (!strcmp(key, "text")) {
        r->text = value ? arena_string(&r->arena, value) : NULL;
    } else if (!strcmp(key, "reason")) {
        r->reason = value ? arena_string(&r->arena, value) : NULL;
    } else if (!strcmp(key, "reply_due")) {
        r->reply_due = value ? strtoll(value, NULL, 10) : 0;
    } else if (!strcmp(key, "orders")) {
        const char *const *numbers = value ? json_read_list(&r->arena, value) : NULL;
        r->named = true;
        for (; numbers && *numbers; numbers++)
            r->about = r->about || strtoll(*numbers, NULL, 10) == r->number;
    }
}

static void apply(struct reading *r, struct state *s, const char *type, int64_t at)
{
    if (!strcmp(type, "supervision-refused")) {
        s->replied_at = 0;
        s->reply = NULL;
        s->refused_at = at;
        s->refusal = r->reason;
        s->refused_due_at = r->reply_due;
        return;
    }
    if (!s->acknowledged_at)
        s->acknowledged_at = at;
    if (!strcmp(type, "supervision-replied")) {
        s->replied_at = at;
        s->reply = r->text;
    }
}

static struct state replay(struct db *db, struct reading *r, int64_t ticket)
{
    struct state state = {0};
    struct fault fault = {""};
    struct db_query *q =
        db_query(db, "SELECT type, at, data FROM event WHERE ticket_id = ?1 AND type IN"
                     " ('supervision-acknowledged', 'supervision-replied', 'supervision-refused')"
                     " ORDER BY id");
    db_bind(q, 1, ticket);
    while (db_step(q)) {
        r->named = r->about = false;
        r->text = r->reason = NULL;
        json_read_object(db_text(q, 2), take_member, r, &fault);
        r->unnamed = r->unnamed || !r->named;
        if (r->about)
            apply(r, &state, db_text(q, 0), db_number(q, 1));
    }
    return state;
}

void order_replay_all(struct db *db, compare_report *report, void *context)
{
    struct comparison c = {report, context, 0, "order"};
    level_replay_all(db, report, context);
    struct db_query *q = db_query(
        db, "SELECT id, ticket_id, acknowledged_at, replied_at, reply, refused_at, refusal,"
            " reply_due_at FROM supervision ORDER BY id");
    while (db_step(q)) {
        struct reading r = {.number = db_number(q, 0)};
        const struct state state = replay(db, &r, db_number(q, 1));
        c.id = r.number;
        if (!r.unnamed) {
            compare_number(&c, "acknowledged_at", db_number(q, 2), state.acknowledged_at);
            compare_number(&c, "replied_at", db_number(q, 3), state.replied_at);
            compare_text(&c, "reply", db_text(q, 4), state.reply);
            compare_number(&c, "refused_at", db_number(q, 5), state.refused_at);
            compare_text(&c, "refusal", db_text(q, 6), state.refusal);
            if (state.refused_at)
                compare_number(&c, "reply_due_at", db_number(q, 7), state.refused_due_at);
        }
        arena_free(&r.arena);
    }
}
