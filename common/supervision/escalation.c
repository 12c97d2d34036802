#include "supervision/escalation.h"

#include <stdlib.h>
#include <string.h>

#include "base/json.h"
#include "center/log.h"
#include "center/org.h"
#include "supervision/accountability.h"
#include "supervision/settling_private.h"
#include "ticket/projection.h"

/* ---- firing */

/* Adds the order; returns its number. */
static int64_t add_order(struct settling *s, const struct verdict *verdict)
{
    struct center *center = s->ladder->center;
    const struct level *level = settling_level(s, verdict->level);
    int64_t due = settling_reply_due(s, level);
    struct db_query *q = db_query(
        center->db, "INSERT INTO supervision (ticket_id, round, role, level, supervisor, org_id,"
                    " document, due_at, level_at, swept_at, reply_due_at, accountability,"
                    " provisional, id)"
                    " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14)");
    int64_t id = db_next_id(center->db, "supervision");
    const char *document = ladder_document(s->ladder, verdict->org, verdict->level);
    db_bind(q, 1, s->ticket->id);
    db_bind(q, 2, s->round);
    db_bind_text(q, 3, config_role(verdict->role));
    db_bind_text(q, 4, level->term.code);
    db_bind(q, 5, settling_supervisor(s, verdict));
    db_bind(q, 6, verdict->org);
    db_bind_text(q, 7, document);
    db_bind(q, 8, verdict->due_at);
    db_bind(q, 9, verdict->at);
    db_bind(q, 10, center->now);
    db_bind(q, 11, due);
    db_bind(q, 12, settling_opens(s, verdict));
    db_bind(q, 13, verdict->provisional);
    db_bind(q, 14, id);
    db_run(q);
    settling_say(s, &(struct said_order){.id = id,
                                         .org = verdict->org,
                                         .document = document,
                                         .due_at = verdict->due_at,
                                         .swept_at = center->now,
                                         .reply_due_at = due});
    if (s->judgment.order_count < JUDGMENT_MOST)
        s->judgment.orders[s->judgment.order_count++] =
            (struct order){.id = id,
                           .role = verdict->role,
                           .org = verdict->org,
                           .level = verdict->level,
                           .at = verdict->at,
                           .reply_due_at = due,
                           .since = center->now,
                           .provisional = verdict->provisional};
    return id;
}

static void fire(struct settling *s, const struct verdict *verdict)
{
    static const char *const types[CLOCK_ROLES] = {[CLOCK_LEAD] = "escalated",
                                                   [CLOCK_ASSIST] = "assist-escalated",
                                                   [CLOCK_DISPATCH] = "dispatch-escalated"};
    struct text data = {0};
    int64_t order = add_order(s, verdict);
    judgment_raise(s->ladder->center, s->ticket, &s->judgment);
    bool is_tickets = verdict->role == CLOCK_LEAD && s->round == s->ticket->round;
    settling_begin(s, &data, verdict, is_tickets ? "level" : "reached");
    org_add_code(&data, "supervisor", s->ladder->center->db, settling_supervisor(s, verdict));
    if (settling_opens(s, verdict))
        json_add_raw(&data, "accountability", "true");
    if (verdict->provisional)
        json_add_raw(&data, "uncertain", "true");
    settling_record(s, types[verdict->role], verdict->at, &data);
    if (settling_opens(s, verdict))
        accountability_open(s->ladder->center, order, s->ladder->center->now);
    settling_tell(s, LEVEL_FIRED, verdict, NULL);
}

/* The verdict that began first of those that have not fired; NULL where none has begun. */
static const struct verdict *first_unfired(struct settling *s)
{
    const struct verdict *first = NULL;
    for (int i = 0; i < s->judgment.verdict_count; i++) {
        const struct verdict *v = &s->judgment.verdicts[i];
        if (v->at <= s->until && (!first || v->at < first->at) && !judgment_order(&s->judgment, v))
            first = v;
    }
    return first;
}

/* The next level's moment has moved without a level having fired: the ladder was changed. */
static void reschedule(struct settling *s)
{
    struct text data = {0};
    if (s->round < s->ticket->round ||
        judgment_next_of_all(s->ladder->center, s->ticket, s->round, &s->judgment) ==
            s->ticket->next_level_at)
        return;
    json_start(&data);
    settling_record(s, "rescheduled", s->ladder->center->now, &data);
}

static void fire_all(struct settling *s)
{
    for (const struct verdict *verdict; (verdict = first_unfired(s));) {
        struct verdict copy = *verdict; /* a new order can add verdicts */
        fire(s, &copy);
    }
    reschedule(s);
}

/* ---- the ways in */

/* An order of a round that is over still raises its next level. */
static void fire_earlier(const struct settling *present)
{
    for (int round = 1; round < present->ticket->round; round++) {
        struct settling s = *present;
        s.round = round;
        s.turns = NULL;
        judgment_read_round(s.ladder->center, s.ticket, round, &s.judgment);
        fire_all(&s);
    }
}

static void settle(struct ladder *ladder, struct ticket *ticket, struct arena *arena,
                   const struct judgment *before, const char *cause, int64_t until,
                   supervision_take *take, void *context)
{
    struct settling s = {.ladder = ladder,
                         .ticket = ticket,
                         .round = ticket->round,
                         .arena = arena,
                         .until = until,
                         .take = take,
                         .context = context};
    struct turns turns;
    judgment_read_turns(ladder->center, ticket, true, &s.judgment, &turns);
    s.turns = &turns;
    if (cause)
        settling_orders(&s, before, cause);
    fire_earlier(&s);
    fire_all(&s);
}

void supervision_fire(struct ladder *ladder, struct ticket *ticket, struct arena *arena,
                      int64_t until, supervision_take *take, void *context)
{
    settle(ladder, ticket, arena, NULL, NULL, until, take, context);
}

void supervision_settle(struct ladder *ladder, struct ticket *ticket, struct arena *arena,
                        const struct judgment *before, const char *cause, int64_t until,
                        supervision_take *take, void *context)
{
    settle(ladder, ticket, arena, before, cause, until, take, context);
}

void supervision_settle_round(struct ladder *ladder, struct ticket *ticket, struct arena *arena,
                              int round, const struct judgment *before, const char *cause)
{
    struct settling s = {.ladder = ladder,
                         .ticket = ticket,
                         .round = round,
                         .arena = arena,
                         .until = ladder->center->now};
    judgment_read_round(ladder->center, ticket, round, &s.judgment);
    settling_orders(&s, before, cause);
}

void supervision_fire_all(struct ladder *ladder, struct ticket **tickets, int count,
                          struct arena *arena, supervision_take *take, void *context)
{
    struct center *center = ladder->center;
    for (int i = 0; i < count; i++)
        if (tickets[i]) {
            event_add_ahead(center, tickets[i]->id);
            judgment_ahead(center, tickets[i], true);
        }
    for (int i = 0; i < count; i++)
        if (tickets[i])
            supervision_fire(ladder, tickets[i], arena, center->now, take, context);
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
    struct arena arena = {0};
    struct ticket **tickets = ticket_get_all(db, ids, count, &arena);
    supervision_fire_all(ladder, tickets, count, &arena, take, context);
    free(tickets);
    arena_free(&arena);
    free(ids);
    return count;
}
