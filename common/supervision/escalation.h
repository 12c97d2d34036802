/* escalation: the ladder (qifu-rules(7): 黄色、橙色、红色预警). What a judgment finds is fired,
 * once for each party and round, with an event and an order of supervision; what turns out never to
 * have begun is revoked, and stays readable. */
#ifndef QIFU_SUPERVISION_ESCALATION_H
#define QIFU_SUPERVISION_ESCALATION_H

#include <stdbool.h>
#include <stdint.h>

#include "center/center.h"
#include "supervision/ladder.h"
#include "ticket/judgment.h"
#include "ticket/ticket.h"

/* What became of a level. */
enum level_change {
    LEVEL_FIRED,
    LEVEL_REVOKED,    /* it never began */
    LEVEL_MOVED,      /* it began at another moment */
    LEVEL_CONFIRMED,  /* it was provisional, and stands */
    LEVEL_REPLY_MOVED /* its reply is due at another moment, which stands in level_at */
};
struct firing {
    enum level_change change;
    const struct ticket *ticket;
    const struct level *level;
    enum clock_role role;
    int64_t org; /* whom it judges; 0: nobody */
    int64_t supervisor, level_at, due_at;
    int overdue; /* working days on that clock at the moment of the sweep, or when it stopped */
    bool provisional;
    const char *why; /* of LEVEL_REVOKED by the rules of today: a code (level_why); else NULL */
};
/* The office's words for why a level is revoked by the rules of today. */
const char *level_why(const char *code);
typedef void supervision_take(void *context, const struct firing *firing);

/* Fires every level that began by UNTIL (the center's now at most) and that has not fired in this
 * round; calls TAKE (may be NULL) for each. An act that stops a clock calls it first, so that no
 * breach is lost. Inside a write transaction. */
void supervision_fire(struct ladder *ladder, struct ticket *ticket, struct arena *arena,
                      int64_t until, supervision_take *take, void *context);

/* The same for COUNT TICKETS, all different, up to the center's now; NULL is passed over. */
void supervision_fire_all(struct ladder *ladder, struct ticket **tickets, int count,
                          struct arena *arena, supervision_take *take, void *context);

/* After an event of type CAUSE: revokes or moves the levels that stood on BEFORE, the judgment
 * before it, and do not follow from what has happened as it is known now; then fires as above.
 * BEFORE NULL judges all levels by the rules of today. Where CAUSE is "recomputed" the dates of
 * replies are counted by the calendar of today. */
void supervision_settle(struct ladder *ladder, struct ticket *ticket, struct arena *arena,
                        const struct judgment *before, const char *cause, int64_t until,
                        supervision_take *take, void *context);

/* The same for an earlier round of the ticket, number ROUND. */
void supervision_settle_round(struct ladder *ladder, struct ticket *ticket, struct arena *arena,
                              int round, const struct judgment *before, const char *cause);

/* Fires for at most LIMIT tickets, those first whose level began first. Returns how many tickets
 * had something to fire: 0 when the sweep is done. Reads only what is newly due. */
int supervision_sweep(struct ladder *ladder, int limit, supervision_take *take, void *context);

#endif
