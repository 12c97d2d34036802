/* soundness: what must be so of a center's database, whatever its engine. */
#ifndef QIFU_TICKET_SOUNDNESS_H
#define QIFU_TICKET_SOUNDNESS_H

#include "center/center.h"
#include "center/compare.h"

/* Reports organisations with an id that none can have. */
void soundness_of_orgs(struct db *db, compare_report *report, void *context);

/* Reports where the log's own time goes back, where it was kept from going back although the
 * machine's clock did, where it lies in the future (a demo's clock may lie anywhere), and a center
 * that says of itself something else than its first event. */
void soundness_of_time(struct center *center, compare_report *report, void *context);

#endif
