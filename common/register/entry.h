/* entry: what a register has: the values of its fields, its state, who answers for it, by when. Its
 * rows are what its events make of them; events say what followed, so that a replay needs no file
 * of the register. */
#ifndef QIFU_REGISTER_ENTRY_H
#define QIFU_REGISTER_ENTRY_H

#include "base/fault.h"
#include "base/mem.h"
#include "center/center.h"
#include "center/projected.h"
#include "register/registry.h"

/* A value: as the log tells it (an organisation's code, 2026-03-01, 12.5), and for numbers and
 * money its millionths, for dates its day, else 0. */
struct entry_value {
    const char *text;
    int64_t number;
};
struct entry_values {
    struct entry_value *list;
    int count;
};

struct entry {
    int64_t id; /* 0: not there yet */
    const struct registry *registry;
    const char *key, *state;
    bool has_ended;
    int64_t org;                        /* who answers for it first; 0: nobody */
    int64_t added_at, moved_at, due_at; /* due_at 0: never */
    int64_t ticket;                     /* on which its being late is supervised; 0: none */
    struct entry_values fields[REGISTRY_MOST_FIELDS];
};

/* One thing that happened to it; texts live during the call. */
struct entry_move {
    const char *act, *state, *text;
    int64_t at, org;
};

/* The rows of all registers, made by their events. */
extern const struct projected entry_projected;

/* Reads entry ID, texts in ARENA; false where there is none, or its register is no more. */
bool entry_load(struct center *center, int64_t id, struct arena *arena, struct entry *entry);
/* The entry of REGISTRY with this KEY, or 0. */
int64_t entry_find(struct db *db, const struct registry *registry, const char *key);
/* Calls TAKE for all that happened to it, in order. */
void entry_moves(struct db *db, int64_t id,
                 void (*take)(void *context, const struct entry_move *move), void *context);

/* The first value of FIELD, or NULL where it has none or FIELD is REGISTRY_NONE. */
const struct entry_value *entry_first(const struct entry *entry, int field);
/* Adds a value in ARENA, behind those that are there. */
void entry_put(struct entry *entry, struct arena *arena, int field, const char *text,
               int64_t number);
bool entry_has(const struct entry_values *values, const char *text);

/* How much of the target there is, in thousandths; -1: nothing is measured, or no target set. */
int entry_share(const struct entry *entry);
/* True where it was not done by its time, at NOW. */
bool entry_is_late(const struct entry *entry, int64_t now);

/* Appends what people read of a field: names, units, several divided by 、; personal data masked
 * unless UNMASK. */
void entry_add_shown(struct text *to, struct center *center, const struct entry *entry, int field,
                     bool unmask);
/* The same for programs: codes, several divided by a blank. */
void entry_add_plain(struct text *to, const struct entry *entry, int field, bool unmask);

/* SQL, as the index event_entry has it: which events are of entries, and of which entry one is. */
#define ENTRY_EVENTS                                                                               \
    "(type = 'entry-added' OR type = 'entry-continued' OR type = 'entry-corrected'"                \
    " OR type = 'entry-acted' OR type = 'entry-supervised')"
#define ENTRY_OF_EVENT "CAST(json_extract(data, '$.entry') AS BIGINT)"

/* Makes the rows of entry ID anew from its events (after something of them was erased). */
void entry_rebuild(struct db *db, int64_t id);

#endif
