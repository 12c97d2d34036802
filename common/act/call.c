#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "act/step_private.h"
#include "base/json.h"
#include "center/log.h"
#include "center/org.h"
#include "ticket/clock.h"
#include "ticket/record.h"

bool act_refuse(struct act_call *call, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    fault_add_list(call->fault, format, arguments);
    va_end(arguments);
    return false;
}

const char *action_org_code(struct act_call *call, int64_t org)
{
    return org_find_code(call->acting->center->db, org, call->arena);
}

void action_begin(struct act_call *call)
{
    const struct act *act = call->act;
    text_clear(&call->data);
    json_start(&call->data);
    json_add_text(&call->data, "by", action_org_code(call, call->by));
    json_add_text(&call->data, "text", act->text);
    json_add_text(&call->data, "reason", act->reason);
    json_add_text(&call->data, "basis", act->basis);
}

void action_drop_questions(struct act_call *call)
{
    struct db_query *q =
        db_query(call->acting->center->db,
                 "UPDATE request SET granted = 0,"
                 " decided_at = CASE WHEN asked_at > ?2 THEN asked_at ELSE ?2 END"
                 " WHERE ticket_id = ?1 AND decided_at IS NULL AND act <> 'revocation'");
    db_bind(q, 1, call->ticket->id);
    db_bind(q, 2, call->act->at);
    db_run(q);
}

/* What was asked and not decided falls away when the handler's part ends or starts anew. */
static bool drops_questions(const char *type)
{
    const struct event_kind *kind = event_find(type);
    return kind && kind->does & EVENT_ENDS_REQUESTS;
}

bool action_is_party(struct act_call *call, int64_t org)
{
    struct db_query *q =
        db_query(call->acting->center->db,
                 "SELECT 1 FROM route WHERE ticket_id = ?1 AND org_id = ?2 LIMIT 1");
    db_bind(q, 1, call->ticket->id);
    db_bind(q, 2, org);
    bool found = db_step(q);
    db_reset(q);
    return found;
}

bool action_needs_reason(struct act_call *call)
{
    return call->act->reason ||
           act_refuse(call, "%s: the reason is missing: --reason", act_called(call->act->kind));
}

void action_record(struct act_call *call, const char *type)
{
    if (drops_questions(type))
        action_drop_questions(call);
    record_event(call->acting->center, call->ticket, call->arena, type, call->act->at, &call->data);
    call->cause = type;
}

void action_fire(struct act_call *call)
{
    int64_t next = call->ticket->next_level_at;
    if (!next || next > call->act->at)
        return;
    supervision_fire(&call->acting->ladder, call->ticket, call->arena, call->act->at, NULL, NULL);
}

bool action_clock(struct act_call *call, const struct ticket *after)
{
    return ticketclock_write(call->acting->center, after, &call->data) ||
           act_refuse(call, "the new deadline lies outside 1990 to 2119");
}

bool action_follows_parties(struct act_call *call)
{
    for (int i = 0; i < call->party_count; i++) {
        const struct party *party = &call->parties[i];
        if (party->at > call->act->at || party->accepted_at > call->act->at ||
            party->answered_at > call->act->at)
            return act_refuse(call, "%s: that is before what %s did or got",
                              act_called(call->act->kind), action_org_code(call, party->org));
    }
    return true;
}

bool action_stands_still(const struct act_call *call)
{
    const struct ticket *ticket = call->ticket;
    return ticket->suspended_at && call->act->at <= ticket->suspended_until;
}

bool action_end_pause(struct act_call *call)
{
    struct db *db = call->acting->center->db;
    struct db_query *q =
        db_query(db, "UPDATE suspension SET until_at = CASE WHEN from_at > ?2 THEN from_at ELSE ?2"
                     " END WHERE ticket_id = ?1 AND until_at > ?2 AND until_at > from_at");
    db_bind(q, 1, call->ticket->id);
    db_bind(q, 2, call->act->at);
    db_run(q);
    return db_changes(db) > 0;
}
