/* supervision: the ladder. Each level that an overdue ticket reaches fires once per ticket and
 * round, with an event and a supervision record (qifu-rules(7): 黄色、橙色、红色预警). */
#ifndef QIFU_TICKET_ESCALATION_H
#define QIFU_TICKET_ESCALATION_H

#include <stdbool.h>
#include <stdint.h>

#include "center/center.h"
#include "ticket/ticket.h"

/* The ladder with its supervisors found; made once per run. */
struct ladder {
    struct center *center;
    int64_t *supervisors; /* organisation of each level */
};

/* Dies where a supervisor of the configuration is no organisation. */
struct ladder ladder_new(struct center *center);
void ladder_free(struct ladder *ladder);

/* What fired. */
struct firing {
    const struct ticket *ticket;
    const struct level *level;
    int64_t supervisor, level_at;
    int overdue; /* working days at the moment of the sweep */
};
typedef void supervision_take(void *context, const struct firing *firing);

/* Fires every level that the ticket has passed by UNTIL (the center's now at most) and that has not
 * fired in this round; calls TAKE (may be NULL) for each. For an answered or closed ticket does
 * nothing. An act that stops the clock calls it first, so that no breach is lost. Inside a write
 * transaction. */
void supervision_fire(struct ladder *ladder, struct ticket *ticket, struct arena *arena,
                      int64_t until, supervision_take *take, void *context);

/* Does so for at most LIMIT tickets, those first whose level began first. Returns how many tickets
 * had something to fire: 0 when the sweep is done. Reads only what is newly due. */
int supervision_sweep(struct ladder *ladder, int limit, supervision_take *take, void *context);

#endif
