#include "base/similarity.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/utf8.h"

/* Letters, digits and everything beyond ASCII's and CJK's punctuation. */
static int counts(uint32_t c)
{
    if (c < 0x80)
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    return c > 0xbf && !(c >= 0x2000 && c <= 0x206f) && !(c >= 0x3000 && c <= 0x303f) &&
           !(c >= 0xff00 && c <= 0xff0f) && !(c >= 0xff1a && c <= 0xff20);
}

static int compare(const void *left, const void *right)
{
    uint64_t a = *(const uint64_t *)left, b = *(const uint64_t *)right;
    return a < b ? -1 : a > b;
}

/* The sorted pairs of S; the caller frees. */
static uint64_t *pairs_of(const char *s, size_t *count)
{
    const char *end = s + strlen(s);
    uint64_t *pairs = mem_alloc((size_t)(end - s + 1) * sizeof *pairs);
    uint32_t before = 0;
    *count = 0;
    while (s < end) {
        uint32_t c;
        size_t n = utf8_decode(s, end, &c);
        s += n ? n : 1;
        if (!n || !counts(c))
            continue;
        if (before)
            pairs[(*count)++] = (uint64_t)before << 32 | c;
        before = c;
    }
    qsort(pairs, *count, sizeof *pairs, compare);
    return pairs;
}

struct shape shape_of(const char *s)
{
    struct shape shape = {.count = 0};
    shape.pairs = pairs_of(s, &shape.count);
    for (size_t i = 0; i < shape.count; i++) {
        uint64_t bit = text_hash(TEXT_HASH_START, &shape.pairs[i], sizeof *shape.pairs);
        bit = (bit ^ bit >> 32) % (64 * SHAPE_WORDS);
        shape.bits[bit / 64] |= UINT64_C(1) << bit % 64;
    }
    return shape;
}

void shape_free(struct shape *shape)
{
    free(shape->pairs);
    *shape = (struct shape){.count = 0};
}

static int percent(size_t shared, size_t total)
{
    return total ? (int)(200 * shared / total) : 0;
}

/* As many pairs as two texts share at most: each bit that one has alone is a pair that it has
 * alone. */
static size_t most_shared(const struct shape *a, const struct shape *b)
{
    size_t left = a->count, right = b->count;
    for (int i = 0; i < SHAPE_WORDS; i++) {
        left -= (size_t)__builtin_popcountll(a->bits[i] & ~b->bits[i]);
        right -= (size_t)__builtin_popcountll(b->bits[i] & ~a->bits[i]);
    }
    return left < right ? left : right;
}

static size_t count_shared(const struct shape *a, const struct shape *b)
{
    size_t i = 0, j = 0, shared = 0;
    while (i < a->count && j < b->count) {
        int order = compare(&a->pairs[i], &b->pairs[j]);
        shared += order == 0;
        i += order <= 0;
        j += order >= 0;
    }
    return shared;
}

int shape_alike(const struct shape *a, const struct shape *b, int least)
{
    size_t total = a->count + b->count;
    if (percent(most_shared(a, b), total) < least)
        return 0;
    int alike = percent(count_shared(a, b), total);
    return alike >= least ? alike : 0;
}

int similarity_percent(const char *a, const char *b)
{
    struct shape left = shape_of(a), right = shape_of(b);
    int alike = shape_alike(&left, &right, 0);
    shape_free(&left);
    shape_free(&right);
    return alike;
}

void similarity_core(struct text *out, const char *s)
{
    const char *end = s + strlen(s);
    while (s < end) {
        uint32_t c;
        size_t n = utf8_decode(s, end, &c);
        if (n && counts(c))
            text_add_bytes(out, s, n);
        s += n ? n : 1;
    }
}
