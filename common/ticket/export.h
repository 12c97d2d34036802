/* export: the tickets of a source as it is told of them (一单双送): each that changed since a mark,
 * as it now is. A mark is the number of an event. */
#ifndef QIFU_TICKET_EXPORT_H
#define QIFU_TICKET_EXPORT_H

#include "ticket/ticket.h"

struct exported {
    const struct ticket *ticket;
    int64_t mark;       /* of its last change */
    const char *answer; /* of the last one; NULL: none yet */
    const char *remark; /* what was said with the last rating; NULL */
};

/* Calls TAKE for each ticket of SOURCE of which something that is exported changed after the event
 * SINCE, by mark; texts live during the call. Who reads on behind the last mark misses nothing. */
void export_each(struct db *db, const char *source, int64_t since,
                 void (*take)(void *context, const struct exported *exported), void *context);

#endif
