/* correction: the fields of a ticket's intake that can be put right (更正). Each event `corrected`
 * holds of each field that it changes what was (was_kind) and what is (is_kind), so that the first
 * entry stays readable. */
#ifndef QIFU_TICKET_CORRECTION_H
#define QIFU_TICKET_CORRECTION_H

#include "center/compare.h"
#include "ticket/ticket.h"

enum { CORRECTION_FIELDS = 14 };

/* The number of the field whose name (kind) stands at the end of KEY (was_kind, is_kind), and in
 * *IS which of both it is; -1: it is no such key. */
int correction_of_key(const char *key, bool *is);
/* The name of a field, and the office's word. */
const char *correction_name(int field);
const char *correction_word(int field);

/* Appends to an event's data each field in which AFTER differs from BEFORE, with both values, ""
 * for none; returns how many they are. */
int correction_add(struct text *data, const struct ticket *before, const struct ticket *after);

/* Sets the texts of TICKET to those of AFTER, and stores them, once the event is there. */
void correction_store(struct db *db, struct ticket *ticket, const struct ticket *after);

/* Sets the fields of TICKET back to what they were at the event SINCE, 0: at its first entry; texts
 * go to ARENA. */
void correction_undo(struct db *db, struct ticket *ticket, int64_t since, struct arena *arena);

/* What a ticket's events say of its fields, one after the other, for the replay. Zeroed at first;
 * ARENA and COMPARISON are the caller's. */
struct correction_chain {
    struct arena *arena;
    const struct comparison *comparison;
    const char *is[CORRECTION_FIELDS]; /* as last said; NULL: no event has said it */
};
/* Takes the next event; reports a value before a correction that is not the one that was. */
void correction_follow(struct correction_chain *chain, const char *type, int64_t at,
                       const char *data);
/* Sets the texts of TICKET to what was said of them last. */
void correction_make(const struct correction_chain *chain, struct ticket *ticket);

#endif
