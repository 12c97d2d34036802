/* ticketlist: tickets as they are listed, one a line: any, those that wait for their sign-in, and
 * what waits for the center's decision. */
#ifndef QIFU_TICKET_LIST_H
#define QIFU_TICKET_LIST_H

#include "center/program.h"
#include "ticket/ticket.h"
#include "ticket/waiting.h"

enum { TICKETLIST_COLUMNS = 13, TICKETLIST_ACCEPT_COLUMNS = 5, TICKETLIST_WAITING_COLUMNS = 8 };
extern const struct out_column ticketlist_columns[TICKETLIST_COLUMNS];
extern const struct out_column ticketlist_accept_columns[TICKETLIST_ACCEPT_COLUMNS];
extern const struct out_column ticketlist_waiting_columns[TICKETLIST_WAITING_COLUMNS];

struct ticketlist {
    struct program *p; /* open, with the columns of what is printed; not owned */
    long count;        /* of the lines */
};

/* Prints TICKET, or by when its lead should have signed it in: the TAKE of ticket_each, whose
 * context is the LIST. */
void ticketlist_print(void *list, const struct ticket *ticket);
void ticketlist_print_accept(void *list, const struct ticket *ticket);
/* Prints what is asked for a ticket: the TAKE of waiting_each, whose context is the LIST. */
void ticketlist_print_waiting(void *list, const struct waiting *waiting);

#endif
