/* watch.yaml: what it must say, with every fault as file:line. */
#include <stdlib.h>
#include <unistd.h>

#include "base/die.h"
#include "base/yamlfile.h"
#include "register/watch.h"

static const char *const file_keys[] = {"rules", NULL};
static const char *const rule_keys[] = {"rule",  "name", "fact", "falls", "rises", "requests",
                                        "kinds", "ends", "tags", "days",  NULL};
static const char file_name[] = "watch.yaml";

enum { MOST_PERCENT = 10000, MOST_DAYS = 10000 };

struct reading {
    struct config *config;
    const struct profile *profile;
    struct watch_set *set;
    int faults;
};

/* What each kind is called, and how large its amount may be. */
static const struct {
    const char *key;
    int most;
} kinds[] = {[WATCH_FALLS] = {"falls", 100},
             [WATCH_RISES] = {"rises", MOST_PERCENT},
             [WATCH_REQUESTS] = {"requests", 1000},
             [WATCH_ENDS] = {"ends", MOST_DAYS}};
enum { KINDS = sizeof kinds / sizeof *kinds };

static void read_kind(struct reading *r, const struct node *map, struct watch_rule *rule)
{
    int count = 0;
    for (int i = 0; i < KINDS; i++)
        if (node_get(map, kinds[i].key)) {
            rule->kind = (enum watch_kind)i;
            rule->amount = node_number(map, kinds[i].key, 1, kinds[i].most, 1, &r->faults);
            count++;
        }
    if (count != 1)
        node_fault(map, &r->faults, "one of \"falls\", \"rises\", \"requests\" and \"ends\"");
}

static void read_fact(struct reading *r, const struct node *map, struct watch_rule *rule)
{
    const struct node *node = node_get(map, "fact");
    bool needed = rule->kind == WATCH_FALLS || rule->kind == WATCH_RISES;
    rule->fact = -1;
    if (!needed && node)
        node_fault(node, &r->faults, "\"fact\" goes with \"falls\" and \"rises\"");
    if (!needed)
        return;
    const char *word = node_need(map, "fact", &r->faults);
    if (*word)
        rule->fact = profile_fact(r->profile, word);
    if (*word && rule->fact < 0)
        node_fault(node, &r->faults, "unknown fact \"%s\"", word);
    else if (*word && r->profile->facts[rule->fact].type != FACT_NUMBER)
        node_fault(node, &r->faults, "\"%s\" is no number", word);
}

/* How far it looks back; what ends lies ahead. */
static void read_days(struct reading *r, const struct node *map, struct watch_rule *rule)
{
    bool needed = rule->kind != WATCH_ENDS;
    if (needed != (node_get(map, "days") != NULL))
        node_fault(map, &r->faults,
                   needed ? "\"days\" is missing: how far it looks back"
                          : "\"ends\" says how many days lie ahead, and goes without \"days\"");
    rule->days = node_number(map, "days", 1, MOST_DAYS, 0, &r->faults);
}

static void read_kinds(struct reading *r, const struct node *map, struct watch_rule *rule)
{
    int count;
    const struct node *node = node_get(map, "kinds");
    const char *const *words = node_texts(&r->set->arena, node, &count, &r->faults);
    const char **codes = arena_zero(&r->set->arena, ((size_t)count + 1) * sizeof *codes);
    for (int i = 0; i < count; i++) {
        const struct kind *kind = config_kind(r->config, words[i]);
        codes[i] = kind ? kind->term.code : words[i];
        if (!kind)
            node_fault(node, &r->faults, "unknown kind \"%s\"", words[i]);
    }
    if (node && rule->kind != WATCH_REQUESTS)
        node_fault(node, &r->faults, "\"kinds\" goes with \"requests\"");
    rule->kinds = codes;
}

static void read_tags(struct reading *r, const struct node *map, struct watch_rule *rule)
{
    int count;
    const struct node *node = node_get(map, "tags");
    const char *const *words = node_texts(&r->set->arena, node, &count, &r->faults);
    const char **names = arena_zero(&r->set->arena, ((size_t)count + 1) * sizeof *names);
    for (int i = 0; i < count; i++) {
        int tag = profile_tag(r->profile, words[i]);
        names[i] = tag < 0 ? words[i] : r->profile->facts[tag].code;
        if (tag < 0)
            node_fault(node, &r->faults, "unknown tag \"%s\"", words[i]);
    }
    if (node && rule->kind != WATCH_ENDS)
        node_fault(node, &r->faults, "\"tags\" goes with \"ends\"");
    rule->tags = names;
}

static void read_rule(struct reading *r, const struct node *map, struct watch_rule *rule)
{
    rule->term = (struct term){.code = node_need(map, "rule", &r->faults),
                               .name = node_need(map, "name", &r->faults)};
    read_kind(r, map, rule);
    read_fact(r, map, rule);
    read_days(r, map, rule);
    read_kinds(r, map, rule);
    read_tags(r, map, rule);
}

struct watch_set watch_load(struct config *config, const struct profile *profile)
{
    struct watch_set set = {.count = 0};
    struct reading r = {config, profile, &set, 0};
    const char *path = config_path(config, file_name);
    if (access(path, F_OK) != 0)
        return set;
    const struct node *root = yamlfile_read(&set.arena, path);
    if (!root || !node_is(root, NODE_MAP, &r.faults))
        exit(EXIT_BAD);
    node_allow(root, &r.faults, file_keys);
    const struct node *list = node_items(root, "rules", rule_keys, true, &r.faults);
    set.list = arena_zero(&set.arena, (size_t)(list ? list->count : 0) * sizeof *set.list + 1);
    for (const struct node *map = list ? list->first : NULL; map; map = map->next)
        read_rule(&r, map, &set.list[set.count++]);
    if (r.faults)
        exit(EXIT_BAD);
    return set;
}
