/* clocklist: the clocks of tickets as they are listed, one a line, and deadlines that come out
 * otherwise than they are stored. */
#ifndef QIFU_SUPERVISION_CLOCK_LIST_H
#define QIFU_SUPERVISION_CLOCK_LIST_H

#include "center/program.h"
#include "supervision/recompute.h"
#include "ticket/ticket.h"

enum { CLOCKLIST_COLUMNS = 10, CLOCKLIST_CHANGE_COLUMNS = 10 };
extern const struct out_column clocklist_columns[CLOCKLIST_COLUMNS];
extern const struct out_column clocklist_change_columns[CLOCKLIST_CHANGE_COLUMNS];

/* Each prints a line of the columns above with which P is open. LEVEL is the number of the level at
 * which it stands, below 0 for none. */
void clocklist_print(struct program *p, const struct ticket *ticket, const struct turn *turn,
                     int level);
void clocklist_print_change(struct program *p, const struct recomputed *change);
void clocklist_print_level(struct program *p, const struct firing *firing);

#endif
