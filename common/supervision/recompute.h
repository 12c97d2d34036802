/* recompute: deadlines and levels of open tickets after the calendar, a limit or the ladder has
 * changed. What was answered or closed keeps its judgment, but for deadlines and levels that
 * rested on days that were not announced then. */
#ifndef QIFU_SUPERVISION_RECOMPUTE_H
#define QIFU_SUPERVISION_RECOMPUTE_H

#include "supervision/escalation.h"

struct recomputed {
    const struct ticket *ticket; /* as it was */
    int64_t due_at;              /* as it is */
    bool provisional;
};
typedef void recompute_take(void *context, const struct recomputed *difference);

/* What is called for each deadline (or its being provisional) that differs, and for each level. */
struct recompute_takes {
    recompute_take *deadline;
    supervision_take *level;
    void *context;
};

/* Recomputes at most LIMIT tickets with ids above AFTER, inside a write transaction. Returns the
 * last id looked at, 0 when there was none. A ticket whose kind is no longer in the configuration
 * is reported, counted in *UNKNOWN and not changed. */
int64_t recompute_batch(struct ladder *ladder, int64_t after, int limit,
                        const struct recompute_takes *takes, long *unknown);

#endif
