#include "ticket/sending.h"

#include <string.h>

#include "base/tongue.h"
#include "center/county.h"
#include "center/org.h"

/* True where the lead is a county's center that is to dispatch TICKET itself. */
static bool goes_down(struct center *center, const struct ticket *ticket, int64_t lead)
{
    return !ticket->errand && ticket->center != lead && county_at(center, lead);
}

static bool refuse(struct center *center, int64_t org, const char *why, struct fault *fault)
{
    struct db_query *q = db_query(center->db, "SELECT name FROM org WHERE id = ?1");
    db_bind(q, 1, org);
    fault_add(fault, "%s %s", db_step(q) ? db_text(q, 0) : "it", tongue(why));
    db_reset(q);
    return false;
}

bool sending_allows(struct center *center, const struct ticket *ticket, int64_t by,
                    const struct route *route, struct fault *fault)
{
    const struct county *county = county_at(center, ticket->center);
    if (goes_down(center, ticket, route->lead) && route->assist_count)
        return refuse(center, route->lead, N_("is a center of its own: it names who assists"),
                      fault);
    if (!county || by == county_org(center, NULL))
        return true;
    for (int i = -1; i < route->assist_count; i++) {
        int64_t org = i < 0 ? route->lead : route->assists[i];
        if (county_of(center, org) != county)
            return refuse(center, org, N_("is not the county's; the city's center may: --by"),
                          fault);
    }
    return true;
}

void sending_place(struct center *center, const struct ticket *ticket, const struct route *route,
                   int64_t at, struct sending *sending)
{
    struct route *sent = &sending->route;
    const struct county *own = county_at(center, ticket->center);
    *sending =
        (struct sending){.route = *route, .at = at, .down = goes_down(center, ticket, route->lead)};
    if (own && !sent->by)
        sent->by = own->center;
    if (sending->down)
        return;
    const struct county *county = county_of(center, route->lead);
    if (!ticket->errand && ticket->center != (county ? county_org(center, county) : 0))
        sent->center = county ? county->center : "";
    route_place(center, ticket, sent, at);
}

void sending_log(struct center *center, struct ticket *ticket, struct arena *arena,
                 const struct sending *sending)
{
    if (sending->down)
        route_hand_down(center, ticket, arena, &sending->route, sending->at);
    else
        route_log(center, ticket, arena, &sending->route, sending->at);
}

void sending_send(struct center *center, struct ticket *ticket, struct arena *arena,
                  const struct route *route, int64_t at)
{
    struct sending sending;
    sending_place(center, ticket, route, at, &sending);
    sending_log(center, ticket, arena, &sending);
}

struct route sending_of(struct db *db, const struct ticket *ticket, struct arena *arena)
{
    if (!ticket->center || strcmp(ticket->state, "received") != 0)
        return route_of(db, ticket, arena);
    struct route route = {.lead = ticket->center, .basis = ""};
    struct db_query *q = db_query(db, "SELECT json_extract(data, '$.basis') FROM event WHERE"
                                      " ticket_id = ?1 AND type = 'handed-down'"
                                      " ORDER BY id DESC LIMIT 1");
    db_bind(q, 1, ticket->id);
    if (db_step(q) && db_text(q, 0))
        route.basis = arena_string(arena, db_text(q, 0));
    db_reset(q);
    return route;
}

bool sending_was_at(struct db *db, const struct ticket *ticket, int64_t org)
{
    struct db_query *q =
        db_query(db, "SELECT 1 FROM event e JOIN org o ON o.code = json_extract(e.data, '$.center')"
                     " WHERE e.ticket_id = ?1 AND e.type = 'handed-down' AND o.id = ?2");
    db_bind(q, 1, ticket->id);
    db_bind(q, 2, org);
    return db_first(q) != 0;
}
