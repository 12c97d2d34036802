/* policy_replay: policies and their versions once more from the log. What a version said is what is
 * stored, proved by the digest that its event names. */
#ifndef QIFU_POLICY_REPLAY_H
#define QIFU_POLICY_REPLAY_H

#include "center/projected.h"

extern const struct projected policy_projected;

#endif
