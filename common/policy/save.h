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

/* What happens to a policy that is there; POLICY is as it was loaded, and
 * then as it is; new texts are in ARENA. POLICY_CHANGED where it
 * happened, POLICY_SAME where it was so already, POLICY_REFUSED with the reason in FAULT. AT is
 * when it was done. */
enum policy_result policy_publish(struct center *center, struct policy *policy, struct arena *arena,
                                  int64_t at, struct fault *fault);
enum policy_result policy_interpret(struct center *center, struct policy *policy,
                                    struct arena *arena, int64_t at, struct fault *fault);
enum policy_result policy_withdraw(struct center *center, struct policy *policy,
                                   struct arena *arena, int64_t at, const char *reason,
                                   struct fault *fault);
enum policy_result policy_pin(struct center *center, struct policy *policy, struct arena *arena,
                              int64_t at, bool pinned, struct fault *fault);

#endif
