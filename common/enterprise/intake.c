#include "enterprise/intake.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/day.h"
#include "base/fault.h"
#include "base/json.h"
#include "base/phone.h"
#include "base/tongue.h"
#include "base/uscc.h"

struct enterpriseintake enterpriseintake_new(struct center *center, const struct profile *profile)
{
    return (struct enterpriseintake){
        .center = center, .profile = profile, .day = clock_day(center->now)};
}

void enterpriseintake_free(struct enterpriseintake *in)
{
    free(in->facts);
    text_free(&in->code);
    text_free(&in->word);
    text_free(&in->extra);
}

/* Refuses WORD, which stands in quotes between BEFORE and AFTER. */
static bool refuse(struct enterpriseintake *in, const char *before, const char *word,
                   const char *after)
{
    fault_add(in->fault, "%s\"%s\"%s", tongue(before), word, tongue(after));
    return false;
}

static bool refuse_unknown(struct enterpriseintake *in, const char *what, const char *word,
                           const char *nearest)
{
    fault_unknown(in->fault, what, word, nearest, NULL);
    return false;
}

/* WORD in half-width signs, small letters, without blanks; valid until the next call. */
static const char *fold(struct enterpriseintake *in, const char *word)
{
    text_clear(&in->word);
    text_add(&in->word, "");
    text_fold(&in->word, word);
    return in->word.data;
}

static bool read_day(const char *word, int *day)
{
    return clock_parse_day(word, day, NULL);
}

static struct enterprise_fact *next_fact(struct enterpriseintake *in)
{
    in->facts = mem_grow(in->facts, (size_t)in->count, sizeof *in->facts);
    return &in->facts[in->count++];
}

/* ---- the code ---- */

/* A wrong check character is no proof that the code is wrong: some genuine ones have it. One that
 * was accepted once is there. */
static bool check_code(struct enterpriseintake *in, struct enterprise *e)
{
    enum uscc_result result = uscc_check(e->code);
    if (result == USCC_WRONG_CHECK && !enterprise_find(in->center->db, e->code)) {
        if (!in->accept) {
            fault_add(in->fault, "credit code %s: %s; --accept-code REASON takes it", e->code,
                      uscc_fault(result));
            return false;
        }
        fault_add(in->note, "credit code %s is accepted, but %s", e->code, uscc_fault(result));
        e->reason = in->accept;
    } else if (result != USCC_GOOD && result != USCC_WRONG_CHECK) {
        fault_add(in->fault, "credit code \"%s\": %s", e->code, uscc_fault(result));
        return false;
    }
    return true;
}

static bool read_code(struct enterpriseintake *in, const char *word, struct enterprise *e)
{
    text_clear(&in->code);
    if (!word) {
        fault_add(in->fault, "no code");
        return false;
    }
    text_add(&in->code, fold(in, word));
    for (char *c = in->code.data; *c; c++)
        if (*c >= 'a' && *c <= 'z')
            *c = (char)(*c - 'a' + 'A');
    e->code = in->code.data;
    return check_code(in, e);
}

/* ---- values of facts ---- */

static bool is_money_or_share(const struct fact_name *fact)
{
    return fact->unit && (!strcmp(fact->unit, "元") || !strcmp(fact->unit, "%"));
}

/* UNIT (or NULL) is that of the column: it stands behind a number that has none of its own. */
static bool read_number(struct enterpriseintake *in, int number, const char *word, const char *unit,
                        struct fact_range *value)
{
    const struct fact_name *fact = &in->profile->facts[number];
    struct text full = {0};
    text_add(&full, fold(in, word));
    size_t length = full.length;
    bool bare = length && full.data[length - 1] >= '0' && full.data[length - 1] <= '9';
    if (bare && unit)
        text_add(&full, unit);
    bool good = profile_value(in->profile, number, text_string(&full), value, in->fault);
    text_free(&full);
    if (!good)
        return false;
    if (value->low < 0 && (number == FACT_OF_ASSETS || !is_money_or_share(fact))) {
        fault_add(in->fault, "%s is not a value of %s: it cannot be negative", word, fact->code);
        return false;
    }
    return true;
}

