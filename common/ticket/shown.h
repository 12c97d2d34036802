/* shown: the stored form of what may be shown of a ticket's texts, which the views print and
 * ticket-list searches (schema.sql, shown and event_shown). */
#ifndef QIFU_TICKET_SHOWN_H
#define QIFU_TICKET_SHOWN_H

#include <stdint.h>

#include "base/db.h"
#include "center/projected.h"
#include "ticket/ticket.h"

/* Stores what may be shown of the TICKET, all of whose texts are there; inside a write transaction.
 */
void shown_store(struct db *db, const struct ticket *ticket);

/* What may be shown of tickets and events, once more. */
extern const struct projected shown_projected;

#endif
