#include "ticket/judgment.h"

#include <string.h>

#include "base/clock.h"

bool judgment_spares(const struct config *config, const struct ticket *ticket)
{
    return ticket->errand && !config_judges_errands(config, ticket->kind);
}

static bool judges(struct center *center, const struct ticket *ticket, const struct turn *turn,
                   int level)
{
    return !turn->excused && !turn->association && !judgment_spares(center->config, ticket) &&
           config_judges(center->config, &center->config->levels[level], turn->role, ticket->kind);
}

static void add_verdict(struct judgment *j, const struct verdict *verdict)
{
    if (j->verdict_count < JUDGMENT_MOST)
        j->verdicts[j->verdict_count++] = *verdict;
}

/* The levels that a turn reaches before its end; one that runs has no end. */
static void judge_turn(struct center *center, const struct ticket *ticket,
                       const struct turns *turns, const struct turn *turn, struct judgment *j)
{
    const struct config *config = center->config;
    for (int i = 0; i < config->level_count; i++) {
        if (!judges(center, ticket, turn, i))
            continue;
        int64_t at = turn_level_at(center, turns, turn, &config->levels[i]);
        if (at == INT64_MAX || (turn->until && at > turn->until))
            break;
        add_verdict(j, &(struct verdict){turn->role, turn->org, i, at, turn->deadline.due_at,
                                         turn->from, turn->until,
                                         calendar_spans_provisional(center_calendar(center),
                                                                    turn->running.start_day,
                                                                    clock_day(at - 1))});
    }
}

static enum clock_role read_role(const char *code)
{
    enum clock_role role = CLOCK_LEAD;
    while (role < CLOCK_ROLES && strcmp(config_role(role), code) != 0)
        role++;
    return role;
}

static struct db_query *ask_orders(struct db *db, const struct ticket *ticket)
{
    struct db_query *q =
        db_query(db, "SELECT id, role, org_id, level, level_at, reply_due_at, replied_at,"
                     " provisional, coalesce(refused_at, CASE WHEN swept_at > level_at"
                     " THEN swept_at ELSE level_at END), refused_at FROM supervision WHERE "
                     "ticket_id = ?1 AND round = ?2"
                     " AND revoked_at IS NULL AND role <> 'order' ORDER BY level_at, id");
    db_bind(q, 1, ticket->id);
    db_bind(q, 2, ticket->round);
    return q;
}

static void read_orders(struct center *center, const struct ticket *ticket, struct judgment *j)
{
    struct db_query *q = ask_orders(center->db, ticket);
    while (db_step(q))
        if (j->order_count < JUDGMENT_MOST)
            j->orders[j->order_count++] =
                (struct order){.id = db_number(q, 0),
                               .role = read_role(db_text(q, 1)),
                               .org = db_number(q, 2),
                               .level = ticketclock_level_index(center->config, db_text(q, 3)),
                               .at = db_number(q, 4),
                               .reply_due_at = db_number(q, 5),
                               .replied_at = db_number(q, 6),
                               .provisional = db_number(q, 7) != 0,
                               .since = db_number(q, 8),
                               .refused = db_number(q, 9) != 0};
}

/* The level behind LEVEL that judges the same clock, or -1. */
static int next_level(const struct config *config, const struct ticket *ticket,
                      const struct order *order)
{
    for (int i = order->level + 1; i < config->level_count; i++)
        if (config_judges(config, &config->levels[i], order->role, ticket->kind))
            return i;
    return -1;
}

/* 整改不力: the level that follows an order without a reply in time. It is as uncertain as the date
 * by which that was due. */
static void raise_level(struct center *center, const struct ticket *ticket,
                        const struct order *order, struct judgment *j)
{
    const struct verdict *ground = judgment_of_order(j, order);
    int level = order->level < 0 ? -1 : next_level(center->config, ticket, order);
    if (level < 0 || !ground || !ground->until || order->provisional)
        return;
    int64_t stopped = clock_moment(clock_day(ground->until), center->config->rule.day_end);
    int64_t at = (order->reply_due_at > stopped ? order->reply_due_at : stopped) + 1;
    if (order->replied_at && order->replied_at < at)
        return;
    struct verdict raised = *ground;
    raised.level = level;
    raised.at = at;
    raised.provisional = calendar_spans_provisional(center_calendar(center),
                                                    clock_day(order->since), clock_day(at - 1));
    for (int i = 0; i < j->verdict_count; i++) {
        struct verdict *v = &j->verdicts[i];
        if (v->role == raised.role && v->org == raised.org && v->level == level) {
            if (at < v->at)
                *v = raised;
            return;
        }
    }
    add_verdict(j, &raised);
}

void judgment_raise(struct center *center, const struct ticket *ticket, struct judgment *j)
{
    for (int i = 0; center->config->unanswered_raises && i < j->order_count; i++)
        raise_level(center, ticket, &j->orders[i], j);
}

static bool is_judged(const struct center *center, const struct ticket *ticket)
{
    return !judgment_spares(center->config, ticket) &&
           !(ticket->closed_as && !strcmp(ticket->closed_as, "void"));
}

