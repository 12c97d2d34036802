/* counts: how many tickets wait for the desk, and for what: only numbers, each by an index that
 * holds only those that wait. Where there is a POOL they are those of the county's center that it
 * is the organisation of; 0: of the city's, -1: of all. */
#ifndef QIFU_TICKET_COUNTS_H
#define QIFU_TICKET_COUNTS_H

#include <stdint.h>

#include "base/db.h"

/* Tickets that nobody dispatched yet. */
int64_t counts_pool(struct db *db, int64_t pool);

/* Open tickets received by NOW whose deadline lies at FROM or later. */
int64_t counts_due_from(struct db *db, int64_t now, int64_t from);

/* Open tickets whose highest level fired is LEVEL, a code. */
int64_t counts_level(struct db *db, int64_t pool, const char *level);

/* What was asked of the center and has no answer: returns, extensions, suspensions, closes. What a
 * county's center asks is asked of the city's. */
int64_t counts_waiting(struct db *db, int64_t pool);

/* Orders of supervision without a reply. */
int64_t counts_owed(struct db *db);

/* Orders of supervision whose reply is overdue. */
int64_t counts_owed_late(struct db *db, int64_t now);

/* Bad ratings that were not followed up. */
int64_t counts_to_follow(struct db *db, int64_t pool);

/* Problem tickets (疑难工单): not closed, after so many redos and granted returns. */
int64_t counts_problem(struct db *db, int64_t pool, int after);

#endif
