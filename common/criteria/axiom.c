#include "criteria/axiom.h"

#include <stdlib.h>
#include <string.h>

/* ---- reading ---- */

static const char *const keys[] = {"if", "then", "basis", NULL};

/* False after a report where TEXT, the value of KEY, is no criteria. */
static bool check_part(const struct profile *profile, const struct node *node, const char *key,
                       int *faults)
{
    struct criteria_fault fault;
    struct criteria *part = criteria_parse(profile, node_text(node, key, "", faults), &fault);
    if (!part)
        node_fault(node_get(node, key), faults, "%s: %s", key, fault.message);
    criteria_free(part);
    return part != NULL;
}

static void read_axiom(struct profile *profile, const struct node *node, int *faults)
{
    struct criteria_fault fault;
    bool good = check_part(profile, node, "if", faults);
    good &= check_part(profile, node, "then", faults);
    const char *basis = node_text(node, "basis", NULL, faults);
    if (!good)
        return;
    const char *text =
        arena_format(&profile->arena, "not (%s) or (%s)", node_text(node, "if", "", faults),
                     node_text(node, "then", "", faults));
    struct criteria *holds = criteria_parse(profile, text, &fault);
    if (!holds) {
        node_fault(node, faults, "%s", fault.message);
        return;
    }
    profile->axioms[profile->axiom_count++] =
        (struct profile_axiom){.holds = holds,
                               .basis = basis ? arena_string(&profile->arena, basis) : NULL,
                               .line = node->line};
}

void axioms_check(const struct node *list, int *faults)
{
    if (!node_is(list, NODE_LIST, faults))
        return;
    for (const struct node *node = list->first; node; node = node->next)
        if (node_is(node, NODE_MAP, faults)) {
            node_allow(node, faults, keys);
            node_need(node, "if", faults);
            node_need(node, "then", faults);
        }
}

void axioms_read(struct profile *profile, const struct node *list, int *faults)
{
    profile->axioms =
        arena_zero(&profile->arena, ((size_t)list->count + 1) * sizeof *profile->axioms);
    for (const struct node *node = list->first; node; node = node->next)
        read_axiom(profile, node, faults);
}

void axioms_free(struct profile *profile)
{
    for (int i = 0; i < profile->axiom_count; i++)
        criteria_free(profile->axioms[i].holds);
    profile->axiom_count = 0;
}

/* ---- which facts ---- */

static bool asks_for_any(const struct criteria *criteria, const bool *facts)
{
    for (int i = 0; i < criteria->condition_count; i++)
        if (facts[criteria->conditions[i]->fact])
            return true;
    return false;
}

static bool mark(bool *facts, int fact)
{
    bool more = !facts[fact];
    facts[fact] = true;
    return more;
}

/* What the size follows from. */
static bool mark_measures(bool *facts)
{
    bool more = false;
    for (int fact = FACT_OF_INDUSTRY; facts[FACT_OF_SIZE] && fact <= FACT_OF_ASSETS; fact++)
        more |= mark(facts, fact);
    return more;
}

void axioms_need(const struct profile *profile, bool *needed)
{
    for (bool more = true; more;) {
        more = mark_measures(needed);
        for (int i = 0; i < profile->axiom_count; i++) {
            const struct criteria *axiom = profile->axioms[i].holds;
            for (int j = 0; asks_for_any(axiom, needed) && j < axiom->condition_count; j++)
                more |= mark(needed, axiom->conditions[j]->fact);
        }
    }
}

/* ---- what follows ---- */

struct following {
    struct population *population;
    const struct profile *profile;
    int enterprise;
    bool changed;
};

/* A value of a tree is a node; of all others any range is a value. */
static bool is_value(const struct profile *profile, int fact, struct fact_range range)
{
    enum fact_type type = profile->facts[fact].type;
    if (range.low == range.high)
        return true;
    if (type == FACT_INDUSTRY)
        return range.low >= 0 && profile->industries[range.low].last == range.high;
    if (type != FACT_REGION)
        return true;
    int64_t span = range.high - range.low + 1;
    return (span == 100 || span == 10000) && range.low % span == 0;
}

