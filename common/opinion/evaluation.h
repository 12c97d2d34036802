/* evaluation: what came of a policy (政策评估), in numbers: whom it reached, who looked at it,
 * asked about it, applied, was refused or granted money, and what those who answered questionnaires
 * think of it, before and lately. */
#ifndef QIFU_OPINION_EVALUATION_H
#define QIFU_OPINION_EVALUATION_H

#include "base/db.h"

struct evaluation {
    int64_t deliveries, reached; /* to anybody; enterprises */
    int64_t views, consultations;
    int64_t applications, refusals;
    int64_t grants, granted, amount; /* how often, to how many firms, millionths of a yuan */
    /* scores of questionnaires, 1 to 5: how many, and their sum, before a moment and from it on */
    int64_t before, before_sum, lately, lately_sum;
};

/* Of policy ID; LATELY begins at SINCE. */
struct evaluation evaluation_of(struct db *db, int64_t id, int64_t since);

#endif
