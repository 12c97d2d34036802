/* watch: whom a liaison should see (企业动态感知): rules of watch.yaml over what is known of
 * enterprises: a fact that fell or rose, requests that pile up, titles that end. */
#ifndef QIFU_REGISTER_WATCH_H
#define QIFU_REGISTER_WATCH_H

#include "center/center.h"
#include "criteria/profile.h"

enum watch_kind { WATCH_FALLS, WATCH_RISES, WATCH_REQUESTS, WATCH_ENDS };

struct watch_rule {
    struct term term;
    enum watch_kind kind;
    int fact;                 /* of falls and rises: a number of the profile */
    int amount;               /* by so many percent at least; so many requests; days to the end */
    int days;                 /* how far it looks back; 0 of ends */
    const char *const *kinds; /* codes of requests; none: all; ended by NULL */
    const char *const *tags;  /* titles; none: all */
};

struct watch_set {
    struct arena arena;
    struct watch_rule *list;
    int count;
};

/* Reads watch.yaml of the configuration, where it is there. Dies with every fault as file:line.
 * Free with watch_free. */
struct watch_set watch_load(struct config *config, const struct profile *profile);
void watch_free(struct watch_set *set);
/* The rule called WORD, or NULL. */
const struct watch_rule *watch_find(const struct watch_set *set, const char *word);

/* An enterprise that a rule found. Values are millionths of a fact, or numbers of requests; days
 * and texts live during the call. */
struct watch_line {
    const struct watch_rule *rule;
    int64_t id; /* of the enterprise */
    const char *code, *name, *region;
    const char *of;  /* the title that ends, the ids of the requests; NULL: none */
    int64_t was, is; /* 0: no value */
    int day;         /* since when, or until when */
};

/* Calls TAKE for each that RULE finds on DAY, by code. */
void watch_each(struct center *center, const struct watch_rule *rule, const struct profile *profile,
                int day, void (*take)(void *context, const struct watch_line *line), void *context);

/* By how many percent IS is more or, below 0, less than WAS, which is above 0. */
int watch_change(int64_t was, int64_t is);

#endif
