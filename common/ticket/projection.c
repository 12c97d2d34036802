#include "ticket/projection.h"

#include <stdlib.h>
#include <string.h>

#include "base/day.h"
#include "base/json.h"
#include "center/log.h"

/* The fields that are what the events make of them. */
static const int projected[] = {TICKET_STATE,       TICKET_KIND,
                                TICKET_RECEIVED,    TICKET_CONFIDENTIAL,
                                TICKET_ROUND,       TICKET_STARTED,
                                TICKET_LIMIT,       TICKET_LEAD,
                                TICKET_POOLED,      TICKET_DISPATCHED,
                                TICKET_ACCEPT_DUE,  TICKET_ACCEPTED,
                                TICKET_SUSPENDED,   TICKET_SUSPENDED_UNTIL,
                                TICKET_ANSWERED,    TICKET_FIRST_ANSWERED,
                                TICKET_RATING,      TICKET_RATED,
                                TICKET_OUTCOME,     TICKET_CLOSED,
                                TICKET_CLOSED_AS,   TICKET_RETURNS,
                                TICKET_MERGED_INTO, TICKET_CALLERS,
                                TICKET_DUE,         TICKET_PROVISIONAL,
                                TICKET_CALENDAR,    TICKET_LEVEL,
                                TICKET_NEXT_LEVEL,  TICKET_CENTER,
                                TICKET_ERRAND,      TICKET_POLICY,
                                TICKET_ENTRY,       TICKET_LIAISON};
enum { FIELDS = sizeof projected / sizeof *projected };

/* What an event's data may say about the ticket's state. A member that is absent leaves the
 * state alone; 0 and "" clear it. */
struct reading {
    struct ticket *ticket;
    struct db *db;
    struct arena *arena;
};

/* The first round began when it was received, and so did the center's wait. */
static void move_receipt(struct ticket *t, int64_t at)
{
    if (t->pooled_at == t->received_at)
        t->pooled_at = at;
    if (t->round == 1)
        t->started_at = at;
    t->received_at = at;
}

/* What a correction says of a field that is projected by its name. */
static bool is_corrected(const char *key)
{
    static const char *const keys[] = {"is_kind", "is_policy", "is_entry", "is_liaison"};
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
        if (!strcmp(keys[i], key))
            return true;
    return false;
}

static void take_member(void *context, const char *key, const char *value)
{
    struct reading *r = context;
    if (!strcmp(key, "is_received") && value)
        move_receipt(r->ticket, strtoll(value, NULL, 10));
    if (!strcmp(key, "until_day") && value)
        day_parse(value, &r->ticket->until_day);
    if (is_corrected(key))
        key += 3;
    for (int i = 0; i < FIELDS; i++) {
        const struct field *field = ticket_field(projected[i]);
        if (field->member && !strcmp(field->member, key))
            field_set(&ticket_table, field, r->ticket, r->db, r->arena, value);
    }
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

/* A county's center has it in its pool. */
static void on_handed_down(struct ticket *t, int64_t at)
{
    t->state = "received";
    leave_handler(t, at);
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
               {"handed-down", on_handed_down},
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
    for (size_t i = 0; i < sizeof effects / sizeof *effects; i++)
        if (!strcmp(effects[i].type, type))
            effects[i].apply(ticket, at);
    json_each_written(data, take_member, &reading);
}

void projection_store(struct db *db, const struct ticket *before, const struct ticket *after)
{
    fields_update(db, &ticket_table, after->id, before, after);
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
