#include "ticket/limit.h"

#include <stdlib.h>
#include <string.h>

#include "base/json.h"
#include "ticket/clock.h"

static void take_limit(void *context, const char *key, const char *value)
{
    if (value && !strcmp(key, "limit"))
        *(int *)context = atoi(value);
}

static struct db_query *ask_events(struct db *db, const struct ticket *ticket)
{
    struct db_query *q =
        db_query(db, "SELECT type, data FROM event WHERE ticket_id = ?1"
                     " AND type IN ('received', 'redo', 'extended', 'joined', 'corrected',"
                     " 'recomputed') ORDER BY id");
    db_bind(q, 1, ticket->id);
    return q;
}

void limit_ahead(struct db *db, const struct ticket *ticket)
{
    db_ahead(ask_events(db, ticket));
}

int limit_compute(struct center *center, const struct ticket *ticket, int round)
{
    const struct kind *kind = config_kind(center->config, ticket->kind);
    struct ticket first = *ticket;
    first.round = round;
    int errand = ticketclock_errand_days(center, &first);
    if (!errand && !kind)
        return ticket->limit_days;
    int limit = errand ? errand : kind->days, said = 0, current = 1;
    struct db_query *q = ask_events(center->db, ticket);
    while (current <= round && db_step(q)) {
        const char *type = db_text(q, 0);
        struct fault fault = {""};
        int before = said;
        json_read_object(db_text(q, 1), take_limit, &said, &fault);
        current += !strcmp(type, "redo");
        if (current == round && !strcmp(type, "extended"))
            limit += said - before;
        else if (current == round && !strcmp(type, "joined") && said < before && said < limit)
            limit = said;
    }
    db_reset(q);
    return limit;
}
