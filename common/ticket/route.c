#include "ticket/route.h"

#include <string.h>

#include "base/json.h"
#include "center/org.h"
#include "ticket/record.h"
#include "ticket/turn.h"

bool route_add_assist(struct route *route, int64_t org)
{
    bool known = org == route->lead;
    for (int i = 0; i < route->assist_count; i++)
        known = known || route->assists[i] == org;
    if (!known && route->assist_count == ROUTE_MOST_ASSISTS)
        return false;
    if (!known)
        route->assists[route->assist_count++] = org;
    return true;
}

/* A party's own clocks run from its dispatch: the kind's limit for its part, and the limit for
 * signing in. The lead answers for the whole: its part is due when the ticket is. */
static void add_party(struct center *center, const struct ticket *ticket, int64_t org,
                      const char *role, const struct route *route, int64_t at)
{
    const struct deadline_rule *rule = &center->config->rule;
    const struct kind *kind = config_kind(center->config, ticket->kind);
    bool assists = !strcmp(role, "assist");
    int limit = assists && kind ? kind->days : ticket->limit_days;
    struct deadline sign_in;
    struct turn turn = {.deadline = {.due_at = ticket->due_at}};
    deadline_compute(center_calendar(center), rule, at, center->config->limits.accept_days,
                     &sign_in);
    turn_of_party(center, ticket, at, limit, &turn);
    struct db_query *q =
        db_query(center->db, "INSERT INTO route (ticket_id, round, org_id, role, rule, basis, at,"
                             " due_at, accept_due_at, limit_days)"
                             " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)");
    db_bind(q, 1, ticket->id);
    db_bind(q, 2, ticket->round);
    db_bind(q, 3, org);
    db_bind_text(q, 4, role);
    db_bind_text(q, 5, route->rule);
    db_bind_text(q, 6, route->basis);
    db_bind(q, 7, at);
    db_bind(q, 8, turn.deadline.due_at);
    db_bind(q, 9, sign_in.due_at);
    db_bind(q, 10, limit);
    db_run(q);
}

static void add_code(struct text *out, struct db *db, int64_t org)
{
    struct db_query *q = db_query(db, "SELECT code FROM org WHERE id = ?1");
    db_bind(q, 1, org);
    if (db_step(q))
        json_add_string(out, db_text(q, 0));
    db_reset(q);
}

void route_name(struct route *route, struct db *db, const char *lead, const char *const *assists,
                int assist_count)
{
    route->lead = org_need(db, lead);
    route->assist_count = 0;
    for (int i = 0; i < assist_count; i++)
        route_add_assist(route, org_need(db, assists[i]));
}

void route_add_codes(struct text *out, struct db *db, const struct route *route)
{
    text_add(out, "[");
    for (int i = 0; i < route->assist_count; i++) {
        text_add(out, i ? "," : "");
        add_code(out, db, route->assists[i]);
    }
    text_add(out, "]");
}

static void log_dispatch(struct center *center, struct ticket *ticket, struct arena *arena,
                         const struct route *route, int64_t at)
{
    struct text data = {0}, lead = {0}, assists = {0};
    struct deadline sign_in = {0};
    deadline_compute(center_calendar(center), &center->config->rule, at,
                     center->config->limits.accept_days, &sign_in);
    add_code(&lead, center->db, route->lead);
    route_add_codes(&assists, center->db, route);
    json_start(&data);
    json_add_raw(&data, "lead", lead.data);
    json_add_raw(&data, "assists", route->assist_count ? assists.data : NULL);
    json_add_text(&data, "rule", route->rule);
    json_add_text(&data, "basis", route->basis);
    json_add_number(&data, "accept_due", sign_in.due_at);
    record_event(center, ticket, arena, "dispatched", at, &data);
    text_free(&data);
    text_free(&lead);
    text_free(&assists);
}

