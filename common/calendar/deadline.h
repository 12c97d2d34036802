/* deadline: a clock that counts working days, or natural days, and may stand still: when an answer
 * is due, when an overdue ticket reaches a level, how many days it is over (qifu-rules(7): the
 * working days left at a suspension resume on the next working day; an extension counts from the
 * original start; an overdue ticket's days are counted the same way). Pure: a calendar and moments
 * in, moments out.
 */
#ifndef QIFU_CALENDAR_DEADLINE_H
#define QIFU_CALENDAR_DEADLINE_H

#include <stdbool.h>
#include <stdint.h>

#include "calendar/calendar.h"

/* The choices that qifu-rules(7) leaves to the configuration. */
struct deadline_rule {
    int day_end;        /* second of the day at which a working day ends: 86399 is 24:00 */
    bool receipt_rolls; /* received on a rest day, or after the end of a working day, means received
                         * on the next working day */
};

struct deadline {
    int start_day; /* day of receipt, which is not counted (Civil Code 201) */
    int due_day;
    int64_t due_at;   /* the last second in which an answer is on time */
    bool provisional; /* a notice that is still to come can change it */
};

/* The DAY of receipt of something received at RECEIVED, from which its days are counted, itself
 * not. False where it leaves the calendar's range. */
bool deadline_start(const struct calendar *calendar, const struct deadline_rule *rule,
                    int64_t received, int *day);

/* The deadline of something received at RECEIVED with a limit of WORKING_DAYS, or of NATURAL_DAYS,
 * the last of which rolls over rest days. False where it leaves the calendar's range. */
bool deadline_compute(const struct calendar *calendar, const struct deadline_rule *rule,
                      int64_t received, int working_days, struct deadline *deadline);
bool deadline_natural(const struct calendar *calendar, const struct deadline_rule *rule,
                      int64_t received, int natural_days, struct deadline *deadline);

/* The clock stands still after day FROM up to and including day UNTIL: FROM itself is used, the
 * first day that counts again is the working day after UNTIL. What would end with day FROM ends
 * with UNTIL, because it stood still before: unless the pause was granted AFTER_HOURS, when that
 * day had ended. */
struct pause {
    int from, until;
    bool after_hours;
};

/* A clock. Pauses are in order and do not overlap. */
struct running {
    int start_day; /* not counted */
    int limit;     /* working days, or */
    bool natural; /* natural days, the last of which rolls over rest days to the next working day */
    const struct pause *pauses;
    int pause_count;
};

/* The day on which the clock has counted N days of its limit's kind; of natural days, the working
 * day to which the last one rolls. False where that lies outside the calendar. */
bool running_nth(const struct calendar *calendar, const struct running *clock, int n, int *day);

/* Working days counted up to and including DAY, whatever days the limit is of. */
int running_count(const struct calendar *calendar, const struct running *clock, int day);

/* The same in days of the limit's kind. */
int running_counted(const struct calendar *calendar, const struct running *clock, int day);

/* True where DAY lies in a pause. */
bool running_is_paused(const struct running *clock, int day);

/* The deadline of the clock. False where it leaves the calendar. */
bool running_deadline(const struct calendar *calendar, const struct deadline_rule *rule,
                      const struct running *clock, struct deadline *deadline);

/* The first moment of a level that begins AFTER working days past the deadline; INT64_MAX where
 * the calendar ends before. For 0 the second after the deadline. */
int64_t running_level_at(const struct calendar *calendar, const struct deadline_rule *rule,
                         const struct running *clock, int after);

/* Working days overdue at NOW, also where the limit is of natural days: those that have ended since
 * the due day. Before the deadline has
 * passed: minus the working days left after today, so 0 is both "due today" and "overdue since the
 * last close". */
int running_overdue(const struct calendar *calendar, const struct deadline_rule *rule,
                    const struct running *clock, int64_t now);

/* The same for what is due at DUE_AT and never stands still. */
int64_t deadline_level_at(const struct calendar *calendar, const struct deadline_rule *rule,
                          int64_t due_at, int after);

#endif
