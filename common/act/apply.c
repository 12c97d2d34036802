#include "act/apply.h"

#include <stdio.h>
#include <string.h>

#include "act/step_private.h"
#include "base/clock.h"
#include "base/text.h"
#include "base/tongue.h"
#include "center/county.h"
#include "center/log.h"
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
    [ACT_APPEAL] = action_appeal,
    [ACT_GRANT_APPEAL] = action_grant_appeal,
    [ACT_REFUSE_APPEAL] = action_refuse_appeal,
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

/* Who had the ticket once may appeal, whoever has it now. */
static bool is_appellant(struct act_call *call)
{
    return call->act->kind == ACT_APPEAL && action_is_party(call, call->by);
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
    act_refuse(call, "%s: only a convener may: %s", act_called(call->act->kind),
               text_string(&names));
    text_free(&names);
    conveners_free(&own);
    return false;
}

/* What the center alone may, but for a decision on what it has asked itself (may_decide). */
static bool check_center(struct act_call *call)
{
    enum act_kind kind = call->act->kind;
    return call->by == call->center || call->by == call->acting->center_org ||
           (gate_decides(&act_record, (int)kind) && is_convener(call)) ||
           act_refuse(call, "%s: only the center may", act_called(kind));
}

/* Whom the act falls to where nobody is named. */
static int64_t usual_actor(const struct act_call *call, int64_t holder)
{
    switch (act_by(call->act->kind)) {
    case GATE_BY_CENTER:
    case GATE_BY_COUNTY:
    case GATE_BY_CONVENER:
    case GATE_BY_SUPERVISOR: return call->center;
    case GATE_BY_CITY: return call->acting->center_org;
    case GATE_BY_ANYONE: return 0;
    default: return call->order.number && call->order.lead ? call->order.lead : holder;
    }
}

/* Finds who acts, and whether they may. */
static bool check_actor(struct act_call *call)
{
    const struct ticket *ticket = call->ticket;
    enum gate_by by = act_by(call->act->kind);
    int64_t city = call->acting->center_org, holder = ticket->lead ? ticket->lead : call->center;
    call->by = call->act->by ? call->act->by : usual_actor(call, holder);
    if (by == GATE_BY_CENTER)
        return check_center(call);
    if (by == GATE_BY_COUNTY || by == GATE_BY_CITY)
        return call->by == (by == GATE_BY_CITY ? city : ticket->center) ||
               act_refuse(call, "%s: only the %s's center may", act_called(call->act->kind),
                          tongue_word(gate_by_name(by), gate_by_word(by)));
    if (by == GATE_BY_CONVENER)
        return check_convener(call);
    if (by == GATE_BY_SUPERVISOR)
        return call->by == city || call->by == call->center ||
               action_may_supervise(call, call->by) ||
               act_refuse(call, "%s: that organisation does not supervise",
                          act_called(call->act->kind));
    if (by == GATE_BY_ANYONE || (by != GATE_BY_ASSIST && call->by == holder) ||
        (by != GATE_BY_LEAD && is_assist(call, call->by)) || is_supervised(call) ||
        is_appellant(call))
        return true;
    return act_refuse(call, "%s: that organisation does not %s it", act_called(call->act->kind),
                      by == GATE_BY_LEAD && call->act->kind != ACT_ANSWER ? tongue("lead")
                                                                          : tongue("handle"));
}

/* Answers are also entered from files that are older than the dispatch; the rest follows it. */
static bool follows_dispatch(struct act_call *call)
{
    char at[CLOCK_TEXT_SIZE], start[CLOCK_TEXT_SIZE];
    const struct act *act = call->act;
    int kind = (int)act->kind;
    bool follows = gate_allows(&act_record, kind, "dispatched") && act->kind != ACT_ANSWER &&
                   act->kind != ACT_PART && !gate_is_always(&act_record, kind);
    if (!follows || act->at >= call->ticket->dispatched_at)
        return true;
    return act_refuse(call, "%s lies before %s, when it was dispatched", clock_print(act->at, at),
                      clock_print(call->ticket->dispatched_at, start));
}

