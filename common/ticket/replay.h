/* replay: a ticket's state rebuilt from its events, and compared with what is stored. */
#ifndef QIFU_TICKET_REPLAY_H
#define QIFU_TICKET_REPLAY_H

#include <stdint.h>

#include "base/db.h"

/* Called with a sentence for each difference; TICKET_ID is 0 where it is not about one ticket. */
typedef void replay_report(void *context, int64_t ticket_id, const char *what);

/* Replays the events of every ticket and reports each column of the projection, each dispatch and
 * each supervision that differs. Returns how many tickets were replayed. */
int64_t replay_all(struct db *db, replay_report *report, void *context);

#endif
