/* need: what a condition asks for, in the office's words: ≥ 2000万元, C 制造业, 国家级. Pure. */
#ifndef QIFU_CRITERIA_DESCRIBE_H
#define QIFU_CRITERIA_DESCRIBE_H

#include "base/text.h"
#include "criteria/criteria.h"

/* Appends the values that meet CONDITION on the day TODAY. */
void need_add(struct text *out, const struct profile *profile, const struct condition *condition,
              int today);

#endif
