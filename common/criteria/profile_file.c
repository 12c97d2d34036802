#include "criteria/profile_file.h"

#include <stdlib.h>
#include <string.h>

#include "base/csvfile.h"
#include "base/die.h"
#include "base/fault.h"
#include "base/file.h"
#include "base/text.h"
#include "base/yamlfile.h"
#include "criteria/axiom.h"

static const char *const file_keys[] = {"facts", "tags", "axioms", NULL};
static const char *const fact_keys[] = {"fact", "name",   "also",     "type",
                                        "unit", "values", "computed", NULL};
static const char *const tag_keys[] = {"tag", "also", "complete", NULL};
static const char *const size_file_keys[] = {"sectors", NULL};
static const char *const sector_keys[] = {"sector",  "industries", "staff",
                                          "revenue", "assets",     NULL};
static const char *const types[] = {"number", "date", "choice", "region", "industry", NULL};

/* The facts that the rest of the programs know by number. */
static const struct standard {
    const char *code;
    enum fact_type type;
} standards[FACT_STANDARD_COUNT] = {{"region", FACT_REGION}, {"industry", FACT_INDUSTRY},
                                    {"staff", FACT_NUMBER},  {"revenue", FACT_NUMBER},
                                    {"assets", FACT_NUMBER}, {"founded", FACT_DATE},
                                    {"size", FACT_CHOICE}};

static const struct node *read_map(struct arena *tree, const char *path, const char *const *keys,
                                   int *faults)
{
    const struct node *root = yamlfile_read(tree, path);
    if (!root || !node_is(root, NODE_MAP, faults))
        exit(EXIT_BAD);
    node_allow(root, faults, keys);
    return root;
}

static int find_type(const struct node *node, int *faults)
{
    struct fault fault = {""};
    const char *word = node_need(node, "type", faults);
    for (int i = 0; types[i]; i++)
        if (!strcmp(word, types[i]))
            return i;
    if (*word)
        node_fault(node_get(node, "type"), faults, "%s",
                   fault_unknown(&fault, "type", word, NULL, NULL));
    return FACT_NUMBER;
}

/* Texts that outlive the tree that they were read from. */
static const char *const *keep_texts(struct arena *arena, const char *const *texts, int count)
{
    const char **kept = arena_zero(arena, ((size_t)count + 1) * sizeof *kept);
    for (int i = 0; i < count; i++)
        kept[i] = arena_string(arena, texts[i]);
    return kept;
}

static const char *const *read_also(struct arena *arena, const struct node *node, int *faults)
{
    struct arena scratch = {0};
    int count;
    const char *const *words = node_texts(&scratch, node_get(node, "also"), &count, faults);
    const char *const *kept = keep_texts(arena, words, count);
    arena_free(&scratch);
    return kept;
}

/* The values of a choice, in order: a map from codes to words. */
static void read_values(struct arena *arena, const struct node *node, struct fact_name *fact,
                        int *faults)
{
    const struct node *map = node_get(node, "values");
    if (!map) {
        node_fault(node, faults, "\"values\" is missing");
        return;
    }
    if (!node_is(map, NODE_MAP, faults))
        return;
    size_t count = (size_t)map->count + 1, used = 0;
    const char **codes = arena_zero(arena, count * sizeof *codes);
    const char **names = arena_zero(arena, count * sizeof *names);
    for (const struct node *value = map->first; value; value = value->next) {
        codes[used] = arena_string(arena, value->key);
        names[used++] = arena_string(arena, value->text);
    }
    fact->values = codes;
    fact->value_names = names;
}

static struct fact_name read_fact(struct arena *arena, const struct node *node, int *faults)
{
    node_allow(node, faults, fact_keys);
    const char *unit = node_text(node, "unit", NULL, faults);
    struct fact_name fact = {.code = arena_string(arena, node_need(node, "fact", faults)),
                             .name = arena_string(arena, node_need(node, "name", faults)),
                             .also = read_also(arena, node, faults),
                             .type = (enum fact_type)find_type(node, faults),
                             .unit = unit ? arena_string(arena, unit) : NULL,
                             .computed = node_yes(node, "computed", false, faults)};
    if (fact.type == FACT_CHOICE)
        read_values(arena, node, &fact, faults);
    return fact;
}

