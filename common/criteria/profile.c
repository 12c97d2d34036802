#include "criteria/profile.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/day.h"
#include "base/text.h"
#include "base/tongue.h"

const char *const profile_levels[] = {"county", "city", "province", "national", NULL};
const char *const profile_level_names[] = {"县级", "市级", "省级", "国家级", NULL};

int profile_level(const char *word)
{
    for (int i = 0; i < PROFILE_LEVELS; i++)
        if (text_same(word, profile_levels[i]) || text_same(word, profile_level_names[i]))
            return i + 1;
    return 0;
}

/* What names mean: entries sorted by domain and folded name. */
enum domain { DOMAIN_FACT, DOMAIN_TAG, DOMAIN_INDUSTRY, DOMAIN_PLACE };
struct entry {
    enum domain domain;
    const char *folded;
    int number;
};
struct profile_index {
    struct entry *entries;
    int count;
    int by_code[26 + 11100]; /* industries: letters, then codes of 2, 3 and 4 digits; -1: none */
    struct text folded;      /* scratch */
};

static int compare_entries(const void *a, const void *b)
{
    const struct entry *x = a, *y = b;
    if (x->domain != y->domain)
        return x->domain < y->domain ? -1 : 1;
    return strcmp(x->folded, y->folded);
}

static void add_entry(struct profile *p, enum domain domain, const char *word, int number)
{
    struct profile_index *index = p->index;
    text_clear(&index->folded);
    text_fold(&index->folded, word);
    index->entries = mem_grow(index->entries, (size_t)index->count, sizeof *index->entries);
    index->entries[index->count++] =
        (struct entry){domain, arena_string(&p->arena, text_string(&index->folded)), number};
}

static void add_names(struct profile *p, enum domain domain, const char *code, const char *name,
                      const char *const *also, int number)
{
    add_entry(p, domain, code, number);
    if (name)
        add_entry(p, domain, name, number);
    for (; also && *also; also++)
        add_entry(p, domain, *also, number);
}

/* 33 and C33 both mean the division 33. */
static void add_industry(struct profile *p, int number)
{
    const struct industry *industry = &p->industries[number];
    add_names(p, DOMAIN_INDUSTRY, industry->code, NULL, NULL, number);
    if (industry->code[0] >= '0' && industry->code[0] <= '9')
        add_entry(p, DOMAIN_INDUSTRY,
                  arena_format(&p->arena, "%c%s", industry->section, industry->code), number);
    else
        add_entry(p, DOMAIN_INDUSTRY, industry->name, number);
}

/* The place of an industry's code in by_code, or -1. */
static int code_place(const char *code)
{
    int length = 0, number = 0;
    if (*code >= 'A' && *code <= 'Z' && !code[1])
        return *code - 'A';
    for (; length < 4 && code[length] >= '0' && code[length] <= '9'; length++)
        number = number * 10 + (code[length] - '0');
    if (length < 2 || code[length])
        return -1;
    return 26 + (length == 2 ? 0 : length == 3 ? 100 : 1100) + number;
}

/* Drops entries that say the same again; returns the word that means two things, or NULL. */
static const char *make_unique(struct profile_index *index)
{
    int used = 0;
    for (int i = 0; i < index->count; i++) {
        struct entry *last = used ? &index->entries[used - 1] : NULL;
        if (last && !compare_entries(last, &index->entries[i])) {
            if (last->number != index->entries[i].number)
                return last->folded;
            continue;
        }
        index->entries[used++] = index->entries[i];
    }
    index->count = used;
    return NULL;
}

const char *profile_seal(struct profile *p)
{
    p->index = mem_zero(1, sizeof *p->index);
    for (int i = 0; i < p->fact_count; i++)
        add_names(p, i < p->tag_start ? DOMAIN_FACT : DOMAIN_TAG, p->facts[i].code,
                  p->facts[i].name, p->facts[i].also, i);
    memset(p->index->by_code, -1, sizeof p->index->by_code);
    for (int i = 0; i < p->industry_count; i++) {
        int place = code_place(p->industries[i].code);
        add_industry(p, i);
        if (place >= 0)
            p->index->by_code[place] = i;
    }
    for (int i = 0; i < p->place_count; i++)
        add_names(p, DOMAIN_PLACE, p->places[i].code, p->places[i].name, p->places[i].also, i);
    if (p->index->count)
        qsort(p->index->entries, (size_t)p->index->count, sizeof *p->index->entries,
              compare_entries);
    return make_unique(p->index);
}

void profile_free(struct profile *p)
{
    if (p->index) {
        free(p->index->entries);
        text_free(&p->index->folded);
        free(p->index);
    }
    free(p->industries);
    arena_free(&p->arena);
    *p = (struct profile){0};
}

static int find(const struct profile *p, enum domain domain, const char *word)
{
    struct profile_index *index = p->index;
    text_clear(&index->folded);
    text_fold(&index->folded, word);
    struct entry key = {domain, text_string(&index->folded), 0};
    const struct entry *found = index->count ? bsearch(&key, index->entries, (size_t)index->count,
                                                       sizeof key, compare_entries)
                                             : NULL;
    return found ? found->number : -1;
}

