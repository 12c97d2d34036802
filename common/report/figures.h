/* figures: the figures of a month (qifu-rules(7)), of requests and of policies, by organisation,
 * kind and channel, each with the month before and the same month of the year before, and what is
 * behind each figure: tickets or policies. One list has them all. */
#ifndef QIFU_REPORT_FIGURES_H
#define QIFU_REPORT_FIGURES_H

#include <stdbool.h>
#include <stdint.h>

#include "center/county.h"

/* A month; the present one ends now. */
struct report_month {
    char name[8];       /* YYYY-MM */
    int64_t start, end; /* first moment; last second that counts */
    int64_t now;        /* what is not done by then is late */
    bool running;       /* not over yet */
};

/* Reads YYYY-MM; false where it is none. */
bool report_parse_month(const char *s, int64_t now, struct report_month *month);

/* How a figure is read: a count, a share of another figure, or a sum to be divided by one. */
enum report_shape { REPORT_COUNT, REPORT_RATE, REPORT_MEAN };

/* What a figure counts, and so what its ids are: those of tickets, or the codes of policies. */
enum report_subject { REPORT_TICKETS, REPORT_POLICIES };

/* Where the bulletin prints a figure: only in the table of the whole; also in the tables by
 * organisation, kind and channel; also in that of the assists; or only among what rates leave
 * out. */
enum report_place { REPORT_WHOLE, REPORT_BRIEF, REPORT_ASSISTS, REPORT_APART };

/* One figure of a center. The levels of the ladder have one each, overdue-LEVEL. */
struct report_figure {
    const char *code, *name; /* in the configuration's arena, or for ever */
    enum report_subject subject;
    enum report_shape shape;
    int of; /* the figure that a rate or a mean is divided by, else -1 */
    enum report_place place;
    const char *apart; /* REPORT_APART: what leaves it out, and why */
};

int report_figure_count(const struct config *config);
struct report_figure report_figure(struct config *config, int figure);
/* The number of the figure with this code, or -1. */
int report_find_figure(struct config *config, const char *code);

/* What a line is of. Figures of counties that are centers of their own stand in the city's too. */
enum report_scope {
    REPORT_TOTAL,
    REPORT_ORG,
    REPORT_KIND,
    REPORT_CHANNEL,
    REPORT_COUNTY,
    REPORT_SCOPES
};

/* True where figures of SUBJECT are told apart by SCOPE: policies have no kind and no channel. */
bool report_has(enum report_scope scope, enum report_subject subject);

/* One line of the bulletin: figures of an organisation, a kind, a channel, or of all. */
struct report_line {
    enum report_scope scope;
    int64_t org;      /* REPORT_ORG: 0 is the pool, or policies of which it is not known;
                         REPORT_COUNTY: its center */
    const char *code; /* REPORT_KIND and REPORT_CHANNEL */
    int64_t *figures; /* [period * figure count + figure] */
};

enum report_period { REPORT_NOW, REPORT_BEFORE, REPORT_YEAR_BEFORE, REPORT_PERIODS };

struct report {
    struct arena arena;
    const struct county_choice *whose;
    struct report_month months[REPORT_PERIODS];
    int figure_count;
    struct report_line *lines; /* the total first, then each scope with its busiest line first */
    int line_count;
};

/* Computes the report of MONTH, of WHOSE center. Free with report_free. */
struct report report_compute(struct center *center, const struct county_choice *whose,
                             const struct report_month *month);
void report_free(struct report *report);

int64_t report_value(const struct report *report, const struct report_line *line,
                     enum report_period period, int figure);

/* Calls TAKE with each ticket's id (WORD is NULL), or each policy's code (ID is 0), behind FIGURE
 * of WHOSE center in MONTH; WORD lives during the call. */
typedef void report_take(void *context, int64_t id, const char *word);
void report_ids(struct center *center, const struct county_choice *whose,
                const struct report_month *month, int figure, report_take *take, void *context);

/* Calls TAKE for each organisation that FIGURE counts anything of in MONTH, by their ids. */
void report_each_org(struct center *center, const struct report_month *month, int figure,
                     void (*take)(void *context, int64_t org, int64_t count), void *context);

#endif
