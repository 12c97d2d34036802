/* projection: a ticket's present state as what its events make of it. The programs that act and
 * the replay of center-check use the same function, so that they cannot differ. */
#ifndef QIFU_TICKET_PROJECTION_H
#define QIFU_TICKET_PROJECTION_H

#include "base/mem.h"
#include "center/center.h"
#include "ticket/ticket.h"

/* Applies one event to TICKET, which is zeroed before its first. DATA is the event's JSON object;
 * texts that the ticket keeps go to ARENA. */
void projection_apply(struct ticket *ticket, struct db *db, struct arena *arena, const char *type,
                      int64_t at, const char *data);

/* Appends an event about TICKET, applies it, and stores the ticket's new state; inside a write
 * transaction. */
void projection_record(struct center *center, struct ticket *ticket, struct arena *arena,
                       const char *type, int64_t at, const char *data);

/* Stores the columns in which AFTER differs from BEFORE, the ticket as it is stored. */
void projection_store(struct db *db, const struct ticket *before, const struct ticket *after);

#endif
