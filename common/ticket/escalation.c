#include "ticket/escalation.h"

#include <stdlib.h>
#include <string.h>

#include "base/die.h"
#include "base/json.h"
#include "center/org.h"
#include "ticket/clock.h"
#include "ticket/projection.h"

struct ladder ladder_new(struct center *center)
{
    const struct config *config = center->config;
    struct ladder ladder = {.center = center};
    ladder.supervisors = mem_zero((size_t)config->level_count, sizeof *ladder.supervisors);
    for (int i = 0; i < config->level_count; i++) {
        const char *code = config->levels[i].supervisor;
        ladder.supervisors[i] = org_find(center->db, code);
        if (!ladder.supervisors[i])
            die("%s/center.yaml: level %s: no organisation \"%s\" to supervise it; org-add adds "
                "one",
                config->directory, config->levels[i].term.code, code);
    }
    return ladder;
}

void ladder_free(struct ladder *ladder)
{
    free(ladder->supervisors);
}

/* Adds the record; false where this level has fired already. */
static bool add_record(struct ladder *ladder, const struct ticket *ticket, int index, int64_t at)
{
    struct center *center = ladder->center;
    const struct level *level = &center->config->levels[index];
    struct deadline reply;
    if (!deadline_compute(center_calendar(center), &center->config->rule, center->now,
                          level->reply_days, &reply))
        die("the reply to level %s is due outside 1990 to 2119", level->term.code);
    struct db_query *q = db_query(
        center->db, "INSERT INTO supervision (ticket_id, round, role, level, supervisor, org_id,"
                    " document, due_at, level_at, swept_at, reply_due_at, accountability)"
                    " VALUES (?1, ?2, 'lead', ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)"
                    " ON CONFLICT DO NOTHING");
    db_bind(q, 1, ticket->id);
    db_bind(q, 2, ticket->round);
    db_bind_text(q, 3, level->term.code);
    db_bind(q, 4, ladder->supervisors[index]);
    if (ticket->lead)
        db_bind(q, 5, ticket->lead);
    db_bind_text(q, 6, level->document);
    db_bind(q, 7, ticket->due_at);
    db_bind(q, 8, at);
    db_bind(q, 9, center->now);
    db_bind(q, 10, reply.due_at);
    db_bind(q, 11, level->accountability);
    db_run(q);
    return db_changes(center->db) > 0;
}

static void log_level(struct ladder *ladder, struct ticket *ticket, struct arena *arena, int index,
                      int64_t at)
{
    struct center *center = ladder->center;
    const struct level *level = &center->config->levels[index];
    struct text data = {0};
    json_start(&data);
    json_add_text(&data, "level", level->term.code);
    json_add_text(&data, "supervisor", level->supervisor);
    if (level->accountability)
        json_add_raw(&data, "accountability", "true");
    json_add_number(&data, "next", ticketclock_next(center, ticket, level->term.code));
    json_end(&data);
    projection_record(center, ticket, arena, "escalated", at, data.data);
    text_free(&data);
}

/* The next level's moment has moved without a level having fired: the ladder was changed. */
static void log_rescheduled(struct center *center, struct ticket *ticket, struct arena *arena,
                            int64_t next)
{
    struct text data = {0};
    json_start(&data);
    json_add_number(&data, "next", next);
    json_end(&data);
    projection_record(center, ticket, arena, "rescheduled", center->now, data.data);
    text_free(&data);
}

void supervision_fire(struct ladder *ladder, struct ticket *ticket, struct arena *arena,
                      int64_t until, supervision_take *take, void *context)
{
    struct center *center = ladder->center;
    const struct config *config = center->config;
    struct ticketclock clock;
    int64_t next = 0;
    if (ticket->answered_at || ticket->closed_at)
        return;
    ticketclock_read(center, ticket, &clock);
    int overdue = running_overdue(center_calendar(center), &config->rule, &clock.running, until);
    for (int i = ticketclock_level_index(config, ticket->level) + 1; i < config->level_count; i++) {
        int64_t at = running_level_at(center_calendar(center), &config->rule, &clock.running,
                                      config->levels[i].after);
        if (at > until) {
            next = at;
            break;
        }
        if (!add_record(ladder, ticket, i, at))
            continue; /* fired under another ladder, before a level that this one does not have */
        log_level(ladder, ticket, arena, i, at);
        if (take)
            take(context,
                 &(struct firing){ticket, &config->levels[i], ladder->supervisors[i], at, overdue});
    }
    if (next != ticket->next_level_at)
        log_rescheduled(center, ticket, arena, next);
}

int supervision_sweep(struct ladder *ladder, int limit, supervision_take *take, void *context)
{
    struct db *db = ladder->center->db;
    int64_t *ids = mem_alloc((size_t)limit * sizeof *ids);
    int count = 0;
    struct db_query *q = db_query(db, "SELECT id FROM ticket WHERE next_level_at IS NOT NULL"
                                      " AND next_level_at <= ?1 ORDER BY next_level_at, id"
                                      " LIMIT ?2");
    db_bind(q, 1, ladder->center->now);
    db_bind(q, 2, limit);
    while (db_step(q))
        ids[count++] = db_number(q, 0);
    for (int i = 0; i < count; i++) {
        struct arena arena = {0};
        supervision_fire(ladder, ticket_get(db, ids[i], &arena), &arena, ladder->center->now, take,
                         context);
        arena_free(&arena);
    }
    free(ids);
    return count;
}
