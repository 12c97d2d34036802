/* route_replay: who held a ticket, since when and until when, and what they did with it, from its
 * events, beside the rows of route, for center-check. When a part is due is left out: it follows
 * from the calendar and the configuration of the day on which it was reckoned, and a notice that is
 * announced later moves it, and the date of signing in, without an event of their own. */
#ifndef QIFU_TICKET_ROUTE_REPLAY_H
#define QIFU_TICKET_ROUTE_REPLAY_H

#include "base/json.h"
#include "base/mem.h"
#include "center/compare.h"
#include "ticket/ticket.h"

/* A party as the events give it. */
struct told_route {
    int round;
    int64_t org, at, accepted_at, answered_at, ended_at, entered_at;
    int limit_days;   /* of a lead; an assist has those of the kind, which no event tells */
    int late_granted; /* -1: the center has not said */
    bool is_lead,
        late_untold; /* late_untold: an event of before does not say whose entry it meant */
    const char *rule, *basis, *excused; /* basis NULL: the events do not tell */
};

/* Those that the events seen so far have told, in the order in which they came to hold the ticket;
 * zeroed at the start, but for the arena, in which their texts live. */
struct told_routes {
    struct arena *arena;
    struct told_route *list;
    size_t count;
    int64_t closed_at; /* of the last close */
};

/* Takes an event, DATA being what it says (NULL: no JSON); TICKET is as it is with it. */
void route_follow(struct told_routes *routes, struct db *db, const struct ticket *ticket,
                  const char *type, int64_t at, const struct json *data);

/* Reports what is stored otherwise, and frees what ROUTES holds outside the arena. */
void route_compare(struct told_routes *routes, struct db *db, const struct comparison *comparison);

#endif
