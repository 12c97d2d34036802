/* move: copies a center from one database to another, whichever engine either is of, and proves
 * that nothing changed on the way. */
#ifndef QIFU_CENTER_MOVE_H
#define QIFU_CENTER_MOVE_H

#include <stdbool.h>

#include "base/db.h"
#include "base/digest.h"

/* A table that was moved: its name, its rows, their digest in the order of its key. */
struct moved {
    char *name;
    int64_t rows;
    char digest[DIGEST_TEXT_SIZE];
    bool differs; /* of what was made anew (rebuild.h) */
};

struct move {
    struct moved *tables;
    size_t count;
    int64_t events;
    char head[DIGEST_TEXT_SIZE]; /* of the log */
};

/* Makes a database at PATH, a file or one of a server, by FILL(CONTEXT, db), which is handed it
 * empty; in a DRY_RUN a file that goes again. A file appears whole by its name, or not at all; a
 * server's database has its name before. Dies where there is a center already. */
void move_place(const char *path, bool dry_run, void (*fill)(void *context, struct db *to),
                void *context);

/* True where no table of DB has a row. */
bool move_is_empty(struct db *db);

/* Copies all rows of FROM into the empty DB TO in one transaction of TO, while nobody else writes
 * to either. Then reads both sides' rows and the log as they are in TO, and commits. Dies, and
 * keeps nothing, where TO is not empty, where anything differs, or where the log of FROM is broken.
 * Memory does not grow with the rows. Free with move_free. */
struct move move_center(struct db *from, struct db *to);
void move_free(struct move *move);

#endif
