/* What out.c (cells and rows), out_cell.c, out_view.c, out_record.c and out_print.c share. */
#ifndef QIFU_CLI_OUT_PRIVATE_H
#define QIFU_CLI_OUT_PRIVATE_H

#include <stdio.h>

#include "base/text.h"
#include "cli/out.h"

enum { OUT_MOST_LEVELS = 4 };

struct out {
    const struct out_column *columns;
    int count;
    enum out_format format;
    bool header;
    int cell;      /* of the row being added */
    bool marked;   /* that row */
    struct level { /* of the record being added: itself, a list in it, an object in that */
        bool is_list, any;
        const char *one, *title; /* of a list */
    } levels[OUT_MOST_LEVELS];
    int depth;
    const char *id;             /* of that record */
    const char *title, *center; /* of an html page */
    struct text held;           /* rows, already formatted; in a table cells ended by NUL, and so
                                   in xlsx, each behind the letter of what it is */
    FILE *spilled;              /* what did not fit in memory */
    int *widths;                /* of a table */
    struct text partial;        /* a table's cell that is being read back */
    struct book *book;          /* of xlsx, while it is written */
    struct out_view *view;      /* NULL: rows are printed whole, as they come */
};

/* What a kept cell of xlsx is, in the letter before it. */
enum {
    OUT_CELL_TEXT = 't',
    OUT_CELL_MARKED = 'l',
    OUT_CELL_NUMBER = 'n',
    OUT_CELL_MOMENT = 'm',
    OUT_CELL_EMPTY = 'e'
};

static inline bool out_cell_is_text(char what)
{
    return what == OUT_CELL_TEXT || what == OUT_CELL_MARKED;
}

/* out_cell.c: a cell, whose letter says WHAT it is, and the end of a row, in the format that is
 * printed. */
void out_put_cell(struct out *out, char what, const char *s);
void out_put_row(struct out *out);

/* out_view.c: true where the cells that come are kept for a view, and then out_view_keep takes
 * them, out_view_end_row the end of the row. */
bool out_view_keeps(const struct out *out);
void out_view_keep(struct out *out, char what, const char *s);
void out_view_end_row(struct out *out);
/* True where rows are sorted, and so wait for out_view_sort, which adds them. */
bool out_view_waits(const struct out *out);
void out_view_sort(struct out *out);
/* Forgets the rows that wait. */
void out_view_drop(struct out *out);
void out_view_free(struct out *out);

/* Moves the held rows to a temporary file, once they are many. */
void out_spill(struct out *out);

#endif
