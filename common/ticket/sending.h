/* sending: where a ticket goes from a center: to an organisation that handles it, or down to the
 * center of a county, which dispatches it to its own bureaus (center/county.h). A ticket is the
 * county's while it is in its pool or with one of its bureaus. */
#ifndef QIFU_TICKET_SENDING_H
#define QIFU_TICKET_SENDING_H

#include "base/fault.h"
#include "ticket/route.h"

/* True where BY, an organisation that may dispatch TICKET, may send it so; else FAULT says why not:
 * a county's center sends to its own bureaus alone, and names their assists itself. */
bool sending_allows(struct center *center, const struct ticket *ticket, int64_t by,
                    const struct route *route, struct fault *fault);

/* What sending_send does in two parts, so that those of many tickets can be done at once: the
 * parties' rows, then the events. */
struct sending {
    struct route route;
    int64_t at;
    bool down; /* into a county's pool */
};
void sending_place(struct center *center, const struct ticket *ticket, const struct route *route,
                   int64_t at, struct sending *sending);
void sending_log(struct center *center, struct ticket *ticket, struct arena *arena,
                 const struct sending *sending);

/* Dispatches TICKET at AT, or hands it down, inside a write transaction. An errand goes to the
 * organisation itself. */
void sending_send(struct center *center, struct ticket *ticket, struct arena *arena,
                  const struct route *route, int64_t at);

/* Where TICKET was sent that is just sent: as route_of, or to the county's center in whose pool it
 * is. */
struct route sending_of(struct db *db, const struct ticket *ticket, struct arena *arena);

/* True where TICKET was handed down to ORG, a county's center, before. */
bool sending_was_at(struct db *db, const struct ticket *ticket, int64_t org);

#endif
