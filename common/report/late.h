/* late: policies that came late by each of their clocks, counted by organisation. */
#ifndef QIFU_REPORT_LATE_H
#define QIFU_REPORT_LATE_H

#include "center/program.h"

/* Opens P's output and prints a line for each organisation that had a policy due before MOMENT,
 * and one for what nobody answers for. Returns how many counts of late ones are not 0. */
long late_print(struct program *p, int64_t moment);

#endif
