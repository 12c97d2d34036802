/* rule: rules over what a ticket says and who sent it, which decide the lead organisation (the
 * dispatch catalogue) or the kind of a message that came without one. A rule has conditions, which
 * must all hold, and words, which weigh (weighing.h). Pure; the rules come from rule_file.
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

/* What a word is to a rule. */
enum rule_sense {
    RULE_STRONG,  /* it says what the matter is */
    RULE_WEAK,    /* it says whom or what the matter is about */
    RULE_AGAINST, /* it speaks for another rule */
    RULE_PLACE,   /* it names the rule's place */
    RULE_LOCAL,   /* in what belongs to a place: counts where the rule's place is told */
    RULE_SENSES
};

struct rule_words {
    const int *words; /* numbers in the set's weighed words */
    int count;
};

struct rule {
    const char *name;
    struct rule_words words[RULE_SENSES];
    const char *const *regions; /* of a place: how a ticket's region starts; NULL elsewhere */
    bool weighs;                /* it has words, and needs one of them */
    int group;                  /* the first rule of the set that decides the same */
    struct rule_condition *conditions;
    int condition_count;
    const char *decides; /* the lead's name, or the kind */
    const char *const *assists;
    int assist_count;
    const char *basis;
    const char *file;
    int line;
};

/* What a weighed word is to one rule. */
struct rule_meaning {
    int rule;
    enum rule_sense sense;
    int next; /* index + 1 of the word's next one, 0 at the end */
};

/* A weighed word: what it says to the rules; and whether it turns the word after it (不是). */
struct rule_word {
    int points;
    int meaning; /* index + 1 of its first, 0: it says nothing, but no word inside it does either */
    bool denies;
};

struct rule_set {
    struct rule *rules;
    int count;
    int ordered;           /* so many rules stand first, and the first of them that fits decides */
    int least;             /* what weighs less decides nothing */
    int ahead;             /* by how many in a hundred the first must outweigh the second */
    int sure;              /* with a model: so many in a hundred must be right of such tickets */
    struct keywords words; /* of the conditions */
    struct keywords weighed;
    struct rule_word *weighed_words;
    struct rule_meaning *meanings;
    int meaning_count;
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

/* True where all conditions of the rule hold. Call rule_read first. */
bool rule_fits(const struct rule *rule, const struct rule_subject *subject,
               const struct rule_reading *reading);

/* Of the rules that do not fit the one with the largest share of its conditions met, the first
 * of several; NULL where no rule has a condition met. */
const struct rule *rule_closest(const struct rule_set *set, const struct rule_subject *subject,
                                const struct rule_reading *reading);

/* What a word that says what the matter is weighs in a text, in points, by its characters: the
 * longer, the less it can be there by accident. */
int rule_points(const char *word);

/* A weighed word of the set, for its rule number RULE or, where it says nothing or denies, for
 * none (-1). Returns its number. */
int rule_set_word(struct rule_set *set, const char *word, int rule, enum rule_sense sense);

/* Finds which rules decide the same: those with one of DECIDES's numbers, or where it is NULL
 * with the same text. */
void rule_set_group(struct rule_set *set, const int64_t *decides);

void rule_set_free(struct rule_set *set);

#endif
