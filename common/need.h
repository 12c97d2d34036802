/* need: what a condition asks for, in the office's words: ≥ 2000万元, C 制造业, 国家级. Pure. */
#ifndef QIFU_NEED_H
#define QIFU_NEED_H

#include "criteria.h"
#include "text.h"

/* Appends the values that meet CONDITION on the day TODAY. */
void need_add(struct text *out, const struct profile *profile, const struct condition *condition,
              int today);

#endif
