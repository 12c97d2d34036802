/* policysave: policies into the database: versions, publication, supersession, withdrawal, pins.
 * All of these run inside a write transaction and write their events. */
#ifndef QIFU_POLICY_SAVE_H
#define QIFU_POLICY_SAVE_H

#include "base/fault.h"
#include "policy/intake.h"

enum policy_result { POLICY_ADDED, POLICY_CHANGED, POLICY_SAME, POLICY_REFUSED };

/* Adds the policy of INPUT, or makes it the next version of the one with its code; what is the same
 * writes nothing. Published, unless it is a DRAFT; what it supersedes ends. A withdrawn policy is
 * published again by a new version, a superseded one stays ended. Stores its id and version in
 * INPUT. POLICY_REFUSED with FAULT where a published policy would become a draft.
 */
enum policy_result policy_save(struct center *center, struct policy_input *input, bool draft,
                               struct fault *fault);

/* When something is done to a policy, by whom (a code; NULL: not said), and why (NULL). */
struct policy_doing {
    int64_t at;
    const char *by, *reason;
};

/* What is done to a policy that is there, once the gate has let it pass (policy/act.h): POLICY is
 * as it was loaded, and then as it is; new texts are in ARENA. False, with FAULT, where a draft
 * lacks what must be there to be published. */
bool policy_publish(struct center *center, struct policy *policy, struct arena *arena,
                    const struct policy_doing *how, struct fault *fault);
void policy_interpret(struct center *center, struct policy *policy, struct arena *arena,
                      const struct policy_doing *how);
void policy_withdraw(struct center *center, struct policy *policy, struct arena *arena,
                     const struct policy_doing *how);
void policy_pin(struct center *center, struct policy *policy, struct arena *arena,
                const struct policy_doing *how, bool pinned);

#endif
