/* assess_show: scores as people read them, and as records. */
#ifndef QIFU_REPORT_ASSESS_SHOW_H
#define QIFU_REPORT_ASSESS_SHOW_H

#include "cli/out.h"
#include "report/assess.h"

struct assess_show {
    struct center *center;
    struct report_names *names;
    const struct assessment *assessment;
    const struct assess_scores *scores;
    const struct report_period *period;
    enum out_format format;
};

/* Prints the assessment as a document: ranks by group, who is apart, what each item gave, what was
 * given by hand, and how it is counted. */
void assess_print(const struct assess_show *show);

enum { ASSESS_COLUMNS = 8, ASSESS_ITEM_COLUMNS = 10, ASSESS_MOVE_COLUMNS = 8 };
/* A record for each organisation; for each organisation and item. */
extern const struct out_column assess_columns[ASSESS_COLUMNS];
void assess_list(const struct assess_show *show, struct out *out);
extern const struct out_column assess_item_columns[ASSESS_ITEM_COLUMNS];
void assess_list_items(const struct assess_show *show, struct out *out);

/* A record for each organisation whose rank is another by OTHER, which is of the same period;
 * returns how many. */
extern const struct out_column assess_move_columns[ASSESS_MOVE_COLUMNS];
int assess_list_moves(const struct assess_show *show, const struct assessment *other,
                      const struct assess_scores *others, struct out *out);

#endif
