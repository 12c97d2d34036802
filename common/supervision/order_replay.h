/* order_replay: orders of supervision as their events tell them: levels and orders by hand
 * (level_replay.h), and what became of them. */
#ifndef QIFU_SUPERVISION_ORDER_REPLAY_H
#define QIFU_SUPERVISION_ORDER_REPLAY_H

#include "base/db.h"
#include "center/compare.h"

/* Reports each order that is stored otherwise than its events give, with its acknowledgement, reply
 * and refusal. What became of orders whose events are older than their numbers is skipped. */
void order_replay_all(struct db *db, compare_report *report, void *context);

#endif
