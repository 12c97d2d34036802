#include "route.h"

#include <stdlib.h>
#include <string.h>

#include "cataloguefile.h"
#include "die.h"
#include "event.h"
#include "json.h"
#include "org.h"

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

static int64_t find_org(struct center *center, const struct rule *rule, const char *word,
                        int *faults)
{
    int64_t id = org_find(center->db, word);
    if (id)
        return id;
    char *near = org_nearest(center->db, word);
    warn("%s:%d: rule \"%s\": unknown organisation \"%s\"%s%s%s", rule->file, rule->line,
         rule->name, word, near ? " (did you mean " : "", near ? near : "", near ? "?)" : "");
    free(near);
    ++*faults;
    return 0;
}

/* Kinds and channels of a rule are codes that the configuration must know. */
static void check_codes(struct center *center, const struct rule *rule, int *faults)
{
    for (int i = 0; i < rule->condition_count; i++) {
        const struct rule_condition *c = &rule->conditions[i];
        for (int v = 0; v < c->count; v++) {
            const char *word = c->values[v];
            const struct kind *kind =
                c->on == RULE_KIND ? config_kind(center->config, word) : NULL;
            const struct term *channel =
                c->on == RULE_CHANNEL ? config_channel(center->config, word) : NULL;
            if ((c->on == RULE_KIND && (!kind || strcmp(kind->term.code, word) != 0)) ||
                (c->on == RULE_CHANNEL && (!channel || strcmp(channel->code, word) != 0))) {
                warn("%s:%d: rule \"%s\": no such %s: \"%s\"", rule->file, rule->line, rule->name,
                     c->on == RULE_KIND ? "kind" : "channel", word);
                ++*faults;
            }
        }
    }
}

static struct route find_route(struct center *center, const struct rule *rule, int *faults)
{
    struct route route = {.rule = rule->name, .basis = rule->basis};
    route.lead = find_org(center, rule, rule->decides, faults);
    for (int i = 0; i < rule->assist_count; i++) {
        int64_t assist = find_org(center, rule, rule->assists[i], faults);
        if (!assist || route_add_assist(&route, assist))
            continue;
        warn("%s:%d: rule \"%s\": more than %d organisations assist", rule->file, rule->line,
             rule->name, ROUTE_MOST_ASSISTS);
        ++*faults;
        break;
    }
    check_codes(center, rule, faults);
    return route;
}

struct dispatcher dispatcher_new(struct center *center)
{
    struct dispatcher d = {.center = center};
    int faults = 0;
    d.catalogue = cataloguefile_load(config_path(center->config, "catalogue.yaml"));
    d.reading = rule_reading_new(&d.catalogue);
    d.routes = mem_zero((size_t)d.catalogue.count, sizeof *d.routes);
    for (int i = 0; i < d.catalogue.count; i++)
        d.routes[i] = find_route(center, &d.catalogue.rules[i], &faults);
    if (faults)
        exit(EXIT_BAD);
    return d;
}

void dispatcher_free(struct dispatcher *d)
{
    rule_reading_free(&d->reading);
    rule_set_free(&d->catalogue);
    free(d->routes);
}

static const char *condition_name(const struct rule_condition *c)
{
    static const char *const names[] = {"kind", "channel", "source", "region", "category",
                                        "",     "title",   "body",   "text"};
    return c->on == RULE_FACT ? c->fact : names[c->on];
}

/* Appends "title 拖欠, 欠款": the condition and those of its values with hits[i] == WANTED. */
static void add_values(struct text *why, const struct rule_condition *c, const uint8_t *hits,
                       int wanted, const char *joined)
{
    text_add(why, condition_name(c));
    for (int i = 0, shown = 0; i < c->count; i++)
        if (hits[i] == wanted)
            text_add_format(why, "%s%s", shown++ ? joined : " ", c->values[i]);
}

static void explain_condition(struct text *why, const struct rule_condition *c, bool holds,
                              const uint8_t *hits)
{
    if (c->mode == RULE_NONE && !holds) {
        text_add(why, "but ");
        add_values(why, c, hits, 1, ", ");
    } else if (c->mode == RULE_NONE) {
        text_add(why, "without ");
        add_values(why, c, hits, 0, ", ");
    } else if (holds) {
        add_values(why, c, hits, 1, ", ");
    } else {
        text_add(why, "lacks ");
        add_values(why, c, hits, 0, c->mode == RULE_ALL ? " and " : " or ");
    }
}

