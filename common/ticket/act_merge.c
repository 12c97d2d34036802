/* A repeat joins the first ticket (并单). */
#include <stdio.h>

#include "base/json.h"
#include "ticket/act_private.h"
#include "ticket/record.h"

static void record_joined(struct act_call *call, struct ticket *first)
{
    struct text data = {0};
    json_start(&data);
    json_add_number(&data, "from", call->ticket->id);
    json_add_number(&data, "callers", first->callers + call->ticket->callers);
    record_event(call->acting->center, first, call->arena, "joined", call->act->at, &data);
    text_free(&data);
}

/* The repeat closes; its caller counts with the first. */
bool action_merge(struct act_call *call)
{
    struct ticket *first = ticket_get(call->acting->center->db, call->act->into, call->arena);
    if (!first)
        return act_refuse(call, "merge: no ticket %lld to merge into", (long long)call->act->into);
    if (first->id == call->ticket->id)
        return act_refuse(call, "merge: a ticket is not its own repeat");
    if (!act_allowed(ACT_MERGE, first->state, NULL))
        return act_refuse(call, "merge: ticket %lld is %s: its answer can reach nobody more",
                          (long long)first->id, first->state);
    if (call->act->at < first->started_at)
        return act_refuse(call, "merge: that is before ticket %lld", (long long)first->id);
    action_fire(call);
    action_end_pause(call);
    action_begin(call);
    json_add_text(&call->data, "closed_as", "merged");
    json_add_number(&call->data, "into", first->id);
    action_record(call, "closed");
    record_joined(call, first);
    return true;
}
