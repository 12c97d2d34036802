/* telling: who is told of an event by a notice of a kind, and at which addresses. */
#ifndef QIFU_NOTICE_TELLING_H
#define QIFU_NOTICE_TELLING_H

#include "base/json.h"
#include "center/log.h"
#include "notice/address.h"
#include "notice/kind.h"

/* Those who are told; zeroed is nobody. */
struct told {
    struct owner *list;
    int count;
};
void told_free(struct told *told);

/* Adds one, who is nobody where its id is 0. */
void told_add(struct told *told, int kind, int64_t id);
/* Adds whom KIND tells of EVENT, with its DATA; nobody where what the kind asks for is not so. */
void telling_find(struct center *center, const struct notice_kind *kind, const struct event *event,
                  const struct json *data, struct told *told);

/* Calls TAKE with each address of TOLD that wants KIND on DAY: where its reader is away, with the
 * deputy's; with none twice. */
void telling_addresses(struct db *db, const struct told *told, const struct notice_kind *kind,
                       int day, void (*take)(void *context, const struct address *address),
                       void *context);

#endif
