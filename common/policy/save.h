/* policysave: policies into the database: versions, publication, supersession, withdrawal, pins.
 * All of these run inside a write transaction and write their events. */
#ifndef QIFU_POLICY_SAVE_H
#define QIFU_POLICY_SAVE_H

#include "base/fault.h"
#include "policy/intake.h"

enum policy_result { POLICY_ADDED, POLICY_CHANGED, POLICY_SAME, POLICY_REFUSED };

/* When something is done to a policy, by whom (a code; NULL: not said), and why (NULL). */
struct policy_doing {
    int64_t at;
    const char *by, *reason;
};

/* The step of taking in (policy/add.h): the policy of INPUT is new, or the next version of OLD
 * (NULL: it is new). Unless DRAFT, the policy is published, and the policies that it supersedes
 * end. A new version publishes a withdrawn policy again; a superseded policy stays ended. Stores id
 * and version in INPUT; texts of the policy as it is then are in ARENA. */
void policy_save(struct center *center, struct policy_input *input, const struct policy *old,
                 bool draft, struct arena *arena, const struct policy_doing *how);

/* The steps of acts on a stored policy, after the gate let them pass (policy/act.h). POLICY is
 * changed like its row; new texts are in ARENA. policy_publish returns false, with FAULT, if a
 * draft lacks required fields. */
bool policy_publish(struct center *center, struct policy *policy, struct arena *arena,
                    const struct policy_doing *how, struct fault *fault);
void policy_interpret(struct center *center, struct policy *policy, struct arena *arena,
                      const struct policy_doing *how);
void policy_withdraw(struct center *center, struct policy *policy, struct arena *arena,
                     const struct policy_doing *how);
void policy_pin(struct center *center, struct policy *policy, struct arena *arena,
                const struct policy_doing *how, bool pinned);

#endif
