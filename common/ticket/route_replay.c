#include "ticket/route_replay.h"

#include <string.h>

#include "base/json.h"
#include "center/org.h"

/* The basis where none was said. */
static const char by_hand[] = "人工派发";

/* What the center has said of an answer that was entered late: nothing, no, yes. */
enum { LATE_WAITS, LATE_REFUSED, LATE_GRANTED };

/* An event that changes who holds the ticket, or says what they did. */
struct change {
    struct db *db;
    const struct ticket *ticket; /* as it is with the event */
    int64_t at;
    const struct json *data;
};

static const char *keep(struct told_routes *r, const char *text)
{
    return text ? arena_string(r->arena, text) : NULL;
}

static const struct retold_member members[] = {
    {"limit", RETOLD_NUMBER, offsetof(struct told_route, limit)},
    {"due", RETOLD_NUMBER, offsetof(struct told_route, due_at)},
    {"sign_in", RETOLD_NUMBER, offsetof(struct told_route, accept_due_at)},
    {"late", RETOLD_NUMBER, offsetof(struct told_route, late)},
    {NULL, RETOLD_NUMBER, 0}};

/* A party that holds the ticket from AT on. */
static struct told_route *add(struct told_routes *r, const struct ticket *ticket, int64_t org,
                              int64_t at)
{
    struct told_route *route = retold_add(&r->list);
    route->round = ticket->round;
    route->org = org;
    route->at = at;
    return route;
}

/* The party ORG that holds the ticket in its present round, 0: the lead; NULL where there is none.
 */
static struct told_route *find(struct told_routes *r, const struct ticket *ticket, int64_t org)
{
    for (size_t i = 0; i < r->list.count; i++) {
        struct told_route *route = retold_at(&r->list, i);
        if (route->round == ticket->round && !route->ended_at &&
            (org ? route->org == org : route->is_lead))
            return route;
    }
    return NULL;
}

/* Who the event says acts; an event of before may not say it: the lead. */
static struct told_route *find_actor(struct told_routes *r, const struct change *c)
{
    const char *by = json_text(c->data, "by");
    return find(r, c->ticket, by ? org_find(c->db, by) : 0);
}

static void add_assists(struct told_routes *r, const struct change *c, const char *rule,
                        const char *basis)
{
    for (int i = 0; i < json_count(c->data, "assists"); i++) {
        int64_t org = org_find(c->db, json_text_at(c->data, "assists", i));
        struct told_route *route = add(r, c->ticket, org, c->at);
        route->rule = rule;
        route->basis = basis;
    }
}

static void on_dispatched(struct told_routes *r, const struct change *c)
{
    const char *rule = keep(r, json_text(c->data, "rule"));
    const char *basis = keep(r, json_text(c->data, "basis"));
    struct told_route *lead = add(r, c->ticket, c->ticket->lead, c->at);
    lead->is_lead = true;
    lead->rule = rule;
    lead->basis = basis;
    add_assists(r, c, rule, basis);
}

static void on_assist_added(struct told_routes *r, const struct change *c)
{
    const char *basis = json_text(c->data, "basis");
    add_assists(r, c, NULL, basis ? keep(r, basis) : by_hand);
}

static void on_assist_released(struct told_routes *r, const struct change *c)
{
    for (int i = 0; i < json_count(c->data, "assists"); i++) {
        struct told_route *route =
            find(r, c->ticket, org_find(c->db, json_text_at(c->data, "assists", i)));
        if (route)
            route->ended_at = c->at;
    }
}

static void on_accepted(struct told_routes *r, const struct change *c)
{
    struct told_route *route = find_actor(r, c);
    if (route && !route->accepted_at)
        route->accepted_at = c->at;
}

static void on_answered(struct told_routes *r, const struct change *c)
{
    struct told_route *route = find_actor(r, c);
    if (!route)
        return;
    route->answered_at = c->at;
    route->entered_at = json_number(c->data, "entered_late");
}

static void end_all(struct told_routes *r, int round, int64_t at, const char *excused)
{
    for (size_t i = 0; i < r->list.count; i++) {
        struct told_route *route = retold_at(&r->list, i);
        if (route->head.made && route->round == round && !route->ended_at) {
            route->ended_at = at;
            route->excused = excused;
        }
    }
}

static void on_returned(struct told_routes *r, const struct change *c)
{
    end_all(r, c->ticket->round, c->at, "returned");
}

static void on_redispatched(struct told_routes *r, const struct change *c)
{
    end_all(r, c->ticket->round, c->at, "redispatched");
}

static void on_conference(struct told_routes *r, const struct change *c)
{
    end_all(r, c->ticket->round, c->at, NULL);
}

static void on_closed(struct told_routes *r, const struct change *c)
{
    r->closed_at = c->at;
}

