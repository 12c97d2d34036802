/* period: the stretch of time that a report is of: a month, a quarter, a half, a year, months or
 * days in a row; and those that it is compared with. */
#ifndef QIFU_REPORT_PERIOD_H
#define QIFU_REPORT_PERIOD_H

#include <stdbool.h>
#include <stdint.h>

#include "base/text.h"

/* Whole days in the center's zone. The present one ends now. */
struct report_period {
    int first, last;    /* days (day.h), both included */
    int months;         /* how many whole months it has; 0: days in a row */
    int64_t start, end; /* first moment; last second that counts */
    int64_t now;        /* what is not done by then is late */
    bool running;       /* not over yet */
};

/* Reads YYYY-MM; false where it is none. */
bool report_parse_month(const char *s, int64_t now, struct report_period *period);

/* Reads a month (2026-05, 2026/5, 202605, 2026年5月), a quarter (2026-Q2, 2026年第二季度), a half
 * (2026-H1, 2026年上半年), a year (2026, 2026年), months in a row (2026-01..2026-11, 2026年1-11月)
 * or days (2026-01-05..2026-02-03); false where it is none. */
bool report_parse_period(const char *s, int64_t now, struct report_period *period);

/* The period of the same length that lies BACK such lengths before PERIOD; months are counted as
 * months. Dies before the year 1. */
struct report_period report_earlier(const struct report_period *period, int back);
/* The same months, or dates, of the year before. */
struct report_period report_year_before(const struct report_period *period);
/* From the beginning of all time to the end of PERIOD. */
struct report_period report_until(const struct report_period *period);

/* Fills PART with the N-th month of PERIOD (from 0), or day where it is to be divided into DAYS;
 * false behind its last, and where that has not begun. */
bool report_part(const struct report_period *period, bool days, int n, struct report_period *part);

/* Appends its name as programs read it (2026-Q2), and as documents print it (2026年第二季度). */
void report_add_name(struct text *to, const struct report_period *period);
void report_add_title(struct text *to, const struct report_period *period);

#endif
