/* keywords: finds which of many words stand in a text, in one pass. Pure. */
#ifndef QIFU_CATALOGUE_KEYWORDS_H
#define QIFU_CATALOGUE_KEYWORDS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/mem.h"

/* A set of words; zeroed is empty. Words are compared byte by byte, ASCII letters without regard
 * to case. */
struct keywords {
    struct word *list;
    int count;
    int *buckets; /* by first character: index + 1 of the newest word, chained by `next` */
    size_t bucket_count;
    struct arena arena;
};

/* Adds WORD (not empty) unless it is there, and returns its number, from 0. */
int keywords_add(struct keywords *words, const char *word);
void keywords_free(struct keywords *words);

/* Bytes that a set of found words takes. */
size_t keywords_found_size(const struct keywords *words);

/* Sets in FOUND (zeroed by the caller) the bit of each word that stands in TEXT. */
void keywords_find(const struct keywords *words, const char *text, uint8_t *found);

static inline bool keywords_is_found(const uint8_t *found, int word)
{
    return found[word / 8] >> (word % 8) & 1;
}

#endif
