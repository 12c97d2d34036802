/* calendar: which days are working days, and arithmetic on them. Pure: a calendar is built from
 * notices that somebody else read (calendarfile).
 *
 * Weekends are off and other days on, unless a notice says otherwise; a later notice overrides an
 * earlier one day by day. Each notice covers a year; the last day of the last covered year is the
 * horizon, beyond which answers rest on weekends and on the law's own days
 * (全国年节及纪念日放假办法, article 2). The law's days are certain, what lies around them is
 * provisional (qifu-rules(7)).
 */
#ifndef QIFU_CALENDAR_CALENDAR_H
#define QIFU_CALENDAR_CALENDAR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Days are counted from 1990-01-01 to 2119-12-31; day arithmetic that leaves this range fails. */
enum { CALENDAR_FIRST = 7305, CALENDAR_LAST = 54785, CALENDAR_ALL_KNOWN = INT32_MAX };

/* More spans than any notice has. */
enum { CALENDAR_SPANS = 4096 };

struct notice_span {
    int first, last; /* day numbers, inclusive */
    bool work;       /* make-up working days, else days off */
    const char *name;
    int line; /* in the notice's file */
};

struct notice {
    const char *title, *number, *url; /* number and url may be NULL */
    const char *file;
    int line;
    int issued; /* day number */
    int covers; /* year; of the law 0 */
    int layer;  /* an overlay's notices (1, 2, ...) stand above its base's (0) */
    bool law;   /* an edition of the law, which holds from in_force until the next one does */
    int in_force;
    struct notice_span *spans;
    int span_count;
};

struct calendar {
    const char *name;
    struct notice *notices; /* in order of layer and issue */
    int notice_count;
    unsigned weekend; /* bit N: weekday N (0 Sunday) is off */

    /* Built by calendar_build. */
    int covered_first, horizon; /* day numbers; horizon < covered_first where nothing is covered */
    int32_t *ends;              /* working days from CALENDAR_FIRST up to and including a day */
    int32_t *nth;               /* the days that are working days, in order */
    int32_t *reason;            /* notice and span of a day, or -1 */
};

/* Builds the tables from notices issued by AS_KNOWN (a day, or CALENDAR_ALL_KNOWN). Sorts the
 * notices. May be called again. */
void calendar_build(struct calendar *calendar, int as_known);
void calendar_free_tables(struct calendar *calendar);

bool calendar_in_range(int day);
bool calendar_is_working(const struct calendar *calendar, int day);
/* True where a notice can still change DAY: outside the covered years, and no day of the law. */
bool calendar_is_provisional(const struct calendar *calendar, int day);
/* True where that holds for any day from A to B, whichever of them comes first. */
bool calendar_spans_provisional(const struct calendar *calendar, int a, int b);
/* The notice (or edition of the law) and the span that settle DAY, or NULL where it is an ordinary
 * day. */
const struct notice *calendar_reason(const struct calendar *calendar, int day,
                                     const struct notice_span **span);

/* The N-th working day after DAY (before it where N is negative); for N = 0 DAY itself, or the
 * next working day where DAY is off. False where the result leaves the calendar's range. */
bool calendar_add(const struct calendar *calendar, int day, int n, int *result);

/* Working days after FROM up to and including TO; negative where TO is before FROM. */
int calendar_count(const struct calendar *calendar, int from, int to);

/* N natural days after DAY, rolled over rest days to the next working day (Civil Code 203). */
bool calendar_add_natural(const struct calendar *calendar, int day, int n, int *result);

/* A fingerprint of every answer that the calendar gives. */
uint64_t calendar_digest(const struct calendar *calendar);

#endif
