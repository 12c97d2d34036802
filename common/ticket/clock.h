/* ticketclock: the clock of a ticket's present round, which is what the enterprise is told: its
 * limit, the times in which it stood still, what is due when. Whom the ladder judges, and by which
 * clock, is turn.h's. */
#ifndef QIFU_TICKET_CLOCK_H
#define QIFU_TICKET_CLOCK_H

#include "base/text.h"
#include "calendar/deadline.h"
#include "center/center.h"
#include "ticket/ticket.h"

enum { TICKETCLOCK_MOST_PAUSES = 32 };

struct ticketclock {
    struct running running; /* its pauses are those below */
    struct pause pauses[TICKETCLOCK_MOST_PAUSES];
};

/* Reads the clock of TICKET's present round. CLOCK must stay where it is. */
void ticketclock_read(struct center *center, const struct ticket *ticket,
                      struct ticketclock *clock);

/* The ticket as it was when an earlier round was answered, as far as its clock goes; false where
 * there was no such round. Texts are those of TICKET. */
bool ticketclock_round(struct db *db, const struct ticket *ticket, int number,
                       struct ticket *round);
/* It will be called for each round (db_ahead). */
void ticketclock_rounds_ahead(struct db *db, const struct ticket *ticket);

/* The limit, in working days, of a ticket that is to be answered by a day of its own, in its first
 * round: those from receipt to the end of that day, one at least. 0 for any other ticket. */
int ticketclock_errand_days(struct center *center, const struct ticket *ticket);

/* Working days overdue at NOW, negative for those left (deadline.h). */
int ticketclock_overdue(struct center *center, const struct ticket *ticket, int64_t now);

/* The pauses of TICKET's present round will be read (db_ahead). */
void ticketclock_ahead(struct center *center, const struct ticket *ticket);

/* The times in which the clocks of TICKET's present round stood still, in order, at most
 * TICKETCLOCK_MOST_PAUSES; returns how many. */
int ticketclock_pauses(struct center *center, const struct ticket *ticket, struct pause *pauses);

/* Computes the deadline anew and appends it to an event's data: due, provisional, calendar. False
 * where it leaves the calendar. Inside a write transaction. */
bool ticketclock_write(struct center *center, const struct ticket *ticket, struct text *data);

/* The index of a level of the ladder by its code, -1 where there is none or CODE is NULL. */
int ticketclock_level_index(const struct config *config, const char *code);

#endif
