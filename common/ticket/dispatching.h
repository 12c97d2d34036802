/* dispatching: tickets sent to whom the catalogue names, many at once. */
#ifndef QIFU_TICKET_DISPATCHING_H
#define QIFU_TICKET_DISPATCHING_H

#include <stdbool.h>

#include "ticket/dispatcher.h"

/* What became of a ticket; its texts live as long as the call of TAKE. */
struct dispatched {
    int64_t id;
    bool found;                    /* there is such a ticket */
    struct route route;            /* its lead is 0 where the ticket waits on */
    const struct reasons *reasons; /* filled in where EXPLAINS asks for them */
};
typedef void dispatching_take(void *context, const struct dispatched *dispatched);

/* Dispatches the tickets of IDS that wait, and calls TAKE for each id in order. One that was
 * dispatched before keeps its lead. EXPLAINS: nothing is sent. Inside a write transaction. */
void dispatching_run(struct center *center, struct dispatchers *dispatchers, const int64_t *ids,
                     int count, bool explains, dispatching_take *take, void *context);

#endif
