#include "report/rejudge.h"

#include <stdlib.h>
#include <string.h>

#include "base/json.h"
#include "supervision/escalation.h"
#include "ticket/claim.h"
#include "ticket/clock.h"
#include "ticket/judgment.h"
#include "ticket/limit.h"
#include "ticket/record.h"
#include "ticket/round.h"
#include "ticket/route.h"

static struct kind *find_kind(struct config *config, const char *code)
{
    for (int i = 0; i < config->kind_count; i++)
        if (!strcmp(config->kinds[i].term.code, code))
            return &config->kinds[i];
    return NULL;
}

/* The limit, and the deadline that follows, of the ticket's round; then of its parties and of the
 * rounds that were answered. False where it leaves the calendar. */
static bool move_deadlines(struct center *center, struct ticket *ticket, struct arena *arena,
                           int limit)
{
    struct ticket after = *ticket;
    struct text data = {0}, rounds = {0};
    after.limit_days = limit;
    json_start(&data);
    json_add_number(&data, "limit", limit);
    bool good = ticketclock_write(center, &after, &data);
    if (good) {
        route_reckon(center, &after, RECKON_ALL);
        record_event(center, ticket, arena, "recomputed", center->now, &data);
        round_again(center, ticket, &rounds);
        claim_ask_again(center, ticket);
    }
    text_free(&data);
    text_free(&rounds);
    return good;
}

/* Returns whether its limit is another. */
static bool judge(struct ladder *ladder, struct ticket *ticket, struct arena *arena)
{
    struct center *center = ladder->center;
    int limit = limit_compute(center, ticket, ticket->round);
    if (limit == ticket->limit_days || !move_deadlines(center, ticket, arena, limit))
        return false;
    for (int round = 1; round < ticket->round; round++)
        supervision_settle_round(ladder, ticket, arena, round, NULL, "corrected");
    supervision_settle(ladder, ticket, arena, NULL, "corrected", center->now, NULL, NULL);
    return true;
}

static struct db_query *ask(struct center *center, const struct report_period *period,
                            const char *kind, int64_t after)
{
    const struct report_period before = report_year_before(period);
    struct db_query *q = db_query(center->db, "SELECT id FROM ticket WHERE received_at BETWEEN ?1"
                                              " AND ?2 AND kind = ?3 AND errand = 0 AND id > ?4"
                                              " AND merged_into IS NULL ORDER BY id LIMIT 500");
    db_bind(q, 1, before.start);
    db_bind(q, 2, period->end);
    db_bind_text(q, 3, kind);
    db_bind(q, 4, after);
    return q;
}

/* The next tickets of a kind; returns the last one's id, 0 where there was none. */
static int64_t judge_batch(struct ladder *ladder, const struct report_period *period,
                           const char *kind, int64_t after, long *changed)
{
    struct arena arena = {0};
    int64_t *ids = NULL, last = 0;
    int count = 0;
    struct db_query *q = ask(ladder->center, period, kind, after);
    while (db_step(q)) {
        ids = mem_grow(ids, (size_t)count, sizeof *ids);
        last = ids[count++] = db_number(q, 0);
    }
    struct ticket **tickets = ticket_get_all(ladder->center->db, ids, count, &arena);
    for (int i = 0; i < count; i++)
        *changed += judge(ladder, tickets[i], &arena);
    free(tickets);
    free(ids);
    arena_free(&arena);
    return last;
}

long rejudge_period(struct center *center, const struct report_period *period,
                    const struct rejudge_limit *limits, int count)
{
    struct ladder ladder = ladder_new(center);
    long changed = 0;
    for (int i = 0; i < count; i++)
        find_kind(center->config, limits[i].kind)->days = limits[i].days;
    for (int i = 0; i < count; i++)
        for (int64_t after = 0;
             (after = judge_batch(&ladder, period, limits[i].kind, after, &changed));)
            ;
    return changed;
}
