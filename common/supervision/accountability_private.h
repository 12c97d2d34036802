/* accountability_private: its projection, which both what is entered and the self-check apply. */
#ifndef QIFU_SUPERVISION_ACCOUNTABILITY_PRIVATE_H
#define QIFU_SUPERVISION_ACCOUNTABILITY_PRIVATE_H

#include "base/text.h"
#include "supervision/accountability.h"

/* Applies one event; texts go to ARENA. */
void accountability_apply(struct accountability *accountability, struct arena *arena,
                          const char *type, int64_t at, const char *data);

/* The person of this name, or NULL. */
struct accountable *accountability_person(const struct accountability *accountability,
                                          const char *name);

/* Writes the row of a person of the procedure NUMBER. */
void accountability_store_person(struct db *db, int64_t number, const struct accountable *person);

/* The data of an event, begun with what each has; and what ends them: adds the event, applies it,
 * stores what it makes of the procedure (its persons apart) and frees DATA. */
struct text accountability_begin(const struct accountability *accountability);
void accountability_add(struct center *center, struct accountability *accountability,
                        struct arena *arena, const char *type, int64_t at, struct text *data);

#endif
