/* similarity: how alike two texts are. Pure. */
#ifndef QIFU_BASE_SIMILARITY_H
#define QIFU_BASE_SIMILARITY_H

/* Dice's coefficient over the pairs of neighbouring characters, in percent: 100 where both have the
 * same pairs, 0 where they share none. Blanks and punctuation do not count. */
int similarity_percent(const char *a, const char *b);

#endif
