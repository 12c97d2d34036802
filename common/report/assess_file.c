#include <stdlib.h>
#include <string.h>

#include "ballot/ballot.h"
#include "base/caller.h"
#include "base/clock.h"
#include "base/decimal.h"
#include "base/die.h"
#include "base/yamlfile.h"
#include "center/org_file.h"
#include "report/assess.h"
#include "ticket/field.h"

static const char *const file_keys[] = {"assessment", "name",  "example", "basis",  "groups",
                                        "minimum",    "least", "most",    "items",  "deductions",
                                        "additions",  "given", "appeals", "limits", NULL};
static const char *const minimum_keys[] = {"figure", "count", NULL};
static const char *const item_keys[] = {"item",  "name",   "figure",  "ballots", "wave", "points",
                                        "floor", "target", "nothing", "appeals", NULL};
static const char *const each_keys[] = {"item", "name", "figure", "each", "most", "appeals", NULL};
static const char *const given_keys[] = {"period", "org", "points", "reason", "basis", NULL};

/* Who reads: the center knows figures and organisations. */
struct reading {
    struct center *center;
    struct assessment *a;
    int faults;
    bool appeals; /* of the whole file */
};

/* A number with its sign in millionths, OTHERWISE where KEY is absent; a fault where it is none. */
static int64_t read_number(struct reading *r, const struct node *map, const char *key,
                           int64_t otherwise)
{
    const char *text = node_text(map, key, NULL, &r->faults);
    int64_t number = 0;
    if (!text)
        return otherwise;
    bool minus = *text == '-', sign = minus || *text == '+';
    if (!decimal_parse(text + sign, &number))
        node_fault(node_get(map, key), &r->faults, "\"%s\" is not a number: \"%s\"", key, text);
    return minus ? -number : number;
}

/* Points in hundredths; a fault where they are finer, or missing where there is no OTHERWISE. */
static int64_t read_points(struct reading *r, const struct node *map, const char *key,
                           int64_t otherwise)
{
    int64_t number = read_number(r, map, key, otherwise * (DECIMAL_ONE / ASSESS_POINT));
    if (otherwise < 0 && !node_get(map, key))
        node_fault(map, &r->faults, "\"%s\" is missing", key);
    if (number % (DECIMAL_ONE / ASSESS_POINT))
        node_fault(node_get(map, key), &r->faults, "\"%s\" is finer than a hundredth", key);
    return number / (DECIMAL_ONE / ASSESS_POINT);
}

static int read_figure(struct reading *r, const struct node *map)
{
    struct config *config = r->center->config;
    const char *code = node_need(map, "figure", &r->faults);
    int figure = report_find_figure(config, code);
    if (*code && figure < 0)
        node_fault(node_get(map, "figure"), &r->faults,
                   "unknown figure \"%s\"; report-period --ids lists them", code);
    return figure < 0 ? 0 : figure;
}

static enum assess_nothing read_nothing(struct reading *r, const struct node *map)
{
    static const char *const words[] = {"none", "full", "apart"};
    const char *word = node_text(map, "nothing", words[0], &r->faults);
    for (int i = 0; i < 3; i++)
        if (!strcmp(word, words[i]))
            return (enum assess_nothing)i;
    node_fault(node_get(map, "nothing"), &r->faults, "\"nothing\" must be none, full or apart");
    return ASSESS_NONE;
}

/* Whether granted appeals take out: "out", or "count"; what the file says of all where the item
 * says nothing. */
static bool read_appeals(struct reading *r, const struct node *map, bool otherwise)
{
    const char *word = node_text(map, "appeals", otherwise ? "out" : "count", &r->faults);
    if (strcmp(word, "out") != 0 && strcmp(word, "count") != 0)
        node_fault(node_get(map, "appeals"), &r->faults, "\"appeals\" must be out or count");
    return !strcmp(word, "out");
}

/* The groups of ballots.yaml. */
static void refuse_unknown_groups(struct reading *r, const struct node *node,
                                  const struct assess_item *item)
{
    struct ballotfile file = ballotfile_load(r->center->config, r->center->db);
    char list[512] = "";
    for (int i = 0; i < file.unit_count; i++)
        if (!i || strcmp(file.units[i].group, file.units[i - 1].group) != 0)
            text_choice(list, sizeof list, file.units[i].group, file.units[i].group_name);
    for (const char *const *group = item->ballots; *group; group++) {
        struct fault fault = {0};
        int i = 0;
        while (i < file.unit_count && strcmp(file.units[i].group, *group) != 0)
            i++;
        if (i == file.unit_count)
            node_fault(node_get(node, "ballots"), &r->faults, "%s",
                       fault_unknown(&fault, "group of ballots", *group, NULL, list));
    }
    ballotfile_free(&file);
}

