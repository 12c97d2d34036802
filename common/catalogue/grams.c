#include "catalogue/grams.h"

#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"

enum { SHORTEST = 2, LONGEST = 3, BREAK = ' ' };

/* The letter that C counts as, or BREAK. */
static uint32_t letter(uint32_t c)
{
    if (c >= 'A' && c <= 'Z')
        return c + ('a' - 'A');
    if ((c >= 'a' && c <= 'z') || (c >= 0x3400 && c <= 0x9fff) || c >= 0x20000)
        return c;
    return BREAK;
}

/* The length of the name that stands at S, 0: none does. A single character is no name. */
static size_t named_at(const char *s, const char *const *without)
{
    for (; without && *without; without++) {
        size_t length = strlen(*without);
        if (length > 4 && !strncmp(s, *without, length))
            return length;
    }
    return 0;
}

/* Appends TEXT as letters, with one BREAK for whatever stands between them. */
static void add_letters(struct text *letters, const char *text, const char *const *without)
{
    const char *end = text + strlen(text);
    bool broken = true;
    while (text < end) {
        uint32_t c = BREAK;
        size_t length = named_at(text, without);
        if (!length) {
            length = utf8_decode(text, end, &c);
            c = length ? letter(c) : BREAK;
        }
        text += length ? length : 1;
        if (c != BREAK || !broken)
            text_add_code_point(letters, c);
        broken = c == BREAK;
    }
}

void grams_each(const char *text, const char *const *without, struct text *scratch,
                grams_take *take, void *context)
{
    const char *starts[LONGEST] = {NULL};
    text_clear(scratch);
    add_letters(scratch, text, without);
    const char *s = text_string(scratch), *end = s + scratch->length;
    uint32_t c;
    for (size_t length; s < end && (length = utf8_decode(s, end, &c)); s += length) {
        memmove(starts, starts + 1, sizeof starts - sizeof *starts);
        starts[LONGEST - 1] = s;
        if (c == BREAK)
            memset(starts, 0, sizeof starts);
        for (int n = SHORTEST; n <= LONGEST && starts[LONGEST - n]; n++)
            take(context, starts[LONGEST - n], (size_t)(s + length - starts[LONGEST - n]));
    }
}

/* ---- sets ---- */

/* The bucket of a gram, or the free one in which it would be. */
static size_t find_bucket(const struct gram_set *set, const char *gram, size_t length)
{
    size_t at = text_hash(TEXT_HASH_START, gram, length) & (set->bucket_count - 1);
    for (; set->buckets[at]; at = (at + 1) & (set->bucket_count - 1)) {
        const char *other = set->texts[set->buckets[at] - 1];
        if (!strncmp(other, gram, length) && !other[length])
            break;
    }
    return at;
}

static void grow(struct gram_set *set)
{
    if (set->count * 2 < set->bucket_count)
        return;
    set->bucket_count = set->bucket_count ? set->bucket_count * 2 : 1024;
    free(set->buckets);
    set->buckets = mem_zero(set->bucket_count, sizeof *set->buckets);
    for (size_t i = 0; i < set->count; i++)
        set->buckets[find_bucket(set, set->texts[i], strlen(set->texts[i]))] = (uint32_t)i + 1;
}

size_t gram_set_add(struct gram_set *set, const char *gram, size_t length)
{
    grow(set);
    size_t at = find_bucket(set, gram, length);
    if (set->buckets[at])
        return set->buckets[at] - 1;
    set->texts = mem_grow(set->texts, set->count, sizeof *set->texts);
    set->texts[set->count++] = arena_bytes(&set->arena, gram, length);
    set->buckets[at] = (uint32_t)set->count;
    return set->count - 1;
}

long gram_set_find(const struct gram_set *set, const char *gram, size_t length)
{
    return set->count ? (long)set->buckets[find_bucket(set, gram, length)] - 1 : -1;
}

void gram_set_free(struct gram_set *set)
{
    free(set->texts);
    free(set->buckets);
    arena_free(&set->arena);
    *set = (struct gram_set){0};
}
