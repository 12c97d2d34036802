/* words: finds which of many words stand in a text, in one pass. Pure. */
#ifndef QIFU_CATALOGUE_KEYWORDS_H
#define QIFU_CATALOGUE_KEYWORDS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/mem.h"

/* A set of words; zeroed is empty. Words are compared byte by byte, ASCII letters without regard
 * to case. */
struct words {
    struct word *list;
    int count;
    int *buckets; /* by first character: index + 1 of the newest word, chained by `next` */
    size_t bucket_count;
    struct arena arena;
};

/* Adds WORD (not empty) unless it is there, and returns its number, from 0. */
int words_add(struct words *words, const char *word);
void words_free(struct words *words);

/* Bytes that a set of found words takes. */
size_t words_found_size(const struct words *words);

/* Sets in FOUND (zeroed by the caller) the bit of each word that stands in TEXT. */
void words_find(const struct words *words, const char *text, uint8_t *found);

static inline bool words_is_found(const uint8_t *found, int word)
{
    return found[word / 8] >> (word % 8) & 1;
}

#endif
