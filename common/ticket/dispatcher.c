#include "ticket/dispatcher.h"

#include <stdlib.h>
#include <string.h>

#include "base/die.h"
#include "base/fault.h"
#include "base/json.h"
#include "catalogue/rule_file.h"
#include "center/county.h"
#include "center/org.h"
#include "ticket/sending.h"

/* What stands for the file of a rule that a conference made. */
static const char ruling_file[] = "ruling";

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

/* A rule sends where its center may send; what a conference has ruled holds. */
static void check_sending(struct center *center, const struct county *county,
                          const struct rule *rule, const struct route *route, int *faults)
{
    int64_t own = county ? county_org(center, county) : 0;
    struct fault fault = {""};
    if (!route->lead || !strcmp(rule->file, ruling_file) ||
        sending_allows(center, &(struct ticket){.center = own}, own, route, &fault))
        return;
    warn("%s:%d: rule \"%s\": %s", rule->file, rule->line, rule->name, fault.text);
    ++*faults;
}

static struct route find_route(struct center *center, const struct county *county,
                               const struct rule *rule, int *faults)
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
    check_sending(center, county, rule, &route, faults);
    return route;
}

/* Makes a rule of the present row of rulings. */
static struct rule read_ruling(struct rule_set *set, struct db_query *q)
{
    struct rule rule = {.file = ruling_file, .line = (int)db_number(q, 0)};
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
        words->words[i] = keywords_add(&set->words, words->values[i]);
    rule.condition_count = 1;
    if (db_text(q, 4)) {
        const char **category = arena_zero(&set->arena, 2 * sizeof *category);
        category[0] = arena_string(&set->arena, db_text(q, 4));
        conditions[rule.condition_count++] =
            (struct rule_condition){RULE_CATEGORY, RULE_ANY, NULL, category, NULL, 1};
    }
    return rule;
}

#define HOLDING "r.once = 0 AND r.retired_at IS NULL AND coalesce(r.center, 0) = ?1"

static int count_rulings(struct db *db, int64_t pool)
{
    struct db_query *q = db_query(db, "SELECT count(*) FROM ruling r WHERE " HOLDING);
    db_bind(q, 1, pool);
    return (int)db_first(q);
}

/* The rulings of conferences that hold for more than one case stand before the catalogue of the
 * center whose ticket they were about, the newest first. */
static void add_rulings(struct center *center, int64_t pool, struct rule_set *set)
{
    int rulings = count_rulings(center->db, pool), count = 0;
    if (!rulings)
        return;
    struct rule *rules = arena_zero(&set->arena, (size_t)(rulings + set->count) * sizeof *rules);
    struct db_query *q =
        db_query(center->db, "SELECT r.id, o.code, r.assists, r.words, r.category, r.basis"
                             " FROM ruling r JOIN org o ON o.id = r.lead"
                             " WHERE " HOLDING " ORDER BY r.id DESC");
    db_bind(q, 1, pool);
    while (count < rulings && db_step(q))
        rules[count++] = read_ruling(set, q);
    db_reset(q);
    if (set->count)
        memcpy(rules + count, set->rules, (size_t)set->count * sizeof *rules);
    for (int i = 0; i < set->meaning_count; i++)
        set->meanings[i].rule += count;
    set->rules = rules;
    set->count += count;
    set->ordered = count;
}

/* Rules that send to the same lead speak for each other, by whatever word they name it. */
static void group_rules(struct dispatcher *d)
{
    int64_t *leads = mem_zero((size_t)d->catalogue.count + 1, sizeof *leads);
    for (int i = 0; i < d->catalogue.count; i++)
        leads[i] = d->routes[i].lead;
    rule_set_group(&d->catalogue, leads);
    free(leads);
}

static struct dispatcher make(struct center *center, const struct county *county,
                              struct rule_set catalogue, int *faults)
{
    struct dispatcher d = {
        .center = center, .pool = county ? county_org(center, county) : 0, .catalogue = catalogue};
    add_rulings(center, d.pool, &d.catalogue);
    d.routes = mem_zero((size_t)d.catalogue.count, sizeof *d.routes);
    for (int i = 0; i < d.catalogue.count; i++)
        d.routes[i] = find_route(center, county, &d.catalogue.rules[i], faults);
    group_rules(&d);
    return d;
}

struct rule_set *dispatchers_read(struct config *config)
{
    struct rule_set *catalogues = mem_zero((size_t)config->county_count + 1, sizeof *catalogues);
    catalogues[0] = rule_file_load(config_path(config, "catalogue.yaml"));
    for (int i = 0; i < config->county_count; i++)
        if (config->counties[i].catalogue)
            catalogues[i + 1] = rule_file_load(config_path(config, config->counties[i].catalogue));
    return catalogues;
}

struct dispatchers dispatchers_of(struct center *center, struct rule_set *catalogues)
{
    const struct config *config = center->config;
    struct dispatchers d = {.count = config->county_count + 1};
    int faults = 0;
    d.list = mem_zero((size_t)d.count, sizeof *d.list);
    for (int i = 0; i < d.count; i++)
        d.list[i] = make(center, i ? &config->counties[i - 1] : NULL, catalogues[i], &faults);
    free(catalogues);
    if (faults)
        exit(EXIT_BAD);
    for (int i = 0; i < d.count; i++)
        d.list[i].weighing = weighing_new(&d.list[i].catalogue);
    return d;
}

