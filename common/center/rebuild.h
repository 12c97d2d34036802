/* rebuild: a center made anew in another database, whichever engine either is of, from its log and
 * what the log has digests of; and each of its tables beside the one that there was. */
#ifndef QIFU_CENTER_REBUILD_H
#define QIFU_CENTER_REBUILD_H

#include "base/db.h"
#include "center/compare.h"
#include "center/move.h"
#include "center/projected.h"

/* Makes the tables of RECORDS (ended by NULL) from FROM's log, and with the log itself puts them
 * into the empty DB TO, in one transaction of TO; in between nothing is seen of what others write
 * to FROM. Of each table the digest is TO's; DIFFERS says where that of FROM is another, and each
 * difference is reported. Dies, and keeps nothing, where TO is not empty, or the log is broken.
 * Free with move_free. */
struct move rebuild_center(struct db *from, struct db *to, const struct projected *const *records,
                           compare_report *report, void *context);

#endif
