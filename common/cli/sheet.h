/* sheet: a table inside a printed document (a bulletin, a dossier), as text or as Markdown. */
#ifndef QIFU_CLI_SHEET_H
#define QIFU_CLI_SHEET_H

#include <stdbool.h>

#include "cli/out.h"

struct sheet {
    bool markdown;
    const struct out_column *columns; /* must outlive the sheet */
    int count, cell;
    struct out *out; /* of text */
};

/* Starts a table of COUNT columns; their titles are its head. */
struct sheet sheet_open(bool markdown, const struct out_column *columns, int count);
/* The next cell; NULL is empty. */
void sheet_cell(struct sheet *sheet, const char *text);
/* Ends the table with an empty line. */
void sheet_close(struct sheet *sheet);

/* A heading of level 1 or 2, and a paragraph: TEXT is shown as it is, whatever stands in it. */
void sheet_heading(bool markdown, int level, const char *text);
void sheet_text(bool markdown, const char *text);

#endif
