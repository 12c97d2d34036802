#include "ticket/dispatcher.h"

#include <stdlib.h>
#include <string.h>

#include "base/die.h"
#include "base/fault.h"
#include "base/json.h"
#include "catalogue/model_file.h"
#include "catalogue/rule_file.h"
#include "center/county.h"
#include "center/org.h"
#include "ticket/adoption.h"
#include "ticket/dispatcher_private.h"
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

void dispatchers_free(struct dispatchers *d)
{
    for (int i = 0; i < d->count; i++) {
        weighing_free(&d->list[i].weighing);
        rule_set_free(&d->list[i].catalogue);
        free(d->list[i].routes);
        model_reading_free(&d->list[i].reading);
        free(d->list[i].model_units);
    }
    if (d->model)
        model_free(d->model);
    free(d->model);
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

/* ---- the model ---- */

/* What the model says of TICKET, beside the catalogue's CHOICE. */
static struct heard hear(struct dispatcher *d, const struct ticket *ticket,
                         const struct choice *choice)
{
    struct heard heard = {.is_heard = false};
    struct claim claims[WEIGHING_CANDIDATES];
    const char *names[TICKET_SENDER_NAMES + 1];
    if (!d->model || choice->ordered)
        return heard;
    ticket_name_sender(ticket, names);
    for (int i = 0; i < choice->count; i++)
        claims[i] = (struct claim){d->model_units[choice->best[i].rule - d->catalogue.rules],
                                   choice->best[i].weight};
    heard.is_heard =
        model_score(&d->reading, ticket->title, ticket->body ? ticket->body : "", names);
    if (!heard.is_heard)
        return heard;
    heard.evidence = evidence_weigh(d->reading.scores, d->model->unit_count, claims, choice->count);
    heard.trust = model_trust_at(d->model, heard.evidence.margin);
    heard.is_sure = heard.evidence.best[0].claim >= 0 && heard.trust >= 10 * d->catalogue.sure;
    return heard;
}

/* Who might lead by both, the likeliest first. */
static void give_standings(struct dispatcher *d, const struct choice *choice,
                           const struct heard *heard, struct reasons *reasons)
{
    for (int i = 0; i < heard->evidence.count; i++) {
        const struct standing *s = &heard->evidence.best[i];
        int64_t org = s->claim >= 0
                          ? d->routes[choice->best[s->claim].rule - d->catalogue.rules].lead
                          : org_find(d->center->db, d->model->units[s->unit].code);
        if (org)
            reasons->candidates[reasons->count++] = org;
    }
}

static void give_reasons(struct dispatcher *d, const struct rule_subject *subject,
                         const struct choice *choice, const struct heard *heard,
                         struct reasons *reasons)
{
    dispatcher_explain(d, subject, choice, heard, &reasons->why);
    if (heard->is_heard) {
        give_standings(d, choice, heard, reasons);
        return;
    }
    reasons->count = choice->count;
    for (int i = 0; i < choice->count; i++)
        reasons->candidates[i] = d->routes[choice->best[i].rule - d->catalogue.rules].lead;
}

/* The route of the rule that decides; without a lead where none does. */
static struct route chosen_route(const struct dispatcher *d, const struct choice *choice,
                                 const struct heard *heard)
{
    const struct rule *rule = choice->rule;
    if (heard->is_heard)
        rule = heard->is_sure ? choice->best[heard->evidence.best[0].claim].rule : NULL;
    struct route route = rule ? d->routes[rule - d->catalogue.rules] : (struct route){.basis = ""};
    if (rule && heard->is_heard) {
        route.model = d->model->digest;
        route.sure = heard->trust / 10;
    }
    return route;
}

struct route dispatcher_decide(struct dispatcher *d, const struct ticket *ticket,
                               struct reasons *reasons)
{
    struct ticket_facts facts = {0};
    struct rule_subject subject = ticket_subject(ticket, &facts);
    struct text but = {0};
    const struct choice choice = weighing_decide(&d->weighing, &subject);
    const struct heard heard = hear(d, ticket, &choice);
    struct route route = chosen_route(d, &choice, &heard);
    if (waits(d, ticket, &route, &but))
        route = (struct route){.basis = ""};
    if (reasons) {
        give_reasons(d, &subject, &choice, &heard, reasons);
        text_add(&reasons->why, text_string(&but));
    }
    text_free(&but);
    ticket_facts_free(&facts);
    return route;
}

void dispatcher_advise(struct dispatcher *d, const struct rule_subject *subject,
                       struct advised *advised)
{
    const struct choice choice = weighing_weigh(&d->weighing, subject);
    *advised = (struct advised){.count = choice.count, .decided = choice.rule != NULL};
    for (int i = 0; i < choice.count; i++) {
        advised->leads[i] = d->routes[choice.best[i].rule - d->catalogue.rules].lead;
        advised->points[i] = choice.best[i].weight;
    }
}

/* The number of each rule's lead in the model. */
static void find_units(struct dispatcher *d)
{
    struct arena arena = {0};
    d->model_units = mem_zero((size_t)d->catalogue.count + 1, sizeof *d->model_units);
    for (int i = 0; i < d->catalogue.count; i++) {
        const char *code = org_find_code(d->center->db, d->routes[i].lead, &arena);
        d->model_units[i] = code ? model_unit_of(d->model, code) : -1;
    }
    arena_free(&arena);
}

/* The city's catalogue has the model beside it. */
static void add_model(struct dispatchers *dispatchers, struct model model)
{
    struct dispatcher *city = &dispatchers->list[0];
    dispatchers->model = mem_zero(1, sizeof model);
    *dispatchers->model = model;
    city->model = dispatchers->model;
    city->reading = (struct model_reading){.model = city->model};
    find_units(city);
}

struct dispatchers dispatchers_new(struct center *center, const char *path)
{
    struct dispatchers d = dispatchers_of(center, dispatchers_read(center->config));
    struct model model = path ? model_file_need(path) : adoption_read(center);
    if (model.unit_count)
        add_model(&d, model);
    return d;
}
