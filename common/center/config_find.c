/* The configuration once it is read: its words found, and what it says of codes. */
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "center/config_private.h"

static const char *const roles[CLOCK_ROLES][2] = {[CLOCK_LEAD] = {"lead", "主办"},
                                                  [CLOCK_ASSIST] = {"assist", "协办"},
                                                  [CLOCK_DISPATCH] = {"dispatch", "派发"}};

const char config_usual_ladder[] = "usual";
const char config_order[] = "order", config_order_name[] = "督办";

/* True where one of the term's words is WORD: as it stands, or where FOLDED is not NULL, folded. */
static bool is_called(const struct term *term, const char *word, const char *folded,
                      struct text *scratch)
{
    for (int i = -2; i < 0 || term->also[i]; i++) {
        const char *own = i == -2 ? term->code : i == -1 ? term->name : term->also[i];
        if (folded)
            text_fold(scratch, own);
        if (!strcmp(folded ? text_string(scratch) : own, folded ? folded : word))
            return true;
    }
    return false;
}

/* The arrays of kinds, levels and plain terms all hold a term first in each element. */
static const struct term *term_at(const void *array, size_t size, int i)
{
    return (const struct term *)((const char *)array + (size_t)i * size);
}

/* The term called WORD: by its words as they stand, which is what nearly every row of a file has,
 * and only then without regard to case and blanks. */
static const struct term *find_term(const void *array, size_t size, int count, const char *word)
{
    struct text folded = {0}, scratch = {0};
    const struct term *found = NULL;
    for (int i = 0; i < count && !found; i++)
        if (is_called(term_at(array, size, i), word, NULL, NULL))
            found = term_at(array, size, i);
    if (!found)
        text_fold(&folded, word);
    for (int i = 0; i < count && !found; i++)
        if (is_called(term_at(array, size, i), word, text_string(&folded), &scratch))
            found = term_at(array, size, i);
    text_free(&folded);
    text_free(&scratch);
    return found;
}

static const char *nearest_term(const void *array, size_t size, int count, const char *word)
{
    size_t used = 0;
    const char **words = NULL;
    for (int i = 0; i < count; i++) {
        const struct term *term = term_at(array, size, i);
        words = mem_grow(words, used, sizeof *words);
        words[used++] = term->name;
        words = mem_grow(words, used, sizeof *words);
        words[used++] = term->code;
        for (const char *const *also = term->also; *also; also++) {
            words = mem_grow(words, used, sizeof *words);
            words[used++] = *also;
        }
    }
    const char *nearest = text_nearest(word, words, used);
    free(words);
    return nearest;
}

static const char *name_of(const void *array, size_t size, int count, const char *code)
{
    for (int i = 0; code && i < count; i++)
        if (!strcmp(term_at(array, size, i)->code, code))
            return term_at(array, size, i)->name;
    return code;
}

#define KINDS(config)     (config)->kinds, sizeof *(config)->kinds, (config)->kind_count
#define CHANNELS(config)  (config)->channels, sizeof *(config)->channels, (config)->channel_count
#define REGIONS(config)   (config)->regions, sizeof *(config)->regions, (config)->region_count
#define LEVELS(config)    (config)->levels, sizeof *(config)->levels, (config)->level_count
#define REFERRALS(config) (config)->referrals, sizeof *(config)->referrals, (config)->referral_count
#define NOTICE_CHANNELS(config)                                                                    \
    (config)->notices.channels, sizeof *(config)->notices.channels, (config)->notices.channel_count

const struct kind *config_kind(const struct config *config, const char *word)
{
    return (const struct kind *)find_term(KINDS(config), word);
}

const struct term *config_channel(const struct config *config, const char *word)
{
    return find_term(CHANNELS(config), word);
}

const struct term *config_region(const struct config *config, const char *word)
{
    return find_term(REGIONS(config), word);
}

const struct level *config_level(const struct config *config, const char *word)
{
    return (const struct level *)find_term(LEVELS(config), word);
}

const struct referral *config_referral(const struct config *config, const char *word)
{
    return (const struct referral *)find_term(REFERRALS(config), word);
}

const struct notice_channel *config_notice_channel(const struct config *config, const char *word)
{
    return (const struct notice_channel *)find_term(NOTICE_CHANNELS(config), word);
}

