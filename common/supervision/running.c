#include "supervision/running.h"

#include <stdlib.h>

#include "ticket/judgment.h"

struct clocks {
    struct running_clock *list;
    size_t count;
};

static void add(struct clocks *clocks, const struct running_clock *clock)
{
    clocks->list = mem_grow(clocks->list, clocks->count, sizeof *clocks->list);
    clocks->list[clocks->count++] = *clock;
}

static void add_parties(struct center *center, int64_t due_to, struct clocks *clocks)
{
    struct db_query *q =
        db_query(center->db, "SELECT r.ticket_id, r.org_id, r.due_at, r.role = 'assist'"
                             " FROM route r JOIN ticket t ON t.id = r.ticket_id"
                             " AND t.round = r.round WHERE r.ended_at IS NULL AND r.answered_at IS"
                             " NULL AND r.due_at <= ?1 AND r.at <= ?2 AND t.closed_at IS NULL"
                             " AND (r.role = 'assist' OR t.answered_at IS NULL)");
    db_bind(q, 1, due_to ? due_to : INT64_MAX);
    db_bind(q, 2, center->now);
    while (db_step(q))
        add(clocks, &(struct running_clock){db_number(q, 0), db_number(q, 1), db_number(q, 2),
                                            db_number(q, 3) ? CLOCK_ASSIST : CLOCK_LEAD});
}

static void add_pool(struct center *center, int64_t due_to, struct clocks *clocks)
{
    int64_t city = county_org(center, NULL);
    struct db_query *q = db_query(center->db, "SELECT id, pooled_at, kind, center FROM ticket"
                                              " WHERE state = 'received' AND pooled_at <= ?1");
    db_bind(q, 1, center->now);
    while (db_step(q)) {
        struct turn turn = {.running = {.pause_count = 0}};
        if (turn_of_pool(center, db_text(q, 2), db_number(q, 3), db_number(q, 1), &turn) &&
            (!due_to || turn.deadline.due_at <= due_to))
            add(clocks, &(struct running_clock){db_number(q, 0), turn.org ? turn.org : city,
                                                turn.deadline.due_at, CLOCK_DISPATCH});
    }
}

static int compare(const void *left, const void *right)
{
    const struct running_clock *a = left, *b = right;
    if (a->due_at != b->due_at)
        return a->due_at < b->due_at ? -1 : 1;
    if (a->ticket_id != b->ticket_id)
        return a->ticket_id < b->ticket_id ? -1 : 1;
    if (a->role != b->role)
        return a->role < b->role ? -1 : 1;
    return (a->org > b->org) - (a->org < b->org);
}

struct running_clock *running_clocks(struct center *center, int64_t due_to, size_t *count)
{
    struct clocks clocks = {.count = 0};
    add_parties(center, due_to, &clocks);
    add_pool(center, due_to, &clocks);
    if (clocks.count)
        qsort(clocks.list, clocks.count, sizeof *clocks.list, compare);
    *count = clocks.count;
    return clocks.list;
}

int64_t running_count_due(struct center *center, const struct county_choice *whose, int64_t from,
                          int64_t to)
{
    size_t count;
    int64_t found = 0;
    struct running_clock *clocks = running_clocks(center, to, &count);
    for (size_t i = 0; i < count; i++)
        found += clocks[i].due_at >= from && county_chosen(center, whose, clocks[i].org);
    free(clocks);
    return found;
}

static bool stands_at(struct center *center, const struct running_clock *clock, int level)
{
    struct arena arena = {0};
    struct turns turns;
    const struct ticket *ticket = ticket_get(center->db, clock->ticket_id, &arena);
    turns_read(center, ticket, false, &turns);
    const struct turn *turn = turns_last(&turns, clock->role, clock->org);
    bool stands = turn && judgment_level(center, ticket, &turns, turn) == level;
    arena_free(&arena);
    return stands;
}

int64_t running_count_level(struct center *center, const struct county_choice *whose, int level)
{
    size_t count;
    int64_t found = 0;
    struct running_clock *clocks = running_clocks(center, center->now - 1, &count);
    for (size_t i = 0; i < count; i++)
        found +=
            county_chosen(center, whose, clocks[i].org) && stands_at(center, &clocks[i], level);
    free(clocks);
    return found;
}
