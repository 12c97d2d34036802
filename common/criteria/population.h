/* population: the facts of many enterprises in columns, as of one day, and the evaluation of
 * criteria over all of them at once: yes, no or unknown (Kleene's logic: a missing fact is
 * neither), and who is one condition short. One enterprise is a population of one. Pure: no
 * database, no clock.
 *
 * Answers are sets of bits, one bit an enterprise. Plain bits were weighed against CRoaring: sets
 * here are dense, short-lived and few at a time, and whole words of plain bits cost nothing to
 * build.
 */
#ifndef QIFU_CRITERIA_POPULATION_H
#define QIFU_CRITERIA_POPULATION_H

#include "criteria/criteria.h"

struct population {
    int count;                   /* enterprises */
    int day;                     /* as of which the facts are, and that "today" means */
    struct fact_range **columns; /* by fact number; NULL: not loaded */
    int fact_count;
};

/* COUNT enterprises of which nothing is known. */
struct population population_new(const struct profile *profile, int count, int day);
void population_free(struct population *population);

/* The column of a fact, made where it is missing: all unknown; of a complete tag: all not held. */
struct fact_range *population_column(struct population *population, const struct profile *profile,
                                     int fact);
/* Computes the size classes from the other columns. */
void population_compute_sizes(struct population *population, const struct profile *profile);

enum answer { ANSWER_YES, ANSWER_UNKNOWN, ANSWER_NO };

/* Sets of enterprises, as bits in words of 64. */
struct answers {
    size_t words;
    uint64_t *yes, *no; /* whoever is in neither is unknown */
    uint64_t *near;     /* no, but yes if one condition that is not met were */
};

/* What evaluating many criteria over one population shares: each condition is looked at once. */
struct evaluator;
struct evaluator *evaluator_new(const struct population *population);
void evaluator_free(struct evaluator *evaluator);

/* The answers for CRITERIA; owned by the evaluator, valid until the next call. Columns that are not
 * loaded are unknown. */
const struct answers *evaluator_answer(struct evaluator *evaluator,
                                       const struct criteria *criteria);

/* How many conditions that are not met (or not known to be) would have to be, at least, for a yes:
 * 0 for a yes. Of the criteria that were answered last. */
int evaluator_short(const struct evaluator *evaluator, const struct criteria *criteria,
                    int enterprise);

/* Of one who is near (no, and one condition short), the number of a condition that is not met and
 * that would do; -1 where there is none. Of the criteria that were answered last. */
int evaluator_gap(const struct evaluator *evaluator, const struct criteria *criteria,
                  int enterprise);

/* The answer of a part of criteria for one enterprise. */
enum answer population_node(const struct population *population, const struct criteria_node *node,
                            int enterprise);

static inline bool answers_has(const uint64_t *set, int enterprise)
{
    return set[enterprise / 64] >> (enterprise % 64) & 1;
}

/* How enterprise number ENTERPRISE stands to one condition, and to the whole. */
enum answer population_condition(const struct population *population,
                                 const struct condition *condition, int enterprise);
enum answer population_answer(const struct population *population, const struct criteria *criteria,
                              int enterprise);

#endif
