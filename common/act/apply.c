#include "act/apply.h"

#include <stdio.h>
#include <string.h>

#include "act/step_private.h"
#include "base/clock.h"
#include "base/text.h"
#include "center/county.h"
#include "center/org.h"

/* What does each act. */
static act_action *const actions[ACT_KINDS] = {
    [ACT_ROUTE] = action_route,
    [ACT_REDISPATCH] = action_redispatch,
    [ACT_ASSIST] = action_assist,
    [ACT_RELEASE] = action_release,
    [ACT_ACCEPT] = action_accept,
    [ACT_ANSWER] = action_answer,
    [ACT_PART] = action_part,
    [ACT_RETURN] = action_return,
    [ACT_GRANT_RETURN] = action_grant_return,
    [ACT_REFUSE_RETURN] = action_refuse_return,
    [ACT_HAND_BACK] = action_hand_back,
    [ACT_GRANT_HAND_BACK] = action_grant_hand_back,
    [ACT_REFUSE_HAND_BACK] = action_refuse_return,
    [ACT_CONFER] = action_confer,
    [ACT_RULE] = action_rule,
    [ACT_EXTEND] = action_extend,
    [ACT_GRANT_EXTENSION] = action_grant_extension,
    [ACT_REFUSE_EXTENSION] = action_refuse_extension,
    [ACT_SUSPEND] = action_suspend,
    [ACT_GRANT_SUSPENSION] = action_grant_suspension,
    [ACT_REFUSE_SUSPENSION] = action_refuse_suspension,
    [ACT_RESUME] = action_resume,
    [ACT_RATE] = action_rate,
    [ACT_FOLLOW] = action_follow,
    [ACT_CLOSE] = action_close,
    [ACT_GRANT_CLOSE] = action_grant_close,
    [ACT_REFUSE_CLOSE] = action_refuse_close,
    [ACT_CLOSE_UNRATED] = action_close_unrated,
    [ACT_MERGE] = action_merge,
    [ACT_CORRECT] = action_correct,
    [ACT_DECLINE] = action_decline,
    [ACT_REFER] = action_refer,
    [ACT_REFER_BACK] = action_refer_back,
    [ACT_WITHDRAW] = action_withdraw,
    [ACT_VOID] = action_void,
    [ACT_NOTE] = action_note,
    [ACT_MARK] = action_mark,
    [ACT_GRANT_REVOCATION] = action_grant_revocation,
    [ACT_REFUSE_REVOCATION] = action_refuse_revocation,
    [ACT_ACKNOWLEDGE] = action_acknowledge,
    [ACT_REPLY] = action_reply,
    [ACT_ORDER] = action_order,
    [ACT_REFUSE_REPLY] = action_refuse_reply,
};

struct acting acting_new(struct center *center)
{
    return (struct acting){.center = center,
                           .ladder = ladder_new(center),
                           .conveners = conveners_new(center, NULL),
                           .center_org = org_need(center->db, center->config->center_org)};
}

void acting_free(struct acting *acting)
{
    conveners_free(&acting->conveners);
}

static bool check_state(struct act_call *call)
{
    if (act_fits(call->act->kind, call->ticket))
        return true;
    act_explain_state(call->act->kind, call->ticket, call->fault);
    return false;
}

static const struct party *party_of(const struct act_call *call, int64_t org)
{
    for (int i = 0; i < call->party_count; i++)
        if (call->parties[i].org == org)
            return &call->parties[i];
    return NULL;
}

static bool is_assist(const struct act_call *call, int64_t org)
{
    const struct party *party = party_of(call, org);
    return party && !party->is_lead;
}

/* Who was given an order may reply to it, whoever holds the ticket. */
static bool is_supervised(struct act_call *call)
{
    enum act_kind kind = call->act->kind;
    call->for_itself =
        (kind == ACT_ACKNOWLEDGE || kind == ACT_REPLY) && action_is_ordered(call, call->by);
    return call->for_itself;
}

