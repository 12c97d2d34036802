/* What a handler asks of the center and the center grants or refuses: return, extension,
 * suspension, explained close. A question waits in the table `request`, one of a kind at a time. */
#include <stdio.h>
#include <string.h>

#include "act/question_private.h"
#include "act/step_private.h"
#include "base/clock.h"
#include "base/json.h"
#include "center/told.h"
#include "ticket/clock.h"
#include "ticket/turn.h"

/* ---- return (退单) */

/* After a ruling on the ticket there is no return, only a new conference. */
static bool was_ruled(struct act_call *call)
{
    struct db_query *q =
        db_query(call->acting->center->db,
                 "SELECT basis FROM ruling WHERE ticket_id = ?1 ORDER BY id DESC LIMIT 1");
    db_bind(q, 1, call->ticket->id);
    bool ruled = db_step(q);
    if (ruled)
        act_refuse(call, "return: ruled by a conference: %s; the center can open a new conference",
                   db_text(q, 0));
    db_reset(q);
    return ruled;
}

/* True where a return is still in time; it counts from SINCE, when the ticket came to who asks. */
static bool may_return(struct act_call *call, int64_t since)
{
    const struct center *center = call->acting->center;
    const int days = center->config->limits.return_days;
    struct deadline last;
    return (deadline_compute(center_calendar(center), &center->config->rule, since, days, &last) &&
            call->act->at <= last.due_at) ||
           act_refuse(call, "%s: more than %d working days have passed since its dispatch",
                      act_called(call->act->kind), days);
}

bool action_return(struct act_call *call)
{
    const struct limits *limits = &call->acting->center->config->limits;
    if (was_ruled(call))
        return false;
    if (!question_may_ask(call, "return", limits->return_reasons, true, 0))
        return false;
    if (action_stands_still(call))
        return act_refuse(call, "return: its clock stands still; resume it first");
    return may_return(call, call->ticket->dispatched_at) &&
           question_ask(call, "return", "return-asked");
}

/* ---- a county's center gives back what is not the county's (退回市平台) */

bool action_hand_back(struct act_call *call)
{
    const struct limits *limits = &call->acting->center->config->limits;
    if (!question_may_ask(call, "return", limits->return_reasons, true, 0))
        return false;
    if (call->act->at < call->ticket->pooled_at)
        return act_refuse(call, "hand back: that is before it came to the county");
    return may_return(call, call->ticket->pooled_at) &&
           question_ask(call, "return", "return-asked");
}

/* It waits in the city's pool again, and a person sends it on. The clock runs on. */
bool action_grant_hand_back(struct act_call *call)
{
    struct question question = question_find(call, "return");
    if (!question_may_grant(call, &question))
        return false;
    question_decide(call, &question, true);
    action_begin(call);
    json_add_text(&call->data, "center", "");
    action_record(call, "returned");
    return true;
}

/* The second return of a ticket goes to conference. The clock runs on. */
bool action_grant_return(struct act_call *call)
{
    struct question question = question_find(call, "return");
    if (!question_may_grant(call, &question))
        return false;
    if (action_stands_still(call))
        return act_refuse(call, "%s: its clock stands still; resume it first",
                          act_called(call->act->kind));
    if (!action_follows_parties(call))
        return false;
    question_decide(call, &question, true);
    route_end(call->acting->center->db, call->ticket, call->act->at, "returned");
    action_begin(call);
    action_record(call, "returned");
    if (call->ticket->returns < 2)
        return true;
    action_begin(call);
    action_record(call, "conference-opened");
    return true;
}

bool action_refuse_return(struct act_call *call)
{
    return question_refuse(call, "return", "return-refused");
}

/* ---- extension (延期) */

/* When the lead's part is due, on its own clock. */
static int64_t lead_due(const struct act_call *call)
{
    for (int i = 0; i < call->party_count; i++)
        if (call->parties[i].is_lead)
            return call->parties[i].due_at;
    return call->ticket->due_at;
}

/* The kind's own limit of an extension, or the general one. */
static int most_days(const struct act_call *call)
{
    const struct config *config = call->acting->center->config;
    const struct kind *kind = config_kind(config, call->ticket->kind);
    return kind && kind->extension_days >= 0 ? kind->extension_days : config->limits.extension_days;
}

bool action_extend(struct act_call *call)
{
    const struct limits *limits = &call->acting->center->config->limits;
    const struct act *act = call->act;
    if (!most_days(call))
        return act_refuse(call, "ask for an extension: this kind has none");
    if (!question_may_ask(call, "extension", NULL, false, most_days(call)))
        return false;
    if (act->at > lead_due(call))
        return act_refuse(call, "ask for an extension: it is overdue");
    if (action_stands_still(call))
        return act_refuse(call, "ask for an extension: its clock stands still");
    if (question_count_granted(call, "extension") >= limits->extensions)
        return act_refuse(call, "ask for an extension: this round has had its %d",
                          limits->extensions);
    return question_ask(call, "extension", "extension-asked");
}

