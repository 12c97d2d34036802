#include "match/match.h"

#include <stdlib.h>

#include "base/die.h"
#include "criteria/axiom.h"
#include "enterprise/asof.h"

static struct criteria *parse(const struct profile *profile, const struct policy *policy)
{
    struct criteria_fault fault;
    struct criteria *criteria = criteria_parse(profile, policy->criteria, &fault);
    if (!criteria)
        die("policy %s: its criteria cannot be read any more: %s", policy->code, fault.message);
    return criteria;
}

/* The policies' criteria; NEEDED is set for each fact that they ask for. */
static void parse_all(struct matching *m, const struct profile *profile, bool *needed)
{
    m->criteria = mem_zero((size_t)m->policy_count + 1, sizeof(struct criteria *));
    for (int i = 0; i < m->policy_count; i++) {
        if (!m->policies[i].criteria)
            continue;
        m->criteria[i] = parse(profile, &m->policies[i]);
        for (int j = 0; j < m->criteria[i]->condition_count; j++)
            needed[m->criteria[i]->conditions[j]->fact] = true;
    }
}

struct matching matching_new(struct center *center, const struct profile *profile,
                             const struct policy *policies, int count, int day)
{
    struct matching m = {.policies = policies, .policy_count = count, .db = center->db};
    bool *needed = mem_zero((size_t)profile->fact_count, sizeof *needed);
    parse_all(&m, profile, needed);
    axioms_need(profile, needed);
    m.population = census_of_all(center->db, profile, needed, day, &m.ids);
    axioms_follow(&m.population, profile);
    free(needed);
    return m;
}

struct matching matching_of_one(struct center *center, const struct profile *profile,
                                const struct policy *policies, int count, int64_t id, int day)
{
    struct matching m = {.policies = policies, .policy_count = count, .db = center->db};
    bool *needed = mem_zero((size_t)profile->fact_count, sizeof *needed);
    parse_all(&m, profile, needed);
    m.population = census_of_one(center->db, profile, id, day);
    axioms_follow(&m.population, profile);
    m.ids = mem_alloc(sizeof *m.ids);
    m.ids[0] = id;
    free(needed);
    return m;
}

void matching_free(struct matching *m)
{
    if (m->names)
        db_reset(m->names);
    for (int i = 0; i < m->policy_count; i++)
        criteria_free(m->criteria[i]);
    free(m->criteria);
    evaluator_free(m->evaluator);
    population_free(&m->population);
    free(m->ids);
    *m = (struct matching){0};
}

const struct answers *matching_answers(struct matching *m, int policy)
{
    /* Made here, not in matching_new: it keeps the population's address. */
    if (!m->evaluator)
        m->evaluator = evaluator_new(&m->population);
    return evaluator_answer(m->evaluator, m->criteria[policy]);
}

void matching_name(struct matching *m, int member, const char **code, const char **name)
{
    enum { NEARBY = 50 }; /* rows that are read over rather than looked up again */
    int64_t id = m->ids[member];
    bool there = m->names != NULL;
    if (!there || id < m->named || id > m->named + NEARBY) {
        m->names =
            db_query(m->db, "SELECT id, code, name FROM enterprise WHERE id >= ?1 ORDER BY id");
        db_bind(m->names, 1, id);
        there = db_step(m->names);
    }
    while (there && (m->named = db_number(m->names, 0)) < id)
        there = db_step(m->names);
    if (!there)
        m->names = NULL;
    there = there && m->named == id;
    *code = there ? db_text(m->names, 1) : NULL;
    *name = there ? db_text(m->names, 2) : NULL;
}

/* ---- eligible from ---- */

/* Days after the one asked for on which an answer can change. */
struct turns {
    int day, count, *days;
};

static void add_turn(struct turns *turns, int64_t day)
{
    if (day <= turns->day || day >= ENTERPRISE_NO_DAY)
        return;
    turns->days = mem_grow(turns->days, (size_t)turns->count, sizeof *turns->days);
    turns->days[turns->count++] = (int)day;
}

static int compare_days(const void *a, const void *b)
{
    const int *x = a, *y = b;
    return (*x > *y) - (*x < *y);
}

/* The first day on which a bound that goes with time reaches VALUE. */
static void add_reaching(struct turns *turns, struct bound bound, int64_t value)
{
    int low = turns->day, far = turns->day + 200 * 366;
    if (!bound.relative || bound_on(bound, far) < value)
        return;
    while (low + 1 < far) {
        int middle = low + (far - low) / 2;
        if (bound_on(bound, middle) >= value)
            far = middle;
        else
            low = middle;
    }
    add_turn(turns, far);
}

/* The days on which FACT comes to meet a condition, or ceases to. */
static void add_turns_of_condition(struct turns *turns, const struct condition *condition,
                                   const struct enterprise_fact *fact)
{
    for (int i = 0; i < condition->range_count; i++) {
        add_reaching(turns, condition->ranges[i].high, fact->value.high);
        add_reaching(turns, condition->ranges[i].low, fact->value.low + 1);
    }
}

static void add_turns(struct turns *turns, const struct criteria *criteria,
                      const struct enterprise_fact *facts, int count)
{
    for (int i = 0; i < count; i++) {
        add_turn(turns, facts[i].from);
        if (facts[i].until != ENTERPRISE_NO_DAY)
            add_turn(turns, (int64_t)facts[i].until + 1);
        for (int j = 0; j < criteria->condition_count; j++)
            if (criteria->conditions[j]->fact == facts[i].fact && facts[i].value.low != INT64_MIN)
                add_turns_of_condition(turns, criteria->conditions[j], &facts[i]);
    }
    if (turns->count)
        qsort(turns->days, (size_t)turns->count, sizeof *turns->days, compare_days);
}

int match_eligible_from(struct db *db, const struct profile *profile,
                        const struct criteria *criteria, int64_t id, int day, int start)
{
    struct turns turns = {.day = day};
    struct arena arena = {0};
    struct enterprise_fact *facts;
    int count = enterprise_history(db, profile, id, &arena, &facts), found = ENTERPRISE_NO_DAY;
    add_turn(&turns, start);
    add_turns(&turns, criteria, facts, count);
    for (int i = 0; i < turns.count && found == ENTERPRISE_NO_DAY; i++) {
        if (turns.days[i] < start || (i && turns.days[i] == turns.days[i - 1]))
            continue;
        struct population population = census_of_history(profile, facts, count, turns.days[i]);
        axioms_follow(&population, profile);
        if (population_answer(&population, criteria, 0) == ANSWER_YES)
            found = turns.days[i];
        population_free(&population);
    }
    free(turns.days);
    arena_free(&arena);
    return found;
}