/* The size that follows from a measure that became narrower. */
static void follow_size(struct following *f)
{
    struct fact_range **columns = f->population->columns, row[3];
    for (int i = 0; i < 3; i++)
        row[i] = columns[FACT_OF_STAFF + i][f->enterprise];
    struct fact_range *size = &columns[FACT_OF_SIZE][f->enterprise];
    struct fact_range now = profile_size(f->profile, columns[FACT_OF_INDUSTRY][f->enterprise], row);
    if (now.low >= size->low && now.high <= size->high)
        *size = now;
}

/* Leaves of the enterprise's value only what meets CONDITION. */
static void narrow(struct following *f, const struct condition *condition)
{
    struct fact_range ranges[CONDITION_MOST_RANGES], left = {INT64_MAX, INT64_MIN};
    struct fact_range *value = &f->population->columns[condition->fact][f->enterprise];
    int count = condition_ranges(condition, f->population->day, ranges, CONDITION_MOST_RANGES);
    for (int i = 0; i < count; i++) {
        int64_t low = value->low > ranges[i].low ? value->low : ranges[i].low;
        int64_t high = value->high < ranges[i].high ? value->high : ranges[i].high;
        if (low > high)
            continue;
        left.low = low < left.low ? low : left.low;
        left.high = high > left.high ? high : left.high;
    }
    if (left.low > left.high || !is_value(f->profile, condition->fact, left) ||
        (left.low == value->low && left.high == value->high))
        return;
    *value = left;
    f->changed = true;
    bool is_measure = condition->fact >= FACT_OF_INDUSTRY && condition->fact <= FACT_OF_ASSETS;
    if (is_measure && f->population->columns[FACT_OF_SIZE])
        follow_size(f);
}

/* NODE is met: so are its members, where all those that may be have to be. */
static void follow(struct following *f, const struct criteria_node *node)
{
    int possible = 0, met = 0, members = 0;
    if (node->type == CRITERIA_CONDITION) {
        narrow(f, node->condition);
        return;
    }
    for (const struct criteria_node *member = node->first; member; member = member->next) {
        enum answer answer = population_node(f->population, member, f->enterprise);
        possible += answer != ANSWER_NO;
        met += answer == ANSWER_YES;
        members++;
    }
    int needed = node->type == CRITERIA_ALL   ? members
                 : node->type == CRITERIA_ANY ? 1
                                              : node->needed;
    if (met >= needed || possible != needed)
        return;
    for (const struct criteria_node *member = node->first; member; member = member->next)
        if (population_node(f->population, member, f->enterprise) == ANSWER_UNKNOWN)
            follow(f, member);
}

static void follow_open(struct following *f, uint64_t open, size_t word,
                        const struct criteria *axiom)
{
    for (; open; open &= open - 1) {
        f->enterprise = (int)(word * 64) + __builtin_ctzll(open);
        if (f->enterprise < f->population->count)
            follow(f, axiom->root);
    }
}

/* Most enterprises keep or break an axiom by what is known already. */
static void follow_many(struct following *f, const struct criteria *axiom)
{
    struct evaluator *evaluator = evaluator_new(f->population);
    const struct answers *answers = evaluator_answer(evaluator, axiom);
    for (size_t word = 0; word < answers->words; word++)
        follow_open(f, ~(answers->yes[word] | answers->no[word]), word, axiom);
    evaluator_free(evaluator);
}

static bool is_loaded(const struct population *population, const struct criteria *axiom)
{
    for (int i = 0; i < axiom->condition_count; i++)
        if (!population->columns[axiom->conditions[i]->fact])
            return false;
    return true;
}

/* One turn of all axioms. */
static void follow_all(struct following *f)
{
    enum { FEW = 64 };
    for (int i = 0; i < f->profile->axiom_count; i++) {
        const struct criteria *axiom = f->profile->axioms[i].holds;
        if (!is_loaded(f->population, axiom))
            continue;
        if (f->population->count > FEW)
            follow_many(f, axiom);
        for (f->enterprise = 0; f->population->count <= FEW && f->enterprise < f->population->count;
             f->enterprise++)
            if (population_answer(f->population, axiom, f->enterprise) == ANSWER_UNKNOWN)
                follow(f, axiom->root);
    }
}

/* Each turn narrows some value, and most follow in the first; chains are as long as there are
 * axioms. */
void axioms_follow(struct population *population, const struct profile *profile)
{
    struct following f = {.population = population, .profile = profile, .changed = true};
    for (int turn = 0; f.changed && turn <= profile->axiom_count; turn++) {
        f.changed = false;
        follow_all(&f);
    }
}
