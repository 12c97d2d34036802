/* domain: the values that a fact of an enterprise can have: staff is a whole number and not below
 * 0, a place is a code with six digits, an industry is a leaf of its tree. Pure. */
#ifndef QIFU_MEANING_DOMAIN_H
#define QIFU_MEANING_DOMAIN_H

#include "criteria/profile.h"

/* All from which the values of FACT are. */
struct fact_range domain_of(const struct profile *profile, int fact);

/* A value of FACT within RANGE that an enterprise can have, and that people like to read; DAY is
 * today. False where there is none. */
bool domain_pick(const struct profile *profile, int fact, struct fact_range range, int day,
                 int64_t *value);

#endif