const char *config_role(enum clock_role role)
{
    return roles[role][0];
}

const char *config_role_name(enum clock_role role)
{
    return roles[role][1];
}

bool config_judges(const struct config *config, const struct level *level, enum clock_role role,
                   const char *kind)
{
    const char *ladder = config_usual_ladder;
    for (int i = 0; i < config->kind_count; i++)
        if (!strcmp(config->kinds[i].term.code, kind))
            ladder = config->kinds[i].ladder;
    return level->judges >> role & 1 && !strcmp(level->ladder, ladder);
}

bool config_judges_errands(const struct config *config, const char *kind)
{
    for (int i = 0; i < config->kind_count; i++)
        if (!strcmp(config->kinds[i].term.code, kind))
            return config->kinds[i].errands;
    return false;
}

bool config_deadline(const struct config *config, const struct calendar *calendar,
                     const struct kind *kind, int64_t received, struct deadline *deadline)
{
    if (kind->natural)
        return deadline_natural(calendar, &config->rule, received, kind->days, deadline);
    return deadline_compute(calendar, &config->rule, received, kind->days, deadline);
}

int config_dispatch_days(const struct config *config, const char *kind, const struct county *county)
{
    const struct kind *found = config_kind(config, kind);
    return found && found->dispatch_days >= 0     ? found->dispatch_days
           : county && county->dispatch_days >= 0 ? county->dispatch_days
                                                  : config->limits.dispatch_days;
}

const char *config_kind_name(const struct config *config, const char *code)
{
    return name_of(KINDS(config), code);
}

const char *config_channel_name(const struct config *config, const char *code)
{
    return name_of(CHANNELS(config), code);
}

const char *config_region_name(const struct config *config, const char *code)
{
    return name_of(REGIONS(config), code);
}

const char *config_level_name(const struct config *config, const char *code)
{
    bool by_hand = code && !strcmp(code, config_order);
    return by_hand ? config_order_name : name_of(LEVELS(config), code);
}

const char *config_referral_name(const struct config *config, const char *code)
{
    return name_of(REFERRALS(config), code);
}

const char *config_notice_channel_name(const struct config *config, const char *code)
{
    return name_of(NOTICE_CHANNELS(config), code);
}

const char *config_nearest_kind(const struct config *config, const char *word)
{
    return nearest_term(KINDS(config), word);
}

const char *config_nearest_channel(const struct config *config, const char *word)
{
    return nearest_term(CHANNELS(config), word);
}

const char *config_nearest_region(const struct config *config, const char *word)
{
    return nearest_term(REGIONS(config), word);
}

const char *config_nearest_level(const struct config *config, const char *word)
{
    return nearest_term(LEVELS(config), word);
}

const char *config_nearest_referral(const struct config *config, const char *word)
{
    return nearest_term(REFERRALS(config), word);
}

const char *config_nearest_notice_channel(const struct config *config, const char *word)
{
    return nearest_term(NOTICE_CHANNELS(config), word);
}

/* A dozen or so are a list that helps; more are not. */
static const char *list_terms(const void *array, size_t element, int count, char *list, size_t size)
{
    enum { MOST = 14 };
    *list = '\0';
    for (int i = 0; count <= MOST && i < count; i++)
        text_choice(list, size, term_at(array, element, i)->code, term_at(array, element, i)->name);
    return list;
}

const char *config_list_kinds(const struct config *config, char *list, size_t size)
{
    return list_terms(KINDS(config), list, size);
}

const char *config_list_channels(const struct config *config, char *list, size_t size)
{
    return list_terms(CHANNELS(config), list, size);
}

const char *config_list_regions(const struct config *config, char *list, size_t size)
{
    return list_terms(REGIONS(config), list, size);
}

const char *config_list_levels(const struct config *config, char *list, size_t size)
{
    return list_terms(LEVELS(config), list, size);
}

const char *config_list_referrals(const struct config *config, char *list, size_t size)
{
    return list_terms(REFERRALS(config), list, size);
}

const char *config_list_notice_channels(const struct config *config, char *list, size_t size)
{
    return list_terms(NOTICE_CHANNELS(config), list, size);
}
