/* replay: tickets once more from their events: the state of each, who held it, what was asked, how
 * its rounds were judged. What it said when it came is what is stored, proved by the digest that
 * its first event names. */
#ifndef QIFU_TICKET_REPLAY_H
#define QIFU_TICKET_REPLAY_H

#include "center/projected.h"

extern const struct projected ticket_projected;

#endif
