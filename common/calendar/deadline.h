/* deadline: when an answer is due and when an overdue ticket reaches a level (RULES.md 2 and 4).
 * Pure: a calendar and moments in, moments out. */
#ifndef QIFU_CALENDAR_DEADLINE_H
#define QIFU_CALENDAR_DEADLINE_H

#include <stdbool.h>
#include <stdint.h>

#include "calendar/calendar.h"

/* The choices that RULES.md 2 leaves to the configuration. */
struct deadline_rule {
    int day_end;        /* second of the day at which a working day ends: 86399 is 24:00 */
    bool receipt_rolls; /* received on a rest day means received on the next working day */
};

struct deadline {
    int start_day; /* day of receipt, which is not counted (Civil Code 201) */
    int due_day;
    int64_t due_at;   /* the last second in which an answer is on time */
    bool provisional; /* some day counted lies outside the announced years */
};

/* The deadline of something received at RECEIVED with a limit of WORKING_DAYS. False where it
 * leaves the calendar's range. */
bool deadline_compute(const struct calendar *calendar, const struct deadline_rule *rule,
                      int64_t received, int working_days, struct deadline *deadline);

/* The first moment at which something due at DUE_AT is overdue by AFTER working days: for 0 the
 * second after DUE_AT, for k the second after the k-th working day after the due day has ended.
 * Where the calendar's range ends: INT64_MAX. */
int64_t deadline_level_at(const struct calendar *calendar, const struct deadline_rule *rule,
                          int64_t due_at, int after);

#endif
