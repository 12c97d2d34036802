/* matchlines: why a policy fits an enterprise or does not, one line a condition: met, not met or
 * unknown, what is needed, what there is and since when, and the clause. */
#ifndef QIFU_MATCH_EXPLAIN_H
#define QIFU_MATCH_EXPLAIN_H

#include "cli/out.h"
#include "enterprise/enterprise.h"
#include "match/match.h"

enum { MATCHLINES_COLUMNS = 9 };
extern const struct out_column matchlines_columns[MATCHLINES_COLUMNS];

/* The code of an answer (yes, no, unknown) and what people read (符合, 不符合, 待核实). */
const char *matchlines_answer(enum answer answer);
const char *matchlines_answer_name(enum answer answer);

/* Everything about one pair. */
struct matchlines {
    struct out *out;
    const struct profile *profile;
    const char *policy, *enterprise; /* codes */
    const struct criteria *criteria;
    const struct population *population; /* of one */
    const struct enterprise_fact *facts; /* its history */
    int fact_count;
};

/* Prints the lines: first the whole (path 0), then its parts by their paths (1, 2, 2.1 ...). */
void matchlines_print(const struct matchlines *lines);

/* The day since which FACT is as it was on DAY, or ENTERPRISE_NO_DAY. */
int matchlines_since(const struct enterprise_fact *facts, int count, int fact, int day);

#endif
