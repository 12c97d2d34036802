/* assess: what of an assessment comes from ballots. */
#ifndef QIFU_REPORT_ASSESS_PRIVATE_H
#define QIFU_REPORT_ASSESS_PRIVATE_H

#include "report/assess.h"

/* Adds the units that ITEMs of A are of, in PERIOD, to SCORES. */
void assess_count_ballots(struct center *center, const struct assessment *a,
                          const struct report_period *period, struct assess_scores *scores);

/* What ORG has of the ITEM-th item: points and votes. */
struct assess_part assess_ballots_of(const struct assess_scores *scores, int item, int64_t org);

#endif
