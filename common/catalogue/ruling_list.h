/* rulinglist: rulings as the programs print them, a record each. */
#ifndef QIFU_CATALOGUE_RULING_LIST_H
#define QIFU_CATALOGUE_RULING_LIST_H

#include "catalogue/ruling.h"
#include "center/org.h"
#include "cli/out.h"

enum { RULINGLIST_COLUMNS = 11 };
extern const struct out_column rulinglist_columns[RULINGLIST_COLUMNS];

/* Prints RULING; its ticket is 0 where that is not to be seen. */
void rulinglist_print(struct out *out, const struct org_table *orgs, const struct ruling *ruling);

#endif
