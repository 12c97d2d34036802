/* columns: the header line of a table: where it stands, what divides its fields, and which column
 * means which field of a record. */
#ifndef QIFU_CLI_COLUMNS_H
#define QIFU_CLI_COLUMNS_H

#include <stdbool.h>

#include "base/csvfile.h"
#include "cli/headers.h"

/* What a column is that no field takes: OWN is read by the program itself. */
enum { COLUMN_OWN = -3, COLUMN_IGNORED = -2, COLUMN_EXTRA = -1 };

/* A field that a table must have a column for. */
struct column_need {
    int field;          /* -1 ends a list */
    const char *unless; /* what to do where there is none ("--no-ref goes without"), or NULL */
};

/* The column that a rejects file adds. */
extern const char columns_reason[];

struct columns {
    size_t count;
    char **names; /* the header's texts, unique; owned */
    int *fields;  /* the number of a field, or one of the above; owned */
    long line;    /* where the header stands */
    char delimiter;
    struct text raw;   /* its bytes as they stand in the file */
    struct text above; /* what stands above it, "" where nothing does */
};

/* Finds the header of CSV among its first lines, with commas, TABs or semicolons between fields:
 * the line in which most is known. Leaves CSV behind it. FIELDS, ended by NULL, are the record's.
 * Dies, showing what was read, where no line is one or it lacks what is NEEDED; NAME is the
 * file's. */
struct columns columns_find(struct csvfile *csv, const char *name, struct headers *headers,
                            const char *const *fields, const struct column_need *needed);
void columns_free(struct columns *columns);

/* Appends to OUT, behind INTRO, the columns that no field takes, with the nearest header that is
 * known; nothing where all are known. */
void columns_unknown(const struct columns *columns, struct headers *headers, const char *intro,
                     struct text *out);

#endif
