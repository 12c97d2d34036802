#include "criteria/satisfiable.h"

#include <stdlib.h>
#include <string.h>

#include "base/text.h"

enum { REGION_FIRST = 110000, REGION_LAST = 829999 }; /* GB/T 2260 */

/* ---- the values that a fact can have ---- */

/* Things are counted in whole numbers. */
static bool is_counted(const struct fact_name *fact)
{
    static const char *const units[] = {"人", "件", "个", "家", "项", "户"};
    for (size_t i = 0; fact->unit && i < sizeof units / sizeof *units; i++)
        if (!strcmp(fact->unit, units[i]))
            return true;
    return false;
}

/* A profit can be negative, and so can a growth; staff, revenue, assets and counts cannot. */
static int64_t least_number(const struct profile *profile, int fact)
{
    bool is_measure = fact >= FACT_OF_STAFF && fact <= FACT_OF_ASSETS;
    return is_measure || is_counted(&profile->facts[fact]) ? 0 : FACT_LEAST;
}

static int choice_count(const struct fact_name *fact)
{
    int count = 0;
    while (fact->values && fact->values[count])
        count++;
    return count;
}

/* The values from which a fact's can be: whole codes of trees, all numbers and days. */
static struct fact_range domain(const struct profile *profile, int fact)
{
    switch (profile->facts[fact].type) {
    case FACT_CHOICE: return (struct fact_range){1, choice_count(&profile->facts[fact])};
    case FACT_TAG: return (struct fact_range){0, PROFILE_LEVELS};
    case FACT_REGION: return (struct fact_range){REGION_FIRST, REGION_LAST};
    case FACT_INDUSTRY: return (struct fact_range){0, profile->industry_count - 1};
    case FACT_NUMBER: return (struct fact_range){least_number(profile, fact), FACT_MOST};
    case FACT_DATE: break;
    }
    return (struct fact_range){FACT_LEAST, FACT_MOST};
}

/* A value in RANGE that an enterprise can have; false where there is none. */
static bool pick(const struct profile *profile, int fact, struct fact_range range, int64_t *value)
{
    struct fact_range all = domain(profile, fact);
    int64_t low = range.low > all.low ? range.low : all.low;
    int64_t high = range.high < all.high ? range.high : all.high;
    if (is_counted(&profile->facts[fact]) && low % DECIMAL_ONE)
        low += DECIMAL_ONE - low % DECIMAL_ONE;
    /* An enterprise is in a leaf of the industries; below each node the next one is its child. */
    if (profile->facts[fact].type == FACT_INDUSTRY)
        while (low <= high && profile->industries[low].last != low)
            low++;
    *value = low;
    return low <= high;
}

/* ---- can it be? ---- */

/* A fact that is asked for, and one value for each way in which the conditions divide its values.
 */
struct variable {
    int fact, count;
    int depth; /* of the condition on it that stands nearest to the root */
    int64_t *values;
};

struct search {
    const struct profile *profile;
    const struct criteria_node *node;
    enum answer wanted;
    struct population population; /* of one */
    struct arena arena;
    const struct condition **conditions;
    int *depths; /* of each condition */
    struct variable *variables;
    int condition_count, variable_count, node_count;
    long steps, *left;
};

/* False where that much work is not left. */
static bool spend(struct search *s, long work)
{
    *s->left = *s->left > work ? *s->left - work : 0;
    return *s->left > 0;
}

static void collect_conditions(struct search *s, const struct criteria_node *node, int depth)
{
    s->node_count++;
    if (node->type == CRITERIA_CONDITION) {
        size_t count = (size_t)s->condition_count++;
        s->conditions = mem_grow(s->conditions, count, sizeof *s->conditions);
        s->depths = mem_grow(s->depths, count, sizeof *s->depths);
        s->conditions[count] = node->condition;
        s->depths[count] = depth;
    }
    for (const struct criteria_node *member = node->first; member; member = member->next)
        collect_conditions(s, member, depth + 1);
}

static int compare_numbers(const void *a, const void *b)
{
    int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
    return (x > y) - (x < y);
}

/* Where the conditions on FACT cut its values: the first value of each piece, rising. */
static int64_t *find_cuts(struct search *s, int fact, int *count)
{
    struct fact_range ranges[CONDITION_MOST_RANGES];
    int64_t *cuts = NULL;
    *count = 0;
    spend(s, s->condition_count);
    for (int i = 0; i < s->condition_count; i++) {
        int found = s->conditions[i]->fact == fact
                        ? condition_ranges(s->conditions[i], s->population.day, ranges,
                                           CONDITION_MOST_RANGES)
                        : 0;
        for (int j = 0; j < found; j++) {
            cuts = mem_grow(cuts, (size_t)*count, sizeof *cuts);
            cuts[(*count)++] = ranges[j].low;
            cuts = mem_grow(cuts, (size_t)*count, sizeof *cuts);
            cuts[(*count)++] = ranges[j].high + 1;
        }
    }
    if (*count)
        qsort(cuts, (size_t)*count, sizeof *cuts, compare_numbers);
    return cuts;
}

