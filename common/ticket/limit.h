/* limit: the working days that a round of a ticket has to be answered in. */
#ifndef QIFU_TICKET_LIMIT_H
#define QIFU_TICKET_LIMIT_H

#include "center/center.h"
#include "ticket/ticket.h"

/* The limit of a round: that of the ticket's kind (or of its errand) as the configuration has it
 * now, with what the round's events have made of it: extensions that were granted, an earlier
 * deadline that a repeat has brought. The ticket's own where its kind is not configured any more.
 */
int limit_compute(struct center *center, const struct ticket *ticket, int round);
/* It will be called (db_ahead). */
void limit_ahead(struct db *db, const struct ticket *ticket);

#endif