/* What an item has of ballots: of which groups, and of which wave. */
static void read_ballots(struct reading *r, const struct node *node, struct assess_item *item)
{
    const struct node *groups = node_get(node, "ballots");
    struct ballot_poll poll;
    item->figure = -1;
    item->wave = node_text(node, "wave", NULL, &r->faults);
    item->ballots = node_texts(&r->a->arena, groups, NULL, &r->faults);
    if (!item->ballots[0])
        node_fault(groups, &r->faults, "\"ballots\" names no group, nor all");
    else if (!strcmp(item->ballots[0], "all") && !item->ballots[1])
        item->ballots = NULL;
    else
        refuse_unknown_groups(r, node, item);
    if (node_get(node, "figure"))
        node_fault(node, &r->faults, "an item has a figure or ballots, not both");
    if (item->wave && !ballot_poll_load(r->center->db, item->wave, &poll))
        node_fault(node_get(node, "wave"), &r->faults, "no ballots of wave \"%s\"", item->wave);
    else if (item->wave)
        ballot_poll_free(&poll);
}

static struct assess_item *add_item(struct reading *r, const struct node *node)
{
    struct assess_item *item = &r->a->items[r->a->item_count++];
    item->code = node_need(node, "item", &r->faults);
    item->name = node_text(node, "name", item->code, &r->faults);
    if (node_get(node, "ballots"))
        read_ballots(r, node, item);
    else
        item->figure = read_figure(r, node);
    if (node_get(node, "wave") && item->figure >= 0)
        node_fault(node_get(node, "wave"), &r->faults, "\"wave\" goes with \"ballots\"");
    item->appeals = read_appeals(r, node, r->appeals);
    for (int i = 0; i + 1 < r->a->item_count; i++)
        if (*item->code && !strcmp(r->a->items[i].code, item->code))
            node_fault(node, &r->faults, "item \"%s\" stands twice", item->code);
    return item;
}

static void read_item(struct reading *r, const struct node *node)
{
    struct assess_item *item = add_item(r, node);
    item->points = read_points(r, node, "points", -1);
    item->floor = read_number(r, node, "floor", 0);
    item->target = read_number(r, node, "target", 0);
    item->nothing = read_nothing(r, node);
    if (!node_get(node, "target"))
        node_fault(node, &r->faults, "\"target\" is missing");
    else if (item->floor == item->target)
        node_fault(node, &r->faults, "\"floor\" and \"target\" are the same");
    if (item->points <= 0 && node_get(node, "points"))
        node_fault(node_get(node, "points"), &r->faults, "\"points\" must be above 0");
}

static void read_each(struct reading *r, const struct node *node, int sign)
{
    struct assess_item *item = add_item(r, node);
    item->each = sign * read_points(r, node, "each", -1);
    item->points = read_points(r, node, "most", -1);
    if (item->each * sign <= 0 && node_get(node, "each"))
        node_fault(node_get(node, "each"), &r->faults, "\"each\" must be above 0");
}

static void read_given(struct reading *r, const struct node *node)
{
    struct assess_given *given = &r->a->given[r->a->given_count++];
    const char *period = node_need(node, "period", &r->faults);
    const char *org = node_need(node, "org", &r->faults);
    struct fault fault = {0};
    if (*period && !report_parse_period(period, r->center->now, &given->period))
        node_fault(node_get(node, "period"), &r->faults, "not a period: \"%s\"", period);
    given->org = *org ? org_find(r->center->db, org) : 0;
    if (*org && !given->org)
        node_fault(node_get(node, "org"), &r->faults, "%s",
                   org_unknown(r->center->db, org, &fault));
    if (!node_get(node, "points"))
        node_fault(node, &r->faults, "\"points\" is missing");
    given->points = read_points(r, node, "points", 0);
    given->reason = node_need(node, "reason", &r->faults);
    given->basis = node_need(node, "basis", &r->faults);
}

