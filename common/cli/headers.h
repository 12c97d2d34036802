/* headers: which column of a table, or member of a JSON object, means which field of a record, by
 * the configuration's headers.yaml (qifu-config(5)). */
#ifndef QIFU_CLI_HEADERS_H
#define QIFU_CLI_HEADERS_H

#include <stdbool.h>

#include "base/mem.h"
#include "base/text.h"

struct headers {
    struct arena arena;
    struct header *list;
    int count;
    struct text folded; /* scratch */
};

/* Reads the synonyms of RECORD ("ticket", "org", ...) from PATH. FIELDS (ended by NULL) are the
 * fields that the record has; each is also its own synonym. Dies on faults as file:line. */
struct headers headers_load(const char *path, const char *record, const char *const *fields);
void headers_free(struct headers *headers);

/* Adds WORD for field number FIELD to HEADERS, which may be zeroed. False where it means another
 * one, *MEANT, already. headers_join adds those of MORE that mean none yet, of the first
 * COUNT fields. */
bool headers_add(struct headers *headers, const char *word, int field, int *meant);
void headers_join(struct headers *headers, const struct headers *more, int count);

/* The number in FIELDS of the field that HEADER means, or -1. */
int headers_find(struct headers *headers, const char *header);
/* Where HEADER stands among all that are known, or -1. Of two headers that mean one field the one
 * of the lower rank is meant more exactly: headers.yaml names it first. */
int headers_rank(struct headers *headers, const char *header);

/* The known header that is nearest to HEADER, or NULL. */
const char *headers_nearest(const struct headers *headers, const char *header);

#endif