/* Which of the conditions VALUE meets, as a fingerprint: values that meet the same are one. */
static uint64_t meets(struct search *s, int fact, int64_t value)
{
    uint64_t hash = TEXT_HASH_START;
    s->population.columns[fact][0] = (struct fact_range){value, value};
    for (int i = 0; i < s->condition_count; i++)
        if (s->conditions[i]->fact == fact) {
            char answer = (char)population_condition(&s->population, s->conditions[i], 0);
            hash = text_hash(hash, &answer, 1);
        }
    s->population.columns[fact][0] = FACT_UNKNOWN;
    return hash;
}

static void add_value(struct search *s, struct variable *v, uint64_t *seen, struct fact_range piece)
{
    int64_t value;
    if (piece.low > piece.high || !pick(s->profile, v->fact, piece, &value) ||
        !spend(s, s->condition_count + v->count))
        return;
    seen[v->count] = meets(s, v->fact, value);
    for (int i = 0; i < v->count; i++)
        if (seen[i] == seen[v->count])
            return;
    v->values[v->count++] = value;
}

static void add_variable(struct search *s, int fact, int depth)
{
    struct variable *v = &s->variables[s->variable_count++];
    int count;
    population_column(&s->population, s->profile, fact)[0] = FACT_UNKNOWN;
    int64_t *cuts = find_cuts(s, fact, &count);
    uint64_t *seen = mem_alloc(((size_t)count + 1) * sizeof *seen);
    *v = (struct variable){.fact = fact, .depth = depth};
    v->values = arena_zero(&s->arena, ((size_t)count + 1) * sizeof *v->values);
    int64_t low = FACT_LEAST;
    for (int i = 0; i < count; i++) {
        add_value(s, v, seen, (struct fact_range){low, cuts[i] - 1});
        low = cuts[i] > low ? cuts[i] : low;
    }
    add_value(s, v, seen, (struct fact_range){low, FACT_MOST});
    free(seen);
    free(cuts);
}

static int compare_depths(const void *a, const void *b)
{
    const struct variable *x = a, *y = b;
    return x->depth != y->depth ? x->depth - y->depth : x->fact - y->fact;
}

/* What settles most comes first: the facts asked for nearest to the root. */
static void find_variables(struct search *s)
{
    s->variables = arena_zero(&s->arena, ((size_t)s->condition_count + 1) * sizeof *s->variables);
    for (int i = 0; i < s->condition_count; i++) {
        int j = 0;
        while (j < s->variable_count && s->variables[j].fact != s->conditions[i]->fact)
            j++;
        if (j == s->variable_count)
            add_variable(s, s->conditions[i]->fact, s->depths[i]);
        else if (s->depths[i] < s->variables[j].depth)
            s->variables[j].depth = s->depths[i];
    }
    if (s->variable_count)
        qsort(s->variables, (size_t)s->variable_count, sizeof *s->variables, compare_depths);
}

/* The facts before number NEXT have a value, the others are unknown. */
static enum satisfy_result search(struct search *s, int next)
{
    if (++s->steps > SATISFY_MOST_STEPS || !spend(s, s->node_count))
        return SATISFY_UNDECIDED;
    enum answer answer = population_node(&s->population, s->node, 0);
    if (answer != ANSWER_UNKNOWN || next == s->variable_count)
        return answer == s->wanted ? SATISFY_CAN : SATISFY_CANNOT;
    const struct variable *v = &s->variables[next];
    struct fact_range *value = s->population.columns[v->fact];
    enum satisfy_result result = SATISFY_CANNOT;
    for (int i = 0; i < v->count && result == SATISFY_CANNOT; i++) {
        *value = (struct fact_range){v->values[i], v->values[i]};
        result = search(s, next + 1);
    }
    *value = FACT_UNKNOWN;
    return result;
}

enum satisfy_result satisfy_can(const struct profile *profile, const struct criteria_node *node,
                                enum answer wanted, int day, long *left)
{
    struct search s = {.profile = profile, .node = node, .wanted = wanted, .left = left};
    if (*left < 1)
        return SATISFY_UNDECIDED;
    s.population = population_new(profile, 1, day);
    collect_conditions(&s, node, 0);
    find_variables(&s);
    enum satisfy_result result = search(&s, 0);
    population_free(&s.population);
    arena_free(&s.arena);
    free(s.conditions);
    free(s.depths);
    return result;
}

/* ---- values that are left ---- */

static struct value_set new_set(struct arena *arena, int most)
{
    return (struct value_set){
        .ranges = arena_zero(arena, ((size_t)most + 1) * sizeof(struct fact_range))};
}

static struct value_set everything(void)
{
    static struct fact_range all = {FACT_LEAST, FACT_MOST};
    return (struct value_set){&all, 1};
}

static bool is_everything(const struct value_set *set)
{
    return set->count == 1 && set->ranges[0].low == FACT_LEAST && set->ranges[0].high == FACT_MOST;
}

