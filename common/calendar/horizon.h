/* horizon: the end of what a calendar knows: when it is time to say that it is near, and how. Pure.
 */
#ifndef QIFU_CALENDAR_HORIZON_H
#define QIFU_CALENDAR_HORIZON_H

#include <stdbool.h>

#include "base/text.h"

/* True from 1 November of the year that ends on HORIZON (a day): the notices of the State Council
 * came from late October to mid-December. False where the calendar covers no year. */
bool horizon_is_near(int horizon, int today);

/* Adds to TEXT how many days are left until HORIZON on TODAY, or since when it has passed, for the
 * calendar NAME, and which year is missing. */
void horizon_add(struct text *text, const char *name, int horizon, int today);

#endif
