/* grams: the runs of two and three characters by which a text is known without its words, and sets
 * of them. Pure.
 *
 * Letters count without regard to case; figures, blanks and punctuation end a run, so that no
 * number and no date is ever one. */
#ifndef QIFU_CATALOGUE_GRAMS_H
#define QIFU_CATALOGUE_GRAMS_H

#include <stddef.h>
#include <stdint.h>

#include "base/mem.h"
#include "base/text.h"

/* Calls TAKE for each run of TEXT, in order, as often as it stands there. What stands in WITHOUT
 * (ended by NULL, or NULL: nothing), names of senders, is cut out before. SCRATCH is the caller's.
 */
typedef void grams_take(void *context, const char *gram, size_t length);
void grams_each(const char *text, const char *const *without, struct text *scratch,
                grams_take *take, void *context);

/* A set of them, numbered from 0 as they came; zeroed is empty. */
struct gram_set {
    const char **texts;
    uint32_t *buckets; /* number + 1, 0: free */
    size_t count, bucket_count;
    struct arena arena;
};

/* The number of a gram: added where it is new; or -1 where it is not there. */
size_t gram_set_add(struct gram_set *set, const char *gram, size_t length);
long gram_set_find(const struct gram_set *set, const char *gram, size_t length);
void gram_set_free(struct gram_set *set);

#endif
