/* level_replay: levels that fired and orders by hand: the rows of supervision once more, from the
 * tickets' events. */
#ifndef QIFU_SUPERVISION_LEVEL_REPLAY_H
#define QIFU_SUPERVISION_LEVEL_REPLAY_H

#include "center/projected.h"

extern const struct projected supervision_projected;

#endif
