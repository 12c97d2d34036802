/* A handler enters something too long after it happened (补录), and the center gives its word on
 * it.
 */
#include <stdio.h>

#include "act/question_private.h"
#include "base/json.h"
#include "ticket/claim.h"

bool action_is_late(const struct act_call *call)
{
    const struct center *center = call->acting->center;
    struct deadline last;
    return call->act->at_given &&
           deadline_compute(center_calendar(center), &center->config->rule, call->act->at,
                            center->config->limits.late_entry_days, &last) &&
           center->now > last.due_at;
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
    claim_ask(call->acting->center, call->ticket, call->by, call->act->at, center->now);
}

/* The center's word on the late entry that was made first. */
static bool decide_late(struct act_call *call, bool granted, const char *event)
{
    struct question question = question_find(call, "revocation");
    if (!question.id)
        return act_refuse(call, "%s: none waits for it", act_called(call->act->kind));
    if (!question_may_decide(call, &question) ||
        (granted && !question_is_anothers(call, question.asked_at)))
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
    json_add_text(&call->data, "org", action_org_code(call, question.org));
    json_add_number(&call->data, "late_round", question.round);
    json_add_number(&call->data, "entered", question.asked_at);
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
