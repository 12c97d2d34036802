#include "ticket/route.h"

#include <string.h>

#include "base/json.h"
#include "center/org.h"
#include "center/told.h"
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

/* The working days of an assist's part: those of the kind. */
static int assist_days(struct center *center, const struct ticket *ticket)
{
    const struct kind *kind = config_kind(center->config, ticket->kind);
    return kind ? kind->days : ticket->limit_days;
}

int64_t party_due(struct center *center, const struct ticket *ticket, int64_t at, int limit_days)
{
    struct turn turn = {.running = {.pause_count = 0}};
    return turn_of_party(center, ticket, at, limit_days, &turn) ? turn.deadline.due_at
                                                                : ticket->due_at;
}

int64_t route_sign_in_due(struct center *center, int64_t at)
{
    struct deadline sign_in = {0};
    deadline_compute(center_calendar(center), &center->config->rule, at,
                     center->config->limits.accept_days, &sign_in);
    return sign_in.due_at;
}

/* What a party's row has from the calendar. */
static void tell(struct db *db, int64_t ticket, int64_t route, const struct party *party)
{
    struct text *row = told_start(db, ticket, "route", route);
    json_add_number(row, "limit", party->limit_days);
    json_add_number(row, "due", party->due_at);
    if (party->accept_due_at)
        json_add_number(row, "sign_in", party->accept_due_at);
    told_end(row);
}

/* One party of ROUTE from AT on, with clocks of its own. */
static void add_party(struct center *center, const struct ticket *ticket, int64_t org, bool is_lead,
                      const struct route *route, int64_t at)
{
    int limit = is_lead ? ticket->limit_days : assist_days(center, ticket);
    int64_t due_at = party_due(center, ticket, at, limit);
    int64_t sign_in = route_sign_in_due(center, at), id = db_next_id(center->db, "route");
    struct db_query *q =
        db_query(center->db, "INSERT INTO route (ticket_id, round, org_id, role, rule, basis, at,"
                             " due_at, accept_due_at, limit_days, id)"
                             " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)");
    db_bind(q, 1, ticket->id);
    db_bind(q, 2, ticket->round);
    db_bind(q, 3, org);
    db_bind_text(q, 4, is_lead ? "lead" : "assist");
    db_bind_text(q, 5, route->rule);
    db_bind_text(q, 6, route->basis);
    db_bind(q, 7, at);
    db_bind(q, 8, due_at);
    db_bind(q, 9, sign_in);
    db_bind(q, 10, limit);
    db_bind(q, 11, id);
    db_run(q);
    tell(center->db, ticket->id, id,
         &(struct party){.limit_days = limit, .due_at = due_at, .accept_due_at = sign_in});
}

/* The ids of COUNT rows that one statement adds: the first of them. */
static int64_t next_ids(struct db *db, int count)
{
    int64_t first = db_next_id(db, "route");
    while (--count > 0)
        db_next_id(db, "route");
    return first;
}

/* The place of the party I of COUNT where they stand in the order of their rows. */
static int place_by_id(const struct party *parties, int count, int i)
{
    int place = 0;
    for (int k = 0; k < count; k++)
        place += parties[k].id < parties[i].id;
    return place;
}

void route_renew(struct center *center, const struct ticket *ticket, int64_t at)
{
    struct party parties[ROUTE_MOST_ASSISTS + 1];
    struct ticket before = *ticket;
    before.round--;
    int count = route_parties(center->db, &before, parties);
    if (!count)
        return;
    int days = assist_days(center, ticket);
    const struct party lead = {.limit_days = ticket->limit_days,
                               .due_at = party_due(center, ticket, at, ticket->limit_days),
                               .accept_due_at = ticket->accept_due_at};
    const struct party assist = {.limit_days = days,
                                 .due_at = party_due(center, ticket, at, days),
                                 .accept_due_at = ticket->accept_due_at};
    struct db_query *q = db_query(
        center->db, "INSERT INTO route (ticket_id, round, org_id, role, rule, basis, at, due_at,"
                    " accept_due_at, limit_days, id)"
                    " SELECT ticket_id, ?2, org_id, role, rule, basis, ?3,"
                    " CASE role WHEN 'lead' THEN ?4 ELSE ?5 END, ?6,"
                    " CASE role WHEN 'lead' THEN ?7 ELSE ?8 END,"
                    " ?9 - 1 + row_number() OVER (ORDER BY id) FROM route"
                    " WHERE ticket_id = ?1 AND round = ?2 - 1 AND ended_at IS NULL ORDER BY id");
    db_bind(q, 1, ticket->id);
    db_bind(q, 2, ticket->round);
    db_bind(q, 3, at);
    db_bind(q, 4, lead.due_at);
    db_bind(q, 5, assist.due_at);
    db_bind(q, 6, ticket->accept_due_at);
    db_bind(q, 7, ticket->limit_days);
    db_bind(q, 8, days);
    int64_t first = next_ids(center->db, count);
    db_bind(q, 9, first);
    db_run(q);
    for (int i = 0; i < count; i++)
        tell(center->db, ticket->id, first + place_by_id(parties, count, i),
             parties[i].is_lead ? &lead : &assist);
}