struct dispatchers dispatchers_new(struct center *center)
{
    return dispatchers_of(center, dispatchers_read(center->config));
}

void dispatchers_free(struct dispatchers *d)
{
    for (int i = 0; i < d->count; i++) {
        weighing_free(&d->list[i].weighing);
        rule_set_free(&d->list[i].catalogue);
        free(d->list[i].routes);
    }
    free(d->list);
}

struct dispatcher *dispatchers_at(const struct dispatchers *d, int64_t pool)
{
    for (int i = 1; i < d->count; i++)
        if (d->list[i].pool == pool)
            return &d->list[i];
    return d->list;
}

/* True where ORG has given the ticket back, or had it taken away. */
static bool has_ended(struct db *db, const struct ticket *ticket, int64_t org)
{
    if (sending_was_at(db, ticket, org))
        return true;
    struct db_query *q = db_query(db, "SELECT 1 FROM route WHERE ticket_id = ?1 AND org_id = ?2"
                                      " AND ended_at IS NOT NULL");
    db_bind(q, 1, ticket->id);
    db_bind(q, 2, org);
    bool ended = db_step(q);
    db_reset(q);
    return ended;
}

/* True where its center has asked the city's to take it back. */
static bool waits_for_city(struct db *db, const struct ticket *ticket)
{
    struct db_query *q = db_query(db, "SELECT 1 FROM request WHERE ticket_id = ?1"
                                      " AND act = 'return' AND decided_at IS NULL");
    db_bind(q, 1, ticket->id);
    return db_first(q) != 0;
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

/* What speaks for one rule: its conditions, and the words that weigh. */
static void explain_rule(struct dispatcher *d, const struct rule *rule,
                         const struct rule_subject *subject, struct text *why)
{
    struct text said = {0};
    explain_conditions(&said, rule, subject, &d->weighing.reading, true);
    if (said.length && rule->weighs)
        text_add(&said, "; ");
    weighing_explain(&d->weighing, subject, rule, &said);
    text_add(why, text_string(&said));
    text_free(&said);
}

static void explain_closest(struct dispatcher *d, const struct rule_subject *subject,
                            struct text *why)
{
    const struct rule_reading *reading = &d->weighing.reading;
    const struct rule *rule = rule_closest(&d->catalogue, subject, reading);
    if (!rule) {
        text_add(why, "no rule fits, and none has a condition met");
        return;
    }
    text_add_format(why, "no rule fits; closest is %s: ", rule->name);
    explain_conditions(why, rule, subject, reading, true);
    explain_conditions(why, rule, subject, reading, false);
}

/* The candidates, the heaviest first, each with what it weighs and why. */
static void explain(struct dispatcher *d, const struct rule_subject *subject,
                    const struct choice *choice, struct text *why)
{
    if (choice->ordered) {
        explain_rule(d, choice->rule, subject, why);
        return;
    }
    if (!choice->count) {
        explain_closest(d, subject, why);
        return;
    }
    text_add(why, choice->rule ? "" : choice->close ? "too close: " : "too little: ");
    for (int i = 0; i < choice->count; i++) {
        const struct candidate *candidate = &choice->best[i];
        text_add_format(why, "%s%s %d: ", i ? " / " : "", candidate->rule->name, candidate->weight);
        explain_rule(d, candidate->rule, subject, why);
    }
}

/* A person decides where a ticket goes whose center has asked to hand it back, or that the
 * catalogue's choice has given back. WHY is told of it. */
static bool waits(struct dispatcher *d, const struct ticket *ticket, const struct route *route,
                  struct text *why)
{
    if (route->lead && ticket->center && waits_for_city(d->center->db, ticket)) {
        text_add(why, "; but its center has asked to hand it back");
        return true;
    }
    if (route->lead && ticket->returns && has_ended(d->center->db, ticket, route->lead)) {
        text_add_format(why, "; but the lead of rule %s has returned it", route->rule);
        return true;
    }
    return false;
}

static void give_reasons(struct dispatcher *d, const struct rule_subject *subject,
                         const struct choice *choice, struct reasons *reasons)
{
    explain(d, subject, choice, &reasons->why);
    reasons->count = choice->count;
    for (int i = 0; i < choice->count; i++)
        reasons->candidates[i] = d->routes[choice->best[i].rule - d->catalogue.rules].lead;
}

struct route dispatcher_decide(struct dispatcher *d, const struct ticket *ticket,
                               struct reasons *reasons)
{
    struct ticket_facts facts = {0};
    struct rule_subject subject = ticket_subject(ticket, &facts);
    struct route route = {.basis = ""};
    struct text but = {0};
    const struct choice choice = weighing_decide(&d->weighing, &subject);
    if (choice.rule)
        route = d->routes[choice.rule - d->catalogue.rules];
    if (waits(d, ticket, &route, &but))
        route = (struct route){.basis = ""};
    if (reasons) {
        give_reasons(d, &subject, &choice, reasons);
        text_add(&reasons->why, text_string(&but));
    }
    text_free(&but);
    ticket_facts_free(&facts);
    return route;
}
