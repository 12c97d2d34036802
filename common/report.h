/* report: the figures of a month (RULES.md 6), by organisation, kind and channel, each with the
 * month before and the same month of the year before, and the tickets behind each figure. */
#ifndef QIFU_REPORT_H
#define QIFU_REPORT_H

#include <stdbool.h>
#include <stdint.h>

#include "center.h"

enum report_figure {
    REPORT_RECEIVED,   /* received in the month */
    REPORT_DISPATCHED, /* dispatched in the month */
    REPORT_ANSWERED,   /* answered in the month */
    REPORT_DUE,        /* due in the month, and that moment has passed: the denominator */
    REPORT_ON_TIME,    /* of these, answered by then, in the first round */
    REPORT_LEVELS      /* one figure for each level of the ladder follows, then REPORT_OPEN */
};

/* A month; the present one ends now. */
struct report_month {
    char name[8];       /* YYYY-MM */
    int64_t start, end; /* first moment; last second that counts */
    bool running;       /* not over yet */
};

/* Reads YYYY-MM; false where it is none. */
bool report_parse_month(const char *s, int64_t now, struct report_month *month);

/* The figures of a center: those of enum report_figure, then overdue-LEVEL for each level that
 * began in the month, then open (at the month's end) and open-overdue. */
int report_figure_count(const struct config *config);
/* A figure's code and Chinese name; both live in CONFIG's arena or for ever. */
const char *report_figure_code(struct config *config, int figure);
const char *report_figure_name(struct config *config, int figure);
/* The number of the figure with this code, or -1. */
int report_find_figure(struct config *config, const char *code);

enum report_scope { REPORT_TOTAL, REPORT_ORG, REPORT_KIND, REPORT_CHANNEL, REPORT_SCOPES };

/* One line of the bulletin: figures of an organisation, a kind, a channel, or of all. */
struct report_line {
    enum report_scope scope;
    int64_t org;      /* REPORT_ORG: 0 is the pool */
    const char *code; /* REPORT_KIND and REPORT_CHANNEL */
    int64_t *figures; /* [period * figure count + figure] */
};

enum report_period { REPORT_NOW, REPORT_BEFORE, REPORT_YEAR_BEFORE, REPORT_PERIODS };

struct report {
    struct arena arena;
    struct report_month months[REPORT_PERIODS];
    int figure_count;
    struct report_line *lines; /* the total first, then each scope with its busiest line first */
    int line_count;
};

/* Computes the report of MONTH. Free with report_free. */
struct report report_compute(struct center *center, const struct report_month *month);
void report_free(struct report *report);

int64_t report_value(const struct report *report, const struct report_line *line,
                     enum report_period period, int figure);

/* Calls TAKE with the id of each ticket behind FIGURE in MONTH. */
void report_ids(struct center *center, const struct report_month *month, int figure,
                void (*take)(void *, int64_t), void *context);

#endif
