/* logtree: the tree over the log's events: leaf N is the digest of event N + 1. Subtrees of 2^8,
 * 2^16, ... events that are complete are kept in the database (log_node) by who signs a head; what
 * is not kept is made from the events. What is kept is believed only as far as a signed head bears
 * it out (loghead.h), and center-check holds it to the events. */
#ifndef QIFU_CENTER_LOGTREE_H
#define QIFU_CENTER_LOGTREE_H

#include "center/center.h"
#include "center/compare.h"
#include "evidence/merkle.h"

struct logtree;

/* The tree of DB. Free with logtree_free before DB is closed. */
struct logtree *logtree_open(struct db *db);
void logtree_free(struct logtree *tree);

/* From now on nothing that is kept is believed: all is made from the events. */
void logtree_doubt(struct logtree *tree);

/* For merkle_root and the like, up to logtree_size leaves. */
const struct merkle_tree *logtree_merkle(const struct logtree *tree);

/* Dies where an event that was looked for is not there: its digests were nothing. */
void logtree_need_all(const struct logtree *tree);

/* How many events the log has now: the id of the last. */
int64_t logtree_size(struct db *db);

/* Makes the complete subtrees of the first SIZE events that are not kept yet, MOST at once; false
 * where none is left. Outside of a transaction others go on writing meanwhile. In doubt it makes
 * all of them, at once. logtree_keep puts them into the database, inside a transaction. */
bool logtree_next(struct logtree *tree, int64_t size, int most);
void logtree_keep(struct logtree *tree);

/* Reports each kept digest that is not that of its events, and an event that is missing. */
void logtree_check(struct db *db, compare_report *report, void *context);

#endif