static struct fact_name read_tag(struct arena *arena, const struct node *node, int *faults)
{
    node_allow(node, faults, tag_keys);
    const char *name = arena_string(arena, node_need(node, "tag", faults));
    return (struct fact_name){.code = name,
                              .name = name,
                              .also = read_also(arena, node, faults),
                              .type = FACT_TAG,
                              .complete = node_yes(node, "complete", false, faults)};
}

static void check_standards(const struct profile *p, const struct node *list, int *faults)
{
    const struct node *node = list->first;
    for (int i = 0; i < FACT_STANDARD_COUNT; i++, node = node ? node->next : NULL)
        if (i >= p->fact_count || strcmp(p->facts[i].code, standards[i].code) != 0 ||
            p->facts[i].type != standards[i].type) {
            node_fault(node ? node : list, faults, "fact %d must be %s, a %s", i + 1,
                       standards[i].code, types[standards[i].type]);
            return;
        }
    int classes = 0;
    while (p->facts[FACT_OF_SIZE].values && p->facts[FACT_OF_SIZE].values[classes])
        classes++;
    if (classes != 4)
        node_fault(list, faults, "size must have four values, from the smallest");
}

static void read_list(struct profile *p, const struct node *list,
                      struct fact_name (*read)(struct arena *, const struct node *, int *),
                      int *faults)
{
    if (!node_is(list, NODE_LIST, faults))
        return;
    for (const struct node *node = list->first; node; node = node->next)
        if (node_is(node, NODE_MAP, faults))
            p->facts[p->fact_count++] = read(&p->arena, node, faults);
}

static void read_profile(struct profile *p, const struct node *root, int *faults)
{
    const struct node *facts = node_get(root, "facts"), *tags = node_get(root, "tags");
    if (!facts || !tags) {
        node_fault(root, faults, "\"%s\" is missing", facts ? "tags" : "facts");
    } else {
        p->facts = arena_zero(&p->arena, (size_t)(facts->count + tags->count) * sizeof *p->facts);
        read_list(p, facts, read_fact, faults);
        check_standards(p, facts, faults);
        p->tag_start = p->fact_count;
        read_list(p, tags, read_tag, faults);
    }
}

/* ---- industries.csv ---- */

enum { CODE, LEVEL, NAME, PARENT, SECTION, COLUMNS };

static int level_of(const char *word)
{
    static const char *const levels[] = {"门类", "大类", "中类", "小类"};
    for (int i = 0; i < 4; i++)
        if (!strcmp(word, levels[i]))
            return i;
    return -1;
}

/* One line of the tree; OPEN holds the node that is open at each level. The file is in the order of
 * the tree: a node follows its parent. */
static void add_industry(struct profile *p, const struct csv_record *record, const char *path,
                         int open[static 4])
{
    int level = record->count == COLUMNS ? level_of(record->fields[LEVEL]) : -1;
    if (level < 0 || (level && open[level - 1] < 0))
        die("%s:%ld: expected code,level,name,parent,section below its parent", path, record->line);
    const char *parent = level ? p->industries[open[level - 1]].code : "";
    if (strcmp(record->fields[PARENT], parent) != 0)
        die("%s:%ld: parent \"%s\" is not the node above, \"%s\"", path, record->line,
            record->fields[PARENT], parent);
    p->industries = mem_grow(p->industries, (size_t)p->industry_count, sizeof *p->industries);
    p->industries[p->industry_count] = (struct industry){
        arena_string(&p->arena, record->fields[CODE]),
        arena_string(&p->arena, record->fields[NAME]), *record->fields[SECTION], p->industry_count};
    open[level] = p->industry_count;
    for (int i = level + 1; i < 4; i++)
        open[i] = -1;
    for (int i = 0; i < level; i++)
        p->industries[open[i]].last = p->industry_count;
    p->industry_count++;
}

static void read_industries(struct profile *p, const char *path)
{
    const char *why;
    FILE *file = file_open(path, &why);
    if (!file)
        die("%s: %s", path, why);
    struct csvfile *csv = csvfile_open(file, path, "utf-8");
    struct csv_record record;
    enum csv_result result;
    int open[4] = {-1, -1, -1, -1};
    bool header = true;
    while ((result = csvfile_next(csv, &record)) != CSVFILE_END) {
        if (result == CSVFILE_BROKEN)
            die("%s:%ld: %s", path, record.line, csvfile_fault(csv));
        if (!header)
            add_industry(p, &record, path, open);
        header = false;
    }
    csvfile_close(csv);
    fclose(file);
}

/* ---- size-classes.yaml ---- */

