/* sheet: a printed document (a bulletin, a dossier) with its headings, texts and tables: as text,
 * as Markdown, as an html page or as a workbook, which OUT_DEFAULT is not: that is text. */
#ifndef QIFU_CLI_SHEET_H
#define QIFU_CLI_SHEET_H

#include "cli/out.h"

/* Starts and ends a document; TITLE is that of the html page's window, and stands above the pages
 * of a workbook: it must live until the end. */
void sheet_begin(enum out_format format, const char *title);
void sheet_end(enum out_format format);

struct sheet {
    enum out_format format;
    const struct out_column *columns;
    int count, cell;
    struct out *out;
};

/* Starts a table of COUNT columns, which must outlive it; their titles are its head. */
struct sheet sheet_open(enum out_format format, const struct out_column *columns, int count);
/* The next cell; NULL is empty. */
void sheet_cell(struct sheet *sheet, const char *text);
/* The row that begins is marked (out_mark). */
void sheet_mark(struct sheet *sheet);
/* Ends the table with an empty line. */
void sheet_close(struct sheet *sheet);

/* A heading of level 1 or 2, and a paragraph: TEXT is shown as it is, whatever stands in it. */
void sheet_heading(enum out_format format, int level, const char *text);
void sheet_text(enum out_format format, const char *text);
/* A paragraph that is a link to ADDRESS, then what follows it; without one where the format has
 * none.
 */
void sheet_link(enum out_format format, const char *text, const char *address, const char *then);
/* A sentence of ours, with so many empty lines after it in text and Markdown. */
void sheet_note(enum out_format format, int empty, const char *text);

#endif
