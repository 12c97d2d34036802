/* ruling: what conferences have ruled (会商裁定): on one case alone, or as a rule of the dispatch
 * catalogue until it is retired. */
#ifndef QIFU_CATALOGUE_RULING_H
#define QIFU_CATALOGUE_RULING_H

#include <stdbool.h>
#include <stdint.h>

#include "base/fault.h"
#include "base/mem.h"
#include "center/center.h"
#include "center/compare.h"

struct ruling {
    int64_t id, ticket_id, at, lead;
    int64_t center; /* the county's center in whose catalogue it is; 0: in the city's */
    const char *assists, *words; /* JSON lists: of codes, of words */
    const char *category;        /* NULL: any */
    const char *basis;
    bool once;               /* holds only for its case: never in the catalogue */
    int64_t retired_at;      /* 0: it is not */
    const char *retired_for; /* why */
};

/* Calls TAKE for each ruling, the newest first, which is the order in which the catalogue tries
 * them; the retired ones too where ALL. Texts live during the call. */
void ruling_each(struct db *db, bool all, void (*take)(void *, const struct ruling *),
                 void *context);

/* The ruling with a number, its texts in ARENA; false where there is none. */
bool ruling_get(struct db *db, int64_t id, struct arena *arena, struct ruling *ruling);

/* Takes a ruling out of the catalogue: at AT, by the organisation BY (the center, or another
 * convener), for REASON. False with a FAULT where it is none of the catalogue. Inside a write
 * transaction. */
bool ruling_retire(struct center *center, int64_t id, int64_t by, int64_t at, const char *reason,
                   struct fault *fault);

/* Reports each ruling that is not as the events of its ticket made it. */
void ruling_check(struct db *db, compare_report *report, void *context);

#endif
