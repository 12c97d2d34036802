/* save: entries are added and acted on, through the gate. */
#ifndef QIFU_REGISTER_SAVE_H
#define QIFU_REGISTER_SAVE_H

#include "register/entry.h"

enum entry_result { ENTRY_ADDED, ENTRY_CONTINUED, ENTRY_SAME, ENTRY_REFUSED };

/* Adds ENTRY, which was read (entry_read), and stores its id. One with its key is there: the same,
 * or refused where ENTRY says otherwise of what no act sets. In a register whose rows continue, one
 * with the key of PREVIOUS, the entry of the row before (0: none), or without a key, goes on with
 * that one: texts get another line, lists what they do not have. Texts go to ARENA. Refused with a
 * FAULT, and nothing was stored. Inside a write transaction. */
enum entry_result entry_add(struct center *center, struct entry *entry, int64_t previous,
                            const struct gate_who *who, struct arena *arena, struct fault *fault);

/* What is done to an entry. */
struct entry_act {
    int act;                    /* of its registry: registry_act */
    const struct entry *values; /* what is said of its fields */
    const char *text;           /* NULL: none */
    struct gate_who who;
};
/* Does it to entry ID of REGISTRY. GATE_KNOWN where the very same was done at that moment. Refused
 * with a FAULT. Inside a write transaction. */
enum gate_result entry_act(struct center *center, const struct registry *registry, int64_t id,
                           const struct entry_act *act, struct fault *fault);

#endif
