/* adoption: which model (catalogue/model.h) is in force beside the dispatch catalogue: the one that
 * the log named last. The model itself is a file. */
#ifndef QIFU_TICKET_ADOPTION_H
#define QIFU_TICKET_ADOPTION_H

#include "catalogue/model.h"
#include "center/center.h"

struct adoption {
    const char *digest; /* of its file; NULL: none is in force */
    const char *path;
    int64_t at;
};

/* What is in force; its texts are in ARENA. */
struct adoption adoption_find(struct db *db, struct arena *arena);

/* MODEL, whose file stands at PATH, is in force from now on, for REASON (may be NULL); or MODEL is
 * NULL, and none is. Inside a write transaction. */
void adoption_log(struct center *center, const struct model *model, const char *path,
                  const char *reason);

/* The model in force, read from its file; an empty one where there is none, and where its file is
 * missing, damaged or another one, which a line on standard error says. */
struct model adoption_read(struct center *center);

#endif
