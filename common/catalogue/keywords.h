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

/* A walk through a text over the words that stand in it as wholes: of those that begin at one place
 * the longest, and none that lies inside another, or in a longer row of letters or figures. Start
 * with the words, and the text twice. */
struct keyword_walk {
    const struct keywords *words;
    const char *text; /* where it begins */
    const char *at;   /* where the walk is in the text */
    const char *end;  /* of the word that reaches furthest */
};

/* Goes on to the next word: its number, or -1 at the end of the text. AT is behind its first
 * character then; *START is where it begins. */
int keywords_next(struct keyword_walk *walk, const char **start);

/* The word with a number, as it is compared. */
const char *keywords_word(const struct keywords *words, int word);

static inline bool keywords_is_found(const uint8_t *found, int word)
{
    return found[word / 8] >> (word % 8) & 1;
}

#endif
