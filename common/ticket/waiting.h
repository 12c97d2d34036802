/* waiting: what was asked of the center and waits for its word: returns, extensions, suspensions,
 * explained closes. */
#ifndef QIFU_TICKET_WAITING_H
#define QIFU_TICKET_WAITING_H

#include "ticket/ticket.h"

struct waiting {
    const char *act;       /* return, extension, suspension, close */
    int64_t org, asked_at; /* who asked (0: the center itself), and when */
    int days;              /* of an extension, else 0 */
    const char *reason;
    struct ticket ticket; /* id, title, confidential, due_at only */
};

/* Of a request r of ticket t: the county's center whose word it waits for, 0 the city's; which says
 * what a county hands back. */
#define WAITING                                                                                    \
    "(SELECT act, org_id, asked_at, days, reason, ticket_id, id FROM request"                      \
    " WHERE decided_at IS NULL UNION ALL SELECT 'appeal', org_id, asked_at, NULL, reason,"         \
    " ticket_id, id FROM appeal WHERE decided_at IS NULL)"
#define WAITING_AT                                                                                 \
    "CASE WHEN r.act = 'return' AND t.state = 'received' THEN 0 ELSE coalesce(t.center, 0) END"

/* Calls TAKE for each, the oldest first; where CODES are given, only what these organisations have
 * asked; of POOL alone, as WAITING_AT, or of all for -1. The texts live during the call. */
void waiting_each(struct db *db, const struct wanted *codes, int64_t pool,
                  void (*take)(void *, const struct waiting *), void *context);

/* The office's word for what was asked: 申请退单. */
const char *waiting_word(const char *act);

#endif
