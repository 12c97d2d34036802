#include "ticket/custody.h"

#include <string.h>

#include "base/clock.h"
#include "center/log.h"
#include "ticket/projection.h"

struct reading {
    struct db *db;
    struct arena arena;
    struct ticket ticket;
    struct custodies *holdings;
};

/* Replays one event; where the holder changes by it, a holding begins. */
static void take_event(void *context, const struct event *event)
{
    struct reading *r = context;
    struct custodies *h = r->holdings;
    const struct ticket *t = &r->ticket;
    projection_apply(&r->ticket, r->db, &r->arena, event->type, event->at, event->data);
    struct custody now = {.from = event->at,
                          .org = t->lead ? t->lead : t->center,
                          .until = t->suspended_until,
                          .paused = t->suspended_at != 0,
                          .done = t->answered_at || t->closed_at};
    const struct custody *last = h->count ? &h->list[h->count - 1] : NULL;
    if (last && last->org == now.org && last->paused == now.paused && last->done == now.done)
        return;
    if (h->count < HOLDING_MOST)
        h->list[h->count++] = now;
}

void custody_read(struct db *db, int64_t ticket_id, struct custodies *holdings)
{
    struct reading reading = {.db = db, .holdings = holdings};
    holdings->count = 0;
    event_each(db, ticket_id, take_event, &reading);
    arena_free(&reading.arena);
}

const struct custody *custody_at(const struct custodies *holdings, int64_t moment)
{
    const struct custody *found = NULL;
    for (int i = 0; i < holdings->count; i++)
        if (holdings->list[i].from <= moment)
            found = &holdings->list[i];
    return found;
}

const struct custody *custody_on(const struct center *center, const struct custodies *holdings,
                                 int day)
{
    int64_t end = clock_moment(day, center->config->rule.day_end), start = clock_moment(day, 0);
    const struct custody *holding = custody_at(holdings, end);
    const struct custody *morning = custody_at(holdings, start - 1);
    while (holding && holding->done && holding->from >= start && holding > holdings->list)
        holding--;
    /* The day of a suspension is used up, the day of its end does not count yet; nor does the day
     * on which a ticket that was done with comes back. */
    bool rests = morning && (morning->done || (morning->paused && start <= morning->until));
    return holding && !holding->done && !rests ? holding : NULL;
}
