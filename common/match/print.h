/* pushprint: deliveries of policies as rows, which a mailer or a messenger takes. */
#ifndef QIFU_MATCH_PRINT_H
#define QIFU_MATCH_PRINT_H

#include "cli/out.h"
#include "match/push.h"

enum { PUSHPRINT_COLUMNS = 12 };
extern const struct out_column pushprint_columns[PUSHPRINT_COLUMNS];

/* Adds a row; contact and telephone masked but with UNMASK. */
void pushprint_row(struct out *out, const struct push_delivery *delivery, bool unmask);

#endif
