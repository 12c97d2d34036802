/* key: public keys of those who sign: a log, or a witness of it (c2sp.org/signed-note, and
 * c2sp.org/tlog-cosignature). As a text a key is its name, its id and its bytes:
 *
 *     log.example+8ba5d9f1+AfN2...
 */
#ifndef QIFU_EVIDENCE_KEY_H
#define QIFU_EVIDENCE_KEY_H

#include "base/libcrypto.h"
#include "evidence/note.h"

struct key {
    const char *name;
    enum libcrypto_kind kind;
    bool witness; /* it cosigns heads of others; else it signs as a log */
    uint8_t id[NOTE_ID_SIZE];
    uint8_t bytes[LIBCRYPTO_MOST_PUBLIC];
};

/* The keys that somebody trusts; zeroed are none. */
struct keys {
    struct key *list;
    int count;
};

/* Gives KEY, of which all else is there, its id. */
void key_set_id(struct key *key);

/* Appends KEY as a text. */
void key_add(struct text *to, const struct key *key);

/* Adds to KEYS the one that WORD is, or those of the file that it names, one a line, # for remarks.
 * They live in ARENA, but the list is freed by keys_free. False with a FAULT. */
bool keys_take(struct keys *keys, struct arena *arena, const char *word, struct fault *fault);
void keys_free(struct keys *keys);

/* Whether KEY has signed NOTE. */
enum key_verdict { KEY_ABSENT, KEY_HOLDS, KEY_BROKEN };
/* Stores in *AT (may be NULL) when a witness says that it signed, 0 of a log. Where a signature of
 * KEY does not hold the answer is KEY_BROKEN, whatever others of it do. */
enum key_verdict key_judge(const struct key *key, const struct note *note, int64_t *at);

/* What a witness signs of TEXT, at the moment AT (c2sp.org/tlog-cosignature). */
void key_add_cosigned(struct text *to, int64_t at, const char *text, size_t length);

#endif
