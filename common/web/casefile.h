/* casefile: a ticket whole, as those who work on it read it on a page: what is asked, who has it,
 * by when, what has happened. */
#ifndef QIFU_WEB_CASEFILE_H
#define QIFU_WEB_CASEFILE_H

#include "ticket/ticket.h"
#include "web/web.h"

/* Adds TICKET. Personal data and what is confidential appear where UNMASK says so. */
void casefile_add(struct web *web, const struct ticket *ticket, bool unmask);

/* Starts an item of a list, which leads to the ticket with this ID: its number, and WHAT it is
 * about. The caller ends it (</li>). */
void casefile_add_link(struct web *web, int64_t id, const char *what);
/* Starts an item of a list with TICKET: its number, which leads to it, its title, and how its clock
 * stands. The caller ends it (</li>). */
void casefile_add_item(struct web *web, const struct ticket *ticket);

#endif
