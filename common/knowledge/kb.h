/* kb: the knowledge base (知识库): answers that can be given at once, each with the organisation
 * that answers for it, until when it holds, and the policy on which it rests. Its words are indexed
 * by pairs of neighbouring characters, so that a word of two is found. */
#ifndef QIFU_KNOWLEDGE_KB_H
#define QIFU_KNOWLEDGE_KB_H

#include <stdbool.h>
#include <stdint.h>

#include "base/fault.h"
#include "center/center.h"
#include "center/gate.h"
#include "center/projected.h"

/* The fields that a table of entries may bring, ended by NULL. */
extern const char *const kb_fields[];
enum kb_field {
    KB_CODE,
    KB_TITLE,
    KB_TEXT,
    KB_ORG,
    KB_UNTIL,
    KB_POLICY,
    KB_TICKET,
    KB_AT,
    KB_BY,
    KB_FIELDS
};

/* The rows of entries and of their index, made by their events. */
extern const struct projected kb_projected;
/* What can be done to them, for the gate and for who prints it. */
extern const struct gate_record kb_record;
enum kb_act { KB_ADD, KB_CHANGE, KB_DECLINE };

enum { KB_NO_DAY = INT32_MAX };

struct kb_entry {
    int64_t id;
    const char *code, *title, *text;
    int64_t org, policy; /* 0: none */
    int until;           /* the last day on which it holds, or KB_NO_DAY */
    int64_t ticket;      /* whose answer is adopted (proposal.h); 0: none. Not read by kb_load */
};

/* Makes an entry of VALUES (by enum kb_field). False with a FAULT for each that is missing or
 * unknown. */
bool kb_read(struct db *db, const char *const *values, struct kb_entry *entry, struct fault *fault);

enum kb_result { KB_ADDED, KB_CHANGED, KB_SAME, KB_REFUSED };

/* Adds ENTRY, or changes the one with its code, and fills in the id. Refused, with a FAULT, where
 * WHO is neither the center nor whose it is, and was. Inside a write transaction. */
enum kb_result kb_save(struct center *center, struct kb_entry *entry, const struct gate_who *who,
                       struct fault *fault);

/* True where the answer of TICKET was adopted as the entry called CODE (NULL: none). */
bool kb_is_from(struct db *db, const char *code, int64_t ticket);

/* Reads entry ID, texts in ARENA; false where there is none. */
bool kb_load(struct db *db, int64_t id, struct arena *arena, struct kb_entry *entry);

/* Calls TAKE for each pair of neighbouring characters of TEXT, in order. */
void kb_each_pair(const char *text, void (*take)(void *context, const char *pair, size_t length),
                  void *context);

#endif
