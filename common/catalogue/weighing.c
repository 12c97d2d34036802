#include "catalogue/weighing.h"

#include <stdlib.h>
#include <string.h>

enum { IN_TITLE = 1, IN_BODY = 2 };

/* What else there is to weigh by, in points. */
enum {
    WEAK = 2,      /* a word that says whom or what it is about */
    CONDITION = 4, /* a condition that is none on words */
    NAMED = 2,     /* a place that is named */
    REGION = 1,    /* a place that is the ticket's region alone */
    TITLE = 2,     /* times as much in the title */
    BODY_MOST = 10 /* that all words of the body give to a rule */
};

struct weighing weighing_new(const struct rule_set *set)
{
    size_t rules = (size_t)set->count + 1, words = (size_t)set->weighed.count + 1;
    return (struct weighing){.set = set,
                             .reading = rule_reading_new(set),
                             .seen = mem_zero(words, 1),
                             .found = mem_zero(words, sizeof(int)),
                             .weights = mem_zero(rules, sizeof(int)),
                             .bodies = mem_zero(rules, sizeof(int)),
                             .places = mem_zero(rules, sizeof(int)),
                             .touched = mem_zero(rules, sizeof(int)),
                             .marks = mem_zero(rules, 1),
                             .tallies = mem_zero(rules, sizeof(struct tally))};
}

void weighing_free(struct weighing *w)
{
    rule_reading_free(&w->reading);
    free(w->seen);
    free(w->found);
    free(w->weights);
    free(w->bodies);
    free(w->places);
    free(w->touched);
    free(w->marks);
    free(w->tallies);
}

/* ---- the words ---- */

static int points_of(const struct rule_word *word, enum rule_sense sense)
{
    switch (sense) {
    case RULE_STRONG:
    case RULE_LOCAL: return word->points;
    case RULE_WEAK: return WEAK;
    case RULE_AGAINST: return -word->points;
    default: return NAMED;
    }
}

static void touch(struct weighing *w, int rule)
{
    if (!w->marks[rule])
        w->touched[w->touched_count++] = rule;
    w->marks[rule] = 1;
}

/* What of POINTS the body may still give to a rule: a long text says much, and not all of it to
 * the matter. */
static int capped(struct weighing *w, int rule, int points)
{
    if (points > BODY_MOST - w->bodies[rule])
        points = BODY_MOST - w->bodies[rule];
    w->bodies[rule] += points;
    return points;
}

static void take_word(struct weighing *w, int number, uint8_t place)
{
    const struct rule_word *word = &w->set->weighed_words[number];
    if (w->seen[number])
        return;
    w->seen[number] = place;
    w->found[w->found_count++] = number;
    for (int m = word->meaning; m; m = w->set->meanings[m - 1].next) {
        const struct rule_meaning *meaning = &w->set->meanings[m - 1];
        int points = points_of(word, meaning->sense) * (place == IN_TITLE ? TITLE : 1);
        touch(w, meaning->rule);
        if (place == IN_BODY && meaning->sense != RULE_PLACE)
            points = capped(w, meaning->rule, points);
        (meaning->sense == RULE_PLACE ? w->places : w->weights)[meaning->rule] += points;
    }
}

/* A word that begins so near behind a denial, in bytes, is denied: two characters may stand
 * between. */
enum { DENIED = 6 };

static void take_text(struct weighing *w, const char *text, uint8_t place)
{
    struct keyword_walk walk = {.words = &w->set->weighed, .text = text, .at = text};
    const char *start, *denial = NULL;
    for (int word; (word = keywords_next(&walk, &start)) >= 0;) {
        if (w->set->weighed_words[word].denies)
            denial = walk.end;
        else if (!denial || start > denial + DENIED)
            take_word(w, word, place);
    }
}

static void forget(struct weighing *w)
{
    for (int i = 0; i < w->found_count; i++)
        w->seen[w->found[i]] = 0;
    for (int i = 0; i < w->touched_count; i++)
        w->weights[w->touched[i]] = w->bodies[w->touched[i]] = w->places[w->touched[i]] =
            w->marks[w->touched[i]] = 0;
    w->found_count = w->touched_count = 0;
}

/* ---- the rules ---- */

/* The region, where it is that of a place, told in the ticket's own field. */
static bool is_in_region(const struct rule *rule, const struct rule_subject *subject)
{
    for (const char *const *region = rule->regions; region && *region; region++)
        if (subject->region && !strncmp(subject->region, *region, strlen(*region)))
            return true;
    return false;
}

/* What the conditions of a rule say, which all hold: their words as strong ones. */
static int conditions_weigh(const struct weighing *w, const struct rule *rule)
{
    int weight = 0;
    for (int i = 0; i < rule->condition_count; i++) {
        const struct rule_condition *c = &rule->conditions[i];
        if (c->mode != RULE_NONE && c->on < RULE_TITLE)
            weight += CONDITION;
        for (int v = 0; c->mode != RULE_NONE && c->on >= RULE_TITLE && v < c->count; v++) {
            int points = rule_points(c->values[v]);
            if (c->on != RULE_BODY && keywords_is_found(w->reading.title, c->words[v]))
                weight += TITLE * points;
            else if (c->on != RULE_TITLE && keywords_is_found(w->reading.body, c->words[v]))
                weight += points;
        }
    }
    return weight;
}

/* What rule number I weighs; 0 where it does not fit. ALONE is set where it is a place of which
 * nothing is said but its name. */
