/* index: finds the lines of a report by what they are of. */
#ifndef QIFU_REPORT_INDEX_PRIVATE_H
#define QIFU_REPORT_INDEX_PRIVATE_H

#include "report/report.h"

void index_open(struct report *report);
void index_close(struct report *report);
/* Where the number of the line KEY stands, or is to stand where it is -1. Valid until the next
 * call. */
int *index_slot(struct report *report, const struct report_line *key);

#endif
