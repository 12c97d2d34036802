/* rejudge: what was due when, and who was late, if kinds had other limits: the deadlines of tickets
 * and parties, the rounds that were answered, and the levels are reckoned again by the calendar, as
 * a corrected kind does it. */
#ifndef QIFU_REPORT_REJUDGE_H
#define QIFU_REPORT_REJUDGE_H

#include "center/center.h"
#include "report/period.h"

/* The days that a kind is to have instead. */
struct rejudge_limit {
    const char *kind; /* code */
    int days;         /* of what the kind's limit is counted in */
};

/* Judges the tickets of these kinds that were received in PERIOD or in the year before it. Changes
 * what is stored, and the configuration's limits: inside a write transaction that the caller rolls
 * back. Tickets whose limit is the same stay as they were judged. Returns how many changed. */
long rejudge_period(struct center *center, const struct report_period *period,
                    const struct rejudge_limit *limits, int count);

#endif
