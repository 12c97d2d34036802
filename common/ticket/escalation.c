#include "ticket/escalation.h"

#include <stdlib.h>
#include <string.h>

#include "base/die.h"
#include "base/json.h"
#include "center/org.h"
#include "ticket/accountability.h"
#include "ticket/projection.h"

struct ladder ladder_new(struct center *center)
{
    const struct config *config = center->config;
    struct ladder ladder = {.center = center};
    ladder.center_org = org_need(center->db, config->center_org);
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

/* One ticket's levels being brought to what its judgment says. */
struct settling {
    struct ladder *ladder;
    struct ticket *ticket;
    int round; /* that is judged, the present one or an earlier */
    struct arena *arena;
    struct judgment judgment;
    int64_t until;
    supervision_take *take;
    void *context;
};

static const struct level *level_of(const struct settling *s, int level)
{
    return &s->ladder->center->config->levels[level];
}

/* While a level is provisional it stays in the house (qifu-rules(7)). */
static int64_t supervisor_of(const struct settling *s, const struct verdict *verdict)
{
    return verdict->provisional ? s->ladder->center_org : s->ladder->supervisors[verdict->level];
}

static bool opens(const struct settling *s, const struct verdict *verdict)
{
    return level_of(s, verdict->level)->accountability && !verdict->provisional;
}

static void tell(const struct settling *s, enum level_change change, const struct verdict *verdict,
                 const char *why)
{
    struct center *center = s->ladder->center;
    struct turns turns;
    if (!s->take)
        return;
    turns_read(center, s->ticket, verdict->role == CLOCK_DISPATCH, &turns);
    const struct turn *turn = turns_last(&turns, verdict->role, verdict->org);
    bool ended = turn && turn->until && turn->until < s->until;
    int64_t until = ended ? turn->until : s->until; /* its clock has stopped then */
    s->take(s->context, &(struct firing){.change = change,
                                         .ticket = s->ticket,
                                         .level = level_of(s, verdict->level),
                                         .role = verdict->role,
                                         .org = verdict->org,
                                         .supervisor = supervisor_of(s, verdict),
                                         .level_at = verdict->at,
                                         .due_at = verdict->due_at,
                                         .overdue = turn ? running_overdue(center_calendar(center),
                                                                           &center->config->rule,
                                                                           &turn->running, until)
                                                         : 0,
                                         .provisional = verdict->provisional,
                                         .why = why});
}

/* ---- events */

static void add_org(struct text *data, struct db *db, const char *key, int64_t org)
{
    struct db_query *q = db_query(db, "SELECT code FROM org WHERE id = ?1");
    db_bind(q, 1, org);
    if (db_step(q))
        json_add_text(data, key, db_text(q, 0));
    db_reset(q);
}

/* The lead's level is the ticket's; another clock's is named beside it. */
static void begin(const struct settling *s, struct text *data, const struct verdict *verdict,
                  const char *key)
{
    json_start(data);
    json_add_text(data, key, level_of(s, verdict->level)->term.code);
    if (verdict->role != CLOCK_LEAD) {
        json_add_text(data, "role", config_role(verdict->role));
        add_org(data, s->ladder->center->db, "org", verdict->org);
    }
}

static void record(struct settling *s, const char *type, int64_t at, struct text *data)
{
    int64_t next = judgment_next(&s->judgment);
    if (s->round < s->ticket->round)
        json_add_number(data, "round", s->round);
    else if (next != s->ticket->next_level_at)
        json_add_number(data, "next", next);
    json_end(data);
    projection_record(s->ladder->center, s->ticket, s->arena, type, at, data->data);
    text_free(data);
}

/* ---- firing */

/* By when an order that is given now must be replied to. */
static int64_t reply_due(const struct settling *s, const struct level *level)
{
    const struct center *center = s->ladder->center;
    struct deadline reply;
    if (!deadline_compute(center_calendar(center), &center->config->rule, center->now,
                          level->reply_days, &reply))
        die("the reply to level %s is due outside 1990 to 2119", level->term.code);
    return reply.due_at;
}

/* Adds the order; returns its number. */
static int64_t add_order(struct settling *s, const struct verdict *verdict)
{
    struct center *center = s->ladder->center;
    const struct level *level = level_of(s, verdict->level);
    int64_t due = reply_due(s, level);
    struct db_query *q = db_query(
        center->db, "INSERT INTO supervision (ticket_id, round, role, level, supervisor, org_id,"
                    " document, due_at, level_at, swept_at, reply_due_at, accountability,"
                    " provisional)"
                    " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)");
    db_bind(q, 1, s->ticket->id);
    db_bind(q, 2, s->round);
    db_bind_text(q, 3, config_role(verdict->role));
    db_bind_text(q, 4, level->term.code);
    db_bind(q, 5, supervisor_of(s, verdict));
    db_bind(q, 6, verdict->org);
    db_bind_text(q, 7, level->document);
    db_bind(q, 8, verdict->due_at);
    db_bind(q, 9, verdict->at);
    db_bind(q, 10, center->now);
    db_bind(q, 11, due);
    db_bind(q, 12, opens(s, verdict));
    db_bind(q, 13, verdict->provisional);
    db_run(q);
    int64_t id = db_last_id(center->db);
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
    begin(s, &data, verdict, verdict->role == CLOCK_LEAD ? "level" : "reached");
    add_org(&data, s->ladder->center->db, "supervisor", supervisor_of(s, verdict));
    if (opens(s, verdict))
        json_add_raw(&data, "accountability", "true");
    if (verdict->provisional)
        json_add_raw(&data, "uncertain", "true");
    record(s, types[verdict->role], verdict->at, &data);
    if (opens(s, verdict))
        accountability_open(s->ladder->center, order, s->ladder->center->now);
    tell(s, LEVEL_FIRED, verdict, NULL);
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
    if (s->round < s->ticket->round || judgment_next(&s->judgment) == s->ticket->next_level_at)
        return;
    json_start(&data);
    record(s, "rescheduled", s->ladder->center->now, &data);
}

static void fire_all(struct settling *s)
{
    for (const struct verdict *verdict; (verdict = first_unfired(s));) {
        struct verdict copy = *verdict; /* a new order can add verdicts */
        fire(s, &copy);
    }
    reschedule(s);
}

/* ---- revoking, moving, confirming */

/* The highest level of the present lead that still stands. */
static const char *level_left(const struct settling *s)
{
    int level = -1;
    for (int i = 0; i < s->judgment.order_count; i++) {
        const struct order *order = &s->judgment.orders[i];
        if (order->role == CLOCK_LEAD && order->org == s->ticket->lead && order->level > level)
            level = order->level;
    }
    return level < 0 ? "" : level_of(s, level)->term.code;
}

/* Why a level does not stand by the rules of today. */
static const char *why_not(const struct settling *s, const struct order *order)
{
    struct turns turns;
    turns_read(s->ladder->center, s->ticket, true, &turns);
    const struct turn *turn = turns_last(&turns, order->role, order->org);
    return s->ticket->errand   ? "errand"
           : !order->org       ? "nobody"
           : !turn             ? "not-held"
           : turn->association ? "association"
           : turn->excused     ? "excused"
                               : "not-due";
}

const char *level_why(const char *code)
{
    static const char *const words[][2] = {
        {"errand", "中心交办事项，不属诉求"}, {"nobody", "尚未派发，无承办单位"},
        {"not-held", "该单位不承办"},         {"association", "商协会不受督办"},
        {"excused", "退单成立或系误派"},      {"not-due", "按其自身时限未到级"}};
    for (size_t i = 0; code && i < sizeof words / sizeof *words; i++)
        if (!strcmp(words[i][0], code))
            return words[i][1];
    return code;
}

/* Judges again afterwards: what the order would have raised without a reply goes with it. */
static void revoke(struct settling *s, const struct order *order, const char *cause)
{
    struct db *db = s->ladder->center->db;
    struct verdict was = {.role = order->role,
                          .org = order->org,
                          .level = order->level,
                          .at = order->at,
                          .due_at = order->at - 1};
    const char *why = !strcmp(cause, "recomputed") ? why_not(s, order) : NULL;
    struct text data = {0};
    struct db_query *q =
        db_query(db, "UPDATE supervision SET revoked_at = ?2, revoked_for = ?3 WHERE id = ?1");
    db_bind(q, 1, order->id);
    db_bind(q, 2, s->ladder->center->now);
    db_bind_text(q, 3, cause);
    db_run(q);
    int64_t id = order->id;
    judgment_read_round(s->ladder->center, s->ticket, s->round, &s->judgment);
    begin(s, &data, &was, "revoked");
    json_add_text(&data, "cause", cause);
    json_add_text(&data, "why", why);
    const char *left = level_left(s);
    bool is_tickets = was.role == CLOCK_LEAD && s->round == s->ticket->round;
    if (is_tickets && *left)
        json_add_text(&data, "level", left);
    else if (is_tickets)
        json_add_raw(&data, "level", "\"\"");
    record(s, "level-revoked", s->ladder->center->now, &data);
    accountability_end(s->ladder->center, id, s->ladder->center->now);
    tell(s, LEVEL_REVOKED, &was, why);
}

/* Judges again afterwards, as the other changes do: the date of its reply hangs on its moment. */
static void move(struct settling *s, const struct order *order, const struct verdict *verdict)
{
    struct text data = {0};
    struct db_query *q = db_query(
        s->ladder->center->db, "UPDATE supervision SET level_at = ?2, due_at = ?3 WHERE id = ?1");
    db_bind(q, 1, order->id);
    db_bind(q, 2, verdict->at);
    db_bind(q, 3, verdict->due_at);
    db_run(q);
    begin(s, &data, verdict, "moved");
    json_add_number(&data, "was", order->at);
    json_add_number(&data, "is", verdict->at);
    judgment_read_round(s->ladder->center, s->ticket, s->round, &s->judgment);
    record(s, "level-moved", s->ladder->center->now, &data);
    tell(s, LEVEL_MOVED, verdict, NULL);
}

/* The notice is there, and the level stands: it goes to whom it belongs, who waits for a reply from
 * now on. */
static void confirm(struct settling *s, const struct order *order, const struct verdict *verdict)
{
    struct text data = {0};
    struct db_query *q =
        db_query(s->ladder->center->db, "UPDATE supervision SET provisional = 0, supervisor = ?2,"
                                        " accountability = ?3, reply_due_at = ?4 WHERE id = ?1");
    db_bind(q, 1, order->id);
    db_bind(q, 2, supervisor_of(s, verdict));
    db_bind(q, 3, opens(s, verdict));
    db_bind(q, 4, reply_due(s, level_of(s, verdict->level)));
    db_run(q);
    begin(s, &data, verdict, "confirmed");
    add_org(&data, s->ladder->center->db, "supervisor", supervisor_of(s, verdict));
    if (opens(s, verdict))
        json_add_raw(&data, "accountability", "true");
    judgment_read_round(s->ladder->center, s->ticket, s->round, &s->judgment);
    record(s, "level-confirmed", s->ladder->center->now, &data);
    if (opens(s, verdict))
        accountability_open(s->ladder->center, order->id, s->ladder->center->now);
    tell(s, LEVEL_CONFIRMED, verdict, NULL);
}

/* A confirmed level has asked for its reply anew (confirm). */
static bool is_confirmed(const struct settling *s, const struct order *order)
{
    struct db_query *q =
        db_query(s->ladder->center->db,
                 "SELECT count(*) FROM event WHERE ticket_id = ?1 AND type = 'level-confirmed' AND"
                 " json_extract(data, '$.confirmed') = ?2 AND"
                 " coalesce(json_extract(data, '$.role'), 'lead') = ?3");
    db_bind(q, 1, s->ticket->id);
    db_bind_text(q, 2, level_of(s, order->level)->term.code);
    db_bind_text(q, 3, config_role(order->role));
    return db_first(q) > 0;
}

/* The reply's date by the calendar of today. A reply that was in time stays in time. */
static bool is_reply_due_else(const struct settling *s, const struct order *order, int64_t *due_at)
{
    struct center *center = s->ladder->center;
    struct deadline reply;
    bool settled =
        order->refused || (order->replied_at && order->replied_at <= order->reply_due_at);
    if (settled || order->provisional || is_confirmed(s, order) ||
        !deadline_compute(center_calendar(center), &center->config->rule, order->since,
                          level_of(s, order->level)->reply_days, &reply))
        return false;
    *due_at = reply.due_at;
    return reply.due_at != order->reply_due_at;
}

static void move_reply(struct settling *s, const struct order *order, const struct verdict *verdict,
                       int64_t due_at)
{
    struct text data = {0};
    struct db_query *q =
        db_query(s->ladder->center->db, "UPDATE supervision SET reply_due_at = ?2 WHERE id = ?1");
    db_bind(q, 1, order->id);
    db_bind(q, 2, due_at);
    db_run(q);
    begin(s, &data, verdict, "moved");
    json_add_number(&data, "was", order->reply_due_at);
    json_add_number(&data, "is", due_at);
    judgment_read_round(s->ladder->center, s->ticket, s->round, &s->judgment);
    record(s, "reply-moved", s->ladder->center->now, &data);
    struct verdict shown = *verdict;
    shown.at = due_at;
    tell(s, LEVEL_REPLY_MOVED, &shown, NULL);
}

/* True where the order stood on BEFORE, so that what has happened since is what changes it. */
static bool stood(const struct judgment *before, const struct order *order, bool in_place)
{
    const struct verdict *verdict = before ? judgment_of_order(before, order) : NULL;
    return !before || (verdict && (!in_place || verdict->at == order->at));
}

/* Brings one order to what the judgment says, and judges again; false where all of them are. The
 * dates of replies follow the calendar when that is asked for. */
static bool settle_one(struct settling *s, const struct judgment *before, const char *cause)
{
    for (int i = 0; i < s->judgment.order_count; i++) {
        const struct order order = s->judgment.orders[i];
        const struct verdict *found = judgment_of_order(&s->judgment, &order);
        int64_t due_at;
        if (order.level < 0)
            continue; /* the ladder has it no more */
        if (!found || found->at > s->ladder->center->now) {
            if (!stood(before, &order, false))
                continue;
            revoke(s, &order, cause);
            return true;
        }
        const struct verdict verdict = *found;
        if (verdict.at != order.at && stood(before, &order, true))
            move(s, &order, &verdict);
        else if (order.provisional && !verdict.provisional)
            confirm(s, &order, &verdict);
        else if (!strcmp(cause, "recomputed") && is_reply_due_else(s, &order, &due_at))
            move_reply(s, &order, &verdict, due_at);
        else
            continue;
        return true;
    }
    return false;
}

static void settle_orders(struct settling *s, const struct judgment *before, const char *cause)
{
    while (settle_one(s, before, cause))
        ;
}

/* ---- the ways in */

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
    judgment_read(ladder->center, ticket, true, &s.judgment);
    if (cause)
        settle_orders(&s, before, cause);
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
    settle_orders(&s, before, cause);
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
