#include "catalogue/keywords.h"

#include <stdlib.h>
#include <string.h>

#include "base/text.h"

struct word {
    const char *text; /* folded */
    size_t length;
    uint32_t second; /* its second character as a number, 0: it has one alone */
    int next;        /* index + 1 of the next word in the bucket, 0 at the end */
};

static unsigned char fold(unsigned char c)
{
    return c >= 'A' && c <= 'Z' ? (unsigned char)(c + ('a' - 'A')) : c;
}

/* The character at *S as a number: its bytes, folded; *S goes on behind it. 0 at the end. */
static uint32_t next_character(const char **s)
{
    unsigned char c = fold((unsigned char)**s);
    int more = c >= 0xf0 ? 3 : c >= 0xe0 ? 2 : c >= 0xc0 ? 1 : 0;
    uint32_t key = c;
    *s += c != 0;
    for (; more && **s; more--)
        key = key << 8 | (unsigned char)*(*s)++;
    return key;
}

static size_t bucket_of(const struct keywords *words, uint32_t character)
{
    return (character * UINT32_C(2654435761) >> 7) & (words->bucket_count - 1);
}

/* True where WORD stands at S, whose second character is SECOND: a look at it spares most words. */
static bool stands_at(const struct word *word, const char *s, uint32_t second)
{
    if (word->second && word->second != second)
        return false;
    for (size_t i = 0; i < word->length; i++)
        if (fold((unsigned char)s[i]) != (unsigned char)word->text[i])
            return false;
    return true;
}

static void link_word(struct keywords *words, int index)
{
    const char *text = words->list[index].text;
    size_t bucket = bucket_of(words, next_character(&text));
    words->list[index].next = words->buckets[bucket];
    words->buckets[bucket] = index + 1;
}

static void grow_buckets(struct keywords *words)
{
    if ((size_t)words->count * 2 < words->bucket_count)
        return;
    words->bucket_count = words->bucket_count ? words->bucket_count * 4 : 64;
    free(words->buckets);
    words->buckets = mem_zero(words->bucket_count, sizeof *words->buckets);
    for (int i = 0; i < words->count; i++)
        link_word(words, i);
}

/* The index of WORD, or -1. */
static int find_word(const struct keywords *words, const char *word, size_t length)
{
    const char *rest = word;
    int index = words->count ? words->buckets[bucket_of(words, next_character(&rest))] : 0;
    uint32_t second = next_character(&rest);
    for (; index; index = words->list[index - 1].next)
        if (words->list[index - 1].length == length &&
            stands_at(&words->list[index - 1], word, second))
            return index - 1;
    return -1;
}

int keywords_add(struct keywords *words, const char *word)
{
    size_t length = strlen(word);
    int known = find_word(words, word, length);
    if (known >= 0)
        return known;
    const char *rest = word;
    next_character(&rest);
    uint32_t second = next_character(&rest);
    grow_buckets(words);
    words->list = mem_grow(words->list, (size_t)words->count, sizeof *words->list);
    char *folded = arena_bytes(&words->arena, word, length);
    for (size_t i = 0; i < length; i++)
        folded[i] = (char)fold((unsigned char)folded[i]);
    words->list[words->count] = (struct word){folded, length, second, 0};
    link_word(words, words->count);
    return words->count++;
}

void keywords_free(struct keywords *words)
{
    free(words->list);
    free(words->buckets);
    arena_free(&words->arena);
    *words = (struct keywords){0};
}

size_t keywords_found_size(const struct keywords *words)
{
    return (size_t)words->count / 8 + 1;
}

void keywords_find(const struct keywords *words, const char *text, uint8_t *found)
{
    if (!words->count)
        return;
    for (const char *s = text; *s; s++) {
        if (((unsigned char)*s & 0xc0) == 0x80)
            continue;
        const char *rest = s;
        int index = words->buckets[bucket_of(words, next_character(&rest))];
        uint32_t second = index ? next_character(&rest) : 0;
        for (; index; index = words->list[index - 1].next)
            if (!keywords_is_found(found, index - 1) &&
                stands_at(&words->list[index - 1], s, second))
                found[(index - 1) / 8] |= (uint8_t)(1U << ((index - 1) % 8));
    }
}

/* The longest word that begins at S, or -1. */
static int longest_at(const struct keywords *words, const char *s)
{
    int longest = -1;
    const char *rest = s;
    int index = words->buckets[bucket_of(words, next_character(&rest))];
    uint32_t second = index ? next_character(&rest) : 0;
    for (; index; index = words->list[index - 1].next) {
        const struct word *word = &words->list[index - 1];
        if ((longest < 0 || word->length > words->list[longest].length) &&
            stands_at(word, s, second))
            longest = index - 1;
    }
    return longest;
}

static bool is_latin(char c)
{
    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
}

/* True where letters or figures go on before or behind what stands from S to END: 110 in a
 * telephone's number. START is where the text begins. */
static bool is_cut(const char *start, const char *s, const char *end)
{
    return (s > start && is_latin(s[-1]) && is_latin(*s)) || (is_latin(end[-1]) && is_latin(*end));
}

int keywords_next(struct keyword_walk *walk, const char **start)
{
    const struct keywords *words = walk->words;
    while (words->count && *walk->at) {
        const char *s = walk->at++;
        if (((unsigned char)*s & 0xc0) == 0x80)
            continue;
        int word = longest_at(words, s);
        if (word < 0 || (walk->end && s + words->list[word].length <= walk->end) ||
            is_cut(walk->text, s, s + words->list[word].length))
            continue;
        walk->end = s + words->list[word].length;
        *start = s;
        return word;
    }
    return -1;
}

const char *keywords_word(const struct keywords *words, int word)
{
    return words->list[word].text;
}
