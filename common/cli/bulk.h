/* bulk: many records from one file, CSV or JSON lines, row by row (HACKING): finds the encoding
 * and the meaning of the columns, reports bad rows as file:line, keeps them for --rejects, and
 * shows progress on a terminal. Memory does not grow with the number of rows.
 */
#ifndef QIFU_CLI_BULK_H
#define QIFU_CLI_BULK_H

#include <stdbool.h>

#include "base/db.h"
#include "cli/columns.h"
#include "cli/headers.h"
#include "cli/out.h"

/* One row; texts live until the next one. */
struct bulk_row {
    long line;
    char **values;     /* by field number; trimmed; NULL where absent or empty */
    const char *extra; /* JSON object of what no field takes, or NULL */
};

struct bulk_source {
    const char *path;                                 /* "-" is standard input */
    bool is_jsonl;                                    /* JSON lines, else CSV */
    const char *encoding;                             /* of CSV; NULL finds it out */
    const char *rejects;                              /* where bad rows go, NULL: nowhere */
    bool extra;                                       /* columns that no field takes are kept */
    bool (*knows)(void *context, const char *column); /* the program reads it itself; or NULL */
    /* Told of each readable row some rows before it comes; or NULL. */
    void (*ahead)(void *context, const struct bulk_row *row);
    void *context;
    bool quiet;   /* no progress, and no notes on the columns */
    bool dry_run; /* nothing is kept, and no rejects are written */
};

struct bulk;

/* Opens SOURCE; begin a write transaction on DB then. FIELDS (ended by NULL) are the record's
 * fields, HEADERS their synonyms, NEEDED what a CSV must have columns for. Says on standard error
 * where the header stands and which columns no field takes, in a dry run how each is read. Dies
 * where the file or its header line cannot be read, or the rejects have no place. */
struct bulk *bulk_open(const struct bulk_source *source, struct db *db, struct headers *headers,
                       const char *const *fields, const struct column_need *needed);

/* The next readable row; unreadable ones are rejected on the way, and rows of a CSV with only empty
 * cells (spreadsheets leave them at the end) are skipped. False at the end. */
bool bulk_next(struct bulk *bulk, struct bulk_row *row);

/* Reports the present row as FILE:LINE: REASON and writes it to the rejects. */
void bulk_reject(struct bulk *bulk, const char *reason);

/* A note on the present row, as FILE:LINE: NOTE, that does not reject it. */
void bulk_note(struct bulk *bulk, const char *note);

/* The texts of a cell that holds a list, in ARENA, ended by NULL: divided by blanks, commas or
 * semicolons, Chinese ones too (、，；), or a JSON list. Of NULL the empty list. */
const char *const *bulk_words(struct arena *arena, const char *cell);

long bulk_bad(const struct bulk *bulk);

/* Ends the transaction and frees BULK; returns how many rows were bad. All is undone in a dry run,
 * and where a row was bad and bad rows have nowhere to go: then it says so and drops the rows of
 * OUT. Otherwise the rejects are on disk before the good rows are kept. */
long bulk_end(struct bulk *bulk, struct out *out);

#endif
