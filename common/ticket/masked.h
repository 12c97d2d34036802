/* masked: how a ticket's texts appear in output: personal data masked, a confidential ticket's
 * texts withheld, unless the operator unmasks them, which the log notes. */
#ifndef QIFU_TICKET_MASKED_H
#define QIFU_TICKET_MASKED_H

#include "cli/out.h"
#include "ticket/ticket.h"

/* The next cell: the ticket's title, masked. */
void masked_title(struct out *out, const struct ticket *ticket);

enum masked_as { MASKED_TEXT, MASKED_JSON, MASKED_NAME, MASKED_PHONE };

/* VALUE (NULL stays NULL) as it may be shown; TO is cleared and may hold the result. */
const char *masked_value(struct text *to, const struct ticket *ticket, enum masked_as as,
                         const char *value, bool unmask);

#endif
