#include "ticket/dispatching.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "center/log.h"
#include "ticket/judgment.h"
#include "ticket/precedent.h"
#include "ticket/sending.h"

/* A ticket on its way, and to whom. */
struct dispatch {
    struct route route;
    struct sending sending;
    bool sends;
    struct reasons reasons;
};

struct dispatching {
    struct center *center;
    struct dispatchers *dispatchers;
    bool explains;
    struct arena arena;
    struct precedents precedents; /* read where EXPLAINS asks for reasons */
};

static void decide(struct dispatching *d, struct ticket *ticket, struct dispatch *one)
{
    bool waits = !strcmp(ticket->state, "received");
    if (waits || d->explains)
        one->route = dispatcher_decide(dispatchers_at(d->dispatchers, ticket->center), ticket,
                                       d->explains ? &one->reasons : NULL);
    else
        one->route = route_of(d->center->db, ticket, &d->arena);
    if (d->explains)
        precedents_explain(&d->precedents, ticket, &one->reasons.why);
    one->sends = waits && one->route.lead && !d->explains;
    if (one->sends)
        sending_place(d->center, ticket, &one->route, d->center->now, &one->sending);
}

/* Those that are all different: first all go to whom they go, then all events tell of it. */
static void run_some(struct dispatching *d, const int64_t *ids, int count, dispatching_take *take,
                     void *context)
{
    struct dispatch *list = mem_zero((size_t)count, sizeof *list);
    struct ticket **tickets = ticket_get_all(d->center->db, ids, count, &d->arena);
    for (int i = 0; i < count; i++)
        if (tickets[i])
            event_add_ahead(d->center, tickets[i]->id);
    for (int i = 0; i < count; i++)
        if (tickets[i])
            decide(d, tickets[i], &list[i]);
    for (int i = 0; i < count; i++)
        if (list[i].sends)
            judgment_next_ahead(d->center, tickets[i]);
    for (int i = 0; i < count; i++) {
        struct dispatch *one = &list[i];
        if (one->sends)
            sending_log(d->center, tickets[i], &d->arena, &one->sending);
        take(context,
             &(struct dispatched){
                 .id = ids[i], .found = tickets[i], .route = one->route, .reasons = &one->reasons});
        text_free(&one->reasons.why);
    }
    free(tickets);
    free(list);
    arena_free(&d->arena);
}

void dispatching_run(struct center *center, struct dispatchers *dispatchers, const int64_t *ids,
                     int count, bool explains, dispatching_take *take, void *context)
{
    struct dispatching d = {.center = center, .dispatchers = dispatchers, .explains = explains};
    if (explains)
        precedents_read(&d.precedents, center->db);
    for (int some; count; ids += some, count -= some)
        run_some(&d, ids, some = ticket_distinct(ids, count), take, context);
    precedents_free(&d.precedents);
}
