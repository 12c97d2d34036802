/* turn: who has a ticket, from when until when, and on a clock of its own (qifu-rules(7), whose
 * clock): the lead and each assist from their dispatch, the center while it waits for dispatch. */
#ifndef QIFU_TICKET_TURN_H
#define QIFU_TICKET_TURN_H

#include <stdbool.h>
#include <stdint.h>

#include "ticket/clock.h"

struct turn {
    enum clock_role role;
    int64_t org;            /* for CLOCK_DISPATCH the center's own, the city's or a county's */
    int64_t from, until;    /* until: answered, ended, or closed; 0: the clock runs */
    bool excused;           /* it owes nothing: it gave the ticket back and was right, or had it by
                               mistake */
    bool association;       /* which no ladder judges */
    struct running running; /* its pauses are those of struct turns */
    struct deadline deadline;
};

/* More working days that the lead was granted, when. What had begun by then had begun. */
struct granted {
    int64_t at;
    int days;
};

enum { TURNS_MOST = 64, TURNS_MOST_GRANTED = 16 };
struct turns {
    struct turn list[TURNS_MOST];
    int count;
    struct pause pauses[TICKETCLOCK_MOST_PAUSES];
    struct granted granted[TURNS_MOST_GRANTED]; /* in the round, in order */
    int granted_count;
};

/* Reads the turns of TICKET's present round. WHOLE: with the earlier times in which it waited for
 * dispatch, which only its events tell. TICKET may be ahead of its last event, which is then about
 * to be logged. TURNS must stay where it is. A turn whose deadline lies outside the calendar
 * is left out. */
void turns_read(struct center *center, const struct ticket *ticket, bool whole,
                struct turns *turns);

/* turns_read will be called so (db_ahead). */
void turns_ahead(struct center *center, const struct ticket *ticket, bool whole);

/* The clock of a party that has TICKET since AT with a limit of LIMIT_DAYS, and its deadline; false
 * where that lies outside the calendar. The turn's pauses are those that it has, or none. */
bool turn_of_party(struct center *center, const struct ticket *ticket, int64_t at, int limit_days,
                   struct turn *turn);

/* The clock of a center for a ticket of KIND, a code, that waits for dispatch since AT: of the
 * city's, or of the county's that POOL is the organisation of (0: the city's). */
bool turn_of_pool(struct center *center, const char *kind, int64_t pool, int64_t at,
                  struct turn *turn);

/* The turn of the role and organisation that runs or ended last, or NULL. */
const struct turn *turns_last(const struct turns *turns, enum clock_role role, int64_t org);

/* When LEVEL begins in TURN, one of TURNS, if nothing ends it before; INT64_MAX outside the
 * calendar. */
int64_t turn_level_at(const struct center *center, const struct turns *turns,
                      const struct turn *turn, const struct level *level);

#endif
