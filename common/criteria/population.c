#include "criteria/population.h"

#include <stdlib.h>
#include <string.h>

#include "base/text.h"

/* Conditions kept by an evaluator take no more memory than this; the others are looked at again. */
enum { MOST_KEPT = 256 << 20 };

/* ---- columns ---- */

struct population population_new(const struct profile *profile, int count, int day)
{
    return (struct population){
        .count = count,
        .day = day,
        .fact_count = profile->fact_count,
        .columns = mem_zero((size_t)profile->fact_count, sizeof(struct fact_range *))};
}

void population_free(struct population *population)
{
    for (int i = 0; i < population->fact_count; i++)
        free(population->columns[i]);
    free(population->columns);
    *population = (struct population){0};
}

struct fact_range *population_column(struct population *population, const struct profile *profile,
                                     int fact)
{
    struct fact_range *column = population->columns[fact];
    if (column)
        return column;
    struct fact_range start =
        profile->facts[fact].complete ? (struct fact_range){0, 0} : FACT_UNKNOWN;
    size_t count = (size_t)population->count;
    column = mem_alloc((count ? count : 1) * sizeof *column);
    for (size_t i = 0; i < count; i++)
        column[i] = start;
    return population->columns[fact] = column;
}

void population_compute_sizes(struct population *population, const struct profile *profile)
{
    struct fact_range *sizes = population_column(population, profile, FACT_OF_SIZE);
    const struct fact_range *industries = population_column(population, profile, FACT_OF_INDUSTRY);
    const struct fact_range *measures[3];
    for (int i = 0; i < 3; i++)
        measures[i] = population_column(population, profile, FACT_OF_STAFF + i);
    for (int i = 0; i < population->count; i++) {
        const struct fact_range row[3] = {measures[0][i], measures[1][i], measures[2][i]};
        sizes[i] = profile_size(profile, industries[i], row);
    }
}

/* ---- one enterprise ---- */

/* How a value stands to the ranges that meet a condition. */
static enum answer judge(struct fact_range value, const struct fact_range *ranges, int count)
{
    bool apart = true;
    if (value.low == INT64_MIN)
        return ANSWER_UNKNOWN;
    for (int i = 0; i < count; i++) {
        if (value.low >= ranges[i].low && value.high <= ranges[i].high)
            return ANSWER_YES;
        apart = apart && (value.high < ranges[i].low || value.low > ranges[i].high);
    }
    return apart ? ANSWER_NO : ANSWER_UNKNOWN;
}

enum answer population_condition(const struct population *population,
                                 const struct condition *condition, int enterprise)
{
    struct fact_range ranges[CONDITION_MOST_RANGES];
    const struct fact_range *column = population->columns[condition->fact];
    if (!column)
        return ANSWER_UNKNOWN;
    int count = condition_ranges(condition, population->day, ranges, CONDITION_MOST_RANGES);
    return judge(column[enterprise], ranges, count);
}

/* How one enterprise stands to a condition, from wherever that is known. */
typedef enum answer look_at(const void *context, const struct condition *condition, int enterprise);

/* How many conditions must change, at least, for NODE to be met: of those that are not known to be
 * met, or (WRONG_ONLY) of those that are known not to be. */
static int shortfall(const struct criteria_node *node, look_at *look, const void *context,
                     int enterprise, bool wrong_only)
{
    if (node->type == CRITERIA_CONDITION) {
        enum answer answer = look(context, node->condition, enterprise);
        return wrong_only ? answer == ANSWER_NO : answer != ANSWER_YES;
    }
    /* Members by their shortfall; a shortfall is never larger than the number of conditions. */
    int sum = 0, least = INT32_MAX, count = 0, costs[CRITERIA_MOST_MEMBERS];
    for (const struct criteria_node *member = node->first; member; member = member->next) {
        int cost = shortfall(member, look, context, enterprise, wrong_only);
        sum += cost;
        if (cost < least)
            least = cost;
        if (node->type != CRITERIA_AT_LEAST)
            continue;
        int place = count++;
        for (; place > 0 && costs[place - 1] > cost; place--)
            costs[place] = costs[place - 1];
        costs[place] = cost;
    }
    if (node->type == CRITERIA_ALL)
        return sum;
    if (node->type == CRITERIA_ANY)
        return least;
    sum = 0;
    for (int i = 0; i < node->needed && i < count; i++)
        sum += costs[i];
    return sum;
}