static void read_groups(struct reading *r, const struct node *root)
{
    struct config *config = r->center->config;
    const struct node *list = node_get(root, "groups");
    const char *const *known =
        orgfile_groups(&r->a->arena, config_path(config, "organisations.yaml"));
    struct fault fault = {0};
    r->a->groups = node_texts(&r->a->arena, list, NULL, &r->faults);
    if (!r->a->groups[0])
        node_fault(list ? list : root, &r->faults, "\"groups\" names nobody who is assessed");
    for (const char *const *group = r->a->groups; *group; group++)
        if (!orgfile_group(known, *group) || strcmp(orgfile_group(known, *group), *group) != 0)
            node_fault(list, &r->faults, "%s", orgfile_unknown_group(known, *group, &fault));
}

static void read_minimum(struct reading *r, const struct node *root)
{
    const struct node *minimum = node_get(root, "minimum");
    r->a->minimum_figure = -1;
    if (!minimum || !node_is(minimum, NODE_MAP, &r->faults))
        return;
    node_allow(minimum, &r->faults, minimum_keys);
    r->a->minimum_figure = read_figure(r, minimum);
    r->a->minimum = node_number(minimum, "count", 0, 1000000000, 0, &r->faults);
}

static void read_lists(struct reading *r, const struct node *root)
{
    struct assessment *a = r->a;
    const struct node *items = node_items(root, "items", item_keys, true, &r->faults);
    const struct node *less = node_items(root, "deductions", each_keys, false, &r->faults);
    const struct node *more = node_items(root, "additions", each_keys, false, &r->faults);
    const struct node *given = node_get(root, "given");
    int count = (items ? items->count : 0) + (less ? less->count : 0) + (more ? more->count : 0);
    a->items = arena_zero(&a->arena, (size_t)count * sizeof *a->items);
    for (const struct node *n = items ? items->first : NULL; n; n = n->next)
        read_item(r, n);
    for (const struct node *n = less ? less->first : NULL; n; n = n->next)
        read_each(r, n, -1);
    for (const struct node *n = more ? more->first : NULL; n; n = n->next)
        read_each(r, n, 1);
    if (!given || !node_is(given, NODE_LIST, &r->faults))
        return;
    a->given = arena_zero(&a->arena, (size_t)given->count * sizeof *a->given);
    for (const struct node *n = given->first; n; n = n->next)
        if (node_is(n, NODE_MAP, &r->faults)) {
            node_allow(n, &r->faults, given_keys);
            read_given(r, n);
        }
}

/* limits: a map from kinds to days. */
static void read_limits(struct reading *r, const struct node *root)
{
    const struct node *limits = node_get(root, "limits");
    if (!limits || !node_is(limits, NODE_MAP, &r->faults))
        return;
    r->a->limits = arena_zero(&r->a->arena, (size_t)limits->count * sizeof *r->a->limits);
    for (const struct node *n = limits->first; n; n = n->next) {
        struct fault fault = {0};
        const struct kind *kind = field_kind(r->center->config, n->key, &fault);
        if (!kind)
            node_fault(n, &r->faults, "%s", fault.text);
        else
            r->a->limits[r->a->limit_count++] = (struct rejudge_limit){
                kind->term.code, (int)node_number(limits, n->key, 1, 1000, 1, &r->faults)};
    }
}

struct assessment assess_read(struct center *center, const char *word)
{
    struct assessment a = {0};
    struct reading r = {center, &a, 0, false};
    if (strchr(word, '/') && caller_is_bound())
        die("%s: who runs this by sudo names an assessment of the configuration (qifu-members(7))",
            word);
    const char *path =
        strchr(word, '/')
            ? word
            : config_path(center->config, arena_format(&a.arena, "assess/%s.yaml", word));
    const struct node *root = yamlfile_read(&a.arena, path);
    if (!root || !node_is(root, NODE_MAP, &r.faults))
        exit(EXIT_BAD);
    node_allow(root, &r.faults, file_keys);
    a.code = node_need(root, "assessment", &r.faults);
    a.name = node_text(root, "name", a.code, &r.faults);
    a.basis = node_need(root, "basis", &r.faults);
    a.example = node_yes(root, "example", false, &r.faults);
    read_groups(&r, root);
    read_minimum(&r, root);
    a.least = read_points(&r, root, "least", 0);
    a.most = read_points(&r, root, "most", 100 * ASSESS_POINT);
    if (a.most <= a.least)
        node_fault(root, &r.faults, "\"most\" must be above \"least\"");
    r.appeals = read_appeals(&r, root, false);
    read_limits(&r, root);
    read_lists(&r, root);
    if (r.faults)
        exit(EXIT_BAD);
    return a;
}

void assess_free(struct assessment *assessment)
{
    arena_free(&assessment->arena);
}
