/* policyadd: policies come in: new ones, and next versions of those that are there, through the
 * gate. */
#ifndef QIFU_POLICY_ADD_H
#define QIFU_POLICY_ADD_H

#include "center/gate.h"
#include "policy/save.h"

/* Adds the policy of INPUT, or stores it as the next version of the policy with its code, by WHO
 * and when; equal content writes nothing, but publishes a draft unless DRAFT. Stores id and version
 * in INPUT. Returns POLICY_REFUSED, with FAULT, if a published policy would become a draft or the
 * gate refuses. Inside a write transaction. */
enum policy_result policyadd(struct center *center, struct policy_input *input, bool draft,
                             const struct gate_who *who, struct fault *fault);

#endif