/* A blank is no reason: what is said must say something. */
static bool check_texts(struct act_call *call)
{
    const struct act *act = call->act;
    const struct {
        const char *name, *text;
    } said[] = {{N_("text"), act->text},         {N_("reason"), act->reason},
                {N_("basis"), act->basis},       {N_("why"), act->without},
                {N_("category"), act->category}, {N_("participants"), act->participants},
                {N_("number"), act->number},     {N_("document"), act->document}};
    for (size_t i = 0; i < sizeof said / sizeof *said; i++)
        if (said[i].text && text_is_blank(said[i].text))
            return act_refuse(call, "%s: the %s is blank", act_called(act->kind),
                              tongue(said[i].name));
    return true;
}

static struct db_query *ask_orders(struct db *db, const struct ticket *ticket)
{
    struct db_query *q = db_query(db, "SELECT 1 FROM supervision WHERE ticket_id = ?1"
                                      " AND revoked_at IS NULL LIMIT 1");
    db_bind(q, 1, ticket->id);
    return q;
}

/* What every act reads. */
static void look_ahead(struct center *center, const struct ticket *ticket)
{
    if (!db_looks_ahead(center->db))
        return;
    route_parties_ahead(center->db, ticket);
    db_ahead(ask_orders(center->db, ticket));
    judgment_ahead(center, ticket, true);
    event_add_ahead(center, ticket->id);
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

/* What the gate asks of a ticket. ASKED: the act as it was handed over; CALL's is what it is. */
struct performing {
    struct act_call call;
    const struct act *asked;
};

static bool is_known(void *context)
{
    const struct performing *p = context;
    struct act_call call = p->call;
    call.act = p->asked;
    return p->asked->at_given && action_is_known(&call);
}

static bool fits(void *context, int act)
{
    return act_fits((enum act_kind)act, ((const struct performing *)context)->call.ticket);
}

/* A part is what its program makes of an answer. */
static bool goes_with_saying(void *context, int act)
{
    (void)context;
    return act != ACT_PART;
}

static bool may(void *context)
{
    struct performing *p = context;
    return action_find_order(&p->call) && check_actor(&p->call) && check_texts(&p->call);
}

static bool step(void *context)
{
    struct performing *p = context;
    if (!follows_dispatch(&p->call) || !actions[p->call.act->kind](&p->call))
        return false;
    settle_levels(&p->call, p->call.before);
    return true;
}

static struct gate gate_of(struct performing *p)
{
    const struct act_call *call = &p->call;
    return (struct gate){.record = &act_record,
                         .act = (int)call->act->kind,
                         .state = call->ticket->state,
                         .at = call->act->at,
                         .by = &call->by,
                         .began = call->ticket->started_at,
                         .began_as = N_("the clock started"),
                         .fault = call->fault,
                         .context = p,
                         .known = is_known,
                         .follows = fits,
                         .says = goes_with_saying,
                         .may = may,
                         .step = step};
}

enum gate_result act_perform(struct acting *acting, struct ticket *ticket, struct arena *arena,
                             const struct act *act, struct fault *fault)
{
    struct act chosen = *act;
    struct judgment before = {.order_count = 0};
    struct performing p = {.asked = act};
    p.call = (struct act_call){.acting = acting,
                               .ticket = ticket,
                               .center = ticket->center ? ticket->center : acting->center_org,
                               .arena = arena,
                               .act = &chosen,
                               .before = &before,
                               .fault = fault};
    fault_clear(fault);
    look_ahead(acting->center, ticket);
    p.call.party_count = route_parties(acting->center->db, ticket, p.call.parties);
    chosen.kind = kind_of(&p.call);
    if (db_first(ask_orders(acting->center->db, ticket)))
        judgment_read(acting->center, ticket, true, &before);
    const struct gate gate = gate_of(&p);
    enum gate_result result = gate_pass(acting->center, &gate);
    text_free(&p.call.data);
    return result;
}
