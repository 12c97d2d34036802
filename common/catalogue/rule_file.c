#include "catalogue/rule_file.h"

#include <stdlib.h>
#include <string.h>

#include "base/die.h"
#include "base/text.h"
#include "base/yamlfile.h"

static const char *const file_keys[] = {"rules", "local", "names", "denials",
                                        "least", "ahead", "sure",  NULL};
static const char *const dispatch_keys[] = {"rule",  "when", "strong", "weak",  "against",
                                            "place", "lead", "assist", "basis", NULL};
static const char *const when_keys[] = {"kind",  "channel", "source", "region",     "category",
                                        "title", "body",    "text",   "enterprise", NULL};
static const char *const kind_keys[] = {"rule",  "kind", "strong", "weak", "against",
                                        "title", "body", "text",   NULL};
static const char *const place_keys[] = {"names", "region", NULL};
static const char *const mode_keys[] = {"any", "all", "none", NULL};

struct reading {
    struct rule_set *set;
    struct rule *rule;
    const struct node *local; /* the words of what belongs to a place; NULL: none are given */
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

/* The words of LIST for the present rule, in one SENSE. */
static void read_sense(struct reading *r, enum rule_sense sense, const struct node *list)
{
    int count = 0;
    const char *const *texts = node_texts(&r->set->arena, list, &count, &r->faults);
    int *words = arena_zero(&r->set->arena, (size_t)(count + 1) * sizeof *words);
    if (list && !count)
        node_fault(list, &r->faults, "\"%s\" is empty", list->key);
    for (int i = 0; i < count; i++)
        if (*texts[i])
            words[i] = rule_set_word(r->set, texts[i], r->set->count, sense);
        else
            node_fault(list, &r->faults, "an empty word in \"%s\"", list->key);
    r->rule->words[sense] = (struct rule_words){words, count};
}

static void read_senses(struct reading *r, const struct node *node)
{
    static const char *const keys[] = {"strong", "weak", "against"};
    for (int sense = RULE_STRONG; sense <= RULE_AGAINST; sense++)
        if (node_get(node, keys[sense]))
            read_sense(r, (enum rule_sense)sense, node_get(node, keys[sense]));
    r->rule->weighs = node_get(node, "strong") || node_get(node, "weak");
}

static void read_place(struct reading *r, const struct node *place)
{
    static const char *const none[] = {NULL};
    int count = 0;
    if (!node_is(place, NODE_MAP, &r->faults))
        return;
    node_allow(place, &r->faults, place_keys);
    r->rule->regions = none;
    if (node_get(place, "names"))
        read_sense(r, RULE_PLACE, node_get(place, "names"));
    if (node_get(place, "region"))
        r->rule->regions =
            node_texts(&r->set->arena, node_get(place, "region"), &count, &r->faults);
    if (!count && !r->rule->words[RULE_PLACE].count)
        node_fault(place, &r->faults, "\"place\" has neither names nor a region");
    if (r->local)
        read_sense(r, RULE_LOCAL, r->local);
    r->rule->weighs = true;
}

static void read_dispatch(struct reading *r, const struct node *node)
{
    struct rule *rule = r->rule;
    const struct node *when = node_get(node, "when");
    read_senses(r, node);
    if (node_get(node, "place"))
        read_place(r, node_get(node, "place"));
    node_allow(node, &r->faults, dispatch_keys);
    rule->decides = node_need(node, "lead", &r->faults);
    rule->assists =
        node_texts(&r->set->arena, node_get(node, "assist"), &rule->assist_count, &r->faults);
    rule->basis = node_need(node, "basis", &r->faults);
    if (!when && !rule->weighs)
        node_fault(node, &r->faults, "\"when\" is missing, and so are \"strong\" and \"place\"");
    else if (when && node_is(when, NODE_MAP, &r->faults)) {
        node_allow(when, &r->faults, when_keys);
        read_conditions(r, when);
    }
}

static void read_kind_rule(struct reading *r, const struct node *node)
{
    node_allow(node, &r->faults, kind_keys);
    r->rule->decides = node_need(node, "kind", &r->faults);
    r->rule->basis = "";
    read_senses(r, node);
    for (int i = 0; i < 3; i++) {
        static const enum rule_on words[] = {RULE_TITLE, RULE_BODY, RULE_TEXT};
        const struct node *map = node_get(node, kind_keys[5 + i]);
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
    if (!rule.condition_count && !rule.weighs)
        node_fault(node, &r->faults, "rule \"%s\" has no condition and would take every ticket",
                   rule.name);
    set->rules[set->count++] = rule;
}

/* Words that say nothing to any rule. */
static void read_others(struct reading *r, const struct node *root, const char *key, bool deny)
{
    int count = 0;
    const struct node *list = node_get(root, key);
    const char *const *texts = node_texts(&r->set->arena, list, &count, &r->faults);
    for (int i = 0; i < count; i++)
        if (*texts[i]) {
            int word = rule_set_word(r->set, texts[i], -1, RULE_STRONG);
            r->set->weighed_words[word].denies = deny;
        } else
            node_fault(list, &r->faults, "an empty word in \"%s\"", key);
}

static void read_whole(struct reading *r, const struct node *root)
{
    r->set->least = node_number(root, "least", 1, 1000, 4, &r->faults);
    r->set->ahead = node_number(root, "ahead", 0, 100, 20, &r->faults);
    r->set->sure = node_number(root, "sure", 0, 100, 50, &r->faults);
    read_others(r, root, "names", false);
    read_others(r, root, "denials", true);
    r->local = node_get(root, "local");
}

static struct rule_set load(const char *path, void (*read)(struct reading *, const struct node *))
{
    struct rule_set set = {0};
    struct reading r = {.set = &set};
    const struct node *root = yamlfile_read(&set.arena, path);
    if (!root)
        exit(EXIT_BAD);
    const struct node *rules = node_get(root, "rules");
    if (node_is(root, NODE_MAP, &r.faults)) {
        node_allow(root, &r.faults, file_keys);
        read_whole(&r, root);
    }
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
    rule_set_group(&set, NULL);
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
