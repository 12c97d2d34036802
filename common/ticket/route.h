/* route: dispatch. Which organisations hold a ticket, each with a clock of its own. */
#ifndef QIFU_TICKET_ROUTE_H
#define QIFU_TICKET_ROUTE_H

#include <stdbool.h>
#include <stdint.h>

#include "center/center.h"
#include "ticket/ticket.h"

enum { ROUTE_MOST_ASSISTS = 16 };

/* Where a ticket goes, and why. */
struct route {
    int64_t lead; /* organisation; 0: no rule fits */
    int64_t assists[ROUTE_MOST_ASSISTS];
    int assist_count;
    const char *rule;  /* of the catalogue; NULL: by hand */
    const char *model; /* digest of the model that was heard; NULL: none was */
    int sure;          /* so many in a hundred such go right, by that model */
    const char *basis;
    const char *by;     /* code of who named the lead; NULL: the center */
    const char *center; /* code of the county's center whose it becomes; "": the city's; NULL: it
                           stays whose it is */
};

/* Adds an assist unless it is the lead or there already. False where there are too many. */
bool route_add_assist(struct route *route, int64_t org);

/* Dispatches the ticket at AT, inside a write transaction: routes with their clocks, event, state.
 * The caller has seen to it that the ticket's state allows it (act.h). */
void route_dispatch(struct center *center, struct ticket *ticket, struct arena *arena,
                    const struct route *route, int64_t at);
/* Its two parts: the parties' rows, and the event that tells of them. */
void route_place(struct center *center, const struct ticket *ticket, const struct route *route,
                 int64_t at);
void route_log(struct center *center, struct ticket *ticket, struct arena *arena,
               const struct route *route, int64_t at);

/* How the ticket is dispatched at present; texts in ARENA; lead 0 where it was not. */
struct route route_of(struct db *db, const struct ticket *ticket, struct arena *arena);

/* Fills in lead and assists by their names, each organisation once; dies where one is unknown. */
void route_name(struct route *route, struct db *db, const char *lead, const char *const *assists,
                int assist_count);

/* Appends the assists' codes as a JSON list. */
void route_add_codes(struct text *out, struct db *db, const struct route *route);

/* One party to a ticket's present dispatch. */
struct party {
    int64_t id;                                                       /* of its row */
    int64_t org, at, due_at, accept_due_at, accepted_at, answered_at; /* moments; 0: not yet */
    int limit_days; /* working days of its clock */
    bool is_lead;
};
/* The parties, the lead first; returns how many (at most ROUTE_MOST_ASSISTS + 1). */
int route_parties(struct db *db, const struct ticket *ticket,
                  struct party parties[static ROUTE_MOST_ASSISTS + 1]);
/* It will be called (db_ahead). */
void route_parties_ahead(struct db *db, const struct ticket *ticket);

/* When a party's part is due that got TICKET at AT with so many working days: its own clock, from
 * then on or, where the center has chosen so, from the start of the ticket's. It stands still with
 * the ticket's. */
int64_t party_due(struct center *center, const struct ticket *ticket, int64_t at, int limit_days);

/* By when a party must sign in (签收) that has the ticket since AT. */
int64_t route_sign_in_due(struct center *center, int64_t at);

/* Reckons anew when the parties' parts are due: TICKET has another limit, or its clock stands
 * still. WHICH: those that run; with the assists' limits, because its kind has other days; or also
 * those that were filed, because its kind was another all the time. */
enum reckon { RECKON_RUNNING, RECKON_LIMITS, RECKON_ALL };
void route_reckon(struct center *center, const struct ticket *ticket, enum reckon which);

/* The parties of the round before hold TICKET, which is in its new round, from AT on, with fresh
 * clocks. */
void route_renew(struct center *center, const struct ticket *ticket, int64_t at);

/* The assists of ROUTE join the ticket's present dispatch, each with a clock from AT on; one leaves
 * it. */
void route_join(struct center *center, const struct ticket *ticket, const struct route *route,
                int64_t at);
void route_release(struct db *db, const struct ticket *ticket, int64_t org, int64_t at);

/* A party that no longer holds the ticket, and why it owes nothing (NULL: it does). */
struct former {
    int64_t org, at, ended_at;
    const char *excused;
    bool is_lead;
};
/* Calls TAKE for each, of any round, in order; texts live during the call. */
void route_each_former(struct db *db, int64_t ticket_id,
                       void (*take)(void *, const struct former *), void *context);

/* Ends the present dispatch of the ticket: taken away. EXCUSED says why its parties owe nothing:
 * "returned", "redispatched"; NULL: they do. */
void route_end(struct db *db, const struct ticket *ticket, int64_t at, const char *excused);
/* Ends the parts that assists have not filed, with the round. */
void route_end_assists(struct db *db, const struct ticket *ticket, int64_t at);
/* Notes that a party accepted, or answered its part. */
void route_accept(struct db *db, const struct ticket *ticket, int64_t org, int64_t at);
void route_answer(struct db *db, const struct ticket *ticket, int64_t org, int64_t at);

/* Hands TICKET down to the county's center that is ROUTE's lead, at AT: it waits in its pool. */
void route_hand_down(struct center *center, struct ticket *ticket, struct arena *arena,
                     const struct route *route, int64_t at);

/* Ids of at most LIMIT tickets after the id AFTER in the pool of a county's center (0: of the
 * city's); returns how many. */
int route_pool(struct db *db, int64_t pool, int64_t after, int64_t *ids, int limit);

#endif
