/* act_apply: what of the gate is the tickets' own: checks an act, does it and logs it (act/act.h
 * says which acts there are). */
#ifndef QIFU_ACT_APPLY_H
#define QIFU_ACT_APPLY_H

#include "act/act.h"
#include "base/fault.h"
#include "center/convener.h"
#include "supervision/escalation.h"

/* What acts work with; made once per run. */
struct acting {
    struct center *center;
    struct ladder ladder;
    struct conveners conveners;
    int64_t center_org;
};

/* Made once per run; dies where the ladder, a convener or the center's organisation is not to
 * be found. */
struct acting acting_new(struct center *center);
void acting_free(struct acting *acting);

/* Does ACT to TICKET inside a write transaction. GATE_KNOWN: the same act was entered before with
 * the same given moment; nothing is done. GATE_REFUSED: FAULT says why, and what is allowed. */
enum gate_result act_perform(struct acting *acting, struct ticket *ticket, struct arena *arena,
                             const struct act *act, struct fault *fault);

#endif
