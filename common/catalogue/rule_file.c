#include "catalogue/rule_file.h"

#include <stdlib.h>
#include <string.h>

#include "base/die.h"
#include "base/text.h"
#include "base/yamlfile.h"

static const char *const file_keys[] = {"rules", NULL};
static const char *const dispatch_keys[] = {"rule", "when", "lead", "assist", "basis", NULL};
static const char *const when_keys[] = {"kind",  "channel", "source", "region",     "category",
                                        "title", "body",    "text",   "enterprise", NULL};
static const char *const kind_keys[] = {"rule", "kind", "title", "body", "text", NULL};
static const char *const mode_keys[] = {"any", "all", "none", NULL};

struct reading {
    struct rule_set *set;
    struct rule *rule;
    int faults;
};

static struct rule_condition *new_condition(struct reading *r, enum rule_on on, enum rule_mode mode)
{
    struct rule *rule = r->rule;
    rule->conditions =
        mem_grow(rule->conditions, (size_t)rule->condition_count, sizeof *rule->conditions);
    struct rule_condition *condition = &rule->conditions[rule->condition_count++];
    *condition = (struct rule_condition){.on = on, .mode = mode};
    return condition;
}

static void read_values(struct reading *r, struct rule_condition *condition,
                        const struct node *node)
{
    condition->values = node_texts(&r->set->arena, node, &condition->count, &r->faults);
    if (!condition->count)
        node_fault(node, &r->faults, "\"%s\" is empty", node->key);
    for (int i = 0; i < condition->count; i++)
        if (!*condition->values[i])
            node_fault(node, &r->faults, "an empty word in \"%s\"", node->key);
}

static void read_words(struct reading *r, enum rule_on on, const struct node *node)
{
    if (!node_is(node, NODE_MAP, &r->faults))
        return;
    if (!node->count)
        node_fault(node, &r->faults, "\"%s\" is empty", node->key);
    node_allow(node, &r->faults, mode_keys);
    for (int mode = RULE_ANY; mode <= RULE_NONE; mode++) {
        const struct node *list = node_get(node, mode_keys[mode]);
        if (!list)
            continue;
        struct rule_condition *condition = new_condition(r, on, (enum rule_mode)mode);
        read_values(r, condition, list);
        condition->words =
            arena_zero(&r->set->arena, (size_t)(condition->count + 1) * sizeof *condition->words);
        for (int i = 0; i < condition->count; i++)
            if (*condition->values[i])
                condition->words[i] = keywords_add(&r->set->words, condition->values[i]);
    }
}

static void read_facts(struct reading *r, const struct node *node)
{
    if (!node_is(node, NODE_MAP, &r->faults))
        return;
    if (!node->count)
        node_fault(node, &r->faults, "\"%s\" is empty", node->key);
    for (const struct node *fact = node->first; fact; fact = fact->next) {
        struct rule_condition *condition = new_condition(r, RULE_FACT, RULE_ANY);
        condition->fact = fact->key;
        read_values(r, condition, fact);
    }
}

/* Reads the conditions that stand in MAP; other keys are not looked at. */
static void read_conditions(struct reading *r, const struct node *map)
{
    static const enum rule_on lists[] = {RULE_KIND, RULE_CHANNEL, RULE_SOURCE, RULE_REGION,
                                         RULE_CATEGORY};
    static const enum rule_on words[] = {RULE_TITLE, RULE_BODY, RULE_TEXT};
    for (int i = 0; i < 5; i++) {
        const struct node *list = node_get(map, when_keys[i]);
        if (list)
            read_values(r, new_condition(r, lists[i], RULE_ANY), list);
    }
    for (int i = 0; i < 3; i++) {
        const struct node *node = node_get(map, when_keys[5 + i]);
        if (node)
            read_words(r, words[i], node);
    }
    if (node_get(map, "enterprise"))
        read_facts(r, node_get(map, "enterprise"));
}

static void read_dispatch(struct reading *r, const struct node *node)
{
    struct rule *rule = r->rule;
    const struct node *when = node_get(node, "when");
    node_allow(node, &r->faults, dispatch_keys);
    rule->decides = node_need(node, "lead", &r->faults);
    rule->assists =
        node_texts(&r->set->arena, node_get(node, "assist"), &rule->assist_count, &r->faults);
    rule->basis = node_need(node, "basis", &r->faults);
    if (!when)
        node_fault(node, &r->faults, "\"when\" is missing");
    else if (node_is(when, NODE_MAP, &r->faults)) {
        node_allow(when, &r->faults, when_keys);
        read_conditions(r, when);
    }
}

static void read_kind_rule(struct reading *r, const struct node *node)
{
    node_allow(node, &r->faults, kind_keys);
    r->rule->decides = node_need(node, "kind", &r->faults);
    r->rule->basis = "";
    for (int i = 0; i < 3; i++) {
        static const enum rule_on words[] = {RULE_TITLE, RULE_BODY, RULE_TEXT};
        const struct node *map = node_get(node, kind_keys[2 + i]);
        if (map)
            read_words(r, words[i], map);
    }
}

static void read_rule(struct reading *r, const struct node *node,
                      void (*read)(struct reading *, const struct node *))
{
    struct rule_set *set = r->set;
    struct rule rule = {.file = node->file, .line = node->line};
    rule.name = node_need(node, "rule", &r->faults);
    for (int i = 0; i < set->count; i++)
        if (!strcmp(set->rules[i].name, rule.name))
            node_fault(node, &r->faults, "rule \"%s\" is already on line %d", rule.name,
                       set->rules[i].line);
    r->rule = &rule;
    read(r, node);
    size_t size = (size_t)rule.condition_count * sizeof *rule.conditions;
    struct rule_condition *grown = rule.conditions;
    rule.conditions = size ? memcpy(arena_zero(&set->arena, size), grown, size) : NULL;
    free(grown);
    if (!rule.condition_count)
        node_fault(node, &r->faults, "rule \"%s\" has no condition and would take every ticket",
                   rule.name);
    set->rules[set->count++] = rule;
}

static struct rule_set load(const char *path, void (*read)(struct reading *, const struct node *))
{
    struct rule_set set = {0};
    struct reading r = {.set = &set};
    const struct node *root = yamlfile_read(&set.arena, path);
    if (!root)
        exit(EXIT_BAD);
    const struct node *rules = node_get(root, "rules");
    if (node_is(root, NODE_MAP, &r.faults))
        node_allow(root, &r.faults, file_keys);
    if (!rules)
        node_fault(root, &r.faults, "\"rules\" is missing");
    else if (node_is(rules, NODE_LIST, &r.faults)) {
        set.rules = arena_zero(&set.arena, (size_t)rules->count * sizeof *set.rules);
        for (const struct node *node = rules->first; node; node = node->next)
            if (node_is(node, NODE_MAP, &r.faults))
                read_rule(&r, node, read);
    }
    if (r.faults)
        exit(EXIT_BAD);
    return set;
}

struct rule_set rule_file_load(const char *path)
{
    return load(path, read_dispatch);
}

struct rule_set rule_file_load_kinds(const char *path)
{
    return load(path, read_kind_rule);
}
