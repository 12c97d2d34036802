/* round: how each answered round of a ticket was: when it was due, when it was answered, in how
 * many working days. */
#ifndef QIFU_TICKET_ROUND_H
#define QIFU_TICKET_ROUND_H

#include "center/center.h"
#include "ticket/ticket.h"

/* Working days from the start of the round to its answer, and those without its suspensions. */
struct round_days {
    int gross, net;
};

/* Counts those of TICKET's present round, answered at ANSWERED_AT. */
struct round_days round_count(struct center *center, const struct ticket *ticket,
                              int64_t answered_at);

/* Stores the judgment of that round, which its event tells, with the calendar that its deadline was
 * computed with; inside a write transaction. */
void round_store(struct center *center, const struct ticket *ticket, int64_t answered_at,
                 struct round_days days);

/* Judges the answered ROUND (ticketclock_round) again by the calendar of today and its own start
 * and limit, stores that, and adds it to LIST, of JSON, for the event that tells it. False where
 * its deadline lies outside the calendar: then it stays as it is. Inside a write transaction. */
bool round_judge(struct center *center, struct ticket *round, struct text *list);

/* Judges all answered rounds again, after the ticket's kind or receipt was corrected, and adds them
 * to LIST, of JSON, for the event that tells it. */
void round_again(struct center *center, const struct ticket *ticket, struct text *list);

#endif
