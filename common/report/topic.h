/* topic: reads topics.yaml (qifu-config(5)): topics (专题) by which tickets and policies are
 * counted side by side, and what leads to each: categories of tickets, rules of dispatch, classes
 * of policies. Nothing leads to two. */
#ifndef QIFU_REPORT_TOPIC_H
#define QIFU_REPORT_TOPIC_H

#include "center/config.h"
#include "policy/taxonomy.h"

struct topic {
    const char *code, *name;
};

struct topics {
    struct arena arena;
    struct topic *list;
    int count;
    struct topic_lead *leads; /* in order, private */
    int lead_count;
    struct taxonomy taxonomy;
};

/* Reads topics.yaml of CONFIG's directory. Dies after reporting every fault as file:line. Free with
 * topics_free. */
struct topics topics_load(struct config *config);
void topics_free(struct topics *topics);
/* The same, where the file is there; keeps nothing. */
void topics_check(struct config *config);

/* The topic called WORD, a code or a name; NULL where there is none. */
const struct topic *topics_find(const struct topics *topics, const char *word);
/* The topic of a ticket's CATEGORY or, where that leads to none, of the RULE that dispatched it;
 * both may be NULL. NULL where neither leads to any. */
const struct topic *topics_of_ticket(const struct topics *topics, const char *category,
                                     const char *rule);
/* The topic of a policy's CLASS: its subclass's own, else that of the class above. */
const struct topic *topics_of_policy(const struct topics *topics, const char *class);

#endif