static enum answer look_up(const void *context, const struct condition *condition, int enterprise)
{
    return population_condition(context, condition, enterprise);
}

enum answer population_node(const struct population *population, const struct criteria_node *node,
                            int enterprise)
{
    if (!shortfall(node, look_up, population, enterprise, false))
        return ANSWER_YES;
    return shortfall(node, look_up, population, enterprise, true) ? ANSWER_NO : ANSWER_UNKNOWN;
}

enum answer population_answer(const struct population *population, const struct criteria *criteria,
                              int enterprise)
{
    return population_node(population, criteria->root, enterprise);
}

/* ---- all at once ---- */

/* A condition's answers: every enterprise that is in neither set is unknown. */
struct leaf {
    int fact, range_count;
    struct fact_range *ranges;
    uint64_t *yes, *no;
    struct leaf *next; /* in its bucket */
};

enum { BUCKETS = 8192 };

struct evaluator {
    const struct population *population;
    size_t words, kept; /* of a set; bytes of all kept leaves */
    struct leaf *buckets[BUCKETS];
    struct leaf *loose;   /* not kept beyond one call */
    struct leaf **leaves; /* of the last criteria, by the number of the condition */
    int leaf_room;
    struct answers result;
    uint64_t *spare; /* memory of sets that are free, as a list through their first words */
};

static uint64_t *take_set(struct evaluator *e)
{
    uint64_t *set = e->spare;
    if (!set)
        return mem_alloc((e->words ? e->words : 1) * sizeof *set);
    memcpy(&e->spare, set, sizeof e->spare);
    return set;
}

static void give_set(struct evaluator *e, uint64_t *set)
{
    memcpy(set, &e->spare, sizeof e->spare);
    e->spare = set;
}

struct evaluator *evaluator_new(const struct population *population)
{
    struct evaluator *e = mem_zero(1, sizeof *e);
    e->population = population;
    e->words = ((size_t)population->count + 63) / 64;
    e->result.words = e->words;
    e->result.yes = take_set(e);
    e->result.no = take_set(e);
    e->result.near = take_set(e);
    return e;
}

static void free_leaves(struct leaf *leaf)
{
    for (struct leaf *next; leaf; leaf = next) {
        next = leaf->next;
        free(leaf->ranges);
        free(leaf->yes);
        free(leaf->no);
        free(leaf);
    }
}

void evaluator_free(struct evaluator *e)
{
    if (!e)
        return;
    for (int i = 0; i < BUCKETS; i++)
        free_leaves(e->buckets[i]);
    free_leaves(e->loose);
    free(e->result.yes);
    free(e->result.no);
    free(e->result.near);
    while (e->spare)
        free(take_set(e));
    free(e->leaves);
    free(e);
}

/* Looks at 64 enterprises at once: the most usual condition has one range. */
static void fill_word(const struct fact_range *column, int count, const struct leaf *leaf,
                      uint64_t *yes, uint64_t *no)
{
    uint64_t in = 0, out = 0;
    if (leaf->range_count == 1) {
        const struct fact_range range = leaf->ranges[0];
        for (int i = 0; i < count; i++) {
            uint64_t inside = (column[i].low >= range.low) & (column[i].high <= range.high);
            uint64_t apart = (column[i].high < range.low) | (column[i].low > range.high);
            in |= inside << i;
            out |= apart << i;
        }
    } else {
        for (int i = 0; i < count; i++) {
            enum answer answer = judge(column[i], leaf->ranges, leaf->range_count);
            in |= (uint64_t)(answer == ANSWER_YES) << i;
            out |= (uint64_t)(answer == ANSWER_NO) << i;
        }
    }
    *yes = in;
    *no = out;
}

