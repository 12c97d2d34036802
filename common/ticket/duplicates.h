/* repeat: tickets that are likely the same matter told twice: same enterprise or telephone, similar
 * text, both open. */
#ifndef QIFU_TICKET_DUPLICATES_H
#define QIFU_TICKET_DUPLICATES_H

#include <stdint.h>

#include "base/db.h"
#include "ticket/ticket.h"

struct repeat {
    int64_t id, first;
    int percent;          /* how alike the texts are */
    const char *by;       /* uscc, enterprise or phone */
    struct ticket repeat; /* title and confidentiality only */
};

/* Calls TAKE for each pair whose titles, or whole texts, are alike by at least PERCENT, the later
 * ticket's id first; a ticket may stand in several. The repeat's texts live during the call. */
void repeat_each(struct db *db, int percent, void (*take)(void *, const struct repeat *),
                 void *context);

#endif