/* The county that convenes for itself; NULL: the city does. */
static const struct county *own_county(const struct act_call *call)
{
    return county_at(call->acting->center, call->ticket->center);
}

static bool is_convener(const struct act_call *call)
{
    const struct county *county = own_county(call);
    return county ? convener_may(call->acting->center, county, call->by)
                  : conveners_have(&call->acting->conveners, call->by);
}

static bool check_convener(struct act_call *call)
{
    if (is_convener(call))
        return true;
    struct conveners own = conveners_new(call->acting->center, own_county(call));
    struct text names = {0};
    conveners_name(&own, call->acting->center->db, &names);
    act_refuse(call, "%s: only a convener may: %s", act_name(call->act->kind), text_string(&names));
    text_free(&names);
    conveners_free(&own);
    return false;
}

/* What the center alone may, but for a decision on what it has asked itself (may_decide). */
static bool check_center(struct act_call *call)
{
    enum act_kind kind = call->act->kind;
    return call->by == call->center || call->by == call->acting->center_org ||
           (act_decides(kind) && is_convener(call)) ||
           act_refuse(call, "%s: only the center may", act_name(kind));
}

/* Whom the act falls to where nobody is named. */
static int64_t usual_actor(const struct act_call *call, int64_t holder)
{
    switch (act_by(call->act->kind)) {
    case ACT_BY_CENTER:
    case ACT_BY_COUNTY:
    case ACT_BY_CONVENER:
    case ACT_BY_SUPERVISOR: return call->center;
    case ACT_BY_CITY: return call->acting->center_org;
    case ACT_BY_ANYONE: return 0;
    default: return call->order.number && call->order.lead ? call->order.lead : holder;
    }
}

/* Finds who acts, and whether they may. */
static bool check_actor(struct act_call *call)
{
    const struct ticket *ticket = call->ticket;
    enum act_by by = act_by(call->act->kind);
    int64_t city = call->acting->center_org, holder = ticket->lead ? ticket->lead : call->center;
    call->by = call->act->by ? call->act->by : usual_actor(call, holder);
    if (by == ACT_BY_CENTER)
        return check_center(call);
    if (by == ACT_BY_COUNTY || by == ACT_BY_CITY)
        return call->by == (by == ACT_BY_CITY ? city : ticket->center) ||
               act_refuse(call, "%s: only the %s's center may", act_name(call->act->kind),
                          act_by_name(by));
    if (by == ACT_BY_CONVENER)
        return check_convener(call);
    if (by == ACT_BY_SUPERVISOR)
        return call->by == city || call->by == call->center ||
               action_may_supervise(call, call->by) ||
               act_refuse(call, "%s: that organisation does not supervise",
                          act_name(call->act->kind));
    if (by == ACT_BY_ANYONE || (by != ACT_BY_ASSIST && call->by == holder) ||
        (by != ACT_BY_LEAD && is_assist(call, call->by)) || is_supervised(call))
        return true;
    return act_refuse(call, "%s: that organisation does not %s it", act_name(call->act->kind),
                      by == ACT_BY_LEAD && call->act->kind != ACT_ANSWER ? "lead" : "handle");
}

static bool check_moment(struct act_call *call)
{
    char at[CLOCK_TEXT_SIZE], start[CLOCK_TEXT_SIZE];
    const struct act *act = call->act;
    if (act->at > call->acting->center->now)
        return act_refuse(call, "%s lies in the future", clock_print(act->at, at));
    if (act->at < call->ticket->started_at)
        return act_refuse(call, "%s lies before %s, when the clock started",
                          clock_print(act->at, at), clock_print(call->ticket->started_at, start));
    /* Answers are also entered from files that are older than the dispatch; the rest follows it. */
    bool follows = act_allowed(act->kind, "dispatched", NULL) && act->kind != ACT_ANSWER &&
                   act->kind != ACT_PART && !act_is_always(act->kind);
    if (follows && act->at < call->ticket->dispatched_at)
        return act_refuse(call, "%s lies before %s, when it was dispatched",
                          clock_print(act->at, at),
                          clock_print(call->ticket->dispatched_at, start));
    return true;
}

