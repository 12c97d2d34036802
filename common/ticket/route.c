#include "ticket/route.h"

#include <stdlib.h>
#include <string.h>

#include "base/die.h"
#include "base/fault.h"
#include "base/json.h"
#include "center/org.h"
#include "ticket/record.h"
#include "ticket/rule_file.h"
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

static int64_t find_org(struct center *center, const struct rule *rule, const char *word,
                        int *faults)
{
    int64_t id = org_find(center->db, word);
    if (id)
        return id;
    struct fault fault = {""};
    warn("%s:%d: rule \"%s\": %s", rule->file, rule->line, rule->name,
         org_unknown(center->db, word, &fault));
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
            const struct kind *kind = c->on == RULE_KIND ? config_kind(center->config, word) : NULL;
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

/* Makes a rule of the present row of rulings. */
static struct rule read_ruling(struct rule_set *set, struct db_query *q)
{
    struct rule rule = {.file = "ruling", .line = (int)db_number(q, 0)};
    struct rule_condition *conditions = arena_zero(&set->arena, 2 * sizeof *conditions);
    rule.name = arena_format(&set->arena, "ruling-%lld", (long long)db_number(q, 0));
    rule.decides = arena_string(&set->arena, db_text(q, 1));
    rule.assists = json_read_list(&set->arena, db_text(q, 2));
    while (rule.assists[rule.assist_count])
        rule.assist_count++;
    rule.basis = arena_string(&set->arena, db_text(q, 5));
    rule.conditions = conditions;
    struct rule_condition *words = &conditions[0];
    *words = (struct rule_condition){.on = RULE_TEXT, .mode = RULE_ALL};
    words->values = json_read_list(&set->arena, db_text(q, 3));
    while (words->values[words->count])
        words->count++;
    words->words = arena_zero(&set->arena, (size_t)(words->count + 1) * sizeof *words->words);
    for (int i = 0; i < words->count; i++)
        words->words[i] = words_add(&set->words, words->values[i]);
    rule.condition_count = 1;
    if (db_text(q, 4)) {
        const char **category = arena_zero(&set->arena, 2 * sizeof *category);
        category[0] = arena_string(&set->arena, db_text(q, 4));
        conditions[rule.condition_count++] =
            (struct rule_condition){RULE_CATEGORY, RULE_ANY, NULL, category, NULL, 1};
    }
    return rule;
}

/* The rulings of conferences stand before the catalogue, the newest first. */
static void add_rulings(struct center *center, struct rule_set *set)
{
    int rulings = (int)db_count(center->db, "SELECT count(*) FROM ruling"), count = 0;
    if (!rulings)
        return;
    struct rule *rules = arena_zero(&set->arena, (size_t)(rulings + set->count) * sizeof *rules);
    struct db_query *q =
        db_query(center->db, "SELECT r.id, o.code, r.assists, r.words, r.category, r.basis"
                             " FROM ruling r JOIN org o ON o.id = r.lead ORDER BY r.id DESC");
    while (count < rulings && db_step(q))
        rules[count++] = read_ruling(set, q);
    db_reset(q);
    if (set->count)
        memcpy(rules + count, set->rules, (size_t)set->count * sizeof *rules);
    set->rules = rules;
    set->count += count;
}

struct dispatcher dispatcher_of(struct center *center, struct rule_set catalogue)
{
    struct dispatcher d = {.center = center, .catalogue = catalogue};
    int faults = 0;
    add_rulings(center, &d.catalogue);
    d.reading = rule_reading_new(&d.catalogue);
    d.routes = mem_zero((size_t)d.catalogue.count, sizeof *d.routes);
    for (int i = 0; i < d.catalogue.count; i++)
        d.routes[i] = find_route(center, &d.catalogue.rules[i], &faults);
    if (faults)
        exit(EXIT_BAD);
    return d;
}

struct dispatcher dispatcher_new(struct center *center)
{
    return dispatcher_of(center, cataloguefile_load(config_path(center->config, "catalogue.yaml")));
}

void dispatcher_free(struct dispatcher *d)
{
    rule_reading_free(&d->reading);
    rule_set_free(&d->catalogue);
    free(d->routes);
}

/* True where ORG has given the ticket back, or had it taken away. */
static bool has_ended(struct db *db, const struct ticket *ticket, int64_t org)
{
    struct db_query *q = db_query(db, "SELECT 1 FROM route WHERE ticket_id = ?1 AND org_id = ?2"
                                      " AND ended_at IS NOT NULL");
    db_bind(q, 1, ticket->id);
    db_bind(q, 2, org);
    bool ended = db_step(q);
    db_reset(q);
    return ended;
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
    /* A person decides where a ticket goes that the catalogue's choice has given back. */
    if (route.lead && ticket->returns && has_ended(d->center->db, ticket, route.lead)) {
        if (why)
            text_add_format(why, "; but the lead of rule %s has returned it", route.rule);
        route = (struct route){.basis = ""};
    }
    ticket_facts_free(&facts);
    return route;
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