/* The new limit counts from the original start. */
bool action_grant_extension(struct act_call *call)
{
    struct question question = question_find(call, "extension");
    if (!question_may_grant(call, &question))
        return false;
    action_fire(call);
    struct ticket after = *call->ticket;
    after.limit_days += question.days;
    action_begin(call);
    json_add_number(&call->data, "limit", after.limit_days);
    if (!action_clock(call, &after))
        return false;
    question_decide(call, &question, true);
    route_reckon(call->acting->center, &after, RECKON_RUNNING);
    action_record(call, "extended");
    return true;
}

bool action_refuse_extension(struct act_call *call)
{
    return question_refuse(call, "extension", "extension-refused");
}

/* ---- suspension (挂起) */

bool action_suspend(struct act_call *call)
{
    const struct limits *limits = &call->acting->center->config->limits;
    if (!question_may_ask(call, "suspension", limits->suspension_reasons, true, 0))
        return false;
    if (action_stands_still(call))
        return act_refuse(call, "ask for a suspension: its clock stands still already");
    if (question_count_granted(call, "suspension") >= limits->suspensions)
        return act_refuse(call, "ask for a suspension: this round has had its %d",
                          limits->suspensions);
    return question_ask(call, "suspension", "suspension-asked");
}

/* Clocks of a round do not overlap: a pause starts when the one before it is over. */
static bool starts_after_pauses(struct act_call *call)
{
    struct db_query *q = db_query(call->acting->center->db,
                                  "SELECT max(until_at) FROM suspension WHERE ticket_id = ?1");
    db_bind(q, 1, call->ticket->id);
    bool clear = !db_step(q) || db_number(q, 0) <= call->act->at;
    db_reset(q);
    return clear;
}

bool action_grant_suspension(struct act_call *call)
{
    struct center *center = call->acting->center;
    struct question question = question_find(call, "suspension");
    int end;
    if (!question_may_grant(call, &question))
        return false;
    if (!starts_after_pauses(call))
        return act_refuse(call, "%s: an earlier pause lasts longer", act_called(call->act->kind));
    if (!calendar_add(center_calendar(center), clock_day(call->act->at),
                      center->config->limits.suspension_days, &end))
        return act_refuse(call, "its end lies outside 1990 to 2119");
    action_fire(call);
    int64_t until = clock_moment(end, center->config->rule.day_end);
    int64_t id = db_next_id(center->db, "suspension");
    struct db_query *q =
        db_query(center->db, "INSERT INTO suspension (ticket_id, round, from_at, until_at, reason,"
                             " id) VALUES (?1, ?2, ?3, ?4, ?5, ?6)");
    db_bind(q, 1, call->ticket->id);
    db_bind(q, 2, call->ticket->round);
    db_bind(q, 3, call->act->at);
    db_bind(q, 4, until);
    db_bind_text(q, 5, question.reason);
    db_bind(q, 6, id);
    db_run(q);
    told_end(told_start(center->db, call->ticket->id, "suspension", id));
    center->has_suspensions = 1;
    question_decide(call, &question, true);
    action_begin(call);
    json_add_number(&call->data, "until", until);
    if (!action_clock(call, call->ticket))
        return false;
    route_reckon(call->acting->center, call->ticket, RECKON_RUNNING);
    action_record(call, "suspended");
    return true;
}

bool action_refuse_suspension(struct act_call *call)
{
    return question_refuse(call, "suspension", "suspension-refused");
}

/* The working days left resume on the next working day. A pause that has reached its cap is over
 * since then. */
bool action_resume(struct act_call *call)
{
    struct center *center = call->acting->center;
    const struct ticket *ticket = call->ticket;
    if (!ticket->suspended_at)
        return act_refuse(call, "resume: its clock is running");
    if (call->act->at < ticket->suspended_at)
        return act_refuse(call, "resume: that is before the suspension");
    if (call->act->at < ticket->suspended_until) {
        struct db_query *q = db_query(center->db, "UPDATE suspension SET until_at = ?2 WHERE"
                                                  " ticket_id = ?1 AND from_at = ?3");
        db_bind(q, 1, ticket->id);
        db_bind(q, 2, call->act->at);
        db_bind(q, 3, ticket->suspended_at);
        db_run(q);
    } else {
        action_fire(call);
    }
    action_begin(call);
    if (!action_clock(call, ticket))
        return false;
    route_reckon(call->acting->center, call->ticket, RECKON_RUNNING);
    action_record(call, "resumed");
    return true;
}

/* ---- explained close (申请作办结) */

bool action_close(struct act_call *call)
{
    if (call->act->at < call->ticket->answered_at)
        return act_refuse(call, "ask for an explained close: that is before the answer");
    return question_may_ask(call, "close", NULL, true, 0) &&
           question_ask(call, "close", "close-asked");
}

bool action_grant_close(struct act_call *call)
{
    struct question question = question_find(call, "close");
    const struct ticket *ticket = call->ticket;
    if (!question_may_grant(call, &question))
        return false;
    if (ticket->rating && (!ticket->outcome || strcmp(ticket->outcome, "explained") != 0))
        return act_refuse(call, "%s: its rating was not followed up yet",
                          act_called(call->act->kind));
    question_decide(call, &question, true);
    action_begin(call);
    json_add_text(&call->data, "closed_as", "explained");
    action_record(call, "closed");
    return true;
}

bool action_refuse_close(struct act_call *call)
{
    return question_refuse(call, "close", "close-refused");
}
