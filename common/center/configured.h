/* configured: the configuration under which a center judges. center-init takes its files over, each
 * by its digest, in an event (configured); a program that finds others says so and does not judge
 * by them. A demo, which is for trying, takes what it is given. */
#ifndef QIFU_CENTER_CONFIGURED_H
#define QIFU_CENTER_CONFIGURED_H

#include "center/compare.h"
#include "center/projected.h"

extern const struct projected configured_projected;

/* Takes the files of the center's configuration over, inside a write transaction: an event says
 * which are new, other or gone, where any are. */
void configured_take(struct center *center);

/* Dies where the center's own file or a calendar is not as it was taken over; from then on
 * config_path dies of any other. A center that was made before this was known is bound to none. */
void configured_bind(struct center *center);

/* Reports each file that is other than the one that was taken over. */
void configured_compare(struct center *center, compare_report *report, void *context);

#endif