static bool read_date(struct enterpriseintake *in, int number, const char *word,
                      struct fact_range *value)
{
    int day;
    char limit[DAY_TEXT_SIZE];
    if (!read_day(word, &day))
        return refuse(in, "not a date: ", word, "");
    if (number == FACT_OF_FOUNDED && day > in->from) {
        fault_add(in->fault, "founded %s, which is after %s, the day of the data", word,
                  day_print(in->from, limit));
        return false;
    }
    *value = (struct fact_range){day, day};
    return true;
}

/* "C 制造业", "3311金属结构制造": a code with the name of that very industry behind it. */
static bool read_named_industry(struct enterpriseintake *in, const char *word,
                                struct fact_range *value)
{
    const char *folded = fold(in, word);
    size_t length = strspn(folded, "abcdefghijklmnopqrst0123456789");
    char code[PROFILE_CODE_SIZE];
    if (!length || length >= sizeof code)
        return false;
    memcpy(code, folded, length);
    code[length] = '\0';
    const char *name = folded + length + (folded[length] == '-');
    struct fault none = {""};
    return profile_value(in->profile, FACT_OF_INDUSTRY, code, value, &none) &&
           text_same(in->profile->industries[value->low].name, name);
}

static bool read_value(struct enterpriseintake *in, int number, const char *word, const char *unit,
                       struct fact_range *value)
{
    const struct fact_name *fact = &in->profile->facts[number];
    const struct config *config = in->center->config;
    struct fault tried = {""};
    switch (fact->type) {
    case FACT_NUMBER: return read_number(in, number, word, unit, value);
    case FACT_DATE: return read_date(in, number, word, value);
    case FACT_REGION:
        return profile_value(in->profile, number, word, value, &tried) ||
               refuse_unknown(in, "region", word, config_nearest_region(config, word));
    case FACT_INDUSTRY:
        return profile_value(in->profile, number, word, value, &tried) ||
               read_named_industry(in, word, value) ||
               refuse(in, "unknown industry ", word,
                      ": write a code of GB/T 4754-2017, such as C33 or 3311, or a section's name");
    default: return profile_value(in->profile, number, word, value, in->fault);
    }
}

static bool take_fact(struct enterpriseintake *in, int number, const char *word, const char *unit)
{
    const struct fact_name *fact = &in->profile->facts[number];
    struct fact_range value;
    if (fact->computed) {
        fault_add(in->fault, "%s (%s) follows from other facts and cannot be given: leave it out",
                  fact->code, fact->name);
        return false;
    }
    if (!read_value(in, number, word, unit, &value))
        return false;
    *next_fact(in) = (struct enterprise_fact){
        .fact = number, .value = value, .from = in->from, .until = ENTERPRISE_NO_DAY};
    return true;
}

/* ---- tags: 高新技术企业(国家级,2023-11-06至2026-11-05);!失信被执行人 ---- */

/* How many bytes S has of one of the WORDS (ended by NULL) at its start, or 0. */
static size_t starts_with(const char *s, const char *const *words)
{
    for (; *words; words++)
        if (!strncmp(s, *words, strlen(*words)))
            return strlen(*words);
    return 0;
}

static const char *const separators[] = {";", "；", "、", "\n", "\r", ",", "，", NULL};
static const char *const commas[] = {",", "，", NULL};
static const char *const openings[] = {"(", "（", NULL};
static const char *const closings[] = {")", "）", NULL};
static const char *const spans[] = {"至", "~", "～", "..", " to ", NULL};
static const char *const negations[] = {"!", "！", "非", NULL};

/* Cuts S at the first of WORDS, in place; returns what follows it, or NULL where none stands. */
static char *cut(char *s, const char *const *words)
{
    for (; *s; s++) {
        size_t length = starts_with(s, words);
        if (length) {
            *s = '\0';
            return s + length;
        }
    }
    return NULL;
}

