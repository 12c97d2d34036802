/* wait_replay: what was asked of the center on a ticket, and while its clock stood still: the rows
 * of request and suspension once more, from the ticket's events. */
#ifndef QIFU_TICKET_WAIT_REPLAY_H
#define QIFU_TICKET_WAIT_REPLAY_H

#include "base/json.h"
#include "base/mem.h"
#include "center/log.h"
#include "center/retold.h"
#include "ticket/ticket.h"

/* A request and a pause as the events give them. */
struct told_request {
    struct retold head;
    const char *act, *reason, *basis;
    int64_t round, org, asked_at, days, decided_at;
    int64_t answer; /* 0: it waits, 1: no, 2: yes */
};
struct told_pause {
    struct retold head;
    int64_t round, from, until;
    const char *reason;
};

/* Those that the events seen so far have told; zeroed at the start, but for the arena, in which
 * their texts live, and the sizes of the rows. */
struct told_waits {
    struct arena *arena;
    struct retold_list requests, pauses;
};

/* Takes an event, DATA being what it says (NULL: no JSON); TICKET is as it was before it. */
void wait_follow(struct told_waits *waits, struct db *db, const struct ticket *ticket,
                 const char *type, int64_t at, const struct json *data);

/* Makes the rows of TICKET, and frees what WAITS holds outside the arena. */
void wait_make(struct told_waits *waits, struct db *db, int64_t ticket);

#endif
