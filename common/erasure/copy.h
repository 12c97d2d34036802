/* copy: the columns in which texts of events stand a second time, where the programs look for them.
 * A record is what its events make of it, so there too the mark takes the place of the text. */
#ifndef QIFU_ERASURE_COPY_H
#define QIFU_ERASURE_COPY_H

#include <stdbool.h>
#include <stdint.h>

#include "base/db.h"
#include "base/mem.h"

/* Texts that were erased, each with the mark that took its place. */
struct copies {
    struct copy *list;
    size_t count;
    struct arena arena;
};
void copies_free(struct copies *copies);

/* The mark for a text; for one that NAMES a record a mark of its own, with NUMBER. Valid until
 * copies_free. */
const char *copy_mark(struct copies *copies, bool names, int64_t number);

/* The mark for TEXT of FIELD (personal.h), which is kept: that of the same text where there is one.
 * */
const char *copy_add(struct copies *copies, const char *text, const char *field, bool names,
                     int64_t number);

/* Puts the marks in the place of the texts in the columns that follow from events of this ticket,
 * 0: from those that are no ticket's. Inside a write transaction. */
void copy_erase(const struct copies *copies, struct db *db, int64_t ticket_id);

#endif
