#include "ticket/route_replay.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/json.h"
#include "center/org.h"

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

static struct told_route *add(struct told_routes *r, struct told_route route)
{
    r->list = mem_grow(r->list, r->count, sizeof *r->list);
    r->list[r->count] = route;
    r->list[r->count].late_granted = -1;
    return &r->list[r->count++];
}

/* The party ORG that holds the ticket in its present round, 0: the lead; NULL where there is none.
 */
static struct told_route *find(struct told_routes *r, const struct ticket *ticket, int64_t org)
{
    for (size_t i = 0; i < r->count; i++) {
        struct told_route *route = &r->list[i];
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
    for (int i = 0; i < json_count(c->data, "assists"); i++)
        add(r, (struct told_route){.round = c->ticket->round,
                                   .org = org_find(c->db, json_text_at(c->data, "assists", i)),
                                   .at = c->at,
                                   .rule = rule,
                                   .basis = basis});
}

static void on_dispatched(struct told_routes *r, const struct change *c)
{
    const char *rule = keep(r, json_text(c->data, "rule"));
    const char *basis = keep(r, json_text(c->data, "basis"));
    add(r, (struct told_route){.round = c->ticket->round,
                               .org = c->ticket->lead,
                               .at = c->at,
                               .is_lead = true,
                               .rule = rule,
                               .basis = basis});
    add_assists(r, c, rule, basis);
}

static void on_assist_added(struct told_routes *r, const struct change *c)
{
    const char *basis = json_text(c->data, "basis");
    add_assists(r, c, NULL, basis ? keep(r, basis) : "人工派发");
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
    for (size_t i = 0; i < r->count; i++)
        if (r->list[i].round == round && !r->list[i].ended_at) {
            r->list[i].ended_at = at;
            r->list[i].excused = excused;
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
    size_t count = r->count;
    for (size_t i = 0; i < count; i++) {
        const struct told_route before = r->list[i];
        if (before.round != c->ticket->round - 1 || before.ended_at)
            continue;
        add(r, (struct told_route){.round = c->ticket->round,
                                   .org = before.org,
                                   .at = c->at,
                                   .is_lead = before.is_lead,
                                   .rule = before.rule,
                                   .basis = before.basis});
        if (!before.is_lead && !before.answered_at)
            r->list[i].ended_at = c->at;
    }
}

/* The center's word on a late entry, which is known by who made it and when. */
static void decide_late(struct told_routes *r, const struct change *c, int granted)
{
    const char *code = json_text(c->data, "org");
    int64_t org = code ? org_find(c->db, code) : 0;
    for (size_t i = 0; i < r->count; i++) {
        struct told_route *route = &r->list[i];
        if (!code)
            route->late_untold = true;
        else if (route->org == org && route->round == json_number(c->data, "late_round") &&
                 route->entered_at == json_number(c->data, "entered"))
            route->late_granted = granted;
    }
}

static void on_late_granted(struct told_routes *r, const struct change *c)
{
    decide_late(r, c, 1);
}

static void on_late_refused(struct told_routes *r, const struct change *c)
{
    decide_late(r, c, 0);
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

/* The lead's limit is the ticket's until it has answered, and after that where a correction counts
 * it again. */
static void set_limit(struct told_routes *r, const struct ticket *ticket, bool corrected)
{
    struct told_route *lead = find(r, ticket, 0);
    if (lead && (!lead->answered_at || corrected))
        lead->limit_days = ticket->limit_days;
}

void route_follow(struct told_routes *r, struct db *db, const struct ticket *ticket,
                  const char *type, int64_t at, const struct json *data)
{
    int i = 0;
    while (i < EFFECTS && strcmp(effects[i].type, type) != 0)
        i++;
    if (data && i < EFFECTS)
        effects[i].apply(r, &(struct change){db, ticket, at, data});
    set_limit(r, ticket, !strcmp(type, "corrected"));
}

/* ---- beside the rows ---- */

static void compare_late(const struct comparison *c, struct db_query *q,
                         const struct told_route *told)
{
    compare_number(c, "entered_at", db_number(q, 8), told->entered_at);
    if (!told->late_untold)
        compare_number(c, "late_granted", db_is_null(q, 9) ? -1 : db_number(q, 9),
                       told->late_granted);
}

static void compare_row(const struct comparison *c, struct db_query *q,
                        const struct told_route *told)
{
    compare_number(c, "round", db_number(q, 0), told->round);
    compare_number(c, "org_id", db_number(q, 1), told->org);
    compare_text(c, "role", db_text(q, 2), told->is_lead ? "lead" : "assist");
    compare_text(c, "rule", db_text(q, 3), told->rule);
    if (told->basis)
        compare_text(c, "basis", db_text(q, 4), told->basis);
    compare_number(c, "at", db_number(q, 5), told->at);
    compare_number(c, "accepted_at", db_number(q, 6), told->accepted_at);
    compare_number(c, "answered_at", db_number(q, 7), told->answered_at);
    compare_late(c, q, told);
    compare_number(c, "ended_at", db_number(q, 10), told->ended_at);
    compare_text(c, "excused", db_text(q, 11), told->excused);
    /* one that has ended may have its limit from an upgrade, which knew the last one alone */
    if (told->is_lead && !told->ended_at)
        compare_number(c, "limit_days", db_number(q, 12), told->limit_days);
}

/* True where there are as many rows of leads and of assists as the events give. The roles are not
 * bound: SQLite would plan the statement anew for each value, since a partial index names one. */
static bool compare_counts(const struct told_routes *r, struct db *db, const struct comparison *c)
{
    int64_t leads = 0;
    for (size_t i = 0; i < r->count; i++)
        leads += r->list[i].is_lead;
    struct db_query *q = db_query(db, "SELECT count(*) FILTER (WHERE role = 'lead'),"
                                      " count(*) FILTER (WHERE role = 'assist')"
                                      " FROM route WHERE ticket_id = ?1");
    db_bind(q, 1, c->id);
    db_step(q);
    int64_t lead_rows = db_number(q, 0), assist_rows = db_number(q, 1);
    db_reset(q);
    int64_t assists = (int64_t)r->count - leads;
    compare_number(c, "number of leads", lead_rows, leads);
    compare_number(c, "number of assists", assist_rows, assists);
    return lead_rows == leads && assist_rows == assists;
}

void route_compare(struct told_routes *r, struct db *db, const struct comparison *comparison)
{
    struct comparison c = *comparison;
    char name[48];
    size_t place = 0;
    struct db_query *q =
        db_query(db, "SELECT round, org_id, role, rule, basis, at, accepted_at, answered_at,"
                     " entered_at, late_granted, ended_at, excused, limit_days FROM route"
                     " WHERE ticket_id = ?1 ORDER BY id");
    bool all = compare_counts(r, db, &c);
    db_bind(q, 1, c.id);
    while (all && db_step(q)) {
        snprintf(name, sizeof name, "route %zu", place + 1);
        c.record = name;
        compare_row(&c, q, &r->list[place++]);
    }
    free(r->list);
}