static bool read_days(struct enterpriseintake *in, struct enterprise_fact *tag, char *word)
{
    char *until = cut(word, spans), *from = text_trim(word);
    until = until ? text_trim(until) : NULL;
    if (*from && !read_day(from, &tag->from))
        return refuse(in, "neither a level nor a day of a tag: ", from, "");
    if (until && *until && !read_day(until, &tag->until))
        return refuse(in, "not a date: ", until, "");
    /* One that is over, and nobody says since when it was held: on its last day it was. */
    if (!*from && tag->until < tag->from)
        tag->from = tag->until;
    if (tag->until < tag->from) {
        char first[DAY_TEXT_SIZE], last[DAY_TEXT_SIZE];
        fault_add(in->fault, "%s: its last day, %s, is before its first, %s",
                  in->profile->facts[tag->fact].code, day_print(tag->until, last),
                  day_print(tag->from, first));
        return false;
    }
    tag->undated = false;
    return true;
}

/* What stands in a tag's brackets: a level, days, both or neither. */
static bool read_details(struct enterpriseintake *in, struct enterprise_fact *tag, char *details)
{
    for (char *rest; details; details = rest) {
        rest = cut(details, commas);
        char *word = text_trim(details);
        int level = profile_level(word);
        if (level)
            tag->value = (struct fact_range){level, level};
        else if (*word && !read_days(in, tag, word))
            return false;
    }
    return true;
}

/* One tag; WORD is cut up. */
static bool take_tag(struct enterpriseintake *in, char *word)
{
    struct enterprise_fact tag = {.from = in->from, .until = ENTERPRISE_NO_DAY, .undated = true};
    char *name = text_trim(word);
    /* 非遗... may be a name of its own */
    size_t negation = profile_tag(in->profile, name) < 0 ? starts_with(name, negations) : 0;
    name = text_trim(name + negation);
    char *details = cut(name, openings);
    if (details) {
        char *after = cut(details, closings);
        if (!after || *text_trim(after))
            return refuse(in, "tag ", name, ": its brackets do not end it");
    }
    tag.fact = profile_tag(in->profile, text_trim(name));
    if (tag.fact < 0)
        return refuse_unknown(in, "tag", name, profile_nearest_tag(in->profile, name));
    tag.value = enterprise_tag_value(!negation, NULL);
    if (!read_details(in, &tag, details))
        return false;
    if (negation)
        tag.value = enterprise_tag_value(false, NULL);
    *next_fact(in) = tag;
    return true;
}

/* The end of the tag that starts at S: a separator outside of brackets. */
static char *end_of_tag(char *s)
{
    bool inside = false;
    for (; *s; s++) {
        if (starts_with(s, openings))
            inside = true;
        else if (starts_with(s, closings))
            inside = false;
        else if (!inside && starts_with(s, separators))
            break;
    }
    return s;
}

static void take_tags(struct enterpriseintake *in, const char *cell)
{
    char *copy = mem_string(cell), *start = copy;
    while (*start) {
        char *end = end_of_tag(start);
        size_t length = starts_with(end, separators);
        *end = '\0';
        char *word = text_trim(start);
        if (*word)
            take_tag(in, word);
        start = end + length;
    }
    free(copy);
}

/* ---- columns that may be facts ---- */

/* The fact that a column called HEADER is about, or -1. Where its unit stands behind the name in
 * brackets, stores it (in the intake's scratch) to *UNIT. */
static int find_fact(struct enterpriseintake *in, const char *header, const char **unit)
{
    int64_t one;
    *unit = NULL;
    int fact = profile_fact(in->profile, header);
    char *folded = (char *)fold(in, header), *open = strrchr(folded, '(');
    size_t length = strlen(folded);
    if (fact >= 0 || !open || length < 3 || folded[length - 1] != ')')
        return fact;
    folded[length - 1] = *open = '\0';
    fact = profile_fact(in->profile, folded);
    char *tried = mem_alloc(length + 2);
    snprintf(tried, length + 2, "1%s", open + 1);
    bool is_unit = decimal_parse(tried, &one);
    free(tried);
    if (fact < 0 || !is_unit || in->profile->facts[fact].type != FACT_NUMBER)
        return -1;
    *unit = open + 1;
    return fact;
}

