/* dossier: a ticket's complete file, printable: the request, the ledger of its days, who held it,
 * the orders of supervision and every event. It is what an accountability procedure starts with. */
#ifndef QIFU_SUPERVISION_DOSSIER_H
#define QIFU_SUPERVISION_DOSSIER_H

#include "center/center.h"
#include "center/org.h"
#include "ticket/ticket.h"

/* Prints the file of TICKET as text or Markdown. Personal data are masked unless UNMASK is set;
 * then the log notes it. */
void dossier_print(struct center *center, const struct org_table *orgs, const struct ticket *ticket,
                   bool markdown, bool unmask);

#endif
