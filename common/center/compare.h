/* compare: what is stored beside what the events give, for the self-check. */
#ifndef QIFU_CENTER_COMPARE_H
#define QIFU_CENTER_COMPARE_H

#include <stdint.h>

/* Called with a sentence for each difference; ID is the record's, 0 where it is about none. */
typedef void compare_report(void *context, int64_t id, const char *what);

struct comparison {
    compare_report *report;
    void *context;
    int64_t id;         /* of the present record */
    const char *record; /* stands before each sentence; NULL: nothing */
};

/* Report WHAT where it is stored otherwise than the events give. A text may be NULL. */
void compare_number(const struct comparison *c, const char *what, int64_t stored, int64_t replayed);
void compare_text(const struct comparison *c, const char *what, const char *stored,
                  const char *replayed);

#endif
