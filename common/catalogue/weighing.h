/* weighing: what speaks for which rule, and which decides. The heaviest does, not the first; where
 * two are too near each other, none. Pure.
 *
 * A word that says what the matter is weighs 3 to 6 points by its length, one that says whom or
 * what it is about 2; in the title twice as much. A word against takes away what it would give.
 * Each word counts once; none inside a longer one that is known; none that is denied (不是工资).
 * Rules that decide the same help each other: the heaviest counts whole, the others half.
 */
#ifndef QIFU_CATALOGUE_WEIGHING_H
#define QIFU_CATALOGUE_WEIGHING_H

#include "base/text.h"
#include "catalogue/rule.h"

enum { WEIGHING_CANDIDATES = 3 };

struct candidate {
    const struct rule *rule; /* the heaviest of those that decide the same */
    int weight;              /* of all of them */
};

/* What was decided on one subject. */
struct choice {
    const struct rule *rule; /* NULL: none decides */
    bool ordered;            /* it stands before those that are weighed */
    bool close;              /* the second is too near the first */
    struct candidate best[WEIGHING_CANDIDATES];
    int count;
};

/* What all rules that decide the same say together. */
struct tally {
    const struct rule *rule; /* the heaviest; NULL: none says anything */
    int heaviest, sum;
    bool alone; /* it is a place, and nothing but it was named */
};

/* One set of rules and what was found of them in a subject; reused from subject to subject. The
 * set stays the caller's, and may not grow. */
struct weighing {
    const struct rule_set *set;
    struct rule_reading reading;
    uint8_t *seen;         /* of each weighed word: where it stands */
    int *found;            /* the words that stand somewhere */
    int *weights;          /* of each rule */
    int *bodies;           /* of each rule: what of it the body gives */
    int *places;           /* of each rule: what tells its place */
    int *touched;          /* the rules that a word was found of */
    uint8_t *marks;        /* of each rule: whether it is touched */
    struct tally *tallies; /* of each group, at its first rule */
    int found_count, touched_count;
};

struct weighing weighing_new(const struct rule_set *set);
void weighing_free(struct weighing *weighing);

/* Decides on a subject. */
struct choice weighing_decide(struct weighing *weighing, const struct rule_subject *subject);
/* The same without the ordered rules: what it would be without any ruling. */
struct choice weighing_weigh(struct weighing *weighing, const struct rule_subject *subject);

/* Appends what speaks for and against a rule in the subject that was decided last:
 * "title 欠薪 8, text 工人 2, against 学校 4". */
void weighing_explain(const struct weighing *weighing, const struct rule_subject *subject,
                      const struct rule *rule, struct text *why);

#endif
