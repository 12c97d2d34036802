/* changes: what was entered since a moment, over all records: an event of the log each, in the
 * office's words. */
#ifndef QIFU_REPORT_CHANGES_H
#define QIFU_REPORT_CHANGES_H

#include "center/center.h"
#include "center/org.h"
#include "cli/out.h"

enum { CHANGES_COLUMNS = 8 };
extern const struct out_column changes_columns[CHANGES_COLUMNS];

/* Prints the events that were entered from SINCE to UNTIL, in the log's order, as they may be
 * shown: those of tickets that the one who runs the program may read, and of other records where
 * all tickets are that. Returns how many. */
long changes_print(struct center *center, const struct org_table *orgs, int64_t since,
                   int64_t until, struct out *out);

#endif
