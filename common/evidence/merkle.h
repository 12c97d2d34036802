/* merkle: trees of digests as RFC 9162 (section 2.1) has them: the root over a list of leaves, the
 * path that proves that a leaf is in it, and the path that proves that a longer list begins with a
 * shorter one. Pure; with any hash of DIGEST_SIZE bytes. */
#ifndef QIFU_EVIDENCE_MERKLE_H
#define QIFU_EVIDENCE_MERKLE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/digest.h"

/* No tree has more leaves than 2^62, and no path more digests than this. */
enum { MERKLE_DEPTH = 64 };

typedef void merkle_hash(const void *bytes, size_t length, uint8_t digest[DIGEST_SIZE]);

/* The hash of the logs of centers. */
void merkle_sm3(const void *bytes, size_t length, uint8_t digest[DIGEST_SIZE]);

/* A list of leaves, seen through its complete subtrees. */
struct merkle_tree {
    merkle_hash *hash;
    /* The digest of the 2^LEVEL leaves from leaf PLACE * 2^LEVEL on: at level 0 merkle_leaf, above
     * merkle_join of two below. Asked for only where the list has them all. */
    void (*node)(void *context, int level, int64_t place, uint8_t digest[DIGEST_SIZE]);
    void *context;
};

struct merkle_path {
    int count;
    uint8_t digests[MERKLE_DEPTH][DIGEST_SIZE];
};

/* What a leaf with these bytes is in a tree, and a node above two others. DIGEST may be one of
 * them. */
void merkle_leaf(merkle_hash *hash, const uint8_t data[DIGEST_SIZE], uint8_t digest[DIGEST_SIZE]);
void merkle_join(merkle_hash *hash, const uint8_t left[DIGEST_SIZE],
                 const uint8_t right[DIGEST_SIZE], uint8_t digest[DIGEST_SIZE]);

/* The root over the first SIZE leaves; of none, the hash of nothing. */
void merkle_root(const struct merkle_tree *tree, int64_t size, uint8_t root[DIGEST_SIZE]);

/* The path from leaf INDEX (from 0) to the root over the first SIZE leaves. */
struct merkle_path merkle_inclusion(const struct merkle_tree *tree, int64_t index, int64_t size);

/* The path that proves that the first SIZE leaves begin with the first OLD; empty where OLD is 0 or
 * SIZE. */
struct merkle_path merkle_extension(const struct merkle_tree *tree, int64_t old, int64_t size);

/* Whether PATH proves that LEAF (merkle_leaf) stands at INDEX of the SIZE leaves under ROOT. */
bool merkle_includes(merkle_hash *hash, const uint8_t leaf[DIGEST_SIZE], int64_t index,
                     int64_t size, const struct merkle_path *path, const uint8_t root[DIGEST_SIZE]);

/* Whether PATH proves that the SIZE leaves under ROOT begin with the OLD ones under OLD_ROOT. Where
 * OLD is 0 nothing is to be proved, and PATH must be empty. */
bool merkle_extends(merkle_hash *hash, int64_t old, const uint8_t old_root[DIGEST_SIZE],
                    int64_t size, const uint8_t root[DIGEST_SIZE], const struct merkle_path *path);

#endif