static struct value_set both(const struct value_set *a, const struct value_set *b,
                             struct arena *arena)
{
    struct value_set set = new_set(arena, a->count + b->count);
    for (int i = 0, j = 0; i < a->count && j < b->count;) {
        struct fact_range x = a->ranges[i], y = b->ranges[j];
        struct fact_range common = {x.low > y.low ? x.low : y.low,
                                    x.high < y.high ? x.high : y.high};
        if (common.low <= common.high)
            set.ranges[set.count++] = common;
        if (x.high < y.high)
            i++;
        else
            j++;
    }
    return set;
}

static struct value_set either(const struct value_set *a, const struct value_set *b,
                               struct arena *arena)
{
    struct value_set set = new_set(arena, a->count + b->count);
    for (int i = 0, j = 0; i < a->count || j < b->count;) {
        bool from_a = j == b->count || (i < a->count && a->ranges[i].low <= b->ranges[j].low);
        struct fact_range next = from_a ? a->ranges[i++] : b->ranges[j++];
        struct fact_range *last = set.count ? &set.ranges[set.count - 1] : NULL;
        if (!last || next.low > last->high + 1)
            set.ranges[set.count++] = next;
        else if (next.high > last->high)
            last->high = next.high;
    }
    return set;
}

/* What is not in SET. */
static struct value_set outside(const struct value_set *set, struct arena *arena)
{
    struct value_set rest = new_set(arena, set->count + 1);
    int64_t low = FACT_LEAST;
    for (int i = 0; i < set->count; i++) {
        if (set->ranges[i].low > low)
            rest.ranges[rest.count++] = (struct fact_range){low, set->ranges[i].low - 1};
        low = set->ranges[i].high + 1;
    }
    if (low <= FACT_MOST)
        rest.ranges[rest.count++] = (struct fact_range){low, FACT_MOST};
    return rest;
}

static struct value_set of_condition(const struct condition *condition, int fact, int day,
                                     struct arena *arena)
{
    struct fact_range ranges[CONDITION_MOST_RANGES];
    if (condition->fact != fact)
        return everything();
    struct value_set none = {.count = 0};
    struct value_set set = {ranges,
                            condition_ranges(condition, day, ranges, CONDITION_MOST_RANGES)};
    /* Of relative days two may overlap. */
    return either(&set, &none, arena);
}

/* What all of COUNT sets have in common, or what stands in any of them: by halves, so that each
 * range is looked at as often as COUNT can be halved. */
static struct value_set join(const struct value_set *sets, size_t count, bool all,
                             struct arena *arena)
{
    if (count == 0)
        return all ? everything() : (struct value_set){.count = 0};
    if (count == 1)
        return sets[0];
    struct value_set left = join(sets, count / 2, all, arena);
    struct value_set right = join(sets + count / 2, count - count / 2, all, arena);
    return all ? both(&left, &right, arena) : either(&left, &right, arena);
}

static struct value_set values_of_members(const struct criteria_node *node, bool all, int fact,
                                          int day, struct arena *arena)
{
    struct value_set *sets = NULL;
    size_t count = 0;
    bool any_value = false; /* by one way to meet the node */
    for (const struct criteria_node *member = node->first; member && !any_value;
         member = member->next) {
        struct value_set one = satisfy_values(member, fact, day, arena);
        any_value = !all && is_everything(&one);
        if (is_everything(&one))
            continue;
        sets = mem_grow(sets, count, sizeof *sets);
        sets[count++] = one;
    }
    struct value_set set = any_value ? everything() : join(sets, count, all, arena);
    free(sets);
    return set;
}

struct value_set satisfy_values(const struct criteria_node *node, int fact, int day,
                                struct arena *arena)
{
    int members = 0;
    if (node->type == CRITERIA_CONDITION)
        return of_condition(node->condition, fact, day, arena);
    for (const struct criteria_node *member = node->first; member; member = member->next)
        members++;
    /* Whoever meets k of n meets at least one of them. */
    bool all =
        node->type == CRITERIA_ALL || (node->type == CRITERIA_AT_LEAST && node->needed == members);
    return values_of_members(node, all, fact, day, arena);
}

static bool has_any(const struct profile *profile, int fact, const struct value_set *set,
                    int64_t *value)
{
    int64_t found;
    for (int i = 0; i < set->count; i++)
        if (pick(profile, fact, set->ranges[i], &found)) {
            if (value)
                *value = found;
            return true;
        }
    return false;
}

bool satisfy_beyond(const struct profile *profile, int fact, const struct value_set *a,
                    const struct value_set *b, struct arena *arena, int64_t *value)
{
    struct value_set rest = outside(b, arena), beyond = both(a, &rest, arena);
    return has_any(profile, fact, &beyond, value);
}

bool satisfy_apart(const struct profile *profile, int fact, const struct value_set *a,
                   const struct value_set *b, struct arena *arena)
{
    struct value_set common = both(a, b, arena);
    return !has_any(profile, fact, &common, NULL);
}
