#include "base/similarity.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/text.h"

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

int similarity_percent(const char *a, const char *b)
{
    size_t left_count, right_count, i = 0, j = 0, shared = 0;
    uint64_t *left = pairs_of(a, &left_count), *right = pairs_of(b, &right_count);
    while (i < left_count && j < right_count) {
        shared += left[i] == right[j];
        int order = compare(&left[i], &right[j]);
        i += order <= 0;
        j += order >= 0;
    }
    free(left);
    free(right);
    size_t total = left_count + right_count;
    return total ? (int)(200 * shared / total) : 0;
}
