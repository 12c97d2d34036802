/* judgment: which levels of the ladder follow from what has happened to a ticket, whoever was late
 * on whose clock (qifu-rules(7)). It only reads: supervision/escalation.h fires and revokes by it.
 */
#ifndef QIFU_TICKET_JUDGMENT_H
#define QIFU_TICKET_JUDGMENT_H

#include <stdbool.h>
#include <stdint.h>

#include "ticket/turn.h"

/* A level that follows from the facts, also one that is still to come. */
struct verdict {
    enum clock_role role;
    int64_t org;
    int level;        /* index in the configuration */
    int64_t at;       /* when it begins */
    int64_t due_at;   /* what is overdue then */
    int64_t from;     /* when the clock started, */
    int64_t until;    /* and stopped; 0: it runs */
    bool provisional; /* a notice that is still to come can change it */
};

/* A level that has fired and stands: an order of supervision. */
struct order {
    int64_t id;
    enum clock_role role;
    int64_t org; /* 0: nobody's, of an older center */
    int level;   /* index in the configuration; -1: it is there no more */
    int64_t at, reply_due_at, replied_at;
    int64_t since; /* the working days to its reply are counted from then on */
    bool refused;  /* its reply was: the refusal has said by when another is due */
    bool provisional;
};

enum { JUDGMENT_MOST = 128 };
struct judgment {
    struct verdict verdicts[JUDGMENT_MOST];
    struct order orders[JUDGMENT_MOST];
    int verdict_count, order_count;
};

/* True for an errand of the center that the ladder does not judge (center.yaml). */
bool judgment_spares(const struct config *config, const struct ticket *ticket);

/* Judges TICKET in its present round (WHOLE: turns_read). While a clock runs the days overdue
 * decide; once it has stopped an order that was not replied to in time begins the next level, where
 * the center has chosen so: not before the day has ended on which it stopped. */
void judgment_read(struct center *center, const struct ticket *ticket, bool whole,
                   struct judgment *judgment);

/* The same, and the turns that it judged. */
void judgment_read_turns(struct center *center, const struct ticket *ticket, bool whole,
                         struct judgment *judgment, struct turns *turns);
/* judgment_read will be called so (db_ahead). */
void judgment_ahead(struct center *center, const struct ticket *ticket, bool whole);

/* The same in an earlier round, number ROUND; nothing where the ticket has had none such. */
void judgment_read_round(struct center *center, const struct ticket *ticket, int round,
                         struct judgment *judgment);

/* Judges again after an order was added to JUDGMENT, or taken away. */
void judgment_raise(struct center *center, const struct ticket *ticket, struct judgment *judgment);

/* The verdict that ORDER stands on, or NULL; the order that stands on VERDICT, or NULL. */
const struct verdict *judgment_of_order(const struct judgment *judgment, const struct order *order);
struct order *judgment_order(struct judgment *judgment, const struct verdict *verdict);

/* When the first level begins that has not fired, past or to come; 0: none will. */
int64_t judgment_next(struct judgment *judgment);

/* The same over all rounds of TICKET, of which JUDGMENT is that of ROUND: the orders of a round
 * that is over can still raise levels. */
int64_t judgment_next_of_all(struct center *center, const struct ticket *ticket, int round,
                             struct judgment *judgment);

/* The same of AFTER, a ticket whose next event is about to be logged; BEFORE is the ticket as it
 * is. What has been passed and not fired yet is looked for in its whole history. */
int64_t judgment_next_of(struct center *center, const struct ticket *before,
                         const struct ticket *after);

/* judgment_next_of will be called for BEFORE (db_ahead). */
void judgment_next_ahead(struct center *center, const struct ticket *before);

/* The number of the highest level that TURN, one of TURNS, has reached by the center's now, fired
 * or not; below 0 for none. */
int judgment_level(struct center *center, const struct ticket *ticket, const struct turns *turns,
                   const struct turn *turn);

/* When the first level begins of a ticket that comes in now and waits for dispatch; 0: none will.
 */
int64_t judgment_of_new(struct center *center, const struct ticket *ticket);

#endif
