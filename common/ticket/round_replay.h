/* round_replay: the answered rounds of a ticket from its events, beside their rows, for
 * center-check. */
#ifndef QIFU_TICKET_ROUND_REPLAY_H
#define QIFU_TICKET_ROUND_REPLAY_H

#include "base/json.h"
#include "base/mem.h"
#include "center/compare.h"
#include "center/log.h"
#include "ticket/ticket.h"

/* A round as its events give it. */
struct told_round {
    int round;
    int64_t lead, started_at, limit_days, due_at, answered_at, gross_days, net_days, calendar_id;
    bool counted;   /* its days are told: they were not in events of before */
    bool recounted; /* it was counted again by an event of before, which does not say how */
};

/* The rounds that the events seen so far have told; zeroed at the start. Free LIST. */
struct told_rounds {
    struct told_round *list;
    size_t count;
};

/* Takes an event, DATA being what it says (NULL: no JSON); TICKET is as it is with it. */
void round_follow(struct told_rounds *rounds, const struct ticket *ticket, const char *type,
                  const struct json *data);

/* Reports what is stored otherwise. */
void round_compare(struct told_rounds *rounds, struct db *db, const struct comparison *comparison);

#endif
