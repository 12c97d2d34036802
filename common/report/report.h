/* report: the figures of a period beside those of other periods, of all and by what they are told
 * apart; and the ids behind them. */
#ifndef QIFU_REPORT_REPORT_H
#define QIFU_REPORT_REPORT_H

#include "center/county.h"
#include "report/cut.h"
#include "report/figures.h"
#include "report/period.h"

/* The period itself, the one before it (环比), that of the year before (同比), and all until its
 * end. */
enum report_when { REPORT_NOW, REPORT_BEFORE, REPORT_YEAR_BEFORE, REPORT_EVER, REPORT_WHENS };

enum report_parts { REPORT_UNDIVIDED, REPORT_BY_MONTH, REPORT_BY_DAY };

enum { REPORT_BAND = 12 }; /* so many periods before it say what is usual */

/* What is asked for. */
struct report_plan {
    const struct county_choice *whose;
    struct report_period period;
    const struct report_cut *cuts;
    int cut_count;
    enum report_parts parts; /* the period's months or days, each by itself too */
    bool ever, band;         /* also all until its end; also what is usual */
    bool alone;              /* neither the period before it nor that of the year before */
    const bool *wanted;      /* only these figures, by their numbers; NULL: all */
    const char *appealed; /* without the tickets that an organisation's granted appeal against this
                             figure (its code) takes from it; NULL: with all */
};

/* Figures of one organisation, kind ... of a cut, or of two that are crossed. */
struct report_line {
    int cut; /* -1: the total */
    struct report_value of[REPORT_CROSSED];
    int64_t *figures; /* [period * figure count + figure] */
};

struct report {
    struct arena arena;
    const struct report_plan *plan;
    struct report_period *periods;
    int period_count, at[REPORT_WHENS]; /* -1: was not asked for */
    int first_part, part_count;
    int *band, band_count; /* the periods before it, nearest first, since the first receipt */
    int figure_count;
    struct report_line *lines; /* the total first, then each cut with its busiest line first */
    int line_count;
    struct report_index *index; /* private */
};

/* Computes what PLAN asks for, which must outlive it. Free with report_free. */
struct report report_compute(struct center *center, const struct org_table *orgs,
                             const struct report_plan *plan);
void report_free(struct report *report);

/* Of a LINE in a period (its number) the figure. */
int64_t report_value(const struct report *report, const struct report_line *line, int period,
                     int figure);

/* Only those of a cut's scope that are called so. */
struct report_only {
    enum report_scope scope;
    struct report_value value;
};
/* Reads "org=tax"; dies where it is none. CODE stays the caller's. */
struct report_only report_need_only(struct center *center, const char *word);

/* Calls TAKE with each ticket's id (WORD is NULL), or each policy's or enterprise's code (ID is 0),
 * behind FIGURE of WHOSE center in a period, where all of COUNT conditions hold; WORD lives during
 * the call. */
typedef void report_take(void *context, int64_t id, const char *word);
struct report_asked {
    struct center *center;
    const struct org_table *orgs;
    const struct county_choice *whose;
    const struct report_period *period;
    int figure;
    const struct report_only *only;
    int only_count;
};
void report_ids(const struct report_asked *asked, report_take *take, void *context);

/* Calls TAKE for each organisation that FIGURE counts anything of in PERIOD, by their ids. */
void report_each_org(struct center *center, const struct report_period *period, int figure,
                     void (*take)(void *context, int64_t org, int64_t count), void *context);

#endif
