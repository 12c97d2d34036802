/* replay: projected records once more, from their events, beside what is stored. */
#ifndef QIFU_CENTER_REPLAY_H
#define QIFU_CENTER_REPLAY_H

#include "center/compare.h"
#include "center/projected.h"

/* Makes the rows of RECORDS (ended by NULL) anew, aside, from all events of the log. What an
 * upgrade has to say of the past, and nobody has written into the log yet, comes last. Calls START,
 * unless it is NULL, before a record reports something. A record comes behind those that its rows
 * name. */
void replay_start(struct db *db, const struct projected *const *records,
                  void (*start)(void *context, const struct projected *record),
                  compare_report *report, void *context);

/* Reports each value of RECORD's tables that differs, and each row that is there on one side alone;
 * between replay_start and replay_end. */
void replay_compare(struct db *db, const struct projected *record, compare_report *report,
                    void *context);

void replay_end(struct db *db);

#endif
