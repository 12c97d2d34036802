/* delivery: what was sent to whom, as its events tell it: each of a policy says, in the order of
 * their numbers, to whom it went, and through which association. push.c stores a delivery as it
 * notes it, center-check as it reads it again. */
#ifndef QIFU_MATCH_DELIVERY_H
#define QIFU_MATCH_DELIVERY_H

#include "base/db.h"
#include "base/text.h"

/* Ids; 0: none. It goes to an association or to an enterprise. */
struct delivery {
    int64_t id, policy, association, enterprise, via, at;
    bool package; /* one message with what else was sent then */
};

/* The number that the next one gets. */
int64_t delivery_next_id(struct db *db);
void delivery_store(struct db *db, const struct delivery *delivery);

/* The list of an event, while it grows; zeroed at first. It has a part for each change of who is
 * sent to: {"enterprises":[...]}, {"association":"a1"}, {"via":"a1","enterprises":[...]}. */
struct delivery_list {
    struct text parts, codes; /* of the part that is open */
    const char *via;          /* its association; NULL: none */
};
/* Adds the enterprise CODE, VIA the association of that code (NULL: directly), which lives until
 * the list's end; adds the association CODE. */
void delivery_list_enterprise(struct delivery_list *list, const char *code, const char *via);
void delivery_list_association(struct delivery_list *list, const char *code);
/* The whole as JSON, NULL where it is empty; it lives until the list is freed. */
const char *delivery_list_end(struct delivery_list *list);
void delivery_list_free(struct delivery_list *list);

#endif