bool enterpriseintake_knows(struct enterpriseintake *in, const char *word)
{
    const char *unit;
    return find_fact(in, word, &unit) >= 0;
}

static bool is_given(const struct enterpriseintake *in, int fact)
{
    for (int i = 0; i < in->count; i++)
        if (in->facts[i].fact == fact)
            return true;
    return false;
}

static void keep_extra(struct enterpriseintake *in, const char *key, const char *value)
{
    if (!in->extra.length)
        json_start(&in->extra);
    json_add_text(&in->extra, key, value);
}

/* A member of the extra object. */
static void take_member(void *context, const char *key, const char *value)
{
    struct enterpriseintake *in = context;
    const char *unit;
    if (!value)
        return;
    int fact = find_fact(in, key, &unit);
    bool free_to_take = fact >= 0 && !is_given(in, fact);
    /* A table's own size class, which follows from other facts here, is kept and not used. */
    if (!in->strict && free_to_take && in->profile->facts[fact].computed)
        free_to_take = false;
    if (in->strict && fact < 0)
        refuse_unknown(in, "fact", key, profile_nearest_fact(in->profile, key));
    else if (in->strict && !free_to_take)
        refuse(in, "fact ", key, " is given twice");
    else if (!free_to_take)
        keep_extra(in, key, value);
    else {
        char *kept = unit ? mem_string(unit) : NULL;
        take_fact(in, fact, value, kept);
        free(kept);
    }
}

static bool take_extra(struct enterpriseintake *in, const char *extra, struct enterprise *e)
{
    text_clear(&in->extra);
    if (!extra)
        return true;
    struct fault fault = {""};
    if (!json_read_object(extra, take_member, in, &fault))
        return refuse(in, "", extra, fault.text);
    if (in->extra.length)
        json_end(&in->extra);
    e->extra = in->extra.length ? in->extra.data : NULL;
    return true;
}

/* ---- the whole ---- */

static void check_name(struct enterpriseintake *in, const struct enterprise *e)
{
    if (!e->name && !enterprise_find(in->center->db, e->code))
        fault_add(in->fault, "no name, and no enterprise %s is there yet", e->code);
}

/* The fields whose text a column brings as it is. */
static void take_fields(struct enterpriseintake *in, char *const *values, struct enterprise *e)
{
    for (int i = 0; i < ENTERPRISE_FIELD_COUNT; i++) {
        const struct field *field = enterprise_field(i);
        if (field->means == ENTERPRISE_IS_KEY || field->means == ENTERPRISE_IS_UNKEPT)
            continue;
        *field_text_at(field, e) = values[i];
        if (field->means == ENTERPRISE_IS_PHONE)
            phone_check(values[i], in->fault);
    }
}

static void take_standard(struct enterpriseintake *in, char *const *values)
{
    for (int field = ENTERPRISE_REGION; field <= ENTERPRISE_FOUNDED; field++)
        if (values[field])
            take_fact(in, field - ENTERPRISE_REGION, values[field], NULL);
}

bool enterpriseintake_read(struct enterpriseintake *in, char *const *values, const char *extra,
                           struct enterprise *e, struct fault *fault, struct fault *note)
{
    in->fault = fault;
    in->note = note;
    in->count = 0;
    in->from = in->day;
    fault_clear(fault);
    fault_clear(note);
    *e = (struct enterprise){.id = 0};
    if (values[ENTERPRISE_ASOF] && !read_day(values[ENTERPRISE_ASOF], &in->from))
        refuse(in, "not a date: ", values[ENTERPRISE_ASOF], "");
    bool has_code = read_code(in, values[ENTERPRISE_CODE], e);
    take_fields(in, values, e);
    if (has_code)
        check_name(in, e);
    take_standard(in, values);
    take_extra(in, extra, e);
    if (values[ENTERPRISE_TAGS])
        take_tags(in, values[ENTERPRISE_TAGS]);
    e->facts = in->facts;
    e->fact_count = in->count;
    return !*fault->text;
}
