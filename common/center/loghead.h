/* loghead: the heads of the log that the center has signed (日志封签), and what witnesses have
 * added to them. Each is an event (head-signed, head-cosigned) with the signed note as it went out.
 */
#ifndef QIFU_CENTER_LOGHEAD_H
#define QIFU_CENTER_LOGHEAD_H

#include "center/logtree.h"
#include "evidence/head.h"

/* Reads the head that was signed last into HEAD, in ARENA; false where none was, or, with a FAULT,
 * where what is kept of it is no head. */
bool loghead_last(struct db *db, struct head *head, struct arena *arena, struct fault *fault);

/* The same of the last that a witness has cosigned. */
bool loghead_last_cosigned(struct db *db, struct head *head, struct arena *arena,
                           struct fault *fault);

/* The head up to which something is proved: the last one, or the last that a witness has COSIGNED.
 * False with a FAULT where there is none, or the log does not bear it out. */
bool loghead_to_prove(struct db *db, const struct logtree *tree, bool cosigned, struct head *head,
                      struct arena *arena, struct fault *fault);

/* Logs that NOTE, of HEAD, was signed, or where COSIGNED that witnesses have signed it too; inside
 * a transaction. */
void loghead_keep(struct center *center, const struct head *head, const char *note, bool cosigned);

/* Whether HEAD is one that was signed here, and still has its signature. */
bool loghead_is_ours(struct db *db, const struct head *head);

/* Whether the events that HEAD was signed over are those of TREE. */
bool loghead_holds(const struct logtree *tree, const struct head *head);

/* For center-check: what is kept of the tree, and heads, that the log's events do not bear out;
 * where the configuration names a key, that nobody signed yesterday. */
void loghead_check(struct db *db, compare_report *report, void *context);
void loghead_check_day(const struct center *center, compare_report *report, void *context);

#endif
