/* policy_replay: the policies' state rebuilt from the log, and compared with what is stored. */
#ifndef QIFU_POLICY_REPLAY_H
#define QIFU_POLICY_REPLAY_H

#include "base/db.h"
#include "center/compare.h"

/* Replays the events of all policies, and reports each projected column that differs, and each
 * policy whose present version says something else than what was taken in. Returns how many there
 * are. */
int64_t policy_replay_all(struct db *db, compare_report *report, void *context);

#endif
