/* rare: which of many texts share runs of three characters that few of them have. Pure.
 *
 * Count all texts first, then add them in the same order: each is told by its rarest runs, so that
 * no text is held beside all others. What thousands say is no sign of a repeat; what two or three
 * say is.
 */
#ifndef QIFU_BASE_RARE_H
#define QIFU_BASE_RARE_H

#include <stddef.h>
#include <stdint.h>

#include "base/text.h"

enum {
    RARE_MOST = 12, /* texts that may have a run, for it to be rare */
    RARE_KEPT = 8,  /* runs that a text is told by, the rarest */
    RARE_SHARED = 3 /* of these that two texts must share */
};

/* Zeroed is empty. */
struct rare {
    uint8_t *
        counts; /* by fingerprint: how many texts have such a run, RARE_MOST + 1 and more are one */
    uint32_t *last; /* the text that was counted last with such a run, from 1 */
    uint32_t counted;
    struct rare_place *places;
    size_t place_count, text_count;
    uint64_t *pairs;
    size_t pair_count;
    uint64_t *runs; /* of the text in hand */
    size_t run_count;
    struct text core;
};

void rare_count(struct rare *rare, const char *text);
void rare_add(struct rare *rare, const char *text);

/* Calls TAKE for each two texts that share enough, by their places in the order of adding: the
 * earlier ones of the later text one after the other, with how many runs they share. */
void rare_pairs(struct rare *rare, void (*take)(void *, size_t earlier, size_t later, int shared),
                void *context);
void rare_free(struct rare *rare);

#endif
