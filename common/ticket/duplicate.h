/* duplicate: tickets that are likely the same matter told twice: same enterprise or telephone,
 * similar or identical text, both open. The cost grows with the number of tickets,
 * whatever they share: under one key a ticket is compared with REPEAT_MOST different texts before
 * it. */
#ifndef QIFU_TICKET_DUPLICATE_H
#define QIFU_TICKET_DUPLICATE_H

#include <stdint.h>

#include "base/db.h"
#include "center/config.h"
#include "ticket/ticket.h"

enum { REPEAT_MOST = 2000 };

struct duplicate {
    int64_t id, first;
    int percent;          /* how alike the texts are */
    const char *by;       /* uscc, enterprise, phone, text or words */
    struct ticket repeat; /* title and confidentiality only */
};

/* Calls TAKE, by id, for each open ticket to which another one, received before it, is alike:
 * titles or whole texts by at least RULE's percent (PERCENT, where it is not 0). Of several the one
 * received first is its first. ACROSS: also those of other enterprises and telephones, by whole
 * texts that share words that few others have; of several, the one most alike. The repeat's texts
 * live during the call. */
void duplicate_each(struct db *db, const struct duplicate_rule *rule, int percent, bool across,
                    void (*take)(void *, const struct duplicate *), void *context);

/* True where A and B are known to be of two enterprises: two credit codes, or where one has none
 * two names. RULE says which words name nobody. */
bool duplicate_is_other(const struct duplicate_rule *rule, const struct ticket *a,
                        const struct ticket *b);

/* An open ticket of the same firm (by its credit code, else its name) with the very same title as
 * TICKET, the first of them, and when it was received; 0: there is none. One that is confidential
 * is not told. */
int64_t duplicate_find(struct db *db, const struct ticket *ticket, int64_t *received_at);

#endif
