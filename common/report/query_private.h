/* query: the SQL of the figures, put together of their definitions; and whose each row is. */
#ifndef QIFU_REPORT_QUERY_PRIVATE_H
#define QIFU_REPORT_QUERY_PRIVATE_H

#include "center/county.h"
#include "report/cut.h"
#include "report/definitions_private.h"
#include "report/period.h"
#include "report/report.h"
#include "report/topic.h"

/* What tells the rows of a source apart: the columns that are selected and grouped by, first the
 * organisation, then the county whose pool it lay in, then one for each scope that SQL knows. */
struct query_split {
    enum report_subject subject;
    int column[REPORT_SCOPES]; /* of a scope; 0: none */
    int count;                 /* of all columns */
    const struct topics *topics;
};
/* The split by COUNT cuts, those that SUBJECT has; TOPICS are those of query_topics, and must
 * outlive it. */
struct query_split query_split(enum report_subject subject, const struct report_cut *cuts,
                               int count, const struct topics *topics);
/* The topics, where one of COUNT cuts asks for them; else none. Free with topics_free. */
struct topics query_topics(struct config *config, const struct report_cut *cuts, int count);

/* Whose a row is. */
struct query_row {
    int64_t org;
    const struct county *county; /* NULL: the city's */
};
/* Reads the first columns of a row of SOURCE. */
struct query_row query_row(struct center *center, enum source_kind source, struct db_query *q);
/* What the row's value is in SCOPE; codes live until the next step. False where it has none: the
 * city has no county. */
bool query_value(struct center *center, const struct org_table *orgs,
                 const struct query_split *split, const struct query_row *row, struct db_query *q,
                 enum report_scope scope, struct report_value *value);

/* The figures of a source, which are counted in one pass over its rows. Where some are spread, the
 * rows are told apart by their values too. */
struct query_pass {
    enum source_kind source;
    int count, *figures;
    int value_count, *values; /* of each figure the number of its value, from 1; 0: not spread */
    const char **whats;       /* the values */
    const char *left_out;     /* of its last figure */
    bool alike;               /* of all of them */
    const char *appealed;     /* of the plan */
};
/* The pass over SOURCE for what PLAN wants, in ARENA. */
struct query_pass query_pass(struct config *config, struct arena *arena, enum source_kind source,
                             const struct report_plan *plan);
/* Its rows, by SPLIT; and which of their columns the value of a figure is, by its number in the
 * pass, and how much of the figure the row has. */
struct db_query *query_counts(struct center *center, const struct report_period *period,
                              const struct query_split *split, const struct query_pass *pass);
static inline int query_value_column(const struct query_split *split, const struct query_pass *pass,
                                     int i)
{
    return split->count + pass->values[i] - 1;
}
static inline int query_count_column(const struct query_split *split, const struct query_pass *pass,
                                     int i)
{
    return split->count + pass->value_count + i;
}

/* Of FIGURE the id of each row, by SPLIT, in their order. */
struct db_query *query_ids(struct center *center, const struct report_period *period, int figure,
                           const struct query_split *split);
/* The appeals against the figure called ABOUT of which FIGURE has a row of who appealed: the
 * organisation, the ticket, the appeal's number, whether it was granted (NULL: not decided). */
struct db_query *query_appealed(struct center *center, const struct report_period *period,
                                int figure, const char *about);
/* Of FIGURE its organisation and its sum. */
struct db_query *query_by_org(struct center *center, const struct report_period *period,
                              int figure);

#endif
