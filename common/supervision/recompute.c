#include "supervision/recompute.h"

#include <stdlib.h>

#include "base/die.h"
#include "base/json.h"
#include "ticket/announced.h"
#include "ticket/claim.h"
#include "ticket/clock.h"
#include "ticket/judgment.h"
#include "ticket/limit.h"
#include "ticket/projection.h"
#include "ticket/record.h"
#include "ticket/route.h"

/* Tells the caller what has become of the deadline. */
static void tell(const struct ticket *before, const struct ticket *after,
                 const struct recompute_takes *takes)
{
    if (after->due_at != before->due_at || after->provisional != before->provisional)
        takes->deadline(takes->context,
                        &(struct recomputed){before, after->due_at, after->provisional});
}

/* Logs what is otherwise by the calendar and the limits of today. */
static void record_change(struct center *center, struct ticket *ticket, struct arena *arena,
                          struct text *data)
{
    struct ticket before = *ticket, after = *ticket;
    struct text whole = {0};
    int64_t sign_in = announced_sign_in(center, ticket);
    if (sign_in != ticket->accept_due_at)
        json_add_number(data, "accept_due", sign_in);
    text_add(&whole, data->data);
    json_end(&whole);
    projection_apply(&after, center->db, arena, "recomputed", center->now, whole.data);
    text_free(&whole);
    if (after.due_at != before.due_at || after.provisional != before.provisional ||
        after.limit_days != before.limit_days || after.accept_due_at != before.accept_due_at) {
        route_reckon(center, &after, RECKON_LIMITS);
        record_event(center, ticket, arena, "recomputed", center->now, data);
    }
}

static struct db_query *ask_waiting(struct db *db, int64_t ticket, int round)
{
    struct db_query *q = db_query(db, "SELECT count(*) FROM supervision WHERE ticket_id = ?1 AND"
                                      " round = ?2 AND provisional = 1 AND revoked_at IS NULL");
    db_bind(q, 1, ticket);
    db_bind(q, 2, round);
    return q;
}

static bool waits_for_notice(struct db *db, int64_t ticket, int round)
{
    return db_first(ask_waiting(db, ticket, round)) > 0;
}

/* By the rules of today, but for what was answered: there the dates of replies alone follow, unless
 * the round (one of ROUNDS) waited for its notice. */
static void settle(struct ladder *ladder, struct ticket *ticket, struct arena *arena, bool open,
                   const bool *rounds, const struct recompute_takes *takes)
{
    struct center *center = ladder->center;
    struct judgment judgment;
    const struct judgment *before = NULL;
    for (int round = 1; round < ticket->round; round++)
        if ((round < ANNOUNCED_MOST_ROUNDS && rounds[round]) ||
            waits_for_notice(center->db, ticket->id, round))
            supervision_settle_round(ladder, ticket, arena, round, NULL, "recomputed");
    bool waited = ticket->round < ANNOUNCED_MOST_ROUNDS && rounds[ticket->round];
    if (!open && !waited && !waits_for_notice(center->db, ticket->id, ticket->round)) {
        judgment_read(center, ticket, true, &judgment);
        before = &judgment;
    }
    supervision_settle(ladder, ticket, arena, before, "recomputed", center->now, takes->level,
                       takes->context);
}

static void recompute(struct ladder *ladder, struct ticket *ticket, struct arena *arena,
                      const struct recompute_takes *takes, long *unknown)
{
    struct center *center = ladder->center;
    const struct kind *kind = config_kind(center->config, ticket->kind);
    struct ticket before = *ticket, after = *ticket;
    bool open = !ticket->answered_at && !ticket->closed_at, rounds[ANNOUNCED_MOST_ROUNDS] = {false};
    struct text data = {0};
    json_start(&data);
    after.limit_days = limit_compute(center, ticket, ticket->round);
    json_add_number(&data, "limit", after.limit_days);
    if (open && (!kind || !ticketclock_write(center, &after, &data))) {
        warn("%lld: kind \"%s\" is not in the configuration: its deadline stays",
             (long long)ticket->id, ticket->kind);
        ++*unknown;
    } else {
        announced_apply(center, ticket, arena, rounds);
        if (open)
            record_change(center, ticket, arena, &data);
        tell(&before, ticket, takes);
        claim_ask_again(center, ticket);
        settle(ladder, ticket, arena, open, rounds, takes);
    }
    text_free(&data);
}

static void look_ahead(struct center *center, struct ticket *const *tickets, int count)
{
    for (int i = 0; i < count && db_looks_ahead(center->db); i++) {
        limit_ahead(center->db, tickets[i]);
        announced_ahead(center->db, tickets[i]);
        claim_ahead(center->db, tickets[i]);
        db_ahead(ask_waiting(center->db, tickets[i]->id, tickets[i]->round));
        judgment_ahead(center, tickets[i], true);
    }
}

/* Those that are open, and those that were answered under a level that waits for its notice, or by
 * a deadline that did, or owe a reply. */
int64_t recompute_batch(struct ladder *ladder, int64_t after, int limit,
                        const struct recompute_takes *takes, long *unknown)
{
    struct db *db = ladder->center->db;
    int64_t *ids = mem_alloc((size_t)limit * sizeof *ids);
    int count = 0;
    struct db_query *q = db_query(
        db, "SELECT id FROM ticket WHERE id > ?1 AND ((answered_at IS NULL AND closed_at IS"
            " NULL) OR id IN (SELECT ticket_id FROM supervision WHERE provisional = 1 AND"
            " revoked_at IS NULL) OR id IN (SELECT ticket_id FROM supervision WHERE replied_at IS"
            " NULL AND revoked_at IS NULL AND role <> 'order' AND reply_due_at >= ?3)"
            " OR " ANNOUNCED_WAITS ") ORDER BY id LIMIT ?2");
    db_bind(q, 1, after);
    db_bind(q, 2, limit);
    db_bind(q, 3, ladder->center->now);
    db_bind(q, 4, center_calendar_version(ladder->center));
    while (db_step(q))
        ids[count++] = db_number(q, 0);
    struct arena arena = {0};
    struct ticket **tickets = ticket_get_all(db, ids, count, &arena);
    look_ahead(ladder->center, tickets, count);
    for (int i = 0; i < count; i++)
        recompute(ladder, tickets[i], &arena, takes, unknown);
    free(tickets);
    arena_free(&arena);
    int64_t last = count ? ids[count - 1] : 0;
    free(ids);
    return last;
}
