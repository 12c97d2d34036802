#include "ticket/projection.h"

#include <stdlib.h>
#include <string.h>

#include "base/fault.h"
#include "base/json.h"
#include "center/log.h"
#include "center/org.h"

/* What an event's data may say about the ticket's state. A member that is absent leaves the
 * state alone; 0 and "" clear it. */
struct reading {
    struct ticket *ticket;
    struct db *db;
    struct arena *arena;
};

static int64_t as_number(const char *value)
{
    return value ? strtoll(value, NULL, 10) : 0;
}

static const char *keep(struct reading *r, const char *value)
{
    return value && *value ? arena_string(r->arena, value) : NULL;
}

/* The first round began when it was received, and so did the center's wait. */
static void move_receipt(struct ticket *t, int64_t at)
{
    if (t->pooled_at == t->received_at)
        t->pooled_at = at;
    if (t->round == 1)
        t->started_at = at;
    t->received_at = at;
}

static void take_member(void *context, const char *key, const char *value)
{
    struct reading *r = context;
    struct ticket *t = r->ticket;
    if (!strcmp(key, "kind") || !strcmp(key, "is_kind"))
        t->kind = keep(r, value);
    else if (!strcmp(key, "is_received"))
        move_receipt(t, as_number(value));
    else if (!strcmp(key, "lead"))
        t->lead = value && *value ? org_find(r->db, value) : 0;
    else if (!strcmp(key, "level"))
        t->level = keep(r, value);
    else if (!strcmp(key, "limit"))
        t->limit_days = (int)as_number(value);
    else if (!strcmp(key, "due"))
        t->due_at = as_number(value);
    else if (!strcmp(key, "next"))
        t->next_level_at = as_number(value);
    else if (!strcmp(key, "provisional"))
        t->provisional = as_number(value) != 0;
    else if (!strcmp(key, "calendar"))
        t->calendar_id = as_number(value);
    else if (!strcmp(key, "accept_due"))
        t->accept_due_at = as_number(value);
    else if (!strcmp(key, "until"))
        t->suspended_until = as_number(value);
    else if (!strcmp(key, "rating"))
        t->rating = (int)as_number(value);
    else if (!strcmp(key, "outcome"))
        t->outcome = keep(r, value);
    else if (!strcmp(key, "closed_as"))
        t->closed_as = keep(r, value);
    else if (!strcmp(key, "into"))
        t->merged_into = as_number(value);
    else if (!strcmp(key, "confidential"))
        t->confidential = as_number(value) != 0;
    else if (!strcmp(key, "callers"))
        t->callers = (int)as_number(value);
}

static void on_received(struct ticket *t, int64_t at)
{
    t->state = "received";
    t->round = 1;
    t->callers = 1;
    t->received_at = t->started_at = t->pooled_at = at;
}

static void on_dispatched(struct ticket *t, int64_t at)
{
    t->state = "dispatched";
    t->dispatched_at = at;
    t->accepted_at = t->pooled_at = 0;
    t->level = NULL; /* the lead before had it */
}

static void on_accepted(struct ticket *t, int64_t at)
{
    t->state = "accepted";
    t->accepted_at = at;
}

static void stop_clock(struct ticket *t)
{
    t->suspended_at = t->suspended_until = 0;
    t->next_level_at = 0;
}

static void on_answered(struct ticket *t, int64_t at)
{
    t->state = "answered";
    t->answered_at = at;
    if (!t->first_answered_at)
        t->first_answered_at = at;
    stop_clock(t);
}

/* The center has it again. */
static void leave_handler(struct ticket *t, int64_t at)
{
    t->pooled_at = at;
    t->lead = t->dispatched_at = t->accept_due_at = t->accepted_at = 0;
    t->suspended_at = t->suspended_until = 0; /* of a pause that is over */
}

static void on_returned(struct ticket *t, int64_t at)
{
    t->state = "received";
    t->returns++;
    leave_handler(t, at);
}

static void on_referred_back(struct ticket *t, int64_t at)
{
    t->state = "received";
    t->closed_at = 0;
    t->closed_as = NULL;
    leave_handler(t, at);
}

static void on_conference(struct ticket *t, int64_t at)
{
    t->state = "conference";
    leave_handler(t, at);
}

static void on_suspended(struct ticket *t, int64_t at)
{
    t->suspended_at = at;
}

static void on_resumed(struct ticket *t, int64_t at)
{
    (void)at;
    t->suspended_at = t->suspended_until = 0;
}

/* The dispatch that follows says who has it now. */
static void on_redispatched(struct ticket *t, int64_t at)
{
    (void)at;
    t->suspended_at = t->suspended_until = 0; /* of a pause that is over */
}

/* A bad rating whose close was refused is to be followed up again. */
static void on_close_refused(struct ticket *t, int64_t at)
{
    (void)at;
    t->outcome = NULL;
}

static void on_closed(struct ticket *t, int64_t at)
{
    t->state = "closed";
    t->closed_at = at;
    stop_clock(t);
}

static void on_rated(struct ticket *t, int64_t at)
{
    t->rated_at = at;
    if (!t->closed_at) /* else a bad one reopens it */
        t->state = "rated";
}

static void on_reopened(struct ticket *t, int64_t at)
{
    (void)at;
    t->state = "rated";
    t->closed_at = 0;
    t->closed_as = NULL;
}

static void on_redo(struct ticket *t, int64_t at)
{
    t->round++;
    t->state = t->lead ? "dispatched" : "received";
    t->started_at = at;
    t->dispatched_at = t->lead ? at : 0;
    t->pooled_at = t->lead ? 0 : at;
    t->accepted_at = t->answered_at = t->rated_at = 0;
    t->rating = 0;
    t->level = NULL;
}

