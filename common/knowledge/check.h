/* kbcheck: what is wrong with entries of the knowledge base: they hold no more, nobody answers for
 * them, or the policy on which they rest does not. */
#ifndef QIFU_KNOWLEDGE_CHECK_H
#define QIFU_KNOWLEDGE_CHECK_H

#include "knowledge/kb.h"

struct kb_finding {
    int64_t id, org; /* of the entry; 0: nobody's */
    const char *code, *title;
    const char *finding, *word; /* expired, 已过期 */
    const char *about;          /* the day, the policy; NULL: nothing */
};

/* Calls TAKE for each finding on DAY, by entry. Texts live during the call. */
void kbcheck_each(struct db *db, int day,
                  void (*take)(void *context, const struct kb_finding *finding), void *context);

#endif