static void read_thresholds(const struct profile *p, struct size_rule *rule,
                            const struct node *node, const char *key, int fact, int *faults)
{
    const struct node *list = node_get(node, key);
    if (!list || !node_is(list, NODE_LIST, faults))
        return;
    int slot = rule->measures[0] < 0 ? 0 : 1;
    if (list->count != 3 || rule->measures[1] >= 0) {
        node_fault(list, faults,
                   list->count != 3 ? "three thresholds: where small, medium and large begin"
                                    : "a sector has one or two measures");
        return;
    }
    rule->measures[slot] = fact;
    int i = 0;
    for (const struct node *n = list->first; n; n = n->next, i++) {
        struct fact_range range;
        struct fault fault = {""};
        if (!profile_value(p, fact, n->text, &range, &fault))
            node_fault(n, faults, "%s", fault.text);
        else if (i && range.low <= rule->from[slot][i - 1])
            node_fault(n, faults, "thresholds must rise");
        else
            rule->from[slot][i] = range.low;
    }
}

static struct size_rule read_sector(struct profile *p, const struct node *node, int *faults)
{
    struct size_rule rule = {.measures = {-1, -1}};
    struct arena scratch = {0};
    node_allow(node, faults, sector_keys);
    rule.name = arena_string(&p->arena, node_need(node, "sector", faults));
    const struct node *list = node_get(node, "industries");
    const char *const *codes = node_texts(&scratch, list, &rule.industry_count, faults);
    if (!rule.industry_count)
        node_fault(node, faults, "\"industries\" is missing");
    rule.industries =
        arena_zero(&p->arena, ((size_t)rule.industry_count + 1) * sizeof *rule.industries);
    for (int i = 0; codes[i]; i++) {
        struct fault fault = {""};
        if (!profile_value(p, FACT_OF_INDUSTRY, codes[i], &rule.industries[i], &fault))
            node_fault(list, faults, "%s", fault.text);
    }
    read_thresholds(p, &rule, node, "staff", FACT_OF_STAFF, faults);
    read_thresholds(p, &rule, node, "revenue", FACT_OF_REVENUE, faults);
    read_thresholds(p, &rule, node, "assets", FACT_OF_ASSETS, faults);
    if (rule.measures[0] < 0)
        node_fault(node, faults, "staff, revenue or assets is missing");
    arena_free(&scratch);
    return rule;
}

static void read_sizes(struct profile *p, const char *path, int *faults)
{
    struct arena tree = {0};
    const struct node *root = read_map(&tree, path, size_file_keys, faults);
    const struct node *list = node_get(root, "sectors");
    if (!list) {
        node_fault(root, faults, "\"sectors\" is missing");
    } else if (node_is(list, NODE_LIST, faults)) {
        p->sizes = arena_zero(&p->arena, ((size_t)list->count + 1) * sizeof *p->sizes);
        for (const struct node *node = list->first; node; node = node->next)
            if (node_is(node, NODE_MAP, faults))
                p->sizes[p->size_count++] = read_sector(p, node, faults);
    }
    arena_free(&tree);
}

static void copy_places(struct profile *p, const struct config *config)
{
    p->places = arena_zero(&p->arena, ((size_t)config->region_count + 1) * sizeof *p->places);
    for (int i = 0; i < config->region_count; i++) {
        const struct term *region = &config->regions[i];
        p->places[p->place_count++] = (struct place){region->code, region->name, region->also};
    }
}

struct profile profilefile_load(struct config *config)
{
    struct profile profile = {0};
    struct arena tree = {0};
    int faults = 0;
    const char *path = config_path(config, "profile.yaml");
    const struct node *root = read_map(&tree, path, file_keys, &faults);
    const struct node *axioms = node_get(root, "axioms");
    read_profile(&profile, root, &faults);
    if (axioms)
        axioms_check(axioms, &faults);
    if (faults)
        exit(EXIT_BAD);
    read_industries(&profile, config_path(config, "industries.csv"));
    copy_places(&profile, config);
    const char *twice = profile_seal(&profile);
    if (twice)
        die("%s: the word \"%s\" means two things", path, twice);
    read_sizes(&profile, config_path(config, "size-classes.yaml"), &faults);
    if (axioms)
        axioms_read(&profile, axioms, &faults);
    arena_free(&tree);
    if (faults)
        exit(EXIT_BAD);
    return profile;
}

void profilefile_free(struct profile *profile)
{
    axioms_free(profile);
    profile_free(profile);
}
