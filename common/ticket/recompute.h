/* recompute: deadlines of open tickets after the calendar, a limit or the ladder has changed. What
 * was answered or closed keeps its judgment, and a level that has fired stays fired. */
#ifndef QIFU_TICKET_RECOMPUTE_H
#define QIFU_TICKET_RECOMPUTE_H

#include "center/center.h"
#include "ticket/ticket.h"

struct recomputed {
    const struct ticket *ticket; /* as it was */
    int64_t due_at;              /* as it is */
    bool provisional;
};
typedef void recompute_take(void *context, const struct recomputed *difference);

/* Recomputes at most LIMIT open tickets with ids above AFTER, inside a write transaction; calls
 * TAKE for each whose deadline (or its being provisional) differs. Returns the last id looked at,
 * 0 when there was none. A ticket of a kind that the configuration does not know any more is
 * reported, counted in *UNKNOWN and left alone. */
int64_t recompute_batch(struct center *center, int64_t after, int limit, recompute_take *take,
                        void *context, long *unknown);

#endif