static void fill_leaf(const struct evaluator *e, struct leaf *leaf)
{
    const struct fact_range *column = e->population->columns[leaf->fact];
    memset(leaf->yes, 0, e->words * sizeof *leaf->yes);
    memset(leaf->no, 0, e->words * sizeof *leaf->no);
    if (!column)
        return;
    for (size_t word = 0; word < e->words; word++) {
        int left = e->population->count - (int)(word * 64);
        fill_word(column + word * 64, left < 64 ? left : 64, leaf, &leaf->yes[word],
                  &leaf->no[word]);
    }
}

static struct leaf *find_leaf(struct evaluator *e, const struct condition *condition)
{
    struct fact_range ranges[CONDITION_MOST_RANGES];
    int count = condition_ranges(condition, e->population->day, ranges, CONDITION_MOST_RANGES);
    size_t bytes = (size_t)count * sizeof *ranges;
    uint64_t hash = text_hash(TEXT_HASH_START, &condition->fact, sizeof condition->fact);
    struct leaf **bucket = &e->buckets[text_hash(hash, ranges, bytes) % BUCKETS];
    for (struct leaf *leaf = *bucket; leaf; leaf = leaf->next)
        if (leaf->fact == condition->fact && leaf->range_count == count &&
            !memcmp(leaf->ranges, ranges, bytes))
            return leaf;
    struct leaf *leaf = mem_zero(1, sizeof *leaf);
    size_t set = (e->words ? e->words : 1) * sizeof *leaf->yes;
    leaf->fact = condition->fact;
    leaf->range_count = count;
    leaf->ranges = mem_alloc(bytes ? bytes : 1);
    memcpy(leaf->ranges, ranges, bytes);
    leaf->yes = mem_alloc(set);
    leaf->no = mem_alloc(set);
    fill_leaf(e, leaf);
    if (e->kept + 2 * set > MOST_KEPT)
        bucket = &e->loose;
    else
        e->kept += 2 * set;
    leaf->next = *bucket;
    *bucket = leaf;
    return leaf;
}

/* The answers of one part of criteria. REACH: yes, or yes if one condition that is known not to be
 * met were. */
struct planes {
    uint64_t *yes, *no, *reach;
};

static struct planes take_planes(struct evaluator *e, int yes, int no)
{
    struct planes planes = {take_set(e), take_set(e), take_set(e)};
    memset(planes.yes, yes, e->words * sizeof *planes.yes);
    memset(planes.no, no, e->words * sizeof *planes.no);
    memset(planes.reach, yes, e->words * sizeof *planes.reach);
    return planes;
}

static void give_planes(struct evaluator *e, struct planes planes)
{
    give_set(e, planes.yes);
    give_set(e, planes.no);
    give_set(e, planes.reach);
}

static struct planes evaluate(struct evaluator *e, const struct criteria_node *node);

static struct planes evaluate_condition(struct evaluator *e, const struct condition *condition)
{
    const struct leaf *leaf = e->leaves[condition->number];
    struct planes planes = take_planes(e, 0, 0);
    for (size_t i = 0; i < e->words; i++) {
        planes.yes[i] = leaf->yes[i];
        planes.no[i] = leaf->no[i];
        planes.reach[i] = leaf->yes[i] | leaf->no[i];
    }
    return planes;
}

static struct planes evaluate_all(struct evaluator *e, const struct criteria_node *node)
{
    struct planes all = take_planes(e, 0xff, 0);
    for (const struct criteria_node *member = node->first; member; member = member->next) {
        struct planes one = evaluate(e, member);
        for (size_t i = 0; i < e->words; i++) {
            all.reach[i] = (all.reach[i] & one.yes[i]) | (all.yes[i] & one.reach[i]);
            all.yes[i] &= one.yes[i];
            all.no[i] |= one.no[i];
        }
        give_planes(e, one);
    }
    return all;
}

static struct planes evaluate_any(struct evaluator *e, const struct criteria_node *node)
{
    struct planes any = take_planes(e, 0, 0xff);
    for (const struct criteria_node *member = node->first; member; member = member->next) {
        struct planes one = evaluate(e, member);
        for (size_t i = 0; i < e->words; i++) {
            any.reach[i] |= one.reach[i];
            any.yes[i] |= one.yes[i];
            any.no[i] &= one.no[i];
        }
        give_planes(e, one);
    }
    return any;
}

