/* satisfy: whether criteria can hold at all, whether they always do, and which values of a fact
 * they leave. Pure.
 *
 * Facts are assumed to be independent of each other: this file does not know that a firm of five
 * people cannot be large, or that a specialised small giant is also a specialised firm. So an
 * answer "can" may be wrong if facts depend on each other; "cannot" is never wrong.
 */
#ifndef QIFU_CRITERIA_SATISFIABLE_H
#define QIFU_CRITERIA_SATISFIABLE_H

#include "criteria/criteria.h"
#include "criteria/population.h"

enum satisfy_result {
    SATISFY_CAN,
    SATISFY_CANNOT,
    SATISFY_UNDECIDED /* given up: after SATISFY_MOST_STEPS, or with no work left */
};
enum { SATISFY_MOST_STEPS = 100000 };

/* Whether an enterprise of which everything is known can have the answer WANTED (yes or no) to NODE
 * on DAY. Criteria never hold where yes cannot be, and always where no cannot be. *LEFT is how many
 * looks at conditions may be spent, and how many are left then: below 1 nothing is looked at. */
enum satisfy_result satisfy_can(const struct profile *profile, const struct criteria_node *node,
                                enum answer wanted, int day, long *left);

/* Values of one fact: ranges, rising and apart. */
struct value_set {
    struct fact_range *ranges;
    int count;
};

/* The values of FACT that whoever meets NODE on DAY can have, in ARENA; at least these: a fact that
 * only some way to meet it asks for has all values. */
struct value_set satisfy_values(const struct criteria_node *node, int fact, int day,
                                struct arena *arena);

/* A value that stands in A but not in B, and that an enterprise can have. False where there is
 * none. VALUE may be NULL. */
bool satisfy_beyond(const struct profile *profile, int fact, const struct value_set *a,
                    const struct value_set *b, struct arena *arena, int64_t *value);
/* True where no enterprise can have a value that stands in both. */
bool satisfy_apart(const struct profile *profile, int fact, const struct value_set *a,
                   const struct value_set *b, struct arena *arena);

#endif
