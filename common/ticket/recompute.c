#include "ticket/recompute.h"

#include <stdlib.h>

#include "base/die.h"
#include "base/json.h"
#include "ticket/clock.h"
#include "ticket/projection.h"

/* Working days that granted extensions add to the present round. */
static int granted_days(struct db *db, const struct ticket *ticket)
{
    struct db_query *q = db_query(db, "SELECT coalesce(sum(days), 0) FROM request"
                                      " WHERE ticket_id = ?1 AND round = ?2 AND granted = 1"
                                      " AND act = 'extension'");
    db_bind(q, 1, ticket->id);
    db_bind(q, 2, ticket->round);
    int days = db_step(q) ? (int)db_number(q, 0) : 0;
    db_reset(q);
    return days;
}

static void recompute(struct center *center, struct ticket *ticket, struct arena *arena,
                      recompute_take *take, void *context, long *unknown)
{
    const struct kind *kind = config_kind(center->config, ticket->kind);
    struct ticket before = *ticket, after = *ticket;
    struct text data = {0};
    json_start(&data);
    int limit = ticketclock_errand_days(center, ticket);
    after.limit_days = (limit ? limit : kind ? kind->days : 0) + granted_days(center->db, ticket);
    json_add_number(&data, "limit", after.limit_days);
    if (!kind || !ticketclock_write(center, &after, true, &data)) {
        warn("%lld: kind \"%s\" is not in the configuration: its deadline stays",
             (long long)ticket->id, ticket->kind);
        ++*unknown;
        text_free(&data);
        return;
    }
    json_end(&data);
    projection_apply(&after, center->db, arena, "recomputed", center->now, data.data);
    bool differs = after.due_at != before.due_at || after.provisional != before.provisional;
    if (differs || after.next_level_at != before.next_level_at) {
        projection_record(center, ticket, arena, "recomputed", center->now, data.data);
        if (differs)
            take(context, &(struct recomputed){&before, after.due_at, after.provisional});
    }
    text_free(&data);
}

int64_t recompute_batch(struct center *center, int64_t after, int limit, recompute_take *take,
                        void *context, long *unknown)
{
    int64_t *ids = mem_alloc((size_t)limit * sizeof *ids);
    int count = 0;
    struct db_query *q = db_query(center->db, "SELECT id FROM ticket WHERE answered_at IS NULL"
                                              " AND closed_at IS NULL AND id > ?1"
                                              " ORDER BY id LIMIT ?2");
    db_bind(q, 1, after);
    db_bind(q, 2, limit);
    while (db_step(q))
        ids[count++] = db_number(q, 0);
    for (int i = 0; i < count; i++) {
        struct arena arena = {0};
        recompute(center, ticket_get(center->db, ids[i], &arena), &arena, take, context, unknown);
        arena_free(&arena);
    }
    int64_t last = count ? ids[count - 1] : 0;
    free(ids);
    return last;
}