/* counts[j] says who has met at least j of the members so far; of NO: who cannot any more. */
static struct planes evaluate_at_least(struct evaluator *e, const struct criteria_node *node)
{
    size_t needed = (size_t)node->needed;
    struct planes *counts = mem_alloc((needed + 1) * sizeof *counts);
    counts[0] = take_planes(e, 0xff, 0);
    for (size_t j = 1; j <= needed; j++)
        counts[j] = take_planes(e, 0, 0xff);
    for (const struct criteria_node *member = node->first; member; member = member->next) {
        struct planes one = evaluate(e, member);
        for (size_t j = needed; j >= 1; j--)
            for (size_t i = 0; i < e->words; i++) {
                counts[j].reach[i] |=
                    (counts[j - 1].reach[i] & one.yes[i]) | (counts[j - 1].yes[i] & one.reach[i]);
                counts[j].yes[i] |= counts[j - 1].yes[i] & one.yes[i];
                counts[j].no[i] &= counts[j - 1].no[i] | one.no[i];
            }
        give_planes(e, one);
    }
    struct planes result = counts[needed];
    for (size_t j = 0; j < needed; j++)
        give_planes(e, counts[j]);
    free(counts);
    return result;
}

static struct planes evaluate(struct evaluator *e, const struct criteria_node *node)
{
    switch (node->type) {
    case CRITERIA_CONDITION: return evaluate_condition(e, node->condition);
    case CRITERIA_ALL: return evaluate_all(e, node);
    case CRITERIA_ANY: return evaluate_any(e, node);
    case CRITERIA_AT_LEAST: break;
    }
    return evaluate_at_least(e, node);
}

static void find_leaves(struct evaluator *e, const struct criteria *criteria)
{
    if (e->leaf_room < criteria->condition_count) {
        e->leaf_room = criteria->condition_count;
        e->leaves = mem_resize(e->leaves, (size_t)e->leaf_room * sizeof(struct leaf *));
    }
    free_leaves(e->loose);
    e->loose = NULL;
    for (int i = 0; i < criteria->condition_count; i++)
        e->leaves[i] = find_leaf(e, criteria->conditions[i]);
}

const struct answers *evaluator_answer(struct evaluator *e, const struct criteria *criteria)
{
    find_leaves(e, criteria);
    struct planes planes = evaluate(e, criteria->root);
    int rest = e->population->count % 64;
    for (size_t i = 0; i < e->words; i++) {
        uint64_t there = rest && i + 1 == e->words ? (UINT64_C(1) << rest) - 1 : UINT64_MAX;
        e->result.yes[i] = planes.yes[i] & there;
        e->result.no[i] = planes.no[i] & there;
        e->result.near[i] = planes.reach[i] & planes.no[i] & there;
    }
    give_planes(e, planes);
    return &e->result;
}

static enum answer look_at_leaf(const void *context, const struct condition *condition,
                                int enterprise)
{
    const struct evaluator *e = context;
    const struct leaf *leaf = e->leaves[condition->number];
    return answers_has(leaf->yes, enterprise)  ? ANSWER_YES
           : answers_has(leaf->no, enterprise) ? ANSWER_NO
                                               : ANSWER_UNKNOWN;
}

int evaluator_short(const struct evaluator *e, const struct criteria *criteria, int enterprise)
{
    return shortfall(criteria->root, look_at_leaf, e, enterprise, false);
}

/* A look at the leaves that takes one condition as met. */
struct supposed {
    const struct evaluator *evaluator;
    int met;
};

static enum answer look_supposing(const void *context, const struct condition *condition,
                                  int enterprise)
{
    const struct supposed *supposed = context;
    return condition->number == supposed->met
               ? ANSWER_YES
               : look_at_leaf(supposed->evaluator, condition, enterprise);
}

int evaluator_gap(const struct evaluator *e, const struct criteria *criteria, int enterprise)
{
    for (int i = 0; i < criteria->condition_count; i++) {
        struct supposed supposed = {e, i};
        if (look_at_leaf(e, criteria->conditions[i], enterprise) == ANSWER_NO &&
            !shortfall(criteria->root, look_supposing, &supposed, enterprise, false))
            return i;
    }
    return -1;
}