/* What happens to the state besides what the event's data says; absent: nothing. */
static const struct {
    const char *type;
    void (*apply)(struct ticket *, int64_t);
} effects[] = {{"received", on_received},
               {"dispatched", on_dispatched},
               {"redispatched", on_redispatched},
               {"accepted", on_accepted},
               {"answered", on_answered},
               {"returned", on_returned},
               {"conference-opened", on_conference},
               {"referred-back", on_referred_back},
               {"suspended", on_suspended},
               {"resumed", on_resumed},
               {"rated", on_rated},
               {"reopened", on_reopened},
               {"redo", on_redo},
               {"close-refused", on_close_refused},
               {"closed", on_closed}};

void projection_apply(struct ticket *ticket, struct db *db, struct arena *arena, const char *type,
                      int64_t at, const char *data)
{
    struct reading reading = {ticket, db, arena};
    struct fault fault = {""};
    for (size_t i = 0; i < sizeof effects / sizeof *effects; i++)
        if (!strcmp(effects[i].type, type))
            effects[i].apply(ticket, at);
    json_read_object(data, take_member, &reading, &fault);
}

void projection_each(const struct ticket *t,
                     void (*take)(void *, const char *column, int64_t number, const char *text),
                     void *context)
{
    take(context, "state", 0, t->state);
    take(context, "kind", 0, t->kind);
    take(context, "received_at", t->received_at, NULL);
    take(context, "confidential", t->confidential, NULL);
    take(context, "round", t->round, NULL);
    take(context, "started_at", t->started_at, NULL);
    take(context, "limit_days", t->limit_days, NULL);
    take(context, "lead", t->lead, NULL);
    take(context, "pooled_at", t->pooled_at, NULL);
    take(context, "dispatched_at", t->dispatched_at, NULL);
    take(context, "accept_due_at", t->accept_due_at, NULL);
    take(context, "accepted_at", t->accepted_at, NULL);
    take(context, "suspended_at", t->suspended_at, NULL);
    take(context, "suspended_until", t->suspended_until, NULL);
    take(context, "answered_at", t->answered_at, NULL);
    take(context, "first_answered_at", t->first_answered_at, NULL);
    take(context, "rating", t->rating, NULL);
    take(context, "rated_at", t->rated_at, NULL);
    take(context, "outcome", 0, t->outcome);
    take(context, "closed_at", t->closed_at, NULL);
    take(context, "closed_as", 0, t->closed_as);
    take(context, "returns", t->returns, NULL);
    take(context, "merged_into", t->merged_into, NULL);
    take(context, "callers", t->callers, NULL);
    take(context, "due_at", t->due_at, NULL);
    take(context, "provisional", t->provisional, NULL);
    take(context, "calendar_id", t->calendar_id, NULL);
    take(context, "level", 0, t->level);
    take(context, "next_level_at", t->next_level_at, NULL);
}

/* The values of all columns of a ticket's projection, in their order. */
struct columns {
    struct column {
        const char *name;
        int64_t number;
        const char *text;
    } list[40];
    int count;
};

static void take_column(void *context, const char *name, int64_t number, const char *text)
{
    struct columns *columns = context;
    columns->list[columns->count++] = (struct column){name, number, text};
}

static bool is_same(const struct column *a, const struct column *b)
{
    if (!a->text || !b->text)
        return a->text == b->text && a->number == b->number;
    return !strcmp(a->text, b->text);
}

/* In the other columns 0 is NULL. */
static bool zero_is_value(const char *name)
{
    static const char *const names[] = {"confidential", "round",   "limit_days",
                                        "returns",      "callers", "provisional"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (!strcmp(names[i], name))
            return true;
    return false;
}

static void bind_column(struct db_query *q, int index, const struct column *column)
{
    if (column->text)
        db_bind_text(q, index, column->text);
    else if (column->number || zero_is_value(column->name))
        db_bind(q, index, column->number);
    else
        db_bind_null(q, index);
}

/* Each column that is named costs its indexes and foreign keys. */
void projection_store(struct db *db, const struct ticket *before, const struct ticket *after)
{
    struct columns was = {.count = 0}, is = {.count = 0}, changed = {.count = 0};
    struct text sql = {0};
    projection_each(before, take_column, &was);
    projection_each(after, take_column, &is);
    for (int i = 0; i < is.count; i++)
        if (!is_same(&was.list[i], &is.list[i])) {
            changed.list[changed.count++] = is.list[i];
            text_add_format(&sql, "%s%s = ?%d", sql.length ? ", " : "UPDATE ticket SET ",
                            is.list[i].name, changed.count + 1);
        }
    if (changed.count) {
        text_add(&sql, " WHERE id = ?1");
        struct db_query *q = db_query_built(db, sql.data);
        db_bind(q, 1, after->id);
        for (int i = 0; i < changed.count; i++)
            bind_column(q, i + 2, &changed.list[i]);
        db_run(q);
    }
    text_free(&sql);
}

void projection_record(struct center *center, struct ticket *ticket, struct arena *arena,
                       const char *type, int64_t at, const char *data)
{
    const struct ticket before = *ticket;
    event_add(
        center,
        &(struct event){
            .ticket_id = ticket->id, .type = type, .at = at, .actor = center->user, .data = data});
    projection_apply(ticket, center->db, arena, type, at, data);
    projection_store(center->db, &before, ticket);
}
