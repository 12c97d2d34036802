/* What a handler enters too long after it happened (补录) counts from its entry, until the center
 * has said otherwise. */
#include <stdio.h>

#include "act/question_private.h"
#include "base/json.h"
#include "ticket/turn.h"

bool action_is_late(const struct act_call *call)
{
    const struct center *center = call->acting->center;
    struct deadline last;
    return call->act->at_given &&
           deadline_compute(center_calendar(center), &center->config->rule, call->act->at,
                            center->config->limits.late_entry_days, &last) &&
           center->now > last.due_at;
}

/* True where the organisation, or the answer to the enterprise, would be late if it were given only
 * now. */
static bool decides_judgment(const struct act_call *call)
{
    const struct center *center = call->acting->center;
    const struct ticket *ticket = call->ticket;
    struct turns turns;
    turns_read(call->acting->center, ticket, false, &turns);
    for (int i = 0; i < turns.count; i++) {
        const struct turn *turn = &turns.list[i];
        if (turn->role == CLOCK_DISPATCH || turn->org != call->by || turn->excused)
            continue;
        bool answers = turn->role == CLOCK_LEAD && call->act->at <= ticket->due_at;
        return turn->deadline.due_at < center->now || (answers && ticket->due_at < center->now);
    }
    return false;
}

void action_note_late(struct act_call *call)
{
    const struct center *center = call->acting->center;
    if (!action_is_late(call) || call->act->trusted || call->act->by == call->center ||
        call->act->by == call->acting->center_org)
        return;
    struct db_query *q =
        db_query(center->db, "UPDATE route SET entered_at = ?4 WHERE ticket_id = ?1 AND round = ?2"
                             " AND org_id = ?3 AND ended_at IS NULL");
    db_bind(q, 1, call->ticket->id);
    db_bind(q, 2, call->ticket->round);
    db_bind(q, 3, call->by);
    db_bind(q, 4, center->now);
    db_run(q);
    json_add_number(&call->data, "entered_late", center->now);
    if (!decides_judgment(call))
        return;
    q = db_query(center->db, "INSERT INTO request (ticket_id, round, act, org_id, asked_at, reason,"
                             " basis) VALUES (?1, ?2, 'revocation', ?3, ?4, '补录', '')");
    db_bind(q, 1, call->ticket->id);
    db_bind(q, 2, call->ticket->round);
    db_bind(q, 3, call->by);
    db_bind(q, 4, center->now);
    db_run(q);
}

/* The center's word on the late entry that was made first. */
static bool decide_late(struct act_call *call, bool granted, const char *event)
{
    struct question question = question_find(call, "revocation");
    if (!question.id)
        return act_refuse(call, "%s: none waits for it", act_name(call->act->kind));
    if (!question_may_decide(call, &question))
        return false;
    struct judgment before;
    judgment_read_round(call->acting->center, call->ticket, question.round, &before);
    question_decide(call, &question, granted);
    struct db_query *q =
        db_query(call->acting->center->db, "UPDATE route SET late_granted = ?4 WHERE ticket_id = ?1"
                                           " AND round = ?2 AND org_id = ?3 AND entered_at = ?5");
    db_bind(q, 1, call->ticket->id);
    db_bind(q, 2, question.round);
    db_bind(q, 3, question.org);
    db_bind(q, 4, granted);
    db_bind(q, 5, question.asked_at);
    db_run(q);
    action_begin(call);
    action_record(call, event);
    if (question.round < call->ticket->round)
        supervision_settle_round(&call->acting->ladder, call->ticket, call->arena, question.round,
                                 &before, event);
    return true;
}

bool action_grant_revocation(struct act_call *call)
{
    return decide_late(call, true, "late-entry-granted");
}

bool action_refuse_revocation(struct act_call *call)
{
    return decide_late(call, false, "late-entry-refused");
}