void judgment_ahead(struct center *center, const struct ticket *ticket, bool whole)
{
    if (!db_looks_ahead(center->db))
        return;
    db_ahead(ask_orders(center->db, ticket));
    if (is_judged(center, ticket))
        turns_ahead(center, ticket, whole);
}

void judgment_read_turns(struct center *center, const struct ticket *ticket, bool whole,
                         struct judgment *j, struct turns *turns)
{
    j->verdict_count = j->order_count = turns->count = 0;
    judgment_ahead(center, ticket, whole);
    read_orders(center, ticket, j);
    if (!is_judged(center, ticket))
        return;
    turns_read(center, ticket, whole || j->order_count, turns);
    for (int i = 0; i < turns->count; i++)
        judge_turn(center, ticket, turns, &turns->list[i], j);
    judgment_raise(center, ticket, j);
}

void judgment_read(struct center *center, const struct ticket *ticket, bool whole,
                   struct judgment *j)
{
    struct turns turns;
    judgment_read_turns(center, ticket, whole, j, &turns);
}

void judgment_read_round(struct center *center, const struct ticket *ticket, int round,
                         struct judgment *j)
{
    struct ticket then;
    j->verdict_count = j->order_count = 0;
    if (round == ticket->round) {
        judgment_read(center, ticket, true, j);
    } else if (ticketclock_round(center->db, ticket, round, &then)) {
        then.pooled_at = 0; /* that is of the present round */
        judgment_read(center, &then, true, j);
    }
}

/* The center can be late with one ticket's dispatch more than once: each time has an order. */
static bool is_of(const struct verdict *v, const struct order *order)
{
    return v->role == order->role && v->org == order->org && v->level == order->level &&
           (v->role != CLOCK_DISPATCH ||
            (order->at > v->from && (!v->until || order->at <= v->until)));
}

const struct verdict *judgment_of_order(const struct judgment *j, const struct order *order)
{
    for (int i = 0; i < j->verdict_count; i++)
        if (is_of(&j->verdicts[i], order))
            return &j->verdicts[i];
    return NULL;
}

struct order *judgment_order(struct judgment *j, const struct verdict *verdict)
{
    for (int i = 0; i < j->order_count; i++)
        if (is_of(verdict, &j->orders[i]))
            return &j->orders[i];
    return NULL;
}

int64_t judgment_next(struct judgment *j)
{
    int64_t next = 0;
    for (int i = 0; i < j->verdict_count; i++) {
        const struct verdict *v = &j->verdicts[i];
        if ((!next || v->at < next) && !judgment_order(j, v))
            next = v->at;
    }
    return next;
}

/* Orders of rounds that are over; without one nothing of them is to come. */
static bool has_earlier_orders(struct db *db, const struct ticket *ticket)
{
    struct db_query *q =
        db_query(db, "SELECT count(*) FROM supervision WHERE ticket_id = ?1 AND round < ?2"
                     " AND role <> 'order' AND revoked_at IS NULL");
    db_bind(q, 1, ticket->id);
    db_bind(q, 2, ticket->round);
    return ticket->round > 1 && db_first(q) > 0;
}

int64_t judgment_next_of_all(struct center *center, const struct ticket *ticket, int round,
                             struct judgment *judgment)
{
    int64_t next = judgment_next(judgment);
    int count = has_earlier_orders(center->db, ticket) ? ticket->round : 0;
    for (int other = 1; other <= count; other++) {
        struct judgment its;
        if (other == round)
            continue;
        judgment_read_round(center, ticket, other, &its);
        int64_t at = judgment_next(&its);
        if (at && (!next || at < next))
            next = at;
    }
    return next;
}

static bool has_passed(const struct center *center, const struct ticket *ticket)
{
    return ticket->next_level_at && ticket->next_level_at <= center->now;
}

void judgment_next_ahead(struct center *center, const struct ticket *before)
{
    judgment_ahead(center, before, has_passed(center, before));
}

int64_t judgment_next_of(struct center *center, const struct ticket *before,
                         const struct ticket *after)
{
    struct judgment judgment;
    bool passed = has_passed(center, before) || after->received_at != before->received_at;
    judgment_read(center, after, passed, &judgment);
    return judgment_next_of_all(center, after, after->round, &judgment);
}

int64_t judgment_of_new(struct center *center, const struct ticket *ticket)
{
    struct judgment judgment;
    struct turns turns;
    /* both are large, and little of them is used: an import would spend its time on clearing them
     */
    judgment.verdict_count = judgment.order_count = turns.granted_count = 0;
    turns.count = 1;
    turns.list[0] = (struct turn){.org = 0};
    if (!turn_of_pool(center, ticket->kind, ticket->center, ticket->received_at, turns.list))
        return 0;
    judge_turn(center, ticket, &turns, turns.list, &judgment);
    return judgment_next(&judgment);
}

int judgment_level(struct center *center, const struct ticket *ticket, const struct turns *turns,
                   const struct turn *turn)
{
    int level = center->config->level_count - 1;
    while (level >= 0 &&
           (!judges(center, ticket, turn, level) ||
            turn_level_at(center, turns, turn, &center->config->levels[level]) > center->now))
        level--;
    return level;
}
