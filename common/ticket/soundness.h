/* soundness: SQLite's own checks of the database file. */
#ifndef QIFU_TICKET_SOUNDNESS_H
#define QIFU_TICKET_SOUNDNESS_H

#include "ticket/replay.h"

/* Reports each fault of the file's pages, tables and indexes. */
void soundness_of_file(struct db *db, replay_report *report, void *context);

/* Reports each row that points to one that is not there; its id is the row's. */
void soundness_of_keys(struct db *db, replay_report *report, void *context);

#endif
