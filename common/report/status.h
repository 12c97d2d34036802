/* status: the desk's morning: what waits, what is due and late, each with the program that lists
 * it.
 */
#ifndef QIFU_REPORT_STATUS_H
#define QIFU_REPORT_STATUS_H

#include "center/county.h"
#include "cli/out.h"

enum { STATUS_COLUMNS = 3 };
extern const struct out_column status_columns[STATUS_COLUMNS];

/* One count: its code and the office's word, and the command that lists what it counts (NULL:
 * none). Texts live during the call. */
struct status_line {
    const char *code, *name;
    int64_t count;
    const char *command;
};
/* Calls TAKE for each count, of WHOSE center; what is not told apart by centers (sources, the
 * calendar) stands in the whole alone. */
void status_each(struct center *center, const struct county_choice *whose,
                 void (*take)(void *context, const struct status_line *line), void *context);
/* Prints a line for each. */
void status_print(struct center *center, const struct county_choice *whose, struct out *out);

#endif
