/* route_replay: who held a ticket, since when and until when, and what they did with it: the rows
 * of route once more, from the ticket's events. */
#ifndef QIFU_TICKET_ROUTE_REPLAY_H
#define QIFU_TICKET_ROUTE_REPLAY_H

#include "base/json.h"
#include "base/mem.h"
#include "center/retold.h"
#include "ticket/ticket.h"

/* A party as the events give it. */
struct told_route {
    struct retold head;
    int round;
    int64_t org, at, due_at, accept_due_at, accepted_at, answered_at, ended_at, entered_at, limit;
    int64_t late; /* what the center has said of its late entry: 0 nothing, 1 no, 2 yes */
    bool is_lead;
    const char *rule, *basis, *excused;
};

/* Those that the events seen so far have told, in the order in which they came to hold the ticket;
 * zeroed at the start, but for the arena, in which their texts live, and the size of a row. */
struct told_routes {
    struct arena *arena;
    struct retold_list list;
    int64_t closed_at; /* of the last close */
};

/* Takes an event, DATA being what it says (NULL: no JSON); TICKET is as it is with it. */
void route_follow(struct told_routes *routes, struct db *db, const struct ticket *ticket,
                  const char *type, int64_t at, const struct json *data);

/* Makes the rows of TICKET, and frees what ROUTES holds outside the arena. */
void route_make(struct told_routes *routes, struct db *db, int64_t ticket);

#endif
