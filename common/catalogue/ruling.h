/* ruling: what conferences have ruled (会商裁定): on one case alone, or as a rule of the dispatch
 * catalogue until it is retired. */
#ifndef QIFU_CATALOGUE_RULING_H
#define QIFU_CATALOGUE_RULING_H

#include <stdbool.h>
#include <stdint.h>

#include "base/fault.h"
#include "base/mem.h"
#include "center/center.h"
#include "center/gate.h"
#include "center/projected.h"

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

/* What can be done to a ruling, for the gate and for who prints it. */
extern const struct gate_record ruling_record;

/* Takes a ruling out of the catalogue for REASON; where WHO names nobody it is the act of the
 * center in whose catalogue it is. GATE_REFUSED with a FAULT where there is none, or the gate
 * refuses. Inside a write transaction. */
enum gate_result ruling_retire(struct center *center, int64_t id, const struct gate_who *who,
                               const char *reason, struct fault *fault);

/* What its events make of it (ruling_replay.c). */
extern const struct projected ruling_projected;

#endif
