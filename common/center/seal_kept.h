/* seal_kept: what is kept of the texts of events of which something was erased. */
#ifndef QIFU_CENTER_SEAL_KEPT_H
#define QIFU_CENTER_SEAL_KEPT_H

#include "base/db.h"
#include "center/seal.h"

/* The row of erasure: event_id, key, seal, salt. */
struct seal_kept seal_kept_read(struct db_query *q);

/* Gives SEALS what was kept of the event's texts; returns it for the caller to free. */
struct seal_kept *seal_kept_of_event(struct db *db, struct seals *seals, int64_t event_id);

#endif
