/* need: what a condition asks for, in the office's words: ≥ 2000万元, C 制造业, 国家级. Pure. */
#ifndef QIFU_CRITERIA_DESCRIBE_H
#define QIFU_CRITERIA_DESCRIBE_H

#include "base/text.h"
#include "criteria/criteria.h"

/* Appends the values that meet CONDITION on the day TODAY. */
void need_add(struct text *out, const struct profile *profile, const struct condition *condition,
              int today);

/* Appends what is known of a fact: a value, 未知, or the values that follow from other facts. */
void have_add(struct text *out, const struct profile *profile, int fact, struct fact_range value,
              int today);

#endif
