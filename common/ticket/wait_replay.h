/* wait_replay: what was asked of the center on a ticket, and while its clock stood still, from its
 * events, beside the rows, for center-check. Late entries, which the center is asked about without
 * an event of their own, are left out. */
#ifndef QIFU_TICKET_WAIT_REPLAY_H
#define QIFU_TICKET_WAIT_REPLAY_H

#include "base/json.h"
#include "base/mem.h"
#include "center/compare.h"
#include "center/log.h"
#include "ticket/ticket.h"

/* A request and a pause as the events give them. */
struct told_request {
    const char *act, *reason, *basis;
    int round;
    int64_t org, asked_at, days, decided_at;
    int granted; /* -1: not decided */
};
struct told_pause {
    int round;
    int64_t from, until;
    const char *reason; /* NULL: the events do not tell */
};

/* Those that the events seen so far have told; zeroed at the start, but for the arena, in which all
 * of it lives. */
struct told_waits {
    struct arena *arena;
    struct told_request *requests;
    struct told_pause *pauses;
    size_t request_count, pause_count;
};

/* Takes an event, DATA being what it says (NULL: no JSON); TICKET is as it was before it. */
void wait_follow(struct told_waits *waits, struct db *db, const struct ticket *ticket,
                 const char *type, int64_t at, const struct json *data);

/* Reports what is stored otherwise, and frees what WAITS holds outside the arena. */
void wait_compare(struct told_waits *waits, struct db *db, const struct comparison *comparison);

#endif
