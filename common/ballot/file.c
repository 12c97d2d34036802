#include "ballot/file.h"

#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include "base/day.h"
#include "base/die.h"
#include "base/fault.h"
#include "base/yamlfile.h"
#include "center/org_file.h"

static const char *const file_keys[] = {"rules", "waves", "groups", NULL};
static const char *const rule_keys[] = {"complete",      "alike",  "unit_minimum",
                                        "group_minimum", "last",   "last_of",
                                        "twice",         "points", NULL};
static const char *const wave_keys[] = {"wave", "from", "to", "rules", NULL};
static const char *const group_keys[] = {"group", "name", "orgs", "units", NULL};
static const char *const unit_keys[] = {"unit", "name", "org", NULL};

#define RULE(member) offsetof(struct ballot_rules, member)
const struct ballot_rule ballotfile_rules[BALLOT_RULES] = {
    {"complete", 0, 100, 0, RULE(complete)},
    {"alike", 0, 1000, 0, RULE(alike)},
    {"unit_minimum", 0, 1000000, 1, RULE(unit_minimum)},
    {"group_minimum", 0, 1000000, 1, RULE(group_minimum)},
    {"last", 0, 1000, 5, RULE(last)},
    {"last_of", 0, 1000, 10, RULE(last_of)},
};

int *ballotfile_rule(struct ballot_rules *rules, const struct ballot_rule *rule)
{
    return (int *)(void *)((char *)rules + rule->offset);
}

struct reading {
    struct ballotfile *file;
    struct db *db;
    const char *const *peers; /* the peer groups of organisations.yaml, and */
    struct org_table orgs;    /* the organisations; none without a database */
    int faults;
};

/* ---- rules ---- */

static void read_twice(struct reading *r, const struct node *node, struct ballot_rules *rules)
{
    static const char *const words[] = {"neither", "first", "last"};
    const char *word = node_text(node, "twice", words[rules->twice], &r->faults);
    for (int i = 0; i < 3; i++)
        if (!strcmp(word, words[i])) {
            rules->twice = i;
            return;
        }
    node_fault(node_get(node, "twice"), &r->faults, "\"twice\" must be neither, first or last");
}

static void read_points(struct reading *r, const struct node *node, struct ballot_rules *rules)
{
    static const char *const ratings[] = {"1", "2", "3", "4", "5", NULL};
    const struct node *points = node_get(node, "points");
    if (!points || !node_is(points, NODE_MAP, &r->faults))
        return;
    node_allow(points, &r->faults, ratings);
    for (int i = 0; ratings[i]; i++) {
        if (!node_get(points, ratings[i]))
            node_fault(points, &r->faults, "\"points\" says nothing of %s", ratings[i]);
        rules->points[i + 1] = node_number(points, ratings[i], 0, 1000, 0, &r->faults);
    }
}

/* The rules that stand in MAP; what they do not say is as in RULES. */
static void read_rules(struct reading *r, const struct node *map, struct ballot_rules *rules)
{
    const struct node *node = node_get(map, "rules");
    if (!node || !node_is(node, NODE_MAP, &r->faults))
        return;
    node_allow(node, &r->faults, rule_keys);
    for (int i = 0; i < BALLOT_RULES; i++) {
        const struct ballot_rule *rule = &ballotfile_rules[i];
        int *value = ballotfile_rule(rules, rule);
        *value = node_number(node, rule->key, rule->least, rule->most, *value, &r->faults);
    }
    read_twice(r, node, rules);
    read_points(r, node, rules);
}

static struct ballot_rules usual_rules(void)
{
    struct ballot_rules rules = {.points = {0, 20, 40, 60, 80, 100}};
    for (int i = 0; i < BALLOT_RULES; i++)
        *ballotfile_rule(&rules, &ballotfile_rules[i]) = ballotfile_rules[i].otherwise;
    return rules;
}

/* ---- waves ---- */

static int read_day(struct reading *r, const struct node *node, const char *key)
{
    const char *text = node_need(node, key, &r->faults);
    int day = 0;
    if (*text && !day_parse(text, &day))
        node_fault(node_get(node, key), &r->faults, "\"%s\" is not a day: \"%s\"", key, text);
    return day;
}

static void read_wave(struct reading *r, const struct node *node, const struct ballot_rules *rules)
{
    struct ballot_wave *wave = &r->file->waves[r->file->wave_count++];
    int faults = r->faults;
    *wave = (struct ballot_wave){.code = node_need(node, "wave", &r->faults),
                                 .first = read_day(r, node, "from"),
                                 .last = read_day(r, node, "to"),
                                 .rules = *rules};
    if (r->faults == faults && wave->last < wave->first)
        node_fault(node_get(node, "to"), &r->faults, "\"to\" lies before \"from\"");
    read_rules(r, node, &wave->rules);
}

