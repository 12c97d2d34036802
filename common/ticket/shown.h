/* shown: the stored form of what may be shown of a ticket's texts, which the views print and
 * ticket-list searches (schema.sql, shown and event_shown). */
#ifndef QIFU_TICKET_SHOWN_H
#define QIFU_TICKET_SHOWN_H

#include <stdint.h>

#include "base/db.h"
#include "center/compare.h"
#include "ticket/ticket.h"

/* Stores what may be shown of the TICKET, all of whose texts are there; inside a write transaction.
 */
void shown_store(struct db *db, const struct ticket *ticket);

/* Reports each ticket and each event whose stored form is not what masking it gives. */
void shown_check(struct db *db, compare_report *report, void *context);

#endif
