/* replay: a ticket's state rebuilt from its events, and compared with what is stored. */
#ifndef QIFU_TICKET_REPLAY_H
#define QIFU_TICKET_REPLAY_H

#include <stdint.h>

#include "base/db.h"
#include "center/compare.h"

/* Replays the events of every ticket and reports each column of the projection, each dispatch and
 * each supervision that differs. Returns how many tickets were replayed. */
int64_t replay_all(struct db *db, compare_report *report, void *context);

#endif
