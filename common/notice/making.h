/* making: notices are made of the events that were not looked at yet, and of deadlines that are
 * near (催办). */
#ifndef QIFU_NOTICE_MAKING_H
#define QIFU_NOTICE_MAKING_H

#include "center/center.h"

/* Looks at the next events, some hundred at most, inside a write transaction; false where there
 * are no more. */
bool making_of_events(struct center *center);

/* Makes the reminders of the clocks that are due within remind_before working days: one for each
 * party whenever its deadline was set. Inside a write transaction. */
void making_of_reminders(struct center *center);

/* The hours in which ADDRESS is read. */
struct address;
struct hours making_hours(const struct center *center, const struct address *address);

#endif
