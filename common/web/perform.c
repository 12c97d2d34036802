#include "web/perform.h"

bool perform_act(struct web *web, struct ticket *ticket, struct act *act)
{
    struct fault fault = {""};
    struct acting acting = acting_new(&web->p.center);
    struct arena *arena = &web->p.config->arena;
    program_begin(&web->p);
    act->at = web->p.center.now;
    *ticket = *ticket_get(web->p.center.db, ticket->id, arena); /* as it is behind the lock */
    enum gate_result result = act_perform(&acting, ticket, arena, act, &fault);
    program_commit(&web->p);
    acting_free(&acting);
    if (result == GATE_REFUSED)
        web_add_refusal(web, fault.text);
    return result != GATE_REFUSED;
}
