/* One ticket's levels being brought to what its judgment says: what firing (escalation.c) and
 * changing share, and what becomes of levels that have fired when it is known better. */
#include <string.h>

#include "base/die.h"
#include "base/json.h"
#include "center/log.h"
#include "center/org.h"
#include "center/told.h"
#include "supervision/accountability.h"
#include "supervision/settling_private.h"
#include "ticket/projection.h"

const struct level *settling_level(const struct settling *s, int level)
{
    return &s->ladder->center->config->levels[level];
}

int64_t settling_supervisor(const struct settling *s, const struct verdict *verdict)
{
    return verdict->provisional ? ladder_center(s->ladder, verdict->org)
                                : ladder_supervisor(s->ladder, verdict->org, verdict->level);
}

bool settling_opens(const struct settling *s, const struct verdict *verdict)
{
    return settling_level(s, verdict->level)->accountability && !verdict->provisional;
}

void settling_tell(const struct settling *s, enum level_change change,
                   const struct verdict *verdict, const char *why)
{
    struct center *center = s->ladder->center;
    struct turns read;
    if (!s->take)
        return;
    if (!s->turns)
        turns_read(center, s->ticket, verdict->role == CLOCK_DISPATCH, &read);
    const struct turn *turn = turns_last(s->turns ? s->turns : &read, verdict->role, verdict->org);
    bool ended = turn && turn->until && turn->until < s->until;
    int64_t until = ended ? turn->until : s->until; /* its clock has stopped then */
    s->take(s->context, &(struct firing){.change = change,
                                         .ticket = s->ticket,
                                         .level = settling_level(s, verdict->level),
                                         .role = verdict->role,
                                         .org = verdict->org,
                                         .supervisor = settling_supervisor(s, verdict),
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

void settling_begin(const struct settling *s, struct text *data, const struct verdict *verdict,
                    const char *key)
{
    json_start(data);
    json_add_text(data, key, settling_level(s, verdict->level)->term.code);
    if (verdict->role != CLOCK_LEAD) {
        json_add_text(data, "role", config_role(verdict->role));
        org_add_code(data, "org", s->ladder->center->db, verdict->org);
    }
}

void settling_record(struct settling *s, const char *type, int64_t at, struct text *data)
{
    int64_t next = judgment_next_of_all(s->ladder->center, s->ticket, s->round, &s->judgment);
    if (s->round < s->ticket->round)
        json_add_number(data, "round", s->round);
    if (next != s->ticket->next_level_at)
        json_add_number(data, "next", next);
    json_end(data);
    projection_record(s->ladder->center, s->ticket, s->arena, type, at, data->data);
    text_free(data);
}

static void add_moment(struct text *row, const char *key, int64_t moment)
{
    if (moment)
        json_add_number(row, key, moment);
}

void settling_say(const struct settling *s, const struct said_order *said)
{
    struct db *db = s->ladder->center->db;
    struct text *row = told_start(db, s->ticket->id, "order", said->id);
    if (said->org)
        org_add_code(row, "org", db, said->org);
    json_add_text(row, "document", said->document);
    add_moment(row, "due", said->due_at);
    add_moment(row, "swept", said->swept_at);
    add_moment(row, "reply_due", said->reply_due_at);
    told_end(row);
}

int64_t settling_reply_due(const struct settling *s, const struct level *level)
{
    const struct center *center = s->ladder->center;
    struct deadline reply;
    if (!deadline_compute(center_calendar(center), &center->config->rule, center->now,
                          level->reply_days, &reply))
        die("the reply to level %s is due outside 1990 to 2119", level->term.code);
    return reply.due_at;
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
    return level < 0 ? "" : settling_level(s, level)->term.code;
}

/* Why a level does not stand by the rules of today. */
static const char *why_not(const struct settling *s, const struct order *order)
{
    struct turns turns;
    turns_read(s->ladder->center, s->ticket, true, &turns);
    const struct turn *turn = turns_last(&turns, order->role, order->org);
    return judgment_spares(s->ladder->center->config, s->ticket) ? "errand"
           : !order->org                                         ? "nobody"
           : !turn                                               ? "not-held"
           : turn->association                                   ? "association"
           : turn->excused                                       ? "excused"
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
    settling_say(s, &(struct said_order){.id = id});
    judgment_read_round(s->ladder->center, s->ticket, s->round, &s->judgment);
    settling_begin(s, &data, &was, "revoked");
    json_add_text(&data, "cause", cause);
    json_add_text(&data, "why", why);
    const char *left = level_left(s);
    bool is_tickets = was.role == CLOCK_LEAD && s->round == s->ticket->round;
    if (is_tickets && *left)
        json_add_text(&data, "level", left);
    else if (is_tickets)
        json_add_raw(&data, "level", "\"\"");
    settling_record(s, "level-revoked", s->ladder->center->now, &data);
    accountability_end(s->ladder->center, id, s->ladder->center->now);
    settling_tell(s, LEVEL_REVOKED, &was, why);
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
    settling_say(s, &(struct said_order){.id = order->id, .due_at = verdict->due_at});
    settling_begin(s, &data, verdict, "moved");
    json_add_number(&data, "was", order->at);
    json_add_number(&data, "is", verdict->at);
    judgment_read_round(s->ladder->center, s->ticket, s->round, &s->judgment);
    settling_record(s, "level-moved", s->ladder->center->now, &data);
    settling_tell(s, LEVEL_MOVED, verdict, NULL);
}

/* The notice is there, and the level stands: it goes to whom it belongs, who waits for a reply from
 * now on. */
static void confirm(struct settling *s, const struct order *order, const struct verdict *verdict)
{
    struct text data = {0};
    int64_t reply_due = settling_reply_due(s, settling_level(s, verdict->level));
    struct db_query *q =
        db_query(s->ladder->center->db, "UPDATE supervision SET provisional = 0, supervisor = ?2,"
                                        " accountability = ?3, reply_due_at = ?4 WHERE id = ?1");
    db_bind(q, 1, order->id);
    db_bind(q, 2, settling_supervisor(s, verdict));
    db_bind(q, 3, settling_opens(s, verdict));
    db_bind(q, 4, reply_due);
    db_run(q);
    settling_say(s, &(struct said_order){.id = order->id, .reply_due_at = reply_due});
    settling_begin(s, &data, verdict, "confirmed");
    org_add_code(&data, "supervisor", s->ladder->center->db, settling_supervisor(s, verdict));
    if (settling_opens(s, verdict))
        json_add_raw(&data, "accountability", "true");
    judgment_read_round(s->ladder->center, s->ticket, s->round, &s->judgment);
    settling_record(s, "level-confirmed", s->ladder->center->now, &data);
    if (settling_opens(s, verdict))
        accountability_open(s->ladder->center, order->id, s->ladder->center->now);
    settling_tell(s, LEVEL_CONFIRMED, verdict, NULL);
}

/* The confirmation that is looked for, and what an event says. */
struct confirmation {
    const char *level, *role;
    bool is_level, is_role, found;
};

/* Where no role is said it is the lead's. */
static void take_confirmed(void *context, const char *key, const char *value)
{
    struct confirmation *c = context;
    if (value && !strcmp(key, "confirmed"))
        c->is_level = !strcmp(value, c->level);
    else if (value && !strcmp(key, "role"))
        c->is_role = !strcmp(value, c->role);
}

static void take_event(void *context, const struct event *event)
{
    struct confirmation *c = context;
    struct fault fault = {""};
    if (strcmp(event->type, "level-confirmed") != 0)
        return;
    c->is_level = false;
    c->is_role = !strcmp(c->role, config_role(CLOCK_LEAD));
    json_read_object(event->data, take_confirmed, c, &fault);
    c->found = c->found || (c->is_level && c->is_role);
}

/* A confirmed level has asked for its reply anew (confirm). */
static bool is_confirmed(const struct settling *s, const struct order *order)
{
    struct confirmation c = {.level = settling_level(s, order->level)->term.code,
                             .role = config_role(order->role)};
    event_each(s->ladder->center->db, s->ticket->id, take_event, &c);
    return c.found;
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
                          settling_level(s, order->level)->reply_days, &reply))
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
    settling_say(s, &(struct said_order){.id = order->id, .reply_due_at = due_at});
    settling_begin(s, &data, verdict, "moved");
    json_add_number(&data, "was", order->reply_due_at);
    json_add_number(&data, "is", due_at);
    judgment_read_round(s->ladder->center, s->ticket, s->round, &s->judgment);
    settling_record(s, "reply-moved", s->ladder->center->now, &data);
    struct verdict shown = *verdict;
    shown.at = due_at;
    settling_tell(s, LEVEL_REPLY_MOVED, &shown, NULL);
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

void settling_orders(struct settling *s, const struct judgment *before, const char *cause)
{
    while (settle_one(s, before, cause))
        ;
}
