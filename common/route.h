/* route: dispatch. Which organisation answers for a ticket, by the catalogue or by hand. */
#ifndef QIFU_ROUTE_H
#define QIFU_ROUTE_H

#include <stdbool.h>
#include <stdint.h>

#include "center.h"
#include "rule.h"
#include "ticket.h"

enum { ROUTE_MOST_ASSISTS = 16 };

/* Where a ticket goes, and why. */
struct route {
    int64_t lead; /* organisation; 0: no rule fits */
    int64_t assists[ROUTE_MOST_ASSISTS];
    int assist_count;
    const char *rule;  /* of the catalogue; NULL: by hand */
    const char *basis;
};

/* Adds an assist unless it is the lead or there already. False where there are too many. */
bool route_add_assist(struct route *route, int64_t org);

/* The dispatch catalogue with its organisations found; made once per run. */
struct dispatcher {
    struct center *center;
    struct rule_set catalogue;
    struct rule_reading reading;
    struct route *routes; /* of each rule */
};

/* Reads catalogue.yaml of the configuration. Dies, with file:line, where a rule names an unknown
 * organisation, kind or channel. */
struct dispatcher dispatcher_new(struct center *center);
void dispatcher_free(struct dispatcher *dispatcher);

/* Where the catalogue sends TICKET. Where WHY is not NULL the reason is appended to it: the words
 * and values that decided, or the rule that came closest and what it lacks. */
struct route dispatcher_decide(struct dispatcher *dispatcher, const struct ticket *ticket,
                               struct text *why);

/* Dispatches the ticket, which must be in the pool (state received), inside a write transaction:
 * routes, event, state. */
void route_dispatch(struct center *center, const struct ticket *ticket, const struct route *route);

/* How the ticket was dispatched in this round; texts in ARENA; lead 0 where it was not. */
struct route route_of(struct db *db, const struct ticket *ticket, struct arena *arena);

/* Ids of at most LIMIT tickets in the pool after the id AFTER; returns how many. */
int route_pool(struct db *db, int64_t after, int64_t *ids, int limit);

#endif
