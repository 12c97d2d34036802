/* cell: one value as each format of lists writes it: what would end the cell, reach a terminal or
 * be taken for a formula is made harmless. */
#ifndef QIFU_CLI_CELL_H
#define QIFU_CLI_CELL_H

#include <stdbool.h>

#include "base/text.h"

/* Appends S to TO as a cell of a table; what a terminal must not see is made visible. Returns how
 * many columns it takes there. */
int cell_add_table(struct text *to, const char *s);
/* Only how many. */
int cell_width(const char *s);

/* The same of a line of tsv, where TAB and the like are escaped, of csv, of a Markdown table (with
 * the bar before it), and of html, in an ELEMENT ("td", "th"); NUMBER: that of a column of them;
 * LATE: to be seen at once. */
void cell_add_tsv(struct text *to, const char *s);
void cell_add_csv(struct text *to, const char *s);
void cell_add_md(struct text *to, const char *s);
void cell_add_html(struct text *to, const char *s, bool number, bool late, const char *element);

#endif
