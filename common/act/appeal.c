/* An organisation appeals (申诉) against a ticket's counting in some figures, and the center
 * decides. Nothing of the ticket changes: what a granted appeal takes out, assessments say
 * (qifu-assess(5)).
 */
#include "act/question_private.h"
#include "act/step_private.h"
#include "base/json.h"
#include "center/told.h"

/* The appeal that waits and was filed first. */
struct appeal {
    int64_t id, org, asked_at;
};

/* The first of ORG that waits, of anybody where it is 0; id 0: none does. */
static struct appeal find_appeal(struct act_call *call, int64_t org)
{
    struct appeal appeal = {0};
    struct db_query *q =
        db_query(call->acting->center->db,
                 "SELECT id, org_id, asked_at FROM appeal WHERE ticket_id = ?1"
                 " AND decided_at IS NULL AND (?2 = 0 OR org_id = ?2) ORDER BY id");
    db_bind(q, 1, call->ticket->id);
    db_bind(q, 2, org);
    if (db_step(q))
        appeal = (struct appeal){db_number(q, 0), db_number(q, 1), db_number(q, 2)};
    db_reset(q);
    return appeal;
}

static bool may_appeal(struct act_call *call)
{
    const struct act *act = call->act;
    if (!act->figures)
        return act_refuse(call, "appeal: the figure is missing: --figure");
    if (!action_needs_reason(call))
        return false;
    if (!act->basis)
        return act_refuse(call, "appeal: the basis is missing: --basis");
    return !find_appeal(call, call->by).id ||
           act_refuse(call, "appeal: one of that organisation waits for the center already");
}

bool action_appeal(struct act_call *call)
{
    const struct act *act = call->act;
    if (!may_appeal(call))
        return false;
    struct db *db = call->acting->center->db;
    int64_t id = db_next_id(db, "appeal");
    struct db_query *q =
        db_query(db, "INSERT INTO appeal (ticket_id, org_id, figures, asked_at, reason, basis, id)"
                     " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)");
    db_bind(q, 1, call->ticket->id);
    db_bind(q, 2, call->by);
    db_bind_text(q, 3, act->figures);
    db_bind(q, 4, act->at);
    db_bind_text(q, 5, act->reason);
    db_bind_text(q, 6, act->basis);
    db_bind(q, 7, id);
    db_run(q);
    told_end(told_start(db, call->ticket->id, "appeal", id));
    action_begin(call);
    json_add_text(&call->data, "figures", act->figures);
    json_add_text(&call->data, "figure_names", act->figure_names);
    action_record(call, "appealed");
    return true;
}

static bool may_decide(struct act_call *call, const struct appeal *appeal)
{
    const char *name = act_called(call->act->kind);
    if (!appeal->id)
        return act_refuse(call, "%s: none waits for it", name);
    if (call->by == appeal->org)
        return act_refuse(call, "%s: who appealed does not decide; another convener may: --by",
                          name);
    if (call->act->at < appeal->asked_at)
        return act_refuse(call, "%s: that is before it was filed", name);
    return action_needs_reason(call);
}

/* Decides the appeal that was filed first. */
static bool decide_appeal(struct act_call *call, bool granted, const char *event)
{
    const struct appeal appeal = find_appeal(call, 0);
    if (!may_decide(call, &appeal) || (granted && !question_is_anothers(call, appeal.asked_at)))
        return false;
    struct db_query *q =
        db_query(call->acting->center->db, "UPDATE appeal SET decided_at = ?2, granted = ?3,"
                                           " decided_for = ?4 WHERE id = ?1");
    db_bind(q, 1, appeal.id);
    db_bind(q, 2, call->act->at);
    db_bind(q, 3, granted);
    db_bind_text(q, 4, call->act->reason);
    db_run(q);
    action_begin(call);
    json_add_text(&call->data, "org", action_org_code(call, appeal.org));
    action_record(call, event);
    return true;
}

bool action_grant_appeal(struct act_call *call)
{
    return decide_appeal(call, true, "appeal-granted");
}

bool action_refuse_appeal(struct act_call *call)
{
    return decide_appeal(call, false, "appeal-refused");
}
