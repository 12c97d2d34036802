/* said: what was said of a ticket to the enterprise, and by it: as its events have it, unmasked. */
#ifndef QIFU_TICKET_SAID_H
#define QIFU_TICKET_SAID_H

#include <stdint.h>

#include "base/db.h"
#include "base/mem.h"

/* NULL where nothing was. */
struct said {
    const char *answer;       /* the last one */
    const char *remark;       /* with the last rating */
    const char *reason, *way; /* of the last close: why, and where else to turn */
};

/* Texts in ARENA. */
struct said said_read(struct db *db, int64_t ticket, struct arena *arena);

#endif
