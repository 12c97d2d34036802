/* What out.c (cells and rows), out_record.c and out_print.c share. */
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
};

/* What a kept cell of xlsx is, in the letter before it. */
enum { OUT_CELL_TEXT = 't', OUT_CELL_NUMBER = 'n', OUT_CELL_MOMENT = 'm', OUT_CELL_EMPTY = 'e' };

/* Moves the held rows to a temporary file, once they are many. */
void out_spill(struct out *out);

#endif
