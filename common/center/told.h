/* told: what of a row follows from no word of an event, such as its number, or a moment that the
 * calendar and the configuration of the day gave: the next event of its ticket says it, in the
 * member rows of its data, so that the row can be made anew from the log alone. */
#ifndef QIFU_CENTER_TOLD_H
#define QIFU_CENTER_TOLD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/db.h"
#include "base/json.h"

/* Starts what is told of the row ID, which is of the TICKET (0: of none; the next event of any says
 * it): an object with WHAT as its first member. Members are added to what is returned, until
 * told_end. Inside a write transaction, before the event. */
struct text *told_start(struct db *db, int64_t ticket, const char *what, int64_t id);
void told_end(struct text *row);

/* A part of a transaction that can be undone by itself (db_mark), with what waits for an event:
 * what came since waits no more, and what an event of the part has taken waits again. Parts may be
 * in parts. */
struct told_part {
    size_t count; /* of rows then */
    int64_t takes;
};
struct told_part told_begin(struct db *db);
void told_close(struct db *db, const struct told_part *part, bool keep);

/* False where nothing waits; else the ticket (0: none) whose row has waited longest. */
bool told_next(struct db *db, int64_t *ticket);
/* True where something waits for an event of TICKET. */
bool told_waits(struct db *db, int64_t ticket);
/* Appends what waits for an event of TICKET, divided by commas; from then on it waits no more. */
void told_take(struct db *db, int64_t ticket, struct text *rows);

#endif
