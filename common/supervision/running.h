/* running: the clocks that run at present, of all tickets: each lead's, each assist's until its
 * part is filed, and the center's for what waits for dispatch. */
#ifndef QIFU_SUPERVISION_RUNNING_H
#define QIFU_SUPERVISION_RUNNING_H

#include <stddef.h>
#include <stdint.h>

#include "center/county.h"
#include "ticket/turn.h"

struct running_clock {
    int64_t ticket_id, org, due_at;
    enum clock_role role;
};

/* All that run at the center's now and are due by DUE_TO (0: whenever), what is due first first.
 * *COUNT says how many; the caller frees. */
struct running_clock *running_clocks(struct center *center, int64_t due_to, size_t *count);

/* Calls TAKE with each of the COUNT clocks, in their order: its ticket, all the ticket's turns, and
 * its own among them. */
typedef void running_take(void *context, const struct ticket *ticket, const struct turns *turns,
                          const struct turn *turn);
void running_each(struct center *center, const struct running_clock *clocks, size_t count,
                  running_take *take, void *context);

/* How many of WHOSE center run at its now and are due from FROM to TO, both included. */
int64_t running_count_due(struct center *center, const struct county_choice *whose, int64_t from,
                          int64_t to);

/* How many of them run and have reached the level of this number in the configuration, and none
 * above. */
int64_t running_count_level(struct center *center, const struct county_choice *whose, int level);

#endif