static int weight_of(const struct weighing *w, const struct rule_subject *subject, int i,
                     bool *alone)
{
    const struct rule *rule = &w->set->rules[i];
    int weight = w->weights[i], place = w->places[i];
    *alone = false;
    if (rule->regions) {
        if (!place && !is_in_region(rule, subject))
            return 0;
        *alone = weight <= 0;
        weight = place ? place + weight : REGION + weight / 2;
    } else if (rule->weighs && weight <= 0) {
        return 0;
    }
    if (rule->condition_count) {
        if (!rule_fits(rule, subject, &w->reading))
            return 0;
        weight += conditions_weigh(w, rule);
    }
    return weight > 0 ? weight : 0;
}

/* What all rules together say: for each group its heaviest rule whole, the others half. */
static void tally_rules(struct weighing *w, const struct rule_subject *subject)
{
    const struct rule_set *set = w->set;
    memset(w->tallies, 0, (size_t)set->count * sizeof *w->tallies);
    for (int i = set->ordered; i < set->count; i++) {
        const struct rule *rule = &set->rules[i];
        bool alone;
        if (!w->marks[i] && !rule->condition_count && !rule->regions)
            continue;
        int weight = weight_of(w, subject, i, &alone);
        struct tally *tally = &w->tallies[rule->group];
        tally->sum += weight;
        if (weight <= tally->heaviest)
            continue;
        tally->heaviest = weight;
        tally->rule = rule;
        tally->alone = alone;
    }
}

static int tally_weight(const struct tally *tally)
{
    return tally->heaviest + (tally->sum - tally->heaviest) / 2;
}

/* True where A stands before B: a place alone behind all that is a matter. */
static bool is_before(const struct tally *a, const struct tally *b)
{
    if (a->alone != b->alone)
        return b->alone;
    return tally_weight(a) > tally_weight(b);
}

/* The best, the heaviest first, of equals the first of the set. */
static int find_best(const struct weighing *w, const struct tally *best[WEIGHING_CANDIDATES + 1])
{
    int count = 0;
    for (int i = w->set->ordered; i < w->set->count; i++) {
        const struct tally *tally = &w->tallies[i];
        if (!tally->rule)
            continue;
        int at = count < WEIGHING_CANDIDATES ? count++ : WEIGHING_CANDIDATES;
        for (; at && is_before(tally, best[at - 1]); at--)
            best[at] = best[at - 1];
        best[at] = tally;
    }
    return count;
}

static void decide_by_weight(const struct weighing *w, struct choice *choice)
{
    const struct rule_set *set = w->set;
    const struct tally *best[WEIGHING_CANDIDATES + 1];
    int count = find_best(w, best), first = 0;
    choice->count = count;
    for (int i = 0; i < count; i++)
        choice->best[i] = (struct candidate){best[i]->rule, tally_weight(best[i])};
    while (first < count && !best[first]->alone && tally_weight(best[first]) < set->least)
        first++;
    if (first == count)
        return;
    const struct tally *second = first + 1 < count ? best[first + 1] : NULL;
    choice->close = second && second->alone == best[first]->alone &&
                    tally_weight(second) * 100 > tally_weight(best[first]) * (100 - set->ahead);
    if (!choice->close)
        choice->rule = best[first]->rule;
}

static void weigh(struct weighing *w, const struct rule_subject *subject, struct choice *choice)
{
    take_text(w, subject->title, IN_TITLE);
    take_text(w, subject->body, IN_BODY);
    tally_rules(w, subject);
    decide_by_weight(w, choice);
}

struct choice weighing_decide(struct weighing *w, const struct rule_subject *subject)
{
    const struct rule_set *set = w->set;
    struct choice choice = {0};
    forget(w);
    rule_read(set, subject, &w->reading);
    for (int i = 0; i < set->ordered; i++)
        if (rule_fits(&set->rules[i], subject, &w->reading)) {
            choice.rule = &set->rules[i];
            choice.ordered = true;
            return choice;
        }
    weigh(w, subject, &choice);
    return choice;
}

struct choice weighing_weigh(struct weighing *w, const struct rule_subject *subject)
{
    struct choice choice = {0};
    forget(w);
    rule_read(w->set, subject, &w->reading);
    weigh(w, subject, &choice);
    return choice;
}

/* ---- why ---- */

/* Appends the words of RULE that stand in PLACE, with the points that each gives. */
static void explain_place(const struct weighing *w, const struct rule *rule, bool against,
                          uint8_t place, struct text *why)
{
    static const char *const names[] = {[IN_TITLE] = "title", [IN_BODY] = "body"};
    int shown = 0;
    for (int sense = 0; sense < RULE_SENSES; sense++)
        for (int i = 0; i < rule->words[sense].count; i++) {
            int word = rule->words[sense].words[i];
            if (w->seen[word] != place || (sense == RULE_AGAINST) != against)
                continue;
            int points = points_of(&w->set->weighed_words[word], (enum rule_sense)sense);
            if (!shown++)
                text_add_format(why, "%s%s%s", why->length ? "; " : "", against ? "against " : "",
                                names[place]);
            text_add_format(why, "%s %s %d", shown > 1 ? "," : "",
                            keywords_word(&w->set->weighed, word),
                            points * (place == IN_TITLE ? TITLE : 1));
        }
}

void weighing_explain(const struct weighing *w, const struct rule_subject *subject,
                      const struct rule *rule, struct text *why)
{
    struct text said = {0};
    for (int against = 0; against < 2; against++)
        for (uint8_t place = IN_TITLE; place <= IN_BODY; place++)
            explain_place(w, rule, against, place, &said);
    if (rule->regions && !w->places[rule - w->set->rules] && is_in_region(rule, subject))
        text_add_format(&said, "%sregion %s %d", said.length ? "; " : "", subject->region, REGION);
    text_add(why, text_string(&said));
    text_free(&said);
}
