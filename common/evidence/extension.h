/* extension: a later head of a log, and the proof that its events begin with those of an earlier
 * one, as a witness is asked to cosign it (c2sp.org/tlog-witness):
 *
 *     old 3051
 *     PlRNCrwHpqhGrupue0L7gxbjbMiKA9temvuZZDDpkaw=
 *     ...
 *
 *     (the later head)
 */
#ifndef QIFU_EVIDENCE_EXTENSION_H
#define QIFU_EVIDENCE_EXTENSION_H

#include "evidence/head.h"
#include "evidence/merkle.h"

struct extension {
    int64_t old; /* how many events the earlier head has; 0: there is none */
    struct merkle_path path;
    struct head head;
};

/* Appends the lines before the later head. */
void extension_add(struct text *to, int64_t old, const struct merkle_path *path);

/* Whether TEXT begins as one. */
bool extension_is(const char *text);

/* Reads the string TEXT, whose parts live in ARENA; false with a FAULT. Nothing is verified. */
bool extension_read(struct extension *extension, struct arena *arena, const char *text,
                    struct fault *fault);

/* The digests of a path as lines, and an empty one; reads them, and returns what stands behind, or
 * NULL with a FAULT. */
void extension_add_path(struct text *to, const struct merkle_path *path);
const char *extension_path(struct merkle_path *path, const char *text, struct fault *fault);

#endif