static void set_due(struct center *center, const struct ticket *ticket, int64_t route, int limit,
                    int64_t due_at)
{
    struct db_query *q =
        db_query(center->db, "UPDATE route SET limit_days = ?3, due_at = ?4 WHERE ticket_id = ?1"
                             " AND id = ?2");
    db_bind(q, 1, ticket->id);
    db_bind(q, 2, route);
    db_bind(q, 3, limit);
    db_bind(q, 4, due_at);
    db_run(q);
    tell(center->db, ticket->id, route, &(struct party){.limit_days = limit, .due_at = due_at});
}

void route_reckon(struct center *center, const struct ticket *ticket, enum reckon which)
{
    struct party parties[ROUTE_MOST_ASSISTS + 1];
    int count = route_parties(center->db, ticket, parties);
    for (int i = 0; i < count; i++) {
        const struct party *party = &parties[i];
        int limit = party->is_lead            ? ticket->limit_days
                    : which != RECKON_RUNNING ? assist_days(center, ticket)
                                              : party->limit_days;
        int64_t due_at = party_due(center, ticket, party->at, limit);
        bool filed = party->answered_at && which != RECKON_ALL;
        if (!filed && (limit != party->limit_days || due_at != party->due_at))
            set_due(center, ticket, party->id, limit, due_at);
    }
}