static void read_waves(struct reading *r, const struct node *root)
{
    struct ballot_rules rules = usual_rules();
    read_rules(r, root, &rules);
    const struct node *list = node_items(root, "waves", wave_keys, true, &r->faults);
    r->file->waves =
        arena_zero(&r->file->arena, (size_t)(list ? list->count : 0) * sizeof *r->file->waves);
    for (const struct node *node = list ? list->first : NULL; node; node = node->next)
        if (node->type == NODE_MAP)
            read_wave(r, node, &rules);
}

/* ---- units ---- */

/* Each unit has a code of its own, in whatever group. */
static void add_unit(struct reading *r, const struct node *node, const struct ballot_unit *unit)
{
    struct ballotfile *file = r->file;
    for (int i = 0; i < file->unit_count; i++)
        if (!strcmp(file->units[i].code, unit->code)) {
            node_fault(node, &r->faults, "unit \"%s\" is in group %s already", unit->code,
                       file->units[i].group);
            return;
        }
    file->units = mem_grow(file->units, (size_t)file->unit_count, sizeof *file->units);
    file->units[file->unit_count++] = *unit;
}

static void read_unit(struct reading *r, const struct node *node, struct ballot_unit unit)
{
    struct fault fault = {""};
    const char *org = node_need(node, "org", &r->faults);
    unit.code = node_need(node, "unit", &r->faults);
    unit.name = node_need(node, "name", &r->faults);
    int64_t id = r->db && *org ? org_find(r->db, org) : 0;
    unit.org = id ? arena_string(&r->file->arena, org_code(&r->orgs, id)) : org;
    if (r->db && *org && !id)
        node_fault(node_get(node, "org"), &r->faults, "%s", org_unknown(r->db, org, &fault));
    add_unit(r, node, &unit);
}

/* All organisations of the peer group are units of the group. */
static void add_orgs(struct reading *r, const struct node *node, const char *peers,
                     struct ballot_unit unit)
{
    struct arena *arena = &r->file->arena;
    struct fault fault = {""};
    const char *peer = orgfile_group(r->peers, peers);
    if (!peer)
        node_fault(node, &r->faults, "%s", orgfile_unknown_group(r->peers, peers, &fault));
    for (int64_t i = 0; peer && i < r->orgs.count; i++) {
        const struct org *org = &r->orgs.orgs[i];
        if (strcmp(org->peer_group, peer) != 0)
            continue;
        unit.code = unit.org = arena_string(arena, org->code);
        unit.name = arena_string(arena, org->name);
        add_unit(r, node, &unit);
    }
}

static void read_group(struct reading *r, const struct node *node)
{
    const struct node *orgs = node_get(node, "orgs"), *units = node_get(node, "units");
    struct ballot_unit unit = {.group = node_need(node, "group", &r->faults)};
    unit.group_name = node_text(node, "name", unit.group, &r->faults);
    if (!orgs == !units)
        node_fault(node, &r->faults, "a group has either \"orgs\" or \"units\"");
    const char *const *peers = node_texts(&r->file->arena, orgs, NULL, &r->faults);
    for (; *peers && r->db; peers++)
        add_orgs(r, orgs, *peers, unit);
    units = node_items(node, "units", unit_keys, false, &r->faults);
    for (const struct node *n = units ? units->first : NULL; n; n = n->next)
        if (n->type == NODE_MAP)
            read_unit(r, n, unit);
}

struct ballotfile ballotfile_load(struct config *config, struct db *db)
{
    struct ballotfile file = {.waves = NULL};
    struct reading r = {.file = &file, .db = db};
    if (db) {
        r.peers = orgfile_groups(&file.arena, config_path(config, "organisations.yaml"));
        r.orgs = org_table_load(db);
    }
    const struct node *root = yamlfile_read(&file.arena, config_path(config, "ballots.yaml"));
    if (!root || !node_is(root, NODE_MAP, &r.faults))
        exit(EXIT_BAD);
    node_allow(root, &r.faults, file_keys);
    read_waves(&r, root);
    const struct node *groups = node_items(root, "groups", group_keys, true, &r.faults);
    for (const struct node *node = groups ? groups->first : NULL; node; node = node->next)
        if (node->type == NODE_MAP)
            read_group(&r, node);
    if (r.faults)
        exit(EXIT_BAD);
    org_table_free(&r.orgs);
    return file;
}

void ballotfile_free(struct ballotfile *file)
{
    free(file->units);
    arena_free(&file->arena);
    *file = (struct ballotfile){.waves = NULL};
}

const struct ballot_wave *ballotfile_wave(const struct ballotfile *file, const char *word)
{
    for (int i = 0; i < file->wave_count; i++)
        if (text_same(file->waves[i].code, word))
            return &file->waves[i];
    return NULL;
}
