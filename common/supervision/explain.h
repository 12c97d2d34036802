/* explain: a ticket's deadline day by day, as records for output: each day counted or not and why,
 * whose it was, and what happened on it. */
#ifndef QIFU_SUPERVISION_EXPLAIN_H
#define QIFU_SUPERVISION_EXPLAIN_H

#include "center/center.h"
#include "center/org.h"
#include "cli/out.h"
#include "ticket/ticket.h"

enum { EXPLAIN_COLUMNS = 10 };
extern const struct out_column explain_columns[EXPLAIN_COLUMNS];

/* Prints the ledger of the ticket's present round, or of all its rounds. */
void explain_ticket(struct center *center, const struct org_table *orgs, struct out *out,
                    const struct ticket *ticket, bool all_rounds);

#endif
