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

/* Calls TAKE for each, the oldest first; where CODES are given, only what these organisations have
 * asked. The texts live during the call. */
void waiting_each(struct db *db, const struct wanted *codes,
                  void (*take)(void *, const struct waiting *), void *context);

/* The office's word for what was asked: 申请退单. */
const char *waiting_word(const char *act);

#endif
