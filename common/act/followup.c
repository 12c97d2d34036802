/* What follows an answer: rating, follow-up, the next round, closing; and what accompanies a ticket
 * at any time: notes. */
#include <stdio.h>
#include <string.h>

#include "act/step_private.h"
#include "base/clock.h"
#include "base/json.h"
#include "center/rating.h"
#include "ticket/clock.h"
#include "ticket/record.h"

static void record_close(struct act_call *call, const char *closed_as)
{
    action_begin(call);
    json_add_text(&call->data, "closed_as", closed_as);
    action_record(call, "closed");
}

/* A ticket that was closed without a rating waits for one a while longer (qifu-rules(7)). */
static bool is_heard_late(struct act_call *call)
{
    const struct center *center = call->acting->center;
    const struct ticket *t = call->ticket;
    int days = center->config->limits.late_rating_days;
    struct deadline last;
    char iso[CLOCK_TEXT_SIZE];
    if (t->rating)
        return act_refuse(call, "rate: it was rated already, with %d", t->rating);
    if (!deadline_compute(center_calendar(center), &center->config->rule, t->closed_at, days,
                          &last))
        return act_refuse(call, "rate: the last day lies outside 1990 to 2119");
    return call->act->at <= last.due_at ||
           act_refuse(call,
                      "rate: it was closed, and a rating taken until %s, %d working day%s after",
                      clock_print(last.due_at, iso), days, days == 1 ? "" : "s");
}

/* The center's own clock: a bad rating is to be followed up by then. */
static void add_follow_due(struct act_call *call)
{
    const struct center *center = call->acting->center;
    struct deadline due;
    if (deadline_compute(center_calendar(center), &center->config->rule, call->act->at,
                         center->config->limits.follow_days, &due))
        json_add_number(&call->data, "follow_due", due.due_at);
}

/* 5, 4, 3: closed, or left so. 2, 1: every one is followed up, also one that comes after the close.
 * The enterprise rates, or the center that heard it: never a party of the ticket (qifu-rules(7)).
 */
bool action_rate(struct act_call *call)
{
    int score = call->act->score;
    bool closed = call->ticket->closed_at != 0;
    if (score < RATING_LOWEST || score > RATING_HIGHEST)
        return act_refuse(call, "rate: the score is missing (1 to 5)");
    if (call->act->by && action_is_party(call, call->act->by))
        return act_refuse(call, "rate: who handled the ticket does not rate it");
    if (call->act->at < call->ticket->answered_at)
        return act_refuse(call, "rate: that is before the answer");
    if (closed && !is_heard_late(call))
        return false;
    action_begin(call);
    json_add_number(&call->data, "rating", score);
    if (score < RATING_CONTENT)
        add_follow_due(call);
    action_record(call, "rated");
    if (score >= RATING_CONTENT && !closed)
        record_close(call, "satisfied");
    if (score < RATING_CONTENT && closed) {
        text_clear(&call->data);
        json_start(&call->data);
        action_record(call, "reopened");
    }
    return true;
}

/* The round's levels are as its facts have it when it ends: an assist that has not filed its part
 * owes it no more. */
static void end_round(struct act_call *call)
{
    const struct ticket *ticket = call->ticket;
    bool passed = ticket->next_level_at && ticket->next_level_at <= call->act->at;
    route_end_assists(call->acting->center->db, ticket, call->act->at);
    if (!call->before->order_count && !passed)
        return; /* the event of the redo says when the next level begins */
    supervision_settle(&call->acting->ladder, call->ticket, call->arena, call->before, "redo",
                       call->act->at, NULL, NULL);
}

/* Back to the handler: the next round, with a fresh clock. */
static bool redo(struct act_call *call)
{
    const struct center *center = call->acting->center;
    const struct kind *kind = config_kind(center->config, call->ticket->kind);
    struct ticket after = *call->ticket;
    struct deadline sign_in;
    after.started_at = call->act->at;
    after.round++;
    after.level = NULL;
    after.limit_days = kind ? kind->days : after.limit_days;
    if (!deadline_compute(center_calendar(center), &center->config->rule, call->act->at,
                          center->config->limits.accept_days, &sign_in))
        return act_refuse(call, "the new deadline lies outside 1990 to 2119");
    action_begin(call);
    json_add_text(&call->data, "outcome", "redo");
    json_add_number(&call->data, "limit", after.limit_days);
    json_add_number(&call->data, "accept_due", sign_in.due_at);
    if (!action_clock(call, &after))
        return false;
    after.accept_due_at = sign_in.due_at;
    route_renew(call->acting->center, &after, call->act->at);
    end_round(call);
    action_record(call, "redo");
    return true;
}

bool action_follow(struct act_call *call)
{
    const char *outcome = call->act->outcome;
    if (call->act->at < call->ticket->rated_at)
        return act_refuse(call, "follow up: that is before the rating");
    bool redone = outcome && !strcmp(outcome, "redo");
    if (!redone &&
        (!outcome || (strcmp(outcome, "explained") != 0 && strcmp(outcome, "invalid") != 0)))
        return act_refuse(call, "follow up: the outcome is redo, explained or invalid");
    if (!call->act->text && !call->act->reason)
        return act_refuse(call, "follow up: say what the enterprise said, with --text");
    if (redone)
        return redo(call);
    action_begin(call);
    json_add_text(&call->data, "outcome", outcome);
    action_record(call, "followed");
    if (!strcmp(outcome, "invalid"))
        record_close(call, "invalid");
    return true;
}

bool action_close_unrated(struct act_call *call)
{
    const struct center *center = call->acting->center;
    struct deadline wait;
    if (!deadline_compute(center_calendar(center), &center->config->rule, call->ticket->answered_at,
                          center->config->limits.rating_days, &wait) ||
        call->act->at <= wait.due_at)
        return act_refuse(call, "close as not rated: %d working days must pass after the answer",
                          center->config->limits.rating_days);
    record_close(call, "not-rated");
    return true;
}

bool action_note(struct act_call *call)
{
    if (!call->act->text)
        return act_refuse(call, "note: the text is missing");
    action_begin(call);
    action_record(call, "noted");
    return true;
}

bool action_mark(struct act_call *call)
{
    action_begin(call);
    json_add_number(&call->data, "confidential", call->act->confidential);
    action_record(call, "marked");
    return true;
}
