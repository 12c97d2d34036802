/* evidence: what catalogue and model say together. A point of the catalogue counts as much as
 * EVIDENCE_POINT of a model's score, so both are added up, unit by unit; how far the first is ahead
 * of the second tells, by the model's own experience, how likely it is right. Pure. */
#ifndef QIFU_CATALOGUE_EVIDENCE_H
#define QIFU_CATALOGUE_EVIDENCE_H

#include "catalogue/model.h"

enum {
    EVIDENCE_POINT = 350,     /* of a score, in thousandths */
    EVIDENCE_UNKNOWN = -1000, /* the score of a unit that the model does not know */
    EVIDENCE_BEST = 3
};

/* What the catalogue says for one unit. */
struct claim {
    int unit; /* its number in the model, -1: the model does not know it */
    int points;
};

/* A unit, and all that speaks for it. */
struct standing {
    int unit;  /* as of claim */
    int claim; /* its place among the claims, -1: the catalogue does not name it */
    int total;
};

struct evidence {
    struct standing best[EVIDENCE_BEST]; /* the likeliest first */
    int count;
    int margin; /* how far the first is ahead */
};

/* Weighs SCORES of COUNT units beside CLAIMS, of which each unit has one at most. */
struct evidence evidence_weigh(const int *scores, int count, const struct claim *claims,
                               int claim_count);

#endif
