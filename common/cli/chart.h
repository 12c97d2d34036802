/* chart: numbers as bars, in a document: drawn by the page itself (SVG, no script), or by the
 * workbook from the cells of the table before it; text and Markdown have the table alone. */
#ifndef QIFU_CLI_CHART_H
#define QIFU_CLI_CHART_H

#include "cli/bar.h"
#include "cli/out.h"

/* Prints COUNT bars, in their order, under TITLE; nothing where no value is above 0. */
void chart_print(enum out_format format, enum chart_kind kind, const char *title,
                 const struct chart_bar *bars, int count);

#endif
