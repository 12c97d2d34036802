#include "catalogue/rule.h"
#include "base/text.h"

#include <stdlib.h>
#include <string.h>

struct rule_reading rule_reading_new(const struct rule_set *set)
{
    size_t size = keywords_found_size(&set->words);
    return (struct rule_reading){mem_zero(1, size), mem_zero(1, size)};
}

void rule_reading_free(struct rule_reading *reading)
{
    free(reading->title);
    free(reading->body);
}

void rule_read(const struct rule_set *set, const struct rule_subject *subject,
               struct rule_reading *reading)
{
    size_t size = keywords_found_size(&set->words);
    memset(reading->title, 0, size);
    memset(reading->body, 0, size);
    keywords_find(&set->words, subject->title, reading->title);
    keywords_find(&set->words, subject->body, reading->body);
}

static bool equals(const char *have, const char *value)
{
    return have && !strcmp(have, value);
}

static bool starts_with(const char *have, const char *value)
{
    return have && !strncmp(have, value, strlen(value));
}

static bool value_is_met(const struct rule_condition *c, const struct rule_subject *s,
                         const struct rule_reading *r, int i)
{
    const char *value = c->values[i];
    switch (c->on) {
    case RULE_KIND: return equals(s->kind, value);
    case RULE_CHANNEL: return equals(s->channel, value);
    case RULE_SOURCE: return equals(s->source, value);
    case RULE_REGION: return starts_with(s->region, value);
    case RULE_CATEGORY: return starts_with(s->category, value);
    case RULE_FACT: return s->fact && equals(s->fact(s->context, c->fact), value);
    case RULE_TITLE: return keywords_is_found(r->title, c->words[i]);
    case RULE_BODY: return keywords_is_found(r->body, c->words[i]);
    case RULE_TEXT:
        return keywords_is_found(r->title, c->words[i]) || keywords_is_found(r->body, c->words[i]);
    }
    return false;
}

bool rule_condition_holds(const struct rule_condition *condition,
                          const struct rule_subject *subject, const struct rule_reading *reading,
                          uint8_t *hits)
{
    int met = 0;
    for (int i = 0; i < condition->count; i++) {
        bool hit = value_is_met(condition, subject, reading, i);
        if (hits)
            hits[i] = hit;
        else if (hit && condition->mode != RULE_ALL)
            return condition->mode == RULE_ANY;
        met += hit;
    }
    switch (condition->mode) {
    case RULE_ANY: return met > 0;
    case RULE_ALL: return met == condition->count;
    case RULE_NONE: return met == 0;
    }
    return false;
}

/* How many conditions of RULE are met, up to the first that is not where STOP is set. */
static int conditions_met(const struct rule *rule, const struct rule_subject *subject,
                          const struct rule_reading *reading, bool stop)
{
    int met = 0;
    for (int i = 0; i < rule->condition_count; i++) {
        bool holds = rule_condition_holds(&rule->conditions[i], subject, reading, NULL);
        if (!holds && stop)
            break;
        met += holds;
    }
    return met;
}

bool rule_fits(const struct rule *rule, const struct rule_subject *subject,
               const struct rule_reading *reading)
{
    return conditions_met(rule, subject, reading, true) == rule->condition_count;
}

/* The condition that keeps words out holds for nearly everything and says nothing. */
static int positive_met(const struct rule *rule, const struct rule_subject *subject,
                        const struct rule_reading *reading)
{
    int met = 0;
    for (int i = 0; i < rule->condition_count; i++)
        met += rule->conditions[i].mode != RULE_NONE &&
               rule_condition_holds(&rule->conditions[i], subject, reading, NULL);
    return met;
}

const struct rule *rule_closest(const struct rule_set *set, const struct rule_subject *subject,
                                const struct rule_reading *reading)
{
    const struct rule *closest = NULL;
    int best_met = 0, best_count = 1;
    for (int i = 0; i < set->count; i++) {
        const struct rule *rule = &set->rules[i];
        if (!rule->condition_count || !positive_met(rule, subject, reading))
            continue;
        int met = conditions_met(rule, subject, reading, false);
        if (met * best_count > best_met * rule->condition_count) {
            best_met = met;
            best_count = rule->condition_count;
            closest = rule;
        }
    }
    return closest;
}

int rule_points(const char *word)
{
    static const int points[] = {0, 3, 4, 5, 6};
    size_t characters = text_characters(word);
    return points[characters < 4 ? characters : 4];
}

int rule_set_word(struct rule_set *set, const char *text, int rule, enum rule_sense sense)
{
    int known = set->weighed.count, word = keywords_add(&set->weighed, text);
    if (word == known) {
        set->weighed_words =
            mem_grow(set->weighed_words, (size_t)known, sizeof *set->weighed_words);
        set->weighed_words[word] = (struct rule_word){.points = rule_points(text)};
    }
    if (rule < 0)
        return word;
    set->meanings = mem_grow(set->meanings, (size_t)set->meaning_count, sizeof *set->meanings);
    set->meanings[set->meaning_count++] =
        (struct rule_meaning){rule, sense, set->weighed_words[word].meaning};
    set->weighed_words[word].meaning = set->meaning_count;
    return word;
}

void rule_set_group(struct rule_set *set, const int64_t *decides)
{
    for (int i = 0; i < set->count; i++) {
        set->rules[i].group = i;
        for (int j = 0; j < i; j++)
            if (decides ? decides[i] == decides[j]
                        : !strcmp(set->rules[i].decides, set->rules[j].decides)) {
                set->rules[i].group = j;
                break;
            }
    }
}

void rule_set_free(struct rule_set *set)
{
    keywords_free(&set->weighed);
    free(set->weighed_words);
    free(set->meanings);
    keywords_free(&set->words);
    arena_free(&set->arena);
    *set = (struct rule_set){0};
}
