/* late: what becomes overdue in a register that says so is supervised as requests are: on a ticket,
 * an errand of the center to who answers for the entry, which the ladder judges. */
#ifndef QIFU_REGISTER_LATE_H
#define QIFU_REGISTER_LATE_H

#include "register/entry.h"

/* Opens the ticket of each entry that is due today or was due before, and has none; returns how
 * many. Inside a write transaction. */
long late_supervise(struct center *center);

/* Ends the ticket of ENTRY: answered by who answers for it, where the entry has ended, else void,
 * since it is due on another day. WHO says when it was. Inside the step of an act on the entry. */
void late_settle(struct center *center, const struct entry *entry, const struct gate_who *who);

#endif
