/* retain: how long what is kept (保存期限): what center.yaml allots a period to is erased when that
 * has run out (erase.h), and the log keeps what it proved. */
#ifndef QIFU_ERASURE_RETAIN_H
#define QIFU_ERASURE_RETAIN_H

#include "center/config.h"
#include "erasure/erase.h"

/* The last day of which RETENTION lets what ended on it go, on the day TODAY: the days of a period
 * begin on the day after, and a month ends on the day of the same number, or its last. Pure. */
int retain_last_day(const struct retention *retention, int today);

/* Erases what RETENTION lets go, as RUN says but for its order, of which only who it is counts;
 * *ANY: something was there. What waits for a decision stays: a ticket with an appeal or an
 * accountability that goes on. What an earlier run has looked at is not looked at again, unless
 * something happened to it since. Returns how many tickets and events cannot be erased. Inside a
 * write transaction, after erase_may. */
long retain_carry_out(const struct erase_run *run, const struct retention *retention, bool *any);

#endif
