/* rulinglist: rulings as the programs print them, a record each. */
#ifndef QIFU_TICKET_RULING_LIST_H
#define QIFU_TICKET_RULING_LIST_H

#include "center/org.h"
#include "cli/out.h"
#include "ticket/ruling.h"

enum { RULINGLIST_COLUMNS = 11 };
extern const struct out_column rulinglist_columns[RULINGLIST_COLUMNS];

void rulinglist_print(struct out *out, const struct org_table *orgs, const struct ruling *ruling);

#endif