/* A blank is no reason: what is said must say something. */
static bool check_texts(struct act_call *call)
{
    const struct act *act = call->act;
    const struct {
        const char *name, *text;
    } said[] = {{"text", act->text},         {"reason", act->reason},
                {"basis", act->basis},       {"why", act->without},
                {"category", act->category}, {"participants", act->participants},
                {"number", act->number},     {"document", act->document}};
    for (size_t i = 0; i < sizeof said / sizeof *said; i++)
        if (said[i].text && text_is_blank(said[i].text))
            return act_refuse(call, "%s: the %s is blank", act_name(act->kind), said[i].name);
    return true;
}

static bool has_orders(struct db *db, const struct ticket *ticket)
{
    struct db_query *q = db_query(db, "SELECT 1 FROM supervision WHERE ticket_id = ?1"
                                      " AND revoked_at IS NULL LIMIT 1");
    db_bind(q, 1, ticket->id);
    return db_first(q) != 0;
}

/* Levels that began by the act's moment fire, also behind a clock that it stops; those that never
 * began, as is known by the act, are revoked. */
static void settle_levels(struct act_call *call, const struct judgment *before)
{
    const struct ticket *ticket = call->ticket;
    bool passed = ticket->next_level_at && ticket->next_level_at <= call->act->at;
    if (call->cause && (before->order_count || passed))
        supervision_settle(&call->acting->ladder, call->ticket, call->arena, before, call->cause,
                           call->act->at, NULL, NULL);
}

/* What the act is: an assist files a part of the answer, and a county's center that returns what
 * waits in its pool hands it back. */
static enum act_kind kind_of(const struct act_call *call)
{
    bool pooled = call->ticket->center && !strcmp(call->ticket->state, "received");
    switch (call->act->kind) {
    case ACT_ANSWER: return is_assist(call, call->act->by) ? ACT_PART : ACT_ANSWER;
    case ACT_RETURN: return pooled ? ACT_HAND_BACK : ACT_RETURN;
    case ACT_GRANT_RETURN: return pooled ? ACT_GRANT_HAND_BACK : ACT_GRANT_RETURN;
    case ACT_REFUSE_RETURN: return pooled ? ACT_REFUSE_HAND_BACK : ACT_REFUSE_RETURN;
    default: return call->act->kind;
    }
}

enum act_result act_perform(struct acting *acting, struct ticket *ticket, struct arena *arena,
                            const struct act *act, struct fault *fault)
{
    struct act chosen = *act;
    struct act_call call = {.acting = acting,
                            .ticket = ticket,
                            .center = ticket->center ? ticket->center : acting->center_org,
                            .arena = arena,
                            .act = &chosen,
                            .fault = fault};
    fault_clear(fault);
    if (act->at_given && action_is_known(&call))
        return ACT_KNOWN;
    call.party_count = route_parties(acting->center->db, ticket, call.parties);
    chosen.kind = kind_of(&call);
    struct judgment before = {.order_count = 0};
    if (has_orders(acting->center->db, ticket))
        judgment_read(acting->center, ticket, true, &before);
    call.before = &before;
    db_mark(acting->center->db);
    bool done = check_state(&call) && action_find_order(&call) && check_actor(&call) &&
                check_texts(&call) && check_moment(&call) && actions[chosen.kind](&call);
    if (done)
        settle_levels(&call, &before);
    if (done)
        db_keep(acting->center->db);
    else
        db_undo(acting->center->db);
    text_free(&call.data);
    return done ? ACT_DONE : ACT_REFUSED;
}
