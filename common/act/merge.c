/* A repeat joins the first ticket (并单). */
#include <stdio.h>

#include "act/step_private.h"
#include "base/clock.h"
#include "base/json.h"
#include "ticket/clock.h"
#include "ticket/duplicate.h"

/* The days of its own kind that CLOCK has counted by the end of DAY. */
static int counted(const struct calendar *calendar, const struct running *clock, int day)
{
    if (!clock->natural)
        return running_count(calendar, clock, day);
    int days = day - clock->start_day;
    for (int i = 0; i < clock->pause_count && clock->pauses[i].from < day; i++)
        days -=
            (clock->pauses[i].until < day ? clock->pauses[i].until : day) - clock->pauses[i].from;
    return days > 0 ? days : 0;
}

/* The limit with which FIRST has no more working days left than the repeat had. Where that was
 * overdue, or one of both counts natural days, the one that ends on the day on which it was due. */
static int shared_limit(struct act_call *call, const struct ticket *first)
{
    struct center *center = call->acting->center;
    const struct calendar *calendar = center_calendar(center);
    int today = clock_day(call->act->at);
    struct ticketclock own, other;
    ticketclock_read(center, first, &own);
    ticketclock_read(center, call->ticket, &other);
    int left = call->ticket->limit_days - running_count(calendar, &other.running, today);
    if (left < 0 || own.running.natural || other.running.natural)
        return counted(calendar, &own.running, clock_day(call->ticket->due_at));
    return running_count(calendar, &own.running, today) + left;
}

/* The first ticket has its callers too, and a limit of LIMIT where that is less. */
static bool join(struct act_call *call, struct ticket *first, int limit)
{
    struct act_call onto = *call;
    struct ticket after = *first;
    after.limit_days = limit;
    onto.ticket = first;
    onto.data = (struct text){0};
    json_start(&onto.data);
    json_add_number(&onto.data, "from", call->ticket->id);
    json_add_number(&onto.data, "callers", first->callers + call->ticket->callers);
    bool earlier = after.limit_days < first->limit_days, good = true;
    if (earlier) {
        json_add_number(&onto.data, "limit", after.limit_days);
        good = action_clock(&onto, &after);
    }
    if (good && earlier)
        route_reckon(call->acting->center, &after, RECKON_RUNNING);
    if (good)
        action_record(&onto, "joined");
    text_free(&onto.data);
    return good;
}

/* The one received first is the first, whatever its number; two enterprises seldom have one matter.
 */
static bool may_join(struct act_call *call, const struct ticket *first)
{
    const struct ticket *repeat = call->ticket;
    if (first->id == repeat->id)
        return act_refuse(call, "merge: a ticket is not its own repeat");
    if (!act_allowed(ACT_MERGE, first->state, NULL))
        return act_refuse(call, "merge: ticket %lld is %s: its answer cannot reach anybody else",
                          (long long)first->id, first->state);
    if (first->center != repeat->center && call->by != call->acting->center_org)
        return act_refuse(call, "merge: ticket %lld is another center's: the city's may: --by",
                          (long long)first->id);
    if (repeat->received_at < first->received_at)
        return act_refuse(
            call, "merge: it was received before ticket %lld: ticket-merge --into %lld %lld",
            (long long)first->id, (long long)repeat->id, (long long)first->id);
    if (call->act->at < first->started_at)
        return act_refuse(call, "merge: that is before ticket %lld", (long long)first->id);
    return call->act->reason ||
           !duplicate_is_other(&call->acting->center->config->repeats, first, repeat) ||
           act_refuse(call,
                      "merge: ticket %lld is another enterprise's: --reason says why they are"
                      " one matter",
                      (long long)first->id);
}

/* The repeat closes; its caller counts with the first. */
bool action_merge(struct act_call *call)
{
    struct ticket *first = ticket_get(call->acting->center->db, call->act->into, call->arena);
    if (!first)
        return act_refuse(call, "merge: no ticket %lld to merge into", (long long)call->act->into);
    if (!may_join(call, first))
        return false;
    int limit = shared_limit(call, first);
    action_fire(call);
    action_end_pause(call);
    action_begin(call);
    json_add_text(&call->data, "closed_as", "merged");
    json_add_number(&call->data, "into", first->id);
    action_record(call, "closed");
    return join(call, first, limit);
}
