/* kbfind: which entries of the knowledge base a question is about, the best first. */
#ifndef QIFU_KNOWLEDGE_FIND_H
#define QIFU_KNOWLEDGE_FIND_H

#include "knowledge/kb.h"

struct kb_hit {
    int64_t id;
    double score;
};

/* Fills in HITS, at most MOST, with the entries that share most with QUESTION, and returns how many
 * there are. What few entries have says more than what many have. Where HOLDING is a day, entries
 * that hold no more on it are left out; KB_NO_DAY: none is. -1 where QUESTION has no two
 * characters side by side. */
int kbfind_best(struct db *db, const char *question, int holding, struct kb_hit *hits, int most);

#endif
