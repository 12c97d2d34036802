/* fuzz_criteria: the language of criteria. What must hold: a fault has a place inside of the text;
 * both evaluators, all enterprises at once and one alone, give the same answers; some answer can
 * be; and criteria mean the same as themselves. The enterprises' facts lie at the bounds of the
 * text's conditions. */
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "criteria/criteria.h"
#include "criteria/describe.h"
#include "criteria/population.h"
#include "criteria/profile_file.h"
#include "harness.h"
#include "meaning/compare.h"

enum {
    ENTERPRISES = 70 /* more than one word of bits */,
    TODAY = 18390,
    MOST_CONDITIONS = 60,
    MOST_LOOKS = 20000
};

static struct config *config;
static struct profile profile;

void harness_begin(void)
{
    const char *directory = getenv("QIFU_CONFIG");
    config = config_load(directory ? directory : "share");
    profile = profilefile_load(config);
}

/* A value about the bounds of RANGE, as known or not as facts are. */
static struct fact_range value_near(const struct fact_range *range)
{
    int64_t low = range->low, high = range->high, step = (int64_t)harness_any(3) - 1;
    if (harness_any(5) == 0)
        return FACT_UNKNOWN;
    int64_t value = harness_any(2) ? low : high;
    if (value > FACT_LEAST && value < FACT_MOST)
        value += step;
    if (harness_any(8) == 0 && value > FACT_LEAST && value < FACT_MOST - 9)
        return (struct fact_range){value, value + harness_any(9)};
    return (struct fact_range){value, value};
}

static void fill(struct population *population, const struct criteria *criteria)
{
    for (int i = 0; i < criteria->condition_count; i++) {
        struct fact_range ranges[CONDITION_MOST_RANGES];
        const struct condition *condition = criteria->conditions[i];
        int count = condition_ranges(condition, TODAY, ranges, CONDITION_MOST_RANGES);
        if (count > CONDITION_MOST_RANGES)
            count = CONDITION_MOST_RANGES;
        if (!count || harness_any(10) == 0)
            continue;
        struct fact_range *column = population_column(population, &profile, condition->fact);
        for (int j = 0; j < ENTERPRISES; j++)
            if (harness_any(3))
                column[j] = value_near(&ranges[harness_any((uint32_t)count)]);
    }
}

static void check_one(const struct population *population, struct evaluator *evaluator,
                      const struct answers *answers, const struct criteria *criteria, int i)
{
    enum answer answer = population_answer(population, criteria, i);
    harness_must(answers_has(answers->yes, i) == (answer == ANSWER_YES) &&
                     answers_has(answers->no, i) == (answer == ANSWER_NO),
                 "both evaluators give the same answer");
    harness_must(population_node(population, criteria->root, i) == answer,
                 "the answer is that of the root");
    int missing = evaluator_short(evaluator, criteria, i);
    harness_must((missing == 0) == (answer == ANSWER_YES), "nothing is missing for a yes alone");
    if (answers_has(answers->near, i)) {
        int gap = evaluator_gap(evaluator, criteria, i);
        harness_must(answer == ANSWER_NO && gap >= 0 && gap < criteria->condition_count &&
                         population_condition(population, criteria->conditions[gap], i) !=
                             ANSWER_YES,
                     "who is near lacks a condition that is not met");
    }
}

/* Criteria beside themselves: the same, which somebody shows unless nobody can. */
static void check_meaning(struct criteria *criteria)
{
    struct criteria *twice[] = {criteria, criteria};
    struct comparing *comparing = comparing_new(&profile, TODAY, twice, 2, NULL, MOST_LOOKS);
    const struct comparison *result = comparing_pair(comparing, 0, 1);
    harness_must(result->relation == RELATION_EQUIVALENT || result->relation == RELATION_UNDECIDED,
                 "criteria mean the same as themselves");
    harness_must(result->can[QUADRANT_BOTH] != POSSIBLE_YES ||
                     comparing_is_borne_out(comparing, 0, 1, QUADRANT_BOTH),
                 "the evaluator agrees");
    harness_must(comparing->space->too_large || comparing->meant[0].can_be_met != POSSIBLE_NO ||
                     comparing->meant[0].can_be_unmet != POSSIBLE_NO,
                 "some answer can be");
    comparing_free(comparing);
}

static void check_answers(const struct criteria *criteria)
{
    struct population population = population_new(&profile, ENTERPRISES, TODAY);
    struct evaluator *evaluator = evaluator_new(&population);
    fill(&population, criteria);
    const struct answers *answers = evaluator_answer(evaluator, criteria);
    for (int i = 0; i < ENTERPRISES; i++)
        check_one(&population, evaluator, answers, criteria, i);
    evaluator_free(evaluator);
    population_free(&population);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    struct criteria_fault fault = {.offset = -1};
    struct text out = {0};
    char *text = harness_string(bytes, size);
    struct criteria *criteria = criteria_parse(&profile, text, &fault);
    harness_seed(bytes, size);
    if (!criteria) {
        harness_must(*fault.message && fault.offset >= 0 && (size_t)fault.offset <= strlen(text),
                     "a fault lies inside of the text");
        criteria_add_fault(&out, text, &fault);
        harness_must(strchr(text_string(&out), '^'), "a fault is shown at its place");
    } else {
        for (int i = 0; i < criteria->condition_count; i++)
            need_add(&out, &profile, criteria->conditions[i], TODAY);
        if (criteria->condition_count <= MOST_CONDITIONS) {
            check_answers(criteria);
            check_meaning(criteria);
        }
        criteria_free(criteria);
    }
    text_free(&out);
    free(text);
    return 0;
}
