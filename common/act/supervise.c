/* Orders of supervision (督办): given by hand, acknowledged, replied to, and a reply that settles
 * nothing refused. Those of the ladder's levels are in escalation.c. */
#include <stdlib.h>
#include <string.h>

#include "act/step_private.h"
#include "base/clock.h"
#include "base/json.h"
#include "center/county.h"
#include "center/org.h"
#include "center/told.h"
#include "supervision/accountability.h"

bool action_find_order(struct act_call *call)
{
    int64_t number = call->act->order;
    if (!number)
        return true;
    if (!owed_get(call->acting->center->db, number, call->arena, &call->order) ||
        call->order.ticket.id != call->ticket->id)
        return act_refuse(call, "%s: no order %lld on this ticket", act_called(call->act->kind),
                          (long long)number);
    if (call->order.revoked_at)
        return act_refuse(call, "%s: order %lld was revoked", act_called(call->act->kind),
                          (long long)number);
    return true;
}

bool action_is_ordered(const struct act_call *call, int64_t org)
{
    struct db_query *q =
        db_query(call->acting->center->db,
                 "SELECT 1 FROM supervision WHERE ticket_id = ?1 AND org_id = ?2 LIMIT 1");
    db_bind(q, 1, call->ticket->id);
    db_bind(q, 2, org);
    bool found = db_step(q);
    db_reset(q);
    return found;
}

bool action_is_ordered_already(const struct act_call *call)
{
    const struct act *act = call->act;
    struct db_query *q =
        db_query(call->acting->center->db,
                 "SELECT 1 FROM supervision WHERE ticket_id = ?1 AND role = 'order'"
                 " AND level_at = ?2 AND supervisor = ?3 AND org_id = ?4 AND reason = ?5");
    db_bind(q, 1, call->ticket->id);
    db_bind(q, 2, act->at);
    db_bind(q, 3, act->by ? act->by : call->center);
    db_bind(q, 4, act->ordered);
    db_bind_text(q, 5, act->reason);
    return db_first(q) != 0;
}

bool action_may_supervise(const struct act_call *call, int64_t org)
{
    const struct config *config = call->acting->center->config;
    struct db *db = call->acting->center->db;
    if (call->order.number && call->order.supervisor == org)
        return true;
    for (int i = 0; i < config->level_count; i++)
        if (org_find(db, config->levels[i].supervisor) == org)
            return true;
    const struct county *county = county_at(call->acting->center, call->ticket->center);
    for (int i = 0; county && i < config->level_count; i++)
        if (county->supervisors[i] && org_find(db, county->supervisors[i]) == org)
            return true;
    for (const char *const *code = config->order.supervisors; *code; code++)
        if (org_find(db, *code) == org)
            return true;
    return false;
}

/* "orders": the numbers of the orders that the event is about. */
static void add_orders(struct act_call *call, const int64_t *numbers, int count)
{
    struct text list = {0};
    for (int i = 0; i < count; i++)
        text_add_format(&list, "%c%lld", i ? ',' : '[', (long long)numbers[i]);
    text_add(&list, "]");
    json_add_raw(&call->data, "orders", list.data);
    text_free(&list);
}

/* When a reply is due that was demanded at the act's moment; false with the fault. */
static bool find_reply_due(struct act_call *call, int days, int64_t *due_at)
{
    const struct center *center = call->acting->center;
    struct deadline reply;
    if (!deadline_compute(center_calendar(center), &center->config->rule, call->act->at,
                          call->act->days ? call->act->days : days, &reply))
        return act_refuse(call, "the reply would be due outside 1990 to 2119");
    *due_at = reply.due_at;
    return true;
}

static const char *document_of(const struct act_call *call)
{
    return call->act->document ? call->act->document : call->acting->center->config->order.document;
}

