/* supervision: the ladder. Each level that an overdue ticket reaches fires once per ticket and
 * round, with an event and a supervision record (RULES.md 4: 黄色、橙色、红色预警). */
#ifndef QIFU_SUPERVISION_H
#define QIFU_SUPERVISION_H

#include <stdbool.h>
#include <stdint.h>

#include "center.h"
#include "ticket.h"

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

/* Fires every level that the ticket has passed by now and that has not fired in this round; calls
 * TAKE for each. For an answered or closed ticket does nothing. Inside a write transaction. */
void supervision_fire(struct ladder *ladder, struct ticket *ticket, supervision_take *take,
                      void *context);

/* Does so for at most LIMIT tickets, those first whose level began first. Returns how many tickets
 * had something to fire: 0 when the sweep is done. Reads only what is newly due. */
int supervision_sweep(struct ladder *ladder, int limit, supervision_take *take, void *context);

/* When the first level that has not fired begins, given the ticket's due time; 0: none. */
int64_t supervision_next(const struct center *center, int64_t due_at, const char *fired);

/* The index of the highest level that something due at DUE_AT has reached at NOW, or -1. */
int supervision_level_now(const struct center *center, int64_t due_at, int64_t now);

#endif
