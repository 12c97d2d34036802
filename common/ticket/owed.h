/* owed: orders of supervision (督办): those that wait for the handler's reply, and a ticket's own.
 */
#ifndef QIFU_TICKET_OWED_H
#define QIFU_TICKET_OWED_H

#include "ticket/ticket.h"

struct owed {
    struct ticket ticket;                 /* id, title and confidentiality only */
    const char *level, *document, *reply; /* reply: NULL where there is none */
    int64_t supervisor, lead;
    int64_t level_at, reply_due_at, acknowledged_at, replied_at; /* 0: not yet */
    bool accountability;
};
typedef void owed_take(void *context, const struct owed *owed);

/* Calls TAKE for each order that has no reply, the one due first first. Texts live during the
 * call. */
void owed_each(struct db *db, owed_take *take, void *context);

/* Calls TAKE for each order on a ticket, in order. */
void owed_of_ticket(struct db *db, int64_t ticket_id, owed_take *take, void *context);

#endif
