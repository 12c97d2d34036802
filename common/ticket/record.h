/* record: an event about a ticket goes to the log with all that follows from it: the ticket's new
 * state, and when the next level of the ladder begins. */
#ifndef QIFU_TICKET_RECORD_H
#define QIFU_TICKET_RECORD_H

#include "base/text.h"
#include "center/center.h"
#include "ticket/ticket.h"

/* Ends DATA, a JSON object that was started, appends the event, applies it to TICKET and stores the
 * new state; inside a write transaction. What else the event changes (who has the ticket, its
 * pauses) is stored before. */
void record_event(struct center *center, struct ticket *ticket, struct arena *arena,
                  const char *type, int64_t at, struct text *data);

#endif
