/* erase: texts of an event that are to be no more. What was proved with them stays proved: their
 * seals are kept (seal.h), and the salts of the others instead of the seed. */
#ifndef QIFU_CENTER_ERASE_H
#define QIFU_CENTER_ERASE_H

#include <stdbool.h>
#include <stdint.h>

#include "center/log.h"
#include "center/log_form.h"

/* An event whose texts are looked at. */
struct erase_event {
    struct event event;
    const uint8_t *seed;               /* SEED_SIZE; NULL: its digest is of the first form */
    const struct log_content *content; /* that it names by a digest; NULL: none */
};

/* Decides on a text of the event: the mark to stand in its place (mask.h), which lives as long as
 * CONTEXT, or NULL: it stays. */
typedef const char *erase_choose(void *context, const struct event *event, int key,
                                 const char *text);

enum erase_result {
    ERASE_NONE,
    ERASE_DONE,
    ERASE_UNSEALED /* its digest covers the texts themselves: nothing was done */
};

/* Erases what CHOOSE decides, inside a write transaction: what the log says, the seals, what the
 * views show of it. Columns elsewhere are the caller's, and those of CONTENT. */
enum erase_result erase_event(struct center *center, const struct erase_event *event,
                              erase_choose *choose, void *context);

#endif
