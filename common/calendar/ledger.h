/* ledger: a deadline explained day by day: which days were counted, and why. Pure. */
#ifndef QIFU_CALENDAR_LEDGER_H
#define QIFU_CALENDAR_LEDGER_H

#include <stdbool.h>

#include "calendar/deadline.h"

enum ledger_reason {
    LEDGER_RECEIPT, /* the day of receipt is not counted (Civil Code 201) */
    LEDGER_WORKDAY, /* an ordinary working day */
    LEDGER_MAKE_UP, /* a weekend day that a notice makes a working day */
    LEDGER_WEEKEND, /* an ordinary rest day */
    LEDGER_HOLIDAY, /* off by a notice */
    LEDGER_LAW,     /* off by the law itself, before any notice */
    LEDGER_PAUSED,  /* a day that would count, on which the clock stands still */
    LEDGER_ROLLED   /* the working day to which the last of the natural days rolls */
};

struct ledger_day {
    int day;
    enum ledger_reason reason;
    bool counted;
    int count; /* days of the limit's kind so far, this one included, and then working days overdue
                */
    const struct notice *notice; /* of LEDGER_MAKE_UP, LEDGER_HOLIDAY and LEDGER_LAW, else NULL */
    const struct notice_span *span;
    bool provisional; /* a notice that is still to come can change it */
};

/* The entry of DAY in the count of CLOCK. */
struct ledger_day ledger_day(const struct calendar *calendar, const struct running *clock, int day);

/* The reason's code (receipt, workday, make-up, weekend, holiday, law, paused, rolled), and in
 * Chinese. */
const char *ledger_reason_code(enum ledger_reason reason);
const char *ledger_reason_name(enum ledger_reason reason);

#endif