static int64_t add_order(struct act_call *call, int64_t reply_due_at)
{
    const struct act *act = call->act;
    struct db *db = call->acting->center->db;
    struct db_query *q = db_query(
        db, "INSERT INTO supervision (ticket_id, round, role, level, supervisor, org_id, document,"
            " due_at, level_at, swept_at, reply_due_at, accountability, reason, id)"
            " VALUES (?1, ?2, 'order', ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)");
    int64_t id = db_next_id(db, "supervision");
    db_bind(q, 1, call->ticket->id);
    db_bind(q, 2, call->ticket->round);
    db_bind_text(q, 3, config_order);
    db_bind(q, 4, call->by);
    db_bind(q, 5, act->ordered);
    db_bind_text(q, 6, document_of(call));
    db_bind(q, 7, call->ticket->due_at);
    db_bind(q, 8, act->at);
    db_bind(q, 9, call->acting->center->now);
    db_bind(q, 10, reply_due_at);
    db_bind(q, 11, act->accountability);
    db_bind_text(q, 12, act->reason);
    db_bind(q, 13, id);
    db_run(q);
    struct text *row = told_start(db, call->ticket->id, "order", id);
    json_add_number(row, "due", call->ticket->due_at);
    json_add_number(row, "swept", call->acting->center->now);
    told_end(row);
    return id;
}

/* An order is the supervisor's own: whoever is ordered need not be a party of the ticket, which may
 * be closed. */
bool action_order(struct act_call *call)
{
    struct center *center = call->acting->center;
    const struct act *act = call->act;
    int64_t reply_due_at;
    if (!act->ordered)
        return act_refuse(call, "order a supervision: the organisation is missing");
    if (!act->reason)
        return act_refuse(call, "order a supervision: the reason is missing");
    if (act->ordered == call->by)
        return act_refuse(call, "order a supervision: nobody supervises itself");
    if (!find_reply_due(call, center->config->order.reply_days, &reply_due_at))
        return false;
    const int64_t number = add_order(call, reply_due_at);
    struct org_table orgs = org_table_load(center->db);
    action_begin(call);
    add_orders(call, &number, 1);
    json_add_text(&call->data, "to", org_code(&orgs, act->ordered));
    json_add_text(&call->data, "document", document_of(call));
    json_add_number(&call->data, "reply_due", reply_due_at);
    if (act->accountability)
        json_add_raw(&call->data, "accountability", "true");
    action_record(call, "supervision-ordered");
    org_table_free(&orgs);
    if (act->accountability)
        accountability_open(center, number, act->at);
    return true;
}

enum { MOST_ORDERS = 1024 };

/* The orders that an answer is about: of those that stand and had begun by then the one that is
 * named, or the level's, or all. A party of the ticket answers for its lead; what an assist, the
 * center or whoever was ordered by hand owes is answered by itself alone. */
#define STANDING                                                                                   \
    "SELECT id FROM supervision WHERE ticket_id = ?1 AND revoked_at IS NULL AND level_at <= ?2"    \
    " AND (?3 IS NULL OR level = ?3) AND (?4 IS NULL OR id = ?4)"                                  \
    " AND (org_id = ?5 OR (role = 'lead' AND ?6 <> 0))"

/* Finds their numbers by SQL; returns how many. */
static int find_orders(struct act_call *call, const char *sql, int64_t numbers[static MOST_ORDERS])
{
    int count = 0;
    struct db_query *q = db_query(call->acting->center->db, sql);
    db_bind(q, 1, call->ticket->id);
    db_bind(q, 2, call->act->at);
    db_bind_text(q, 3, call->act->level);
    if (call->order.number)
        db_bind(q, 4, call->order.number);
    db_bind(q, 5, call->by);
    db_bind(q, 6, !call->for_itself);
    while (count < MOST_ORDERS && db_step(q))
        numbers[count++] = db_number(q, 0);
    db_reset(q);
    return count;
}

