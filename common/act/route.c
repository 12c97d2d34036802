/* Who holds a ticket: dispatch by hand, redispatch after the center's own mistake, assists that
 * come later or go earlier. */
#include <stdio.h>
#include <string.h>

#include "act/step_private.h"
#include "base/clock.h"
#include "base/json.h"
#include "base/tongue.h"
#include "ticket/sending.h"

/* The route that the act names, with what its parties are told. */
static struct route named_route(struct act_call *call)
{
    struct route route = call->act->route;
    route.basis = call->act->basis ? call->act->basis : "人工派发";
    if (call->ticket->center)
        route.by = action_org_code(call, call->by);
    return route;
}

/* Nobody vouches for himself: where the center says so late that it dispatched in time, another
 * convener says it. */
static bool is_vouched_for(struct act_call *call)
{
    char iso[CLOCK_TEXT_SIZE];
    int days = call->acting->center->config->limits.late_entry_days;
    if (call->by != call->center || !action_is_late(call))
        return true;
    return act_refuse(
        call, "%s: %s is more than %d working day%s ago: another convener must say so: --by",
        act_called(call->act->kind), clock_print(call->act->at, iso), days, days == 1 ? "" : "s");
}

bool action_may_send(struct act_call *call, const struct route *route)
{
    struct fault fault = {""};
    return sending_allows(call->acting->center, call->ticket, call->by, route, &fault) ||
           act_refuse(call, "%s: %s", act_called(call->act->kind), fault.text);
}

bool action_route(struct act_call *call)
{
    struct route route = named_route(call);
    if (!route.lead)
        return act_refuse(call, "dispatch: no lead is named");
    if (call->act->at < call->ticket->pooled_at)
        return act_refuse(call, "dispatch: that is before it came to the center");
    if (!is_vouched_for(call) || !action_may_send(call, &route))
        return false;
    if (call->act->by)
        route.by = action_org_code(call, call->by);
    if (call->ticket->center)
        action_drop_questions(call); /* to hand it back */
    sending_send(call->acting->center, call->ticket, call->arena, &route, call->act->at);
    call->cause = "dispatched";
    return true;
}

/* ---- redispatch (改派) */

/* Appends from whom the ticket is taken. */
static void add_parties(struct act_call *call)
{
    struct route from = {.lead = call->ticket->lead};
    struct text assists = {0};
    for (int i = 0; i < call->party_count; i++)
        route_add_assist(&from, call->parties[i].org);
    json_add_text(&call->data, "from_lead", action_org_code(call, from.lead));
    route_add_codes(&assists, call->acting->center->db, &from);
    json_add_raw(&call->data, "from_assists", from.assist_count ? assists.data : NULL);
    text_free(&assists);
}

/* The center's own mistake: no return is counted, and who had it owes nothing. */
bool action_redispatch(struct act_call *call)
{
    struct route route = named_route(call);
    if (!route.lead)
        return act_refuse(call, "redispatch: no lead is named: --to");
    if (!call->act->reason)
        return act_refuse(call, "redispatch: the reason is missing: --reason");
    if (route.lead == call->ticket->lead)
        return act_refuse(call, "redispatch: %s leads it already",
                          action_org_code(call, route.lead));
    if (action_stands_still(call))
        return act_refuse(call, "redispatch: its clock stands still; resume it first");
    if (!action_follows_parties(call) || !is_vouched_for(call) || !action_may_send(call, &route))
        return false;
    action_begin(call);
    add_parties(call);
    route_end(call->acting->center->db, call->ticket, call->act->at, "redispatched");
    action_record(call, "redispatched");
    sending_send(call->acting->center, call->ticket, call->arena, &route, call->act->at);
    return true;
}

/* ---- assists (协办) */

static const struct party *party_of(const struct act_call *call, int64_t org)
{
    for (int i = 0; i < call->party_count; i++)
        if (call->parties[i].org == org)
            return &call->parties[i];
    return NULL;
}

/* The event of an act on the assists that the act names. */
static void record_assists(struct act_call *call, const char *type)
{
    struct text codes = {0};
    route_add_codes(&codes, call->acting->center->db, &call->act->route);
    action_begin(call);
    json_add_raw(&call->data, "assists", codes.data);
    action_record(call, type);
    text_free(&codes);
}

bool action_assist(struct act_call *call)
{
    struct route route = named_route(call);
    if (!route.assist_count)
        return act_refuse(call, "add assists: none is named: --add");
    for (int i = 0; i < route.assist_count; i++) {
        const struct party *party = party_of(call, route.assists[i]);
        if (party)
            return act_refuse(call, "add assists: %s %s it already",
                              action_org_code(call, party->org),
                              party->is_lead ? tongue("leads") : tongue("assists"));
    }
    if (call->party_count + route.assist_count > ROUTE_MOST_ASSISTS + 1)
        return act_refuse(call, "add assists: more than %d would assist", ROUTE_MOST_ASSISTS);
    record_assists(call, "assist-added");
    route_join(call->acting->center, call->ticket, &route, call->act->at);
    return true;
}

static bool may_release(struct act_call *call, int64_t org)
{
    const struct party *party = party_of(call, org);
    const char *code = action_org_code(call, org);
    if (!party || party->is_lead)
        return act_refuse(call, "release assists: %s does not assist it", code);
    if (party->answered_at)
        return act_refuse(call, "release assists: %s has filed its part already", code);
    return call->act->at >= party->at ||
           act_refuse(call, "release assists: that is before %s assisted", code);
}

bool action_release(struct act_call *call)
{
    const struct route *route = &call->act->route;
    if (!route->assist_count)
        return act_refuse(call, "release assists: none is named: --release");
    if (!call->act->reason)
        return act_refuse(call, "release assists: the reason is missing: --reason");
    for (int i = 0; i < route->assist_count; i++)
        if (!may_release(call, route->assists[i]))
            return false;
    record_assists(call, "assist-released");
    for (int i = 0; i < route->assist_count; i++)
        route_release(call->acting->center->db, call->ticket, route->assists[i], call->act->at);
    return true;
}
