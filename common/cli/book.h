/* book: a workbook (xlsx): a sheet for each table, one for what is said between them, one for the
 * charts. Fit to be printed: the head of a table on every page, as wide as a sheet of A4. */
#ifndef QIFU_CLI_BOOK_H
#define QIFU_CLI_BOOK_H

#include <stdbool.h>
#include <stdint.h>

#include "base/text.h"
#include "cli/bar.h"
#include "cli/out.h"

struct book;

/* Starts a workbook; TITLE stands above each page. Dies where the library is missing. */
struct book *book_new(const char *title);
/* The workbook of the document that is being printed, or NULL. */
struct book *book_of_document(void);
void book_set_document(struct book *book);

/* A line of what is said: a heading, or a paragraph. */
void book_say(struct book *book, const char *text, bool heading);

/* The next sheet: a table called NAME (NULL: as the last heading was) with its head. */
void book_open_table(struct book *book, const char *name, const struct out_column *columns,
                     int count);
/* The next cell; after COUNT of them the next row begins. TEXT is foreign, DIGITS a number as it is
 * written; a moment is one of the center's zone. NULL is empty. */
void book_text(struct book *book, const char *text);
void book_marked(struct book *book, const char *text); /* in red */
void book_number(struct book *book, const char *digits);
void book_moment(struct book *book, int64_t moment);
void book_close_table(struct book *book);

/* Numbers as bars, on the sheet of the charts. */
void book_draw(struct book *book, enum chart_kind kind, const char *title,
               const struct chart_bar *bars, int count);

/* Calls PUT with what the workbook is, piece by piece, and frees it. */
void book_close(struct book *book, void (*put)(const struct text *));

#endif