/* Who held it did so until it was referred. */
static void on_referred_back(struct told_routes *r, const struct change *c)
{
    end_all(r, c->ticket->round, r->closed_at, NULL);
}

/* The same ones hold it in the next round; an assist that has not filed its part owes it no more.
 */
static void on_redo(struct told_routes *r, const struct change *c)
{
    size_t count = r->list.count;
    for (size_t i = 0; i < count; i++) {
        const struct told_route before = *(struct told_route *)retold_at(&r->list, i);
        if (before.round != c->ticket->round - 1 || before.ended_at)
            continue;
        struct told_route *route = add(r, c->ticket, before.org, c->at);
        route->is_lead = before.is_lead;
        route->rule = before.rule;
        route->basis = before.basis;
        if (!before.is_lead && !before.answered_at)
            ((struct told_route *)retold_at(&r->list, i))->ended_at = c->at;
    }
}

/* The center's word on a late entry, which is known by who made it and when. */
static void decide_late(struct told_routes *r, const struct change *c, int64_t late)
{
    const char *code = json_text(c->data, "org");
    int64_t org = code ? org_find(c->db, code) : 0;
    for (size_t i = 0; i < r->list.count && code; i++) {
        struct told_route *route = retold_at(&r->list, i);
        if (route->org == org && route->round == json_number(c->data, "late_round") &&
            route->entered_at == json_number(c->data, "entered"))
            route->late = late;
    }
}

static void on_late_granted(struct told_routes *r, const struct change *c)
{
    decide_late(r, c, LATE_GRANTED);
}

static void on_late_refused(struct told_routes *r, const struct change *c)
{
    decide_late(r, c, LATE_REFUSED);
}

static const struct {
    const char *type;
    void (*apply)(struct told_routes *, const struct change *);
} effects[] = {{"dispatched", on_dispatched},
               {"redispatched", on_redispatched},
               {"assist-added", on_assist_added},
               {"assist-released", on_assist_released},
               {"accepted", on_accepted},
               {"assist-accepted", on_accepted},
               {"answered", on_answered},
               {"assist-answered", on_answered},
               {"returned", on_returned},
               {"conference-opened", on_conference},
               {"closed", on_closed},
               {"referred-back", on_referred_back},
               {"redo", on_redo},
               {"late-entry-granted", on_late_granted},
               {"late-entry-refused", on_late_refused}};
enum { EFFECTS = sizeof effects / sizeof *effects };

/* Before events told of rows the lead's limit was the ticket's until it had answered, and after
 * that where a correction counted it again. */
static void set_limit(struct told_routes *r, const struct ticket *ticket, bool corrected)
{
    struct told_route *lead = find(r, ticket, 0);
    if (lead && !lead->head.id && (!lead->answered_at || corrected))
        lead->limit = ticket->limit_days;
}

void route_follow(struct told_routes *r, struct db *db, const struct ticket *ticket,
                  const char *type, int64_t at, const struct json *data)
{
    int i = 0;
    while (i < EFFECTS && strcmp(effects[i].type, type) != 0)
        i++;
    retold_apply(&r->list, db, r->arena, "route", members, data);
    if (data && i < EFFECTS)
        effects[i].apply(r, &(struct change){db, ticket, at, data});
    set_limit(r, ticket, !strcmp(type, "corrected"));
}

static void make(struct db *db, int64_t ticket, const struct told_route *route)
{
    struct db_query *q =
        db_query(db, "INSERT INTO route (id, ticket_id, round, org_id, role, rule, basis, at,"
                     " due_at, accept_due_at, accepted_at, answered_at, ended_at, limit_days,"
                     " excused, entered_at, late_granted)"
                     " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15,"
                     " ?16, ?17)");
    db_bind_some(q, 1, route->head.id);
    db_bind(q, 2, ticket);
    db_bind(q, 3, route->round);
    db_bind(q, 4, route->org);
    db_bind_text(q, 5, route->is_lead ? "lead" : "assist");
    db_bind_text(q, 6, route->rule);
    db_bind_text(q, 7, route->basis ? route->basis : by_hand);
    db_bind(q, 8, route->at);
    db_bind(q, 9, route->due_at);
    db_bind(q, 10, route->accept_due_at);
    db_bind_some(q, 11, route->accepted_at);
    db_bind_some(q, 12, route->answered_at);
    db_bind_some(q, 13, route->ended_at);
    db_bind(q, 14, route->limit);
    db_bind_text(q, 15, route->excused);
    db_bind_some(q, 16, route->entered_at);
    if (route->late >= LATE_REFUSED)
        db_bind(q, 17, route->late == LATE_GRANTED);
    db_run(q);
}

void route_make(struct told_routes *r, struct db *db, int64_t ticket)
{
    for (size_t i = 0; i < r->list.count; i++) {
        const struct told_route *route = retold_at(&r->list, i);
        if (route->head.made)
            make(db, ticket, route);
    }
    retold_free(&r->list);
}
