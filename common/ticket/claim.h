/* claim: what a handler entered too long after it happened (补录) counts from its entry, until the
 * center has said otherwise. Where that decides a judgment the center is asked (a request for
 * revocation). */
#ifndef QIFU_TICKET_CLAIM_H
#define QIFU_TICKET_CLAIM_H

#include "center/center.h"
#include "ticket/ticket.h"

/* What such a request gives as its reason. */
#define CLAIM_REASON "补录"

/* Asks the center about the part of ORG in TICKET's present round, filed at AT and entered at
 * ENTERED_AT, if the organisation, or the answer to the enterprise, is late by its entry. Inside a
 * write transaction. */
void claim_ask(struct center *center, const struct ticket *ticket, int64_t org, int64_t at,
               int64_t entered_at);

/* The deadlines of TICKET have changed: asks about each part entered so, in any round, about which
 * the center was not asked yet. */
void claim_ask_again(struct center *center, const struct ticket *ticket);
/* It will be called (db_ahead). */
void claim_ahead(struct db *db, const struct ticket *ticket);

#endif
