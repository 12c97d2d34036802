/* trend: what recurs in a period: matters that many bring up, firms that come again, who is not
 * content after a matter was done again, and what a year ago came in many at once. */
#ifndef QIFU_REPORT_TREND_H
#define QIFU_REPORT_TREND_H

#include "center/center.h"
#include "report/period.h"

enum trend_kind {
    TREND_COMMON,  /* a matter in a region */
    TREND_REPEAT,  /* a firm with the same matter again, open or closed */
    TREND_UNHAPPY, /* rated 1 or 2 after it was done again; by the organisation */
    TREND_PEAK,    /* a matter that came in much more often a year ago, in the days ahead */
    TREND_KINDS
};

/* Its code and the office's word for it. */
const char *trend_code(enum trend_kind kind);
const char *trend_name(enum trend_kind kind);

/* One thing that recurs. Texts live during the call; NULL: not given. */
struct trend {
    enum trend_kind kind;
    const char *matter; /* the category */
    const char *region,
        *firm;       /* codes; of a repeat its credit code, or the name of a firm without */
    const char *org; /* code, of TREND_UNHAPPY */
    int64_t count,
        year_before;    /* tickets in the period; in the same months or dates of the year before */
    const int64_t *ids; /* of the tickets, COUNT of them; of a peak those of the year before */
};

/* Calls TAKE for each trend of KIND in PERIOD that has LEAST tickets or more, the most first. */
void trend_each(struct center *center, enum trend_kind kind, const struct report_period *period,
                int least, void (*take)(void *context, const struct trend *trend), void *context);

#endif
