#include "supervision.h"

#include <stdlib.h>
#include <string.h>

#include "die.h"
#include "event.h"
#include "json.h"
#include "org.h"

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

static int level_index(const struct config *config, const char *code)
{
    for (int i = 0; code && i < config->level_count; i++)
        if (!strcmp(config->levels[i].term.code, code))
            return i;
    return -1;
}

static int64_t level_at(const struct center *center, int64_t due_at, int level)
{
    return deadline_level_at(center_calendar(center), &center->config->rule, due_at,
                             center->config->levels[level].after);
}

int64_t supervision_next(const struct center *center, int64_t due_at, const char *fired)
{
    int next = level_index(center->config, fired) + 1;
    return next < center->config->level_count ? level_at(center, due_at, next) : 0;
}

int supervision_level_now(const struct center *center, int64_t due_at, int64_t now)
{
    int level = center->config->level_count - 1;
    while (level >= 0 && level_at(center, due_at, level) > now)
        level--;
    return level;
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
        center->db, "INSERT INTO supervision (ticket_id, round, level, supervisor, lead, document,"
                    " due_at, level_at, swept_at, reply_due_at, accountability)"
                    " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)"
                    " ON CONFLICT (ticket_id, round, level) DO NOTHING");
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

static void log_level(struct ladder *ladder, const struct ticket *ticket, int index, int64_t at)
{
    struct center *center = ladder->center;
    const struct level *level = &center->config->levels[index];
    struct text data = {0};
    int64_t next = supervision_next(center, ticket->due_at, level->term.code);
    json_start(&data);
    json_add_text(&data, "level", level->term.code);
    json_add_text(&data, "supervisor", level->supervisor);
    json_add_number(&data, "due", ticket->due_at);
    if (level->accountability)
        json_add_raw(&data, "accountability", "true");
    if (next)
        json_add_number(&data, "next", next);
    json_end(&data);
    event_add(center->db, &(struct event){.ticket_id = ticket->id,
                                          .type = "escalated",
                                          .at = at,
                                          .recorded_at = center->now,
                                          .actor = center->user,
                                          .data = data.data});
    text_free(&data);
}

/* The next level's moment has moved without a level having fired: the ladder was changed. */
static void log_rescheduled(struct center *center, const struct ticket *ticket)
{
    struct text data = {0};
    json_start(&data);
    json_add_number(&data, "due", ticket->due_at);
    if (ticket->next_level_at)
        json_add_number(&data, "next", ticket->next_level_at);
    json_end(&data);
    event_add(center->db, &(struct event){.ticket_id = ticket->id,
                                          .type = "rescheduled",
                                          .at = center->now,
                                          .recorded_at = center->now,
                                          .actor = center->user,
                                          .data = data.data});
    text_free(&data);
}

static void update_ticket(struct db *db, const struct ticket *ticket)
{
    struct db_query *q =
        db_query(db, "UPDATE ticket SET level = ?2, next_level_at = ?3 WHERE id = ?1");
    db_bind(q, 1, ticket->id);
    db_bind_text(q, 2, ticket->level);
    if (ticket->next_level_at)
        db_bind(q, 3, ticket->next_level_at);
    db_run(q);
}

void supervision_fire(struct ladder *ladder, struct ticket *ticket, supervision_take *take,
                      void *context)
{
    struct center *center = ladder->center;
    const struct config *config = center->config;
    if (ticket->answered_at || ticket->closed_at)
        return;
    int overdue =
        deadline_overdue(center_calendar(center), &config->rule, ticket->due_at, center->now);
    bool fired = false;
    int64_t next = 0, told = ticket->next_level_at; /* told: what the events say */
    for (int i = level_index(config, ticket->level) + 1; i < config->level_count; i++) {
        int64_t at = level_at(center, ticket->due_at, i);
        if (at > center->now) {
            next = at;
            break;
        }
        if (!add_record(ladder, ticket, i, at))
            continue; /* fired under another ladder, before a level that this one does not have */
        fired = true;
        ticket->level = config->levels[i].term.code;
        told = supervision_next(center, ticket->due_at, ticket->level);
        log_level(ladder, ticket, i, at);
        take(context, &(struct firing){ticket, &config->levels[i], ladder->supervisors[i], at,
                                       overdue});
    }
    if (!fired && next == told)
        return;
    ticket->next_level_at = next;
    if (next != told)
        log_rescheduled(center, ticket);
    update_ticket(center->db, ticket);
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
        supervision_fire(ladder, ticket_get(db, ids[i], &arena), take, context);
        arena_free(&arena);
    }
    free(ids);
    return count;
}
