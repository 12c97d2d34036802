/* order_replay: what became of orders of supervision, as their events tell it. */
#ifndef QIFU_SUPERVISION_ORDER_REPLAY_H
#define QIFU_SUPERVISION_ORDER_REPLAY_H

#include "base/db.h"
#include "center/compare.h"

/* Reports each order whose acknowledgement, reply or refusal is stored otherwise than its events
 * give. Orders whose events are older than the numbers of orders are skipped. */
void order_replay_all(struct db *db, compare_report *report, void *context);

#endif
