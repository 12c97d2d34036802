/* supervision_horizon: which deadlines wait for the notice of the year after the calendar's last.
 */
#ifndef QIFU_SUPERVISION_HORIZON_H
#define QIFU_SUPERVISION_HORIZON_H

#include "center/center.h"

/* Warns, from 1 November of the calendar's last year on, how many days are left until its horizon
 * and how many open deadlines lie past it. Nothing else depends on it: no status, no output. Silent
 * in a demo unless somebody sets its clock: nobody loads a notice for what happens there now. */
void supervision_horizon_warn(const struct center *center);

/* Tells a person at a terminal that COUNT deadlines which were just printed are provisional; where
 * there is none, or standard error is no terminal, nothing. */
void supervision_horizon_tell(const struct center *center, long count);

#endif
