/* round_replay: the answered rounds of a ticket: the rows of round once more, from the ticket's
 * events. */
#ifndef QIFU_TICKET_ROUND_REPLAY_H
#define QIFU_TICKET_ROUND_REPLAY_H

#include "base/json.h"
#include "base/mem.h"
#include "center/log.h"
#include "ticket/ticket.h"

/* A round as its events give it. */
struct told_round {
    int round;
    int64_t lead, started_at, limit_days, due_at, answered_at, gross_days, net_days, calendar_id;
};

/* The rounds that the events seen so far have told; zeroed at the start. */
struct told_rounds {
    struct told_round *list;
    size_t count;
};

/* Takes an event, DATA being what it says (NULL: no JSON); TICKET is as it is with it. */
void round_follow(struct told_rounds *rounds, const struct ticket *ticket, const char *type,
                  const struct json *data);

/* Makes the rows of TICKET, and frees what ROUNDS holds. */
void round_make(struct told_rounds *rounds, struct db *db, int64_t ticket);

#endif
