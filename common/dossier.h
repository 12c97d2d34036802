/* dossier: a ticket's complete file, printable: the request, the ledger of its days, who held it,
 * the orders of supervision and every event. It is what an accountability procedure starts with. */
#ifndef QIFU_DOSSIER_H
#define QIFU_DOSSIER_H

#include "center.h"
#include "org.h"
#include "ticket.h"

/* Prints the file of TICKET as text or Markdown. Personal data are masked unless UNMASK is set;
 * then the log notes it. */
void dossier_print(struct center *center, const struct org_table *orgs, const struct ticket *ticket,
                   bool markdown, bool unmask);

#endif
