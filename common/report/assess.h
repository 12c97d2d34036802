/* assess: an assessment (考核): which figures give how many points, read from a file of assess/
 * (qifu-assess(5)), and the scores and ranks that organisations have by it in a period. */
#ifndef QIFU_REPORT_ASSESS_H
#define QIFU_REPORT_ASSESS_H

#include "center/org.h"
#include "report/rejudge.h"
#include "report/report.h"

/* Points are counted in hundredths. */
enum { ASSESS_POINT = 100 };

/* What an item gives where its figure is of nothing. */
enum assess_nothing { ASSESS_NONE, ASSESS_FULL, ASSESS_APART };

/* One item: a share of its points, by where the figure lies between floor and target; or so many
 * for each that the figure counts, added or deducted, at most its points. In place of a figure it
 * may have the mean of what firms voted on its organisation's units (ballot/count.h). */
struct assess_item {
    const char *code, *name;
    int figure;                 /* -1: ballots */
    const char *const *ballots; /* of these groups, codes, ended by NULL; NULL: of all */
    const char *wave;           /* of this wave; NULL: of those that end in the period */
    int64_t points;             /* hundredths */
    int64_t floor, target;      /* of an item that is a share: millionths */
    int64_t each;               /* hundredths, below 0 where it is deducted; 0: it is a share */
    enum assess_nothing nothing;
    bool appeals; /* what was appealed against with success does not count (申诉剔除) */
};

/* Points that were given or taken by hand. */
struct assess_given {
    struct report_period period;
    int64_t org, points;
    const char *reason, *basis;
};

struct assessment {
    struct arena arena;
    const char *code, *name, *basis;
    bool example;
    const char *const *groups; /* codes, ended by NULL */
    int minimum_figure;
    int64_t minimum;
    int64_t least, most; /* hundredths, of the whole */
    struct assess_item *items;
    struct assess_given *given;
    struct rejudge_limit *limits; /* of a what-if alone: kinds that have other limits */
    int item_count, given_count, limit_count;
};

/* Reads the assessment called WORD: assess/WORD.yaml of the configuration, or the file at that path
 * where it has a slash. Dies after reporting every fault as file:line. */
struct assessment assess_read(struct center *center, const char *word);
void assess_free(struct assessment *assessment);

/* What an organisation has of an item. */
struct assess_part {
    int64_t value, of, points; /* the figure, or points and votes; hundredths */
    bool apart;                /* there is nothing to count, and the other items count for it */
};
struct assess_score {
    int64_t org;
    const char *code, *group;
    int order;                 /* of its group, as the assessment names them */
    int64_t volume;            /* what the minimum is of */
    bool apart;                /* below the minimum */
    int64_t points;            /* hundredths */
    int64_t given;             /* hundredths, by hand; in the points */
    int rank;                  /* inside the group, ties share one; 0: apart */
    struct assess_part *parts; /* by item */
};
/* An appeal against an item's figure, of a ticket that it counts in the period. */
struct assess_appeal {
    int item;
    int64_t org, ticket, appeal; /* its number */
    int granted;                 /* -1: not decided */
};
/* What firms voted on a unit, for an item. */
struct assess_unit {
    int item;
    int64_t org, sum, votes; /* of the points */
    const char *wave, *unit; /* codes */
};
struct assess_scores {
    struct arena arena;
    struct assess_unit *units; /* those that have a rank: by item, then wave */
    int unit_count;
    struct assess_appeal *appeals; /* by item, then ticket */
    int appeal_count;
    struct assess_score *list; /* by group, then rank, then code; those apart last in each group */
    int count;
};

/* The scores of PERIOD. Free with assess_scores_free. */
struct assess_scores assess_compute(struct center *center, const struct org_table *orgs,
                                    const struct assessment *assessment,
                                    const struct report_period *period);
void assess_scores_free(struct assess_scores *scores);

/* The figure of ITEM; of ballots one that no list has, the mean of points by votes. */
struct report_figure assess_figure(struct config *config, const struct assess_item *item);

/* The score of ORG, or NULL. */
const struct assess_score *assess_find(const struct assess_scores *scores, int64_t org);

#endif