/* Runs SQL, whose ?1 is an order's number, ?2 the act's moment and ?3 TEXT, for each. */
static void set_orders(struct act_call *call, const char *sql, const char *text,
                       const int64_t *numbers, int count)
{
    for (int i = 0; i < count; i++) {
        struct db_query *q = db_query(call->acting->center->db, sql);
        db_bind(q, 1, numbers[i]);
        db_bind(q, 2, call->act->at);
        if (text)
            db_bind_text(q, 3, text);
        db_run(q);
    }
}

static void record_answer(struct act_call *call, const char *type, const int64_t *numbers,
                          int count)
{
    action_begin(call);
    json_add_text(&call->data, "supervision", call->act->level ? call->act->level : "all");
    add_orders(call, numbers, count);
    action_record(call, type);
}

bool action_acknowledge(struct act_call *call)
{
    int64_t numbers[MOST_ORDERS];
    int count = find_orders(call, STANDING " AND acknowledged_at IS NULL ORDER BY id", numbers);
    if (!count)
        return act_refuse(call, "acknowledge a supervision: none waits for it");
    set_orders(call, "UPDATE supervision SET acknowledged_at = ?2 WHERE id = ?1", NULL, numbers,
               count);
    record_answer(call, "supervision-acknowledged", numbers, count);
    return true;
}

bool action_reply(struct act_call *call)
{
    int64_t numbers[MOST_ORDERS];
    if (!call->act->text)
        return act_refuse(call, "reply to a supervision: the text is missing");
    int count = find_orders(call,
                            STANDING " AND replied_at IS NULL"
                                     " AND coalesce(acknowledged_at, ?2) <= ?2"
                                     " AND coalesce(refused_at, ?2) <= ?2 ORDER BY id",
                            numbers);
    if (!count)
        return act_refuse(call, "reply to a supervision: none waits for it");
    set_orders(call,
               "UPDATE supervision SET replied_at = ?2, reply = ?3,"
               " acknowledged_at = coalesce(acknowledged_at, ?2) WHERE id = ?1",
               call->act->text, numbers, count);
    record_answer(call, "supervision-replied", numbers, count);
    return true;
}

/* The working days for a reply to an order of LEVEL. */
static int reply_days(const struct config *config, const char *level)
{
    for (int i = 0; i < config->level_count; i++)
        if (!strcmp(config->levels[i].term.code, level))
            return config->levels[i].reply_days;
    return config->order.reply_days;
}

/* What the supervisor may not judge, or not so. */
static bool check_refusal(struct act_call *call)
{
    const struct owed *order = &call->order;
    if (!order->number)
        return act_refuse(call, "refuse a reply: the order is missing");
    if (call->by != order->supervisor && call->by != call->acting->center_org &&
        call->by != call->center)
        return act_refuse(call, "refuse a reply: only who gave the order, or the center, may");
    if (!order->replied_at)
        return act_refuse(call, "refuse a reply: order %lld has none", (long long)order->number);
    if (!call->act->reason)
        return act_refuse(call, "refuse a reply: the reason is missing");
    if (call->act->at < order->replied_at)
        return act_refuse(call, "refuse a reply: that is before the reply");
    return true;
}

/* The reply stays in its event; another is due. */
bool action_refuse_reply(struct act_call *call)
{
    struct center *center = call->acting->center;
    const struct owed *order = &call->order;
    int64_t reply_due_at;
    if (!check_refusal(call) ||
        !find_reply_due(call, reply_days(center->config, order->level), &reply_due_at))
        return false;
    struct db_query *q =
        db_query(center->db, "UPDATE supervision SET replied_at = NULL, reply = NULL,"
                             " refused_at = ?2, refusal = ?3, reply_due_at = ?4 WHERE id = ?1");
    db_bind(q, 1, order->number);
    db_bind(q, 2, call->act->at);
    db_bind_text(q, 3, call->act->reason);
    db_bind(q, 4, reply_due_at);
    db_run(q);
    action_begin(call);
    add_orders(call, &order->number, 1);
    json_add_number(&call->data, "reply_due", reply_due_at);
    action_record(call, "supervision-refused");
    return true;
}
