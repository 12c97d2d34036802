/* calendar_replay: the versions of the calendar once more, from what events tell of them. */
#ifndef QIFU_CENTER_CALENDAR_REPLAY_H
#define QIFU_CENTER_CALENDAR_REPLAY_H

#include "center/projected.h"

extern const struct projected calendar_projected;

#endif