void route_dispatch(struct center *center, struct ticket *ticket, struct arena *arena,
                    const struct route *route, int64_t at)
{
    add_party(center, ticket, route->lead, "lead", route, at);
    for (int i = 0; i < route->assist_count; i++)
        add_party(center, ticket, route->assists[i], "assist", route, at);
    log_dispatch(center, ticket, arena, route, at);
}

int route_parties(struct db *db, const struct ticket *ticket,
                  struct party parties[static ROUTE_MOST_ASSISTS + 1])
{
    int count = 0;
    struct db_query *q =
        db_query(db, "SELECT org_id, at, due_at, accept_due_at, accepted_at, answered_at,"
                     " role = 'lead' FROM route WHERE ticket_id = ?1 AND round = ?2"
                     " AND ended_at IS NULL ORDER BY role = 'lead' DESC, id");
    db_bind(q, 1, ticket->id);
    db_bind(q, 2, ticket->round);
    while (count <= ROUTE_MOST_ASSISTS && db_step(q))
        parties[count++] =
            (struct party){db_number(q, 0), db_number(q, 1), db_number(q, 2),     db_number(q, 3),
                           db_number(q, 4), db_number(q, 5), db_number(q, 6) != 0};
    db_reset(q);
    return count;
}

/* Sets a moment of the present dispatch; of one party, or where ORG is 0 of all. */
static void set_moment(struct db_query *q, const struct ticket *ticket, int64_t org, int64_t at)
{
    db_bind(q, 1, ticket->id);
    db_bind(q, 2, ticket->round);
    db_bind(q, 3, at);
    if (org)
        db_bind(q, 4, org);
    db_run(q);
}

void route_end(struct db *db, const struct ticket *ticket, int64_t at)
{
    set_moment(db_query(db, "UPDATE route SET ended_at = ?3 WHERE ticket_id = ?1 AND round = ?2"
                            " AND ended_at IS NULL"),
               ticket, 0, at);
}

void route_accept(struct db *db, const struct ticket *ticket, int64_t org, int64_t at)
{
    set_moment(db_query(db, "UPDATE route SET accepted_at = ?3 WHERE ticket_id = ?1 AND round = ?2"
                            " AND org_id = ?4 AND ended_at IS NULL AND accepted_at IS NULL"),
               ticket, org, at);
}

void route_answer(struct db *db, const struct ticket *ticket, int64_t org, int64_t at)
{
    set_moment(db_query(db, "UPDATE route SET answered_at = ?3 WHERE ticket_id = ?1 AND round = ?2"
                            " AND org_id = ?4 AND ended_at IS NULL"),
               ticket, org, at);
}

struct route route_of(struct db *db, const struct ticket *ticket, struct arena *arena)
{
    struct route route = {.basis = ""};
    struct db_query *q = db_query(db, "SELECT org_id, role, rule, basis FROM route"
                                      " WHERE ticket_id = ?1 AND round = ?2"
                                      " AND ended_at IS NULL ORDER BY id");
    db_bind(q, 1, ticket->id);
    db_bind(q, 2, ticket->round);
    while (db_step(q)) {
        if (strcmp(db_text(q, 1), "lead") != 0) {
            if (route.assist_count < ROUTE_MOST_ASSISTS)
                route.assists[route.assist_count++] = db_number(q, 0);
            continue;
        }
        route.lead = db_number(q, 0);
        route.rule = db_text(q, 2) ? arena_string(arena, db_text(q, 2)) : NULL;
        route.basis = arena_string(arena, db_text(q, 3));
    }
    return route;
}

int route_pool(struct db *db, int64_t after, int64_t *ids, int limit)
{
    int count = 0;
    struct db_query *q = db_query(db, "SELECT id FROM ticket WHERE state = 'received' AND id > ?1"
                                      " ORDER BY id LIMIT ?2");
    db_bind(q, 1, after);
    db_bind(q, 2, limit);
    while (db_step(q))
        ids[count++] = db_number(q, 0);
    return count;
}
