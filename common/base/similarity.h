/* similarity: how alike two texts are. Pure. */
#ifndef QIFU_BASE_SIMILARITY_H
#define QIFU_BASE_SIMILARITY_H

#include <stddef.h>
#include <stdint.h>

#include "base/text.h"

/* Dice's coefficient over the pairs of neighbouring characters, in percent: 100 where both have the
 * same pairs, 0 where they share none. Blanks and punctuation do not count. */
int similarity_percent(const char *a, const char *b);

/* A text as it is compared with many others: its pairs, and bits by which most unlike texts are
 * told apart without a look at the pairs. */
enum { SHAPE_WORDS = 8 };
struct shape {
    uint64_t *pairs, bits[SHAPE_WORDS];
    size_t count;
};

/* The shape of S; the caller frees. */
struct shape shape_of(const char *s);
void shape_free(struct shape *shape);
/* similarity_percent of the two texts, or 0 where that is below LEAST. */
int shape_alike(const struct shape *a, const struct shape *b, int least);

/* Appends what counts of S: no blanks, no punctuation. */
void similarity_core(struct text *out, const char *s);

#endif
