/* dossier: a ticket's complete file, printable: the request, the ledger of its days, who held it,
 * the orders of supervision and every event. It is what an accountability procedure starts with. */
#ifndef QIFU_SUPERVISION_DOSSIER_H
#define QIFU_SUPERVISION_DOSSIER_H

#include "center/center.h"
#include "center/org.h"
#include "cli/out.h"
#include "ticket/ticket.h"

/* Prints the file of TICKET as text, Markdown or a part of an html page (cli/sheet.h). Personal
 * data are masked unless UNMASK is set; then the log notes it. */
void dossier_print(struct center *center, const struct org_table *orgs, const struct ticket *ticket,
                   enum out_format format, bool unmask);

#endif
