/* seal: personal data under a digest that they can leave. A digest does not cover such a text
 * itself but its seal, SM3 over a salt, a key and the text: who has salt and text can check it, who
 * has the seal alone learns nothing, and once text and salt are erased (record-erase) everything
 * that was proved with the seal still is. */
#ifndef QIFU_CENTER_SEAL_H
#define QIFU_CENTER_SEAL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/digest.h"
#include "base/mask.h"
#include "base/text.h"

enum { SEED_SIZE = 16 };

/* The fields of what was received that are sealed, in the order of their salts; those of events'
 * data follow. The order tells the salts apart and so only ever grows. */
enum {
    SEAL_TITLE,
    SEAL_BODY,
    SEAL_ENTERPRISE,
    SEAL_USCC,
    SEAL_CONTACT,
    SEAL_PHONE,
    SEAL_EXTRA,
    SEAL_FIELDS
};
enum { SEAL_KEYS = 32 };

/* A text of an event of which something was erased: the seal of one that is gone, or the salt of
 * one that is there. */
struct seal_kept {
    int64_t event_id;
    int key;
    bool is_erased;
    uint8_t bytes[DIGEST_SIZE]; /* of a salt the first SEED_SIZE */
};

/* How an event's texts are sealed: with salts that follow from SEED, or with those that were kept.
 */
struct seals {
    uint8_t seed[SEED_SIZE];
    const struct seal_kept *kept; /* of this event, not owned */
    size_t kept_count;            /* 0: nothing was erased */
    uint8_t pair[DIGEST_SIZE];    /* the salts of two keys that follow each other, */
    int has_pair;                 /* the second one of which has this number; 0: none yet */
};

/* What was kept of KEY's text; NULL: its salt follows from the seed. */
const struct seal_kept *seal_kept_of(const struct seals *seals, int key);

/* The number of the key whose name has LENGTH bytes, or -1: such a member is not sealed. */
int seal_key(const char *name, size_t length);
/* Its name; NULL behind the last. */
const char *seal_name(int key);

/* The salt that follows from the seed. */
void seal_salt(struct seals *seals, int key, uint8_t salt[static SEED_SIZE]);

/* The seal of the LENGTH bytes TEXT. */
void seal_text(const uint8_t salt[static SEED_SIZE], int key, const char *text, size_t length,
               uint8_t seal[static DIGEST_SIZE]);

/* What stands in place of columns of an import, which are JSON, once they were erased. */
#define SEAL_ERASED_EXTRA "{\"extra\":\"" MASK_ERASED "\"}"

/* The same, of a text of an event; of one that was erased, and in whose place the mark of that
 * stands, the seal that was kept. */
void seal_of(struct seals *seals, int key, const char *text, size_t length,
             uint8_t seal[static DIGEST_SIZE]);

#endif
