/* round: how each answered round of a ticket was: when it was due, when it was answered, in how
 * many working days. */
#ifndef QIFU_TICKET_ROUND_H
#define QIFU_TICKET_ROUND_H

#include "center/center.h"
#include "ticket/ticket.h"

/* Stores the judgment of TICKET's present round, answered at ANSWERED_AT, with the calendar that
 * its deadline was computed with; inside a write transaction. */
void round_store(struct center *center, const struct ticket *ticket, int64_t answered_at);

/* Judges all answered rounds again, after the ticket's kind or receipt was corrected. */
void round_again(struct center *center, const struct ticket *ticket);

#endif
