#include "supervision/running.h"

#include <stdlib.h>

#include "ticket/judgment.h"

enum { BATCH = 500 }; /* clocks whose tickets are read together */

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

/* The tickets of some clocks: each once, with its turns. */
struct several {
    int64_t ids[BATCH];
    struct ticket *tickets[BATCH];
    struct turns turns[BATCH];
    int count;
    struct arena arena;
};

static int place_of(const struct several *s, int64_t id)
{
    int place = 0;
    while (place < s->count && s->ids[place] != id)
        place++;
    return place;
}

static void read_tickets(struct center *center, const struct running_clock *clocks, size_t count,
                         struct several *s)
{
    s->count = 0;
    for (size_t i = 0; i < count; i++)
        if (place_of(s, clocks[i].ticket_id) == s->count)
            s->ids[s->count++] = clocks[i].ticket_id;
    struct ticket **tickets = ticket_get_all(center->db, s->ids, s->count, &s->arena);
    for (int i = 0; i < s->count; i++) {
        s->tickets[i] = tickets[i];
        turns_ahead(center, tickets[i], false);
    }
    for (int i = 0; i < s->count; i++)
        turns_read(center, tickets[i], false, &s->turns[i]);
    free(tickets);
}

static void take_some(struct center *center, const struct running_clock *clocks, size_t count,
                      running_take *take, void *context)
{
    struct several *s = mem_zero(1, sizeof *s);
    read_tickets(center, clocks, count, s);
    for (size_t i = 0; i < count; i++) {
        int place = place_of(s, clocks[i].ticket_id);
        const struct turn *turn = turns_last(&s->turns[place], clocks[i].role, clocks[i].org);
        if (turn)
            take(context, s->tickets[place], &s->turns[place], turn);
    }
    arena_free(&s->arena);
    free(s);
}

void running_each(struct center *center, const struct running_clock *clocks, size_t count,
                  running_take *take, void *context)
{
    for (size_t done = 0, some; done < count; done += some) {
        some = count - done < BATCH ? count - done : BATCH;
        take_some(center, clocks + done, some, take, context);
    }
}

struct counting {
    struct center *center;
    int level;
    int64_t found;
};

static void count_level(void *context, const struct ticket *ticket, const struct turns *turns,
                        const struct turn *turn)
{
    struct counting *c = context;
    c->found += judgment_level(c->center, ticket, turns, turn) == c->level;
}

int64_t running_count_level(struct center *center, const struct county_choice *whose, int level)
{
    struct counting counting = {center, level, 0};
    size_t count, chosen = 0;
    struct running_clock *clocks = running_clocks(center, center->now - 1, &count);
    for (size_t i = 0; i < count; i++)
        if (county_chosen(center, whose, clocks[i].org))
            clocks[chosen++] = clocks[i];
    running_each(center, clocks, chosen, count_level, &counting);
    free(clocks);
    return counting.found;
}
