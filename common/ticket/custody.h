/* custody: in whose hands a ticket lay, and on how many working days (responsibility days). */
#ifndef QIFU_TICKET_CUSTODY_H
#define QIFU_TICKET_CUSTODY_H

#include "center/center.h"
#include "ticket/ticket.h"

enum { HOLDING_MOST = 128 };

/* From a moment on the ticket was held by an organisation (0: by the city's center, in the pool or
 * in conference), or stood still, or was done with. */
struct custody {
    int64_t from, org;
    int64_t
        until; /* where it stood still: the clock runs again after this moment, resumed or not */
    bool paused, done;
};

struct custodies {
    struct custody list[HOLDING_MOST];
    int count;
};

/* Reads the ticket's holdings out of its log. What does not fit into HOLDING_MOST changes of hands
 * is left out. */
void custody_read(struct db *db, int64_t ticket_id, struct custodies *holdings);

/* The holding at MOMENT, or NULL before the first. */
const struct custody *custody_at(const struct custodies *holdings, int64_t moment);

/* Who held the ticket on a working day: its holder when the day ended, or the last one before the
 * ticket was done with on that day. NULL where nobody did: it stood still, or was done. */
const struct custody *custody_on(const struct center *center, const struct custodies *holdings,
                                 int day);

#endif
