#include "evidence/merkle.h"

#include <string.h>

enum { LEAF_MARK = 0x00, NODE_MARK = 0x01 };

void merkle_sm3(const void *bytes, size_t length, uint8_t digest[DIGEST_SIZE])
{
    digest_sm3(NULL, bytes, length, digest);
}

void merkle_leaf(merkle_hash *hash, const uint8_t data[DIGEST_SIZE], uint8_t digest[DIGEST_SIZE])
{
    uint8_t bytes[1 + DIGEST_SIZE] = {LEAF_MARK};
    memcpy(bytes + 1, data, DIGEST_SIZE);
    hash(bytes, sizeof bytes, digest);
}

void merkle_join(merkle_hash *hash, const uint8_t left[DIGEST_SIZE],
                 const uint8_t right[DIGEST_SIZE], uint8_t digest[DIGEST_SIZE])
{
    uint8_t bytes[1 + 2 * DIGEST_SIZE] = {NODE_MARK};
    memcpy(bytes + 1, left, DIGEST_SIZE);
    memcpy(bytes + 1 + DIGEST_SIZE, right, DIGEST_SIZE);
    hash(bytes, sizeof bytes, digest);
}

/* Of COUNT leaves, two at least, so many stand in the left half: the largest power of two below. */
static int64_t left_of(int64_t count)
{
    int64_t left = 1;
    while (left < count - left)
        left *= 2;
    return left;
}

/* The digest over COUNT leaves from BEGIN on, which is a multiple of every power of two that COUNT
 * reaches: halves of halves of a tree are. */
static void over(const struct merkle_tree *tree, int64_t begin, int64_t count,
                 uint8_t digest[DIGEST_SIZE])
{
    uint8_t right[DIGEST_SIZE];
    int level = 0;
    while ((int64_t)1 << level < count)
        level++;
    if ((int64_t)1 << level == count) {
        tree->node(tree->context, level, begin >> level, digest);
        return;
    }
    int64_t left = left_of(count);
    over(tree, begin, left, digest);
    over(tree, begin + left, count - left, right);
    merkle_join(tree->hash, digest, right, digest);
}

void merkle_root(const struct merkle_tree *tree, int64_t size, uint8_t root[DIGEST_SIZE])
{
    if (size)
        over(tree, 0, size, root);
    else
        tree->hash("", 0, root);
}

static void add(const struct merkle_tree *tree, struct merkle_path *path, int64_t begin,
                int64_t count)
{
    over(tree, begin, count, path->digests[path->count++]);
}

/* PATH(m, D[n]) of the RFC: what is beside INDEX, from the leaf up. */
static void beside(const struct merkle_tree *tree, struct merkle_path *path, int64_t index,
                   int64_t begin, int64_t count)
{
    if (count == 1)
        return;
    int64_t left = left_of(count);
    if (index < begin + left) {
        beside(tree, path, index, begin, left);
        add(tree, path, begin + left, count - left);
    } else {
        beside(tree, path, index, begin + left, count - left);
        add(tree, path, begin, left);
    }
}

struct merkle_path merkle_inclusion(const struct merkle_tree *tree, int64_t index, int64_t size)
{
    struct merkle_path path = {.count = 0};
    beside(tree, &path, index, 0, size);
    return path;
}

/* SUBPROOF(m, D[n], b) of the RFC; WHOLE is b: the old list's root is known to who verifies. */
static void between(const struct merkle_tree *tree, struct merkle_path *path, int64_t old,
                    int64_t begin, int64_t count, bool whole)
{
    if (old == count) {
        if (!whole)
            add(tree, path, begin, count);
        return;
    }
    int64_t left = left_of(count);
    if (old <= left) {
        between(tree, path, old, begin, left, whole);
        add(tree, path, begin + left, count - left);
    } else {
        between(tree, path, old - left, begin + left, count - left, false);
        add(tree, path, begin, left);
    }
}

struct merkle_path merkle_extension(const struct merkle_tree *tree, int64_t old, int64_t size)
{
    struct merkle_path path = {.count = 0};
    if (old)
        between(tree, &path, old, 0, size, true);
    return path;
}

bool merkle_includes(merkle_hash *hash, const uint8_t leaf[DIGEST_SIZE], int64_t index,
                     int64_t size, const struct merkle_path *path, const uint8_t root[DIGEST_SIZE])
{
    uint8_t digest[DIGEST_SIZE];
    int64_t place = index, last = size - 1;
    if (index < 0 || index >= size)
        return false;
    memcpy(digest, leaf, DIGEST_SIZE);
    for (int i = 0; i < path->count; i++) {
        if (!last)
            return false;
        if (place % 2 || place == last) {
            merkle_join(hash, path->digests[i], digest, digest);
            for (; place && place % 2 == 0; last /= 2)
                place /= 2;
        } else {
            merkle_join(hash, digest, path->digests[i], digest);
        }
        place /= 2;
        last /= 2;
    }
    return !last && !memcmp(digest, root, DIGEST_SIZE);
}

/* As section 2.1.4.2 has it, from the node on that both trees share: FIRST is its digest, NEXT the
 * next of PATH. */
static bool climbs(merkle_hash *hash, int64_t place, int64_t last, const uint8_t *first,
                   const struct merkle_path *path, int next, const uint8_t *old_root,
                   const uint8_t *root)
{
    uint8_t old_digest[DIGEST_SIZE], digest[DIGEST_SIZE];
    memcpy(old_digest, first, DIGEST_SIZE);
    memcpy(digest, first, DIGEST_SIZE);
    for (; next < path->count; next++) {
        const uint8_t *other = path->digests[next];
        if (!last)
            return false;
        if (place % 2 || place == last) {
            merkle_join(hash, other, old_digest, old_digest);
            merkle_join(hash, other, digest, digest);
            for (; place && place % 2 == 0; last /= 2)
                place /= 2;
        } else {
            merkle_join(hash, digest, other, digest);
        }
        place /= 2;
        last /= 2;
    }
    return !last && !memcmp(old_digest, old_root, DIGEST_SIZE) &&
           !memcmp(digest, root, DIGEST_SIZE);
}

bool merkle_extends(merkle_hash *hash, int64_t old, const uint8_t old_root[DIGEST_SIZE],
                    int64_t size, const uint8_t root[DIGEST_SIZE], const struct merkle_path *path)
{
    if (old < 0 || old > size)
        return false;
    if (!old || old == size)
        return !path->count && (!old || !memcmp(old_root, root, DIGEST_SIZE));
    int64_t place = old - 1, last = size - 1;
    for (; place % 2; last /= 2)
        place /= 2;
    if (!place) /* the old tree is complete: its root is the node */
        return climbs(hash, place, last, old_root, path, 0, old_root, root);
    return path->count && climbs(hash, place, last, path->digests[0], path, 1, old_root, root);
}
