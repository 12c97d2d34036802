/* status: the desk's morning: what waits, what is due and late, each with the program that lists
 * it.
 */
#ifndef QIFU_REPORT_STATUS_H
#define QIFU_REPORT_STATUS_H

#include "center/county.h"
#include "cli/out.h"

enum { STATUS_COLUMNS = 3 };
extern const struct out_column status_columns[STATUS_COLUMNS];

/* Prints a line for each count, of WHOSE center; what is not told apart by centers (sources, the
 * calendar) stands in the whole alone. */
void status_print(struct center *center, const struct county_choice *whose, struct out *out);

#endif
