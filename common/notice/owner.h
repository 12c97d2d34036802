/* owner: the records that can be told of something, as one table: who has addresses. */
#ifndef QIFU_NOTICE_OWNER_H
#define QIFU_NOTICE_OWNER_H

#include "base/fault.h"
#include "base/mem.h"
#include "center/org.h"

struct owner_kind {
    const char *code, *word; /* org, 单位: also the member of an event that names one */
    /* The one called WORD, or 0. */
    int64_t (*find)(struct db *db, const char *word);
    /* How events and lists name the one with this id, and what it is called; NULL: there is none.
     * In ARENA. */
    const char *(*code_of)(struct db *db, int64_t id, struct arena *arena);
    const char *(*name_of)(struct db *db, int64_t id, struct arena *arena);
    const char *otherwise; /* what a fault says behind one that is unknown */
};

/* One of them. */
struct owner {
    const struct owner_kind *kind;
    int64_t id;
};

enum { OWNER_ORG, OWNER_ENTERPRISE, OWNER_LIAISON, OWNER_KINDS };
const struct owner_kind *owner_kind(int number);
/* That with this code; NULL: none. */
const struct owner_kind *owner_kind_coded(const char *code);

/* Stores the one of KIND called WORD; false with a FAULT where there is none. */
bool owner_find(struct db *db, const struct owner_kind *kind, const char *word, struct owner *owner,
                struct fault *fault);

#endif
