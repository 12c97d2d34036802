/* level_replay: who is ordered what, from its events, beside the rows of supervision, for
 * center-check. What no event tells is left out: what was overdue, a level's document, and by when
 * a level's order must be replied to follow from the calendar and the configuration of that day. */
#ifndef QIFU_SUPERVISION_LEVEL_REPLAY_H
#define QIFU_SUPERVISION_LEVEL_REPLAY_H

#include "base/db.h"
#include "center/compare.h"

/* Reports each level that fired, and each order by hand, that is stored otherwise than its events
 * give. Where a ticket has another number of levels than its events, ticket/replay.h says so. */
void level_replay_all(struct db *db, compare_report *report, void *context);

#endif
