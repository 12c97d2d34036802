/* signer: a private key, in a file of its own that nobody else may read: a line that says whose it
 * is and what for, and the key as OpenSSL reads it (PKCS #8 in PEM). */
#ifndef QIFU_EVIDENCE_SIGNER_H
#define QIFU_EVIDENCE_SIGNER_H

#include "evidence/key.h"

struct signer {
    struct key key;
    struct libcrypto_key *secret;
};

/* A new one; NAME is a key's (note_is_name) and stays the caller's. Free with signer_free. */
struct signer signer_make(const char *name, enum libcrypto_kind kind, bool witness);

/* Appends the text of SIGNER's file. */
void signer_add(struct text *to, const struct signer *signer);

/* Reads the file at PATH; names live in ARENA. False with a FAULT where it has no key, or others
 * may read it. */
bool signer_read(struct signer *signer, struct arena *arena, const char *path, struct fault *fault);
void signer_free(struct signer *signer);

/* Appends the line by which SIGNER signs the LENGTH bytes of TEXT, a witness at the moment AT. */
void signer_sign(struct text *to, const struct signer *signer, int64_t at, const char *text,
                 size_t length);

#endif
