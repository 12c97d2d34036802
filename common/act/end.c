/* Ends without an answer: not taken in (不予受理), referred to another system (转办) and back,
 * withdrawn by the enterprise (撤回), void (作废). All are out of every rate. */
#include <stdio.h>
#include <string.h>

#include "act/step_private.h"
#include "base/clock.h"
#include "base/json.h"

/* Starts the event of a close; the caller may add to its data before finish_close. */
static void begin_close(struct act_call *call, const char *closed_as)
{
    action_fire(call);
    action_end_pause(call);
    action_begin(call);
    json_add_text(&call->data, "closed_as", closed_as);
}

static bool finish_close(struct act_call *call)
{
    action_record(call, "closed");
    return true;
}

/* ---- not taken in (不予受理) */

/* The configured reason that was given; NULL, with a fault, where it is none. */
static const struct decline_reason *find_reason(struct act_call *call)
{
    const struct config *config = call->acting->center->config;
    const char *given = call->act->reason;
    char list[512] = "";
    for (int i = 0; i < config->decline_reason_count; i++) {
        const struct decline_reason *reason = &config->decline_reasons[i];
        if (given && !strcmp(given, reason->reason))
            return reason;
        text_choice(list, sizeof list, reason->reason, NULL);
    }
    if (!config->decline_reason_count)
        act_refuse(call, "decline: decline_reasons of center.yaml lists no reason");
    else if (given)
        act_refuse(call, "decline: \"%s\" is none of the configured reasons%s", given, list);
    else
        act_refuse(call, "decline: the reason is missing: --reason%s", list);
    return NULL;
}

/* The enterprise is told at once what else it can do, or not at all. */
static bool is_in_time(struct act_call *call)
{
    const struct center *center = call->acting->center;
    int days = center->config->limits.decline_days;
    struct deadline last;
    char iso[CLOCK_TEXT_SIZE];
    if (!deadline_compute(center_calendar(center), &center->config->rule, call->ticket->received_at,
                          days, &last))
        return act_refuse(call, "decline: the last day lies outside 1990 to 2119");
    return call->act->at <= last.due_at ||
           act_refuse(call,
                      "decline: that was to be said by %s, %d working day%s after the receipt",
                      clock_print(last.due_at, iso), days, days == 1 ? "" : "s");
}

bool action_decline(struct act_call *call)
{
    const struct decline_reason *reason = find_reason(call);
    if (!reason)
        return false;
    if (!call->act->basis)
        return act_refuse(call, "decline: the basis is missing: --basis");
    if (!is_in_time(call))
        return false;
    begin_close(call, "declined");
    json_add_text(&call->data, "way", reason->way);
    return finish_close(call);
}

/* ---- referred to another system (转办) */

static const struct referral *find_system(struct act_call *call)
{
    const struct config *config = call->acting->center->config;
    const char *word = call->act->to;
    char list[CONFIG_LIST_SIZE];
    const struct referral *system = word ? config_referral(config, word) : NULL;
    config_list_referrals(config, list, sizeof list);
    if (!word)
        act_refuse(call, "refer: to what: --to%s", list);
    else if (!system)
        fault_unknown(call->fault, "system to refer to", word,
                      config_nearest_referral(config, word), list);
    return system;
}

bool action_refer(struct act_call *call)
{
    const struct referral *system = find_system(call);
    if (!system || !action_needs_reason(call))
        return false;
    if (!call->act->number && !system->urgent)
        return act_refuse(call, "refer: its number there is missing: --number");
    begin_close(call, "referred");
    json_add_text(&call->data, "to", system->term.code);
    json_add_text(&call->data, "number", call->act->number);
    return finish_close(call);
}

/* In the pool again, where the clock that began with the receipt runs on. Who held it did so until
 * it was referred. */
bool action_refer_back(struct act_call *call)
{
    if (!action_needs_reason(call))
        return false;
    if (call->act->at < call->ticket->closed_at)
        return act_refuse(call, "%s: that is before it was referred", act_called(call->act->kind));
    route_end(call->acting->center->db, call->ticket, call->ticket->closed_at, NULL);
    action_begin(call);
    if (!action_clock(call, call->ticket))
        return false;
    action_record(call, "referred-back");
    return true;
}

/* ---- withdrawn (撤回), void (作废) */

/* Whoever was joined in it still waits for an answer. */
static bool stands_alone(struct act_call *call)
{
    int joined = call->ticket->callers - 1;
    return !joined || act_refuse(call, "%s: %d request%s joined in it would end with it",
                                 act_called(call->act->kind), joined, joined == 1 ? "" : "s");
}

/* The enterprise withdraws, or the center that heard it; never who handles it. */
bool action_withdraw(struct act_call *call)
{
    if (call->act->by && action_is_party(call, call->act->by))
        return act_refuse(call, "withdraw: who handles the ticket does not withdraw it");
    if (!call->act->text && !call->act->reason)
        return act_refuse(call, "withdraw: say what the enterprise said: --text, or --reason");
    if (!stands_alone(call))
        return false;
    begin_close(call, "withdrawn");
    return finish_close(call);
}

bool action_void(struct act_call *call)
{
    if (!action_needs_reason(call) || !stands_alone(call))
        return false;
    if (call->act->at < call->ticket->answered_at)
        return act_refuse(call, "void: that is before the answer");
    begin_close(call, "void");
    return finish_close(call);
}
