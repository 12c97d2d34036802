/* outcome: what became of dispatches: whether a ticket stayed where it was sent first. */
#ifndef QIFU_TICKET_OUTCOME_H
#define QIFU_TICKET_OUTCOME_H

#include <stdint.h>

#include "base/db.h"

enum outcome_what {
    OUTCOME_RIGHT, /* its first lead has answered it */
    OUTCOME_WRONG, /* it was given back, sent on, or ruled to be another's */
    OUTCOME_OPEN   /* nobody knows yet */
};

/* The first dispatch of a ticket to a lead. Texts live during the call. */
struct outcome {
    enum outcome_what what;
    const char *lead;  /* code */
    const char *rule;  /* NULL: by hand */
    const char *went;  /* code of whom it has gone to since, NULL: nobody else */
    const char *model; /* that was heard, NULL: none */
    int sure;          /* what that foretold, in a hundred */
};

/* Calls TAKE for each that was made in the city (not in a county that is a center of its own)
 * between START and END, both included; of errands, and of what was merged, declined, referred,
 * withdrawn or made void, none. */
void outcome_each(struct db *db, int64_t start, int64_t end,
                  void (*take)(void *, const struct outcome *), void *context);

#endif
