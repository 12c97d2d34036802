/* behind: the records behind a figure, as a program lists them. */
#ifndef QIFU_REPORT_BEHIND_H
#define QIFU_REPORT_BEHIND_H

#include "center/program.h"
#include "report/report.h"

/* Prints the tickets, policies or enterprises behind ASKED as PROGRAM's records. */
void behind_print(struct program *program, const struct report_asked *asked);

#endif
