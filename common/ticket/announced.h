/* announced: what a ticket was told with days of a year that was not announced then, told anew by
 * the notice: when its answered rounds and the parts of its parties were due, and in how many
 * working days it was answered. What was reckoned within the announced days stays as it is. */
#ifndef QIFU_TICKET_ANNOUNCED_H
#define QIFU_TICKET_ANNOUNCED_H

#include "center/center.h"
#include "ticket/ticket.h"

/* A condition on the rows of ticket in SQL: an answered round, or the deadline of a closed ticket,
 * rests on days that another version of the calendar than number ?4 did not know. */
#define ANNOUNCED_WAITS                                                                            \
    "EXISTS (SELECT 1 FROM calendar_version v JOIN setting o ON o.name = 'utc_offset' WHERE"       \
    " v.id <> ?4 AND ((ticket.closed_at IS NOT NULL AND ticket.calendar_id = v.id AND"             \
    " date(ticket.due_at + o.value, 'unixepoch') > v.horizon) OR EXISTS (SELECT 1 FROM round r"    \
    " LEFT JOIN route p ON p.ticket_id = r.ticket_id AND p.round = r.round"                        \
    " WHERE r.ticket_id = ticket.id AND r.calendar_id = v.id AND"                                  \
    " (date(r.due_at + o.value, 'unixepoch') > v.horizon OR"                                       \
    " date(r.answered_at + o.value, 'unixepoch') > v.horizon OR"                                   \
    " date(p.due_at + o.value, 'unixepoch') > v.horizon OR"                                        \
    " date(p.accept_due_at + o.value, 'unixepoch') > v.horizon))))"

/* True where MOMENT lies on a day that the calendar of that version did not know. */
bool announced_since(struct center *center, int64_t calendar_version, int64_t moment);

/* By when TICKET's present lead must sign in, by the calendar of today where that day was not
 * announced. */
int64_t announced_sign_in(struct center *center, const struct ticket *ticket);

enum { ANNOUNCED_MOST_ROUNDS = 64 };

/* Reckons the ticket's rounds anew and logs it, the limits being what they were; ROUNDS[n] becomes
 * true where round n was. An open round keeps its deadline, which is the caller's, but not those of
 * parts that were filed or ended. Inside a write transaction. */
void announced_apply(struct center *center, struct ticket *ticket, struct arena *arena,
                     bool rounds[static ANNOUNCED_MOST_ROUNDS]);
/* It will be called (db_ahead). */
void announced_ahead(struct db *db, const struct ticket *ticket);

#endif