int profile_fact(const struct profile *p, const char *word)
{
    return find(p, DOMAIN_FACT, word);
}

int profile_tag(const struct profile *p, const char *word)
{
    return find(p, DOMAIN_TAG, word);
}

static const char *nearest(const struct profile *p, enum domain domain, const char *word)
{
    const char **words = mem_zero((size_t)p->index->count + 1, sizeof *words);
    size_t count = 0;
    for (int i = 0; i < p->index->count; i++)
        if (p->index->entries[i].domain == domain)
            words[count++] = p->index->entries[i].folded;
    const char *near = text_nearest(word, words, count);
    free(words);
    return near;
}

const char *profile_nearest_fact(const struct profile *p, const char *word)
{
    return nearest(p, DOMAIN_FACT, word);
}

const char *profile_nearest_tag(const struct profile *p, const char *word)
{
    return nearest(p, DOMAIN_TAG, word);
}

/* ---- regions: 320302 is itself, 3203 and 320300 all from 320300 to 320399 ---- */

static struct fact_range region_range(const char *code)
{
    int64_t low = 0, span = 1;
    int length = 0;
    for (; code[length]; length++)
        low = low * 10 + (code[length] - '0');
    if (length == 6)
        span = low % 10000 == 0 ? 10000 : low % 100 == 0 ? 100 : 1;
    for (; length < 6; length++) {
        low *= 10;
        span *= 10;
    }
    return (struct fact_range){low, low + span - 1};
}

static bool is_region_code(const char *word)
{
    size_t length = strspn(word, "0123456789");
    return (length == 2 || length == 4 || length == 6) && !word[length];
}

static bool read_region(const struct profile *p, const char *word, struct fact_range *range)
{
    int place = find(p, DOMAIN_PLACE, word);
    const char *code = place >= 0 ? p->places[place].code : word;
    if (!is_region_code(code))
        return false;
    *range = region_range(code);
    return true;
}

/* ---- choices ---- */

static bool read_choice(const struct fact_name *fact, const char *word, struct fact_range *range)
{
    for (int i = 0; fact->values[i]; i++)
        if (text_same(word, fact->values[i]) || text_same(word, fact->value_names[i])) {
            *range = (struct fact_range){i + 1, i + 1};
            return true;
        }
    return false;
}

enum { MOST_SHOWN = 60 }; /* bytes of a word that is wrong */

static bool refuse(struct fault *fault, const struct fact_name *fact, const char *word,
                   const char *wanted)
{
    int shown = (int)text_cut(word, MOST_SHOWN);
    fault_add(fault, "%.*s%s is not a value of %s (%s)", shown, word, word[shown] ? "..." : "",
              fact->code, tongue(wanted));
    return false;
}

static bool refuse_choice(struct fault *fault, const struct fact_name *fact, const char *word)
{
    struct text wanted = {0};
    for (int i = 0; fact->values[i]; i++)
        text_add_format(&wanted, "%s%s", i ? ", " : "", fact->values[i]);
    refuse(fault, fact, word, text_string(&wanted));
    text_free(&wanted);
    return false;
}

static bool value_of_number(const char *word, struct fact_range *range)
{
    if (!decimal_parse(word, &range->low))
        return false;
    range->high = range->low;
    return true;
}

static bool has_share_sign(const char *word)
{
    return strstr(word, "%") || strstr(word, "％") || strstr(word, "‰");
}

bool profile_value(const struct profile *p, int number, const char *word, struct fact_range *range,
                   struct fault *fault)
{
    const struct fact_name *fact = &p->facts[number];
    int day;
    switch (fact->type) {
    case FACT_NUMBER:
        /* Is 5.5 5.5 % or 550 %? */
        if (fact->unit && !strcmp(fact->unit, "%") && value_of_number(word, range) && range->low &&
            !has_share_sign(word))
            return refuse(fault, fact, word, "a share with its sign, as 3.5%");
        return value_of_number(word, range) ||
               refuse(fault, fact, word, "a number, as 300, 2000万, 1.5亿 or 3.5%");
    case FACT_DATE:
        if (!day_parse(word, &day))
            return refuse(fault, fact, word, "a day, YYYY-MM-DD");
        *range = (struct fact_range){day, day};
        return true;
    case FACT_CHOICE: return read_choice(fact, word, range) || refuse_choice(fault, fact, word);
    case FACT_REGION:
        return read_region(p, word, range) ||
               refuse(fault, fact, word, "a code of GB/T 2260 or a name of center.yaml");
    case FACT_INDUSTRY: {
        int node = find(p, DOMAIN_INDUSTRY, word);
        if (node < 0)
            return refuse(fault, fact, word, "a code of GB/T 4754-2017");
        *range = (struct fact_range){node, p->industries[node].last};
        return true;
    }
    case FACT_TAG: break;
    }
    return refuse(fault, fact, word, "a tag has no value");
}

/* The node that has this range, or -1. */
static int industry_of(const struct profile *p, struct fact_range range)
{
    int node = (int)range.low;
    return node >= 0 && node < p->industry_count && p->industries[node].last == range.high ? node
                                                                                           : -1;
}

