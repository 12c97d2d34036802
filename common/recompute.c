#include "recompute.h"

#include <stdlib.h>

#include "die.h"
#include "event.h"
#include "json.h"
#include "supervision.h"

/* A batch under way. */
struct batch {
    struct center *center;
    int64_t calendar_id; /* 0: no deadline has differed yet */
    recompute_take *take;
    void *context;
    long unknown;
};

static void log_recomputed(struct center *center, const struct ticket *ticket,
                           const struct deadline *deadline, int64_t next, int64_t calendar_id)
{
    struct text data = {0};
    json_start(&data);
    json_add_number(&data, "due", deadline->due_at);
    json_add_number(&data, "was", ticket->due_at);
    if (next)
        json_add_number(&data, "next", next);
    if (deadline->provisional)
        json_add_number(&data, "provisional", 1);
    json_add_number(&data, "calendar", calendar_id);
    json_end(&data);
    event_add(center->db, &(struct event){.ticket_id = ticket->id,
                                          .type = "recomputed",
                                          .at = center->now,
                                          .recorded_at = center->now,
                                          .actor = center->user,
                                          .data = data.data});
    text_free(&data);
}

static void update(struct batch *b, const struct ticket *ticket, const struct deadline *deadline,
                   int64_t next)
{
    if (!b->calendar_id)
        b->calendar_id = center_calendar_version(b->center);
    struct db_query *q =
        db_query(b->center->db, "UPDATE ticket SET due_at = ?2, provisional = ?3,"
                                " next_level_at = ?4, calendar_id = ?5 WHERE id = ?1");
    db_bind(q, 1, ticket->id);
    db_bind(q, 2, deadline->due_at);
    db_bind(q, 3, deadline->provisional);
    if (next)
        db_bind(q, 4, next);
    db_bind(q, 5, b->calendar_id);
    db_run(q);
    log_recomputed(b->center, ticket, deadline, next, b->calendar_id);
}

static void recompute(struct batch *b, const struct ticket *ticket)
{
    const struct center *center = b->center;
    const struct config *config = center->config;
    const struct kind *kind = config_kind(config, ticket->kind);
    struct deadline deadline;
    if (!kind || !deadline_compute(center_calendar(center), &config->rule, ticket->received_at,
                                   kind->days, &deadline)) {
        warn("%lld: kind \"%s\" is not in the configuration: its deadline stays",
             (long long)ticket->id, ticket->kind);
        b->unknown++;
        return;
    }
    int64_t next = supervision_next(center, deadline.due_at, ticket->level);
    bool differs =
        deadline.due_at != ticket->due_at || deadline.provisional != ticket->provisional;
    if (!differs && next == ticket->next_level_at)
        return;
    update(b, ticket, &deadline, next);
    if (differs)
        b->take(b->context, &(struct recomputed){ticket, deadline.due_at, deadline.provisional});
}

int64_t recompute_batch(struct center *center, int64_t after, int limit, recompute_take *take,
                        void *context, long *unknown)
{
    struct batch b = {.center = center, .take = take, .context = context};
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
        recompute(&b, ticket_get(center->db, ids[i], &arena));
        arena_free(&arena);
    }
    int64_t last = count ? ids[count - 1] : 0;
    free(ids);
    *unknown += b.unknown;
    return last;
}