/* Appends the conditions of RULE that hold (HELD) or fail, divided by "; ". */
static void explain_conditions(struct text *why, const struct rule *rule,
                               const struct rule_subject *subject,
                               const struct rule_reading *reading, bool held)
{
    for (int i = 0; i < rule->condition_count; i++) {
        const struct rule_condition *c = &rule->conditions[i];
        uint8_t *hits = mem_zero((size_t)c->count, sizeof *hits);
        if (rule_condition_holds(c, subject, reading, hits) == held &&
            !(held && c->mode == RULE_NONE)) {
            if (why->length && why->data[why->length - 1] != ' ')
                text_add(why, "; ");
            explain_condition(why, c, held, hits);
        }
        free(hits);
    }
}

struct route dispatcher_decide(struct dispatcher *d, const struct ticket *ticket, struct text *why)
{
    struct ticket_facts facts = {0};
    struct rule_subject subject = ticket_subject(ticket, &facts);
    struct route route = {.basis = ""};
    rule_read(&d->catalogue, &subject, &d->reading);
    const struct rule *rule = rule_decide(&d->catalogue, &subject, &d->reading);
    if (rule)
        route = d->routes[rule - d->catalogue.rules];
    if (why && rule) {
        explain_conditions(why, rule, &subject, &d->reading, true);
    } else if (why && (rule = rule_closest(&d->catalogue, &subject, &d->reading))) {
        text_add_format(why, "no rule fits; closest is %s: ", rule->name);
        explain_conditions(why, rule, &subject, &d->reading, true);
        explain_conditions(why, rule, &subject, &d->reading, false);
    } else if (why) {
        text_add(why, "no rule fits, and none has a condition met");
    }
    ticket_facts_free(&facts);
    return route;
}

static void add_route(struct center *center, const struct ticket *ticket, int64_t org,
                      const char *role, const struct route *route)
{
    struct db_query *q =
        db_query(center->db, "INSERT INTO route (ticket_id, round, org_id, role, rule, basis, at)"
                             " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)");
    db_bind(q, 1, ticket->id);
    db_bind(q, 2, ticket->round);
    db_bind(q, 3, org);
    db_bind_text(q, 4, role);
    db_bind_text(q, 5, route->rule);
    db_bind_text(q, 6, route->basis);
    db_bind(q, 7, center->now);
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

static void log_dispatch(struct center *center, const struct ticket *ticket,
                         const struct route *route)
{
    struct text data = {0}, lead = {0}, assists = {0};
    add_code(&lead, center->db, route->lead);
    for (int i = 0; i < route->assist_count; i++) {
        text_add(&assists, i ? "," : "[");
        add_code(&assists, center->db, route->assists[i]);
    }
    if (route->assist_count)
        text_add(&assists, "]");
    json_start(&data);
    json_add_raw(&data, "lead", lead.data);
    json_add_raw(&data, "assists", assists.data);
    json_add_text(&data, "rule", route->rule);
    json_add_text(&data, "basis", route->basis);
    json_end(&data);
    event_add(center->db, &(struct event){.ticket_id = ticket->id,
                                          .type = "dispatched",
                                          .at = center->now,
                                          .recorded_at = center->now,
                                          .actor = center->user,
                                          .data = data.data});
    text_free(&data);
    text_free(&lead);
    text_free(&assists);
}

void route_dispatch(struct center *center, const struct ticket *ticket, const struct route *route)
{
    add_route(center, ticket, route->lead, "lead", route);
    for (int i = 0; i < route->assist_count; i++)
        add_route(center, ticket, route->assists[i], "assist", route);
    struct db_query *q =
        db_query(center->db, "UPDATE ticket SET state = 'dispatched', lead = ?2,"
                             " dispatched_at = ?3 WHERE id = ?1 AND state = 'received'");
    db_bind(q, 1, ticket->id);
    db_bind(q, 2, route->lead);
    db_bind(q, 3, center->now);
    db_run(q);
    log_dispatch(center, ticket, route);
}

struct route route_of(struct db *db, const struct ticket *ticket, struct arena *arena)
{
    struct route route = {.basis = ""};
    struct db_query *q = db_query(db, "SELECT org_id, role, rule, basis FROM route"
                                      " WHERE ticket_id = ?1 AND round = ?2 ORDER BY id");
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
