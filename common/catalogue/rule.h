/* rule: ordered rules over what a ticket says and who sent it. The first rule whose conditions
 * all hold decides: the lead organisation (the dispatch catalogue) or the kind of a message that
 * came without one. Pure; the rules come from rule_file.
 */
#ifndef QIFU_CATALOGUE_RULE_H
#define QIFU_CATALOGUE_RULE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/mem.h"
#include "catalogue/keywords.h"

/* What a condition looks at. */
enum rule_on {
    RULE_KIND,     /* one of the values */
    RULE_CHANNEL,  /* one of the values */
    RULE_SOURCE,   /* one of the values */
    RULE_REGION,   /* starts with one of the values */
    RULE_CATEGORY, /* starts with one of the values */
    RULE_FACT,     /* a fact of the enterprise is one of the values */
    RULE_TITLE,    /* words in the title */
    RULE_BODY,     /* words in the body */
    RULE_TEXT      /* words in either */
};

enum rule_mode { RULE_ANY, RULE_ALL, RULE_NONE };

struct rule_condition {
    enum rule_on on;
    enum rule_mode mode;
    const char *fact; /* of RULE_FACT: its name */
    const char *const *values;
    int *words; /* of the three word conditions: numbers of the values in the set's words */
    int count;
};

struct rule {
    const char *name;
    struct rule_condition *conditions;
    int condition_count;
    const char *decides; /* the lead's name, or the kind */
    const char *const *assists;
    int assist_count;
    const char *basis;
    const char *file;
    int line;
};

struct rule_set {
    struct rule *rules;
    int count;
    struct keywords words;
    struct arena arena; /* owns all texts */
};

/* What is judged. Absent texts are NULL, title and body never. */
struct rule_subject {
    const char *kind, *channel, *source, *region, *category, *title, *body;
    /* A fact of the enterprise by its name, or NULL; CONTEXT is handed through. */
    const char *(*fact)(void *context, const char *name);
    void *context;
};

/* The words found in one subject; reused from subject to subject. */
struct rule_reading {
    uint8_t *title, *body;
};

struct rule_reading rule_reading_new(const struct rule_set *set);
void rule_reading_free(struct rule_reading *reading);
void rule_read(const struct rule_set *set, const struct rule_subject *subject,
               struct rule_reading *reading);

/* True where the condition holds. HITS (of `count` places, or NULL) gets 1 for each value that was
 * met. */
bool rule_condition_holds(const struct rule_condition *condition,
                          const struct rule_subject *subject, const struct rule_reading *reading,
                          uint8_t *hits);

/* The first rule of the set that fits, or NULL. Call rule_read first. */
const struct rule *rule_decide(const struct rule_set *set, const struct rule_subject *subject,
                               const struct rule_reading *reading);

/* Of the rules that do not fit the one with the largest share of its conditions met, the first
 * of several; NULL where no rule has a condition met. */
const struct rule *rule_closest(const struct rule_set *set, const struct rule_subject *subject,
                                const struct rule_reading *reading);

void rule_set_free(struct rule_set *set);

#endif
