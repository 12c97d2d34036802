/* retold: rows being made anew, and what events have told of them in their member rows (told.h). */
#ifndef QIFU_CENTER_RETOLD_H
#define QIFU_CENTER_RETOLD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/db.h"
#include "base/json.h"
#include "base/mem.h"

/* With this each row of a list begins. */
struct retold {
    int64_t id; /* 0: not told yet */
    bool made;  /* else it was told of, and what makes it is to come */
};

/* Rows of SIZE bytes, in the order in which they were made. */
struct retold_list {
    char *rows;
    size_t size, count;
};

/* What can be told of a row: a number of int64_t, an organisation's code for its id, a text. */
enum retold_type { RETOLD_NUMBER, RETOLD_ORG, RETOLD_TEXT };
struct retold_member {
    const char *key; /* NULL behind the last */
    enum retold_type type;
    size_t offset;
};

void *retold_at(const struct retold_list *list, size_t place);
/* The row with this id, or NULL. */
void *retold_find(const struct retold_list *list, int64_t id);
/* The row that an event makes: one that was told of, or a new one, zeroed. */
void *retold_add(struct retold_list *list);
void retold_free(struct retold_list *list);

/* Takes what the event's DATA tell of rows called WHAT. One without a number gets the first that is
 * unknown: of before rows were told of, an upgrade has told it. Texts go to ARENA. Before what else
 * the event does. */
void retold_apply(struct retold_list *list, struct db *db, struct arena *arena, const char *what,
                  const struct retold_member *members, const struct json *data);

/* The id in what DATA tell first of a row called WHAT; 0: they do not. */
int64_t retold_id(const struct json *data, const char *what);

#endif
