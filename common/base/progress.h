/* progress: a sign of life on the terminal, while work lasts longer than two seconds: how much is
 * done, and what is left. It stands on one line of standard error, which is erased before anything
 * else is written. If standard error is not a terminal nothing is shown; and a terminal that was
 * stopped is not waited for, because others may wait for this process. */
#ifndef QIFU_BASE_PROGRESS_H
#define QIFU_BASE_PROGRESS_H

#include <stdbool.h>
#include <stdint.h>

/* No progress from now on (-q). */
void progress_off(void);

/* True where progress would be shown. */
bool progress_wanted(void);

/* DONE of TOTAL (0: nobody knows) are done; NOUN names them in the plural. Cheap: call it for each.
 */
void progress_step(int64_t done, int64_t total, const char *noun);

/* Work of which nobody counts the steps goes on. */
void progress_tick(void);

/* Erases the line; the next step shows it again. Does nothing where none is shown. */
void progress_erase(void);

#endif
