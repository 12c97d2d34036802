/* ticketfields: a ticket whole, field by field: what was asked, who answers, the clock, the
 * parties, the responsibility days, the history. */
#ifndef QIFU_TICKET_SHOW_H
#define QIFU_TICKET_SHOW_H

#include "base/text.h"
#include "center/center.h"
#include "center/org.h"
#include "cli/out.h"
#include "ticket/ticket.h"

enum { TICKETFIELDS_COLUMNS = 3 };
extern const struct out_column ticketfields_columns[TICKETFIELDS_COLUMNS];

struct ticketfields {
    struct center *center;
    const struct org_table *orgs;
    struct out *out; /* of these columns */
    bool unmask;     /* personal data and confidential texts are shown */
    /* adds what it asks about and came from, which its own folder does not know */
    void (*origin)(struct center *center, const struct org_table *orgs, struct out *out,
                   const struct ticket *ticket);
    const struct ticket *ticket; /* the present one */
};

/* Adds TICKET: a record for each field, or in JSON one object. */
void ticketfields_print(struct ticketfields *fields, const struct ticket *ticket);

#endif