static void add_code(struct text *out, struct db *db, int64_t org)
{
    struct arena arena = {0};
    const char *code = org_find_code(db, org, &arena);
    if (code)
        json_add_string(out, code);
    arena_free(&arena);
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

/* The model that had a word in it. */
static void add_model(struct text *data, const struct route *route)
{
    json_add_text(data, "model", route->model);
    if (route->model)
        json_add_number(data, "sure", route->sure);
}

void route_log(struct center *center, struct ticket *ticket, struct arena *arena,
               const struct route *route, int64_t at)
{
    struct text data = {0}, lead = {0}, assists = {0};
    add_code(&lead, center->db, route->lead);
    route_add_codes(&assists, center->db, route);
    json_start(&data);
    json_add_text(&data, "by", route->by);
    json_add_raw(&data, "lead", lead.data);
    json_add_raw(&data, "assists", route->assist_count ? assists.data : NULL);
    json_add_text(&data, "center", route->center);
    json_add_text(&data, "rule", route->rule);
    add_model(&data, route);
    json_add_text(&data, "basis", route->basis);
    json_add_number(&data, "accept_due", route_sign_in_due(center, at));
    record_event(center, ticket, arena, "dispatched", at, &data);
    text_free(&data);
    text_free(&lead);
    text_free(&assists);
}

void route_join(struct center *center, const struct ticket *ticket, const struct route *route,
                int64_t at)
{
    for (int i = 0; i < route->assist_count; i++)
        add_party(center, ticket, route->assists[i], false, route, at);
}

void route_place(struct center *center, const struct ticket *ticket, const struct route *route,
                 int64_t at)
{
    add_party(center, ticket, route->lead, true, route, at);
    route_join(center, ticket, route, at);
}

void route_dispatch(struct center *center, struct ticket *ticket, struct arena *arena,
                    const struct route *route, int64_t at)
{
    route_place(center, ticket, route, at);
    route_log(center, ticket, arena, route, at);
}

void route_hand_down(struct center *center, struct ticket *ticket, struct arena *arena,
                     const struct route *route, int64_t at)
{
    struct text data = {0}, county = {0};
    add_code(&county, center->db, route->lead);
    json_start(&data);
    json_add_text(&data, "by", route->by);
    json_add_raw(&data, "center", county.data);
    json_add_text(&data, "rule", route->rule);
    add_model(&data, route);
    json_add_text(&data, "basis", route->basis);
    record_event(center, ticket, arena, "handed-down", at, &data);
    text_free(&data);
    text_free(&county);
}

static struct db_query *ask_parties(struct db *db, const struct ticket *ticket)
{
    struct db_query *q =
        db_query(db, "SELECT org_id, at, due_at, accept_due_at, accepted_at, answered_at,"
                     " limit_days, role = 'lead', id FROM route WHERE ticket_id = ?1 AND round = ?2"
                     " AND ended_at IS NULL ORDER BY role = 'lead' DESC, id");
    db_bind(q, 1, ticket->id);
    db_bind(q, 2, ticket->round);
    return q;
}

void route_parties_ahead(struct db *db, const struct ticket *ticket)
{
    db_ahead(ask_parties(db, ticket));
}

int route_parties(struct db *db, const struct ticket *ticket,
                  struct party parties[static ROUTE_MOST_ASSISTS + 1])
{
    int count = 0;
    struct db_query *q = ask_parties(db, ticket);
    while (count <= ROUTE_MOST_ASSISTS && db_step(q))
        parties[count++] = (struct party){.org = db_number(q, 0),
                                          .at = db_number(q, 1),
                                          .due_at = db_number(q, 2),
                                          .accept_due_at = db_number(q, 3),
                                          .accepted_at = db_number(q, 4),
                                          .answered_at = db_number(q, 5),
                                          .limit_days = (int)db_number(q, 6),
                                          .is_lead = db_number(q, 7) != 0,
                                          .id = db_number(q, 8)};
    db_reset(q);
    return count;
}

void route_each_former(struct db *db, int64_t ticket_id,
                       void (*take)(void *, const struct former *), void *context)
{
    struct db_query *q = db_query(db, "SELECT org_id, at, ended_at, excused, role = 'lead'"
                                      " FROM route WHERE ticket_id = ?1 AND ended_at IS NOT NULL"
                                      " ORDER BY id");
    db_bind(q, 1, ticket_id);
    while (db_step(q))
        take(context, &(struct former){.org = db_number(q, 0),
                                       .at = db_number(q, 1),
                                       .ended_at = db_number(q, 2),
                                       .excused = db_text(q, 3),
                                       .is_lead = db_number(q, 4) != 0});
}

/* Sets a moment of one party to the present dispatch. */
static void set_moment(struct db_query *q, const struct ticket *ticket, int64_t org, int64_t at)
{
    db_bind(q, 1, ticket->id);
    db_bind(q, 2, ticket->round);
    db_bind(q, 3, at);
    db_bind(q, 4, org);
    db_run(q);
}

void route_end(struct db *db, const struct ticket *ticket, int64_t at, const char *excused)
{
    struct db_query *q =
        db_query(db, "UPDATE route SET ended_at = ?3, excused = ?4 WHERE ticket_id = ?1"
                     " AND round = ?2 AND ended_at IS NULL");
    db_bind(q, 1, ticket->id);
    db_bind(q, 2, ticket->round);
    db_bind(q, 3, at);
    db_bind_text(q, 4, excused);
    db_run(q);
}

void route_end_assists(struct db *db, const struct ticket *ticket, int64_t at)
{
    struct db_query *q =
        db_query(db, "UPDATE route SET ended_at = ?3 WHERE ticket_id = ?1 AND round = ?2"
                     " AND role = 'assist' AND answered_at IS NULL AND ended_at IS NULL");
    db_bind(q, 1, ticket->id);
    db_bind(q, 2, ticket->round);
    db_bind(q, 3, at);
    db_run(q);
}

void route_release(struct db *db, const struct ticket *ticket, int64_t org, int64_t at)
{
    set_moment(db_query(db, "UPDATE route SET ended_at = ?3 WHERE ticket_id = ?1 AND round = ?2"
                            " AND org_id = ?4 AND ended_at IS NULL"),
               ticket, org, at);
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

int route_pool(struct db *db, int64_t pool, int64_t after, int64_t *ids, int limit)
{
    int count = 0;
    struct db_query *q = db_query(db, "SELECT id FROM ticket WHERE state = 'received' AND id > ?1"
                                      " AND coalesce(center, 0) = ?3 ORDER BY id LIMIT ?2");
    db_bind(q, 1, after);
    db_bind(q, 2, limit);
    db_bind(q, 3, pool);
    while (db_step(q))
        ids[count++] = db_number(q, 0);
    return count;
}