const char *profile_code(const struct profile *p, int number, struct fact_range range,
                         char buffer[static PROFILE_CODE_SIZE])
{
    const struct fact_name *fact = &p->facts[number];
    int node;
    switch (fact->type) {
    case FACT_REGION: snprintf(buffer, PROFILE_CODE_SIZE, "%06" PRId64, range.low); return buffer;
    case FACT_INDUSTRY:
        node = industry_of(p, range);
        return node >= 0 ? p->industries[node].code : NULL;
    case FACT_CHOICE: return fact->values[range.low - 1];
    case FACT_DATE: return day_print((int)range.low, buffer);
    default: return NULL;
    }
}

struct fact_range profile_kept(const struct profile *p, int number, const char *code)
{
    const struct fact_name *fact = &p->facts[number];
    if (fact->type == FACT_REGION && is_region_code(code))
        return region_range(code);
    if (fact->type == FACT_INDUSTRY) {
        int place = code_place(code), node = place >= 0 ? p->index->by_code[place] : -1;
        if (node >= 0)
            return (struct fact_range){node, p->industries[node].last};
    }
    for (int i = 0; fact->type == FACT_CHOICE && fact->values[i]; i++)
        if (!strcmp(code, fact->values[i]))
            return (struct fact_range){i + 1, i + 1};
    int day;
    if (fact->type == FACT_DATE && day_parse(code, &day))
        return (struct fact_range){day, day};
    return FACT_UNKNOWN;
}

/* ---- sizes ---- */

/* The class (1 micro .. 4 large) that a number gives by thresholds. */
static int class_of(int64_t number, const int64_t from[static 3])
{
    int class = 1;
    while (class < 4 && number >= from[class - 1])
        class ++;
    return class;
}

const struct size_rule *profile_size_rule(const struct profile *p, struct fact_range industry)
{
    for (int i = 0; i < p->size_count; i++)
        for (int j = 0; j < p->sizes[i].industry_count; j++)
            if (industry.low >= p->sizes[i].industries[j].low &&
                industry.high <= p->sizes[i].industries[j].high)
                return &p->sizes[i];
    return NULL;
}

struct fact_range profile_size(const struct profile *p, struct fact_range industry,
                               const struct fact_range measures[static 3])
{
    const struct size_rule *rule = profile_size_rule(p, industry);
    struct fact_range size = {4, 4};
    bool any = false;
    for (int i = 0; rule && i < 2; i++) {
        int fact = rule->measures[i];
        if (fact < FACT_OF_STAFF)
            continue;
        struct fact_range measure = measures[fact - FACT_OF_STAFF];
        bool known = measure.low != INT64_MIN;
        int low = known ? class_of(measure.low, rule->from[i]) : 1;
        int high = known ? class_of(measure.high, rule->from[i]) : 4;
        any |= known;
        if (low < size.low)
            size.low = low;
        if (high < size.high)
            size.high = high;
    }
    /* Without any measure nothing is known, although "micro to large" would be true. */
    return any ? size : FACT_UNKNOWN;
}

/* ---- printing ---- */

static void print_region(const struct profile *p, struct fact_range range, struct text *out)
{
    text_add_format(out, "%06" PRId64, range.low);
    for (int i = 0; i < p->place_count; i++) {
        struct fact_range place = region_range(p->places[i].code);
        if (place.low == range.low && place.high == range.high) {
            text_add_format(out, " %s", p->places[i].name);
            return;
        }
    }
}

static void print_industry(const struct profile *p, struct fact_range range, struct text *out)
{
    int node = industry_of(p, range);
    if (node >= 0)
        text_add_format(out, "%s %s", p->industries[node].code, p->industries[node].name);
}

static void print_choice(const struct fact_name *fact, struct fact_range range, struct text *out)
{
    int count = 0;
    while (fact->values[count])
        count++;
    if (range.low < 1 || range.high > count)
        return;
    text_add(out, fact->value_names[range.low - 1]);
    if (range.high != range.low)
        text_add_format(out, "至%s", fact->value_names[range.high - 1]);
}

static void print_tag(struct fact_range range, struct text *out)
{
    if (range.high == 0)
        text_add(out, "无");
    else if (range.low == range.high)
        text_add(out, profile_level_names[range.low - 1]);
    else
        text_add(out, "有");
}

void profile_print(const struct profile *p, int number, struct fact_range range, struct text *out)
{
    const struct fact_name *fact = &p->facts[number];
    char number_text[DECIMAL_TEXT_SIZE], day_text[DAY_TEXT_SIZE];
    if (range.low == INT64_MIN) {
        text_add(out, "未知");
        return;
    }
    switch (fact->type) {
    case FACT_NUMBER: text_add(out, decimal_print(range.low, fact->unit, number_text)); break;
    case FACT_DATE: text_add(out, day_print((int)range.low, day_text)); break;
    case FACT_CHOICE: print_choice(fact, range, out); break;
    case FACT_REGION: print_region(p, range, out); break;
    case FACT_INDUSTRY: print_industry(p, range, out); break;
    case FACT_TAG: print_tag(range, out); break;
    }
}
