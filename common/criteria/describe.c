#include "criteria/describe.h"

#include <string.h>

enum { MOST_NAMED = 12 }; /* values of a tree that are named; of more it says so */

static bool is_tree(enum fact_type type)
{
    return type == FACT_REGION || type == FACT_INDUSTRY;
}

/* The largest node of the tree that begins at LOW and does not reach beyond HIGH. */
static struct fact_range node_at(const struct profile *profile, int fact, int64_t low, int64_t high)
{
    if (profile->facts[fact].type == FACT_INDUSTRY && low < profile->industry_count)
        return (struct fact_range){low, profile->industries[low].last};
    for (int64_t span = 10000; span > 1; span /= 100)
        if (low % span == 0 && low + span - 1 <= high)
            return (struct fact_range){low, low + span - 1};
    return (struct fact_range){low, low};
}

static void add_nodes(struct text *out, const struct profile *profile, int fact,
                      struct fact_range range, int *named)
{
    while (range.low <= range.high) {
        struct fact_range node = node_at(profile, fact, range.low, range.high);
        if (++*named > MOST_NAMED) {
            text_add(out, "……");
            return;
        }
        if (*named > 1)
            text_add(out, "、");
        profile_print(profile, fact, node, out);
        range.low = node.high + 1;
    }
}

/* A tree's values; where they lie on both sides of what is left out, that is named instead. */
static void add_tree(struct text *out, const struct profile *profile, int fact,
                     const struct fact_range *ranges, int count)
{
    int named = 0;
    bool open = count && ranges[0].low == FACT_LEAST;
    if (open)
        text_add(out, "除外：");
    for (int i = 0; i < count; i++)
        if (!open)
            add_nodes(out, profile, fact, ranges[i], &named);
        else if (i + 1 < count)
            add_nodes(out, profile, fact,
                      (struct fact_range){ranges[i].high + 1, ranges[i + 1].low - 1}, &named);
}

static void add_value(struct text *out, const struct profile *profile, int fact, int64_t value)
{
    profile_print(profile, fact, (struct fact_range){value, value}, out);
}

/* A bound of a range: "more than 300" ends a millionth above it, and is written so. */
static void add_bound(struct text *out, const struct profile *profile, int fact, int64_t value,
                      bool least)
{
    int64_t rest = value % DECIMAL_ONE;
    bool beyond = profile->facts[fact].type == FACT_NUMBER && rest == (least ? 1 : DECIMAL_ONE - 1);
    if (beyond)
        value += least ? -1 : 1;
    text_add(out, least ? (beyond ? "> " : "≥ ") : (beyond ? "< " : "≤ "));
    add_value(out, profile, fact, value);
}

static void add_range(struct text *out, const struct profile *profile, int fact,
                      struct fact_range range)
{
    if (range.low == FACT_LEAST && range.high == FACT_MOST) {
        text_add(out, "任何值");
    } else if (range.low == range.high) {
        add_value(out, profile, fact, range.low);
    } else if (range.high == FACT_MOST) {
        add_bound(out, profile, fact, range.low, true);
    } else if (range.low == FACT_LEAST) {
        add_bound(out, profile, fact, range.high, false);
    } else {
        add_value(out, profile, fact, range.low);
        text_add(out, " 至 ");
        add_value(out, profile, fact, range.high);
    }
}

/* Levels from LOW to HIGH, both of which there are. */
static void add_levels(struct text *out, const struct profile *profile, int fact, int64_t low,
                       int64_t high)
{
    if (low == 1 && high == PROFILE_LEVELS)
        text_add(out, "有");
    else if (low == high)
        add_value(out, profile, fact, low);
    else
        add_range(out, profile, fact,
                  (struct fact_range){low == 1 ? FACT_LEAST : low,
                                      high == PROFILE_LEVELS ? FACT_MOST : high});
}

static void add_tag(struct text *out, const struct profile *profile, int fact,
                    struct fact_range range)
{
    if (range.low <= 0)
        text_add(out, "无");
    if (range.low <= 0 && range.high > 0)
        text_add(out, " 或 ");
    if (range.high > 0)
        add_levels(out, profile, fact, range.low > 1 ? range.low : 1,
                   range.high < PROFILE_LEVELS ? range.high : PROFILE_LEVELS);
}

/* Drops what no value can be: size > large. */
static int drop_empty(const struct fact_name *fact, struct fact_range *ranges, int count)
{
    int64_t least = fact->type == FACT_CHOICE ? 1 : FACT_LEAST, most = FACT_MOST;
    int kept = 0;
    if (fact->type == FACT_TAG)
        most = PROFILE_LEVELS;
    if (fact->type == FACT_CHOICE)
        for (most = 0; fact->values[most];)
            most++;
    for (int i = 0; i < count; i++)
        if (ranges[i].low <= most && ranges[i].high >= least)
            ranges[kept++] = ranges[i];
    return kept;
}

void need_add(struct text *out, const struct profile *profile, const struct condition *condition,
              int today)
{
    struct fact_range ranges[CONDITION_MOST_RANGES];
    int fact = condition->fact;
    int count = condition_ranges(condition, today, ranges, CONDITION_MOST_RANGES);
    count = drop_empty(&profile->facts[fact], ranges, count);
    if (!count)
        text_add(out, "无值可满足");
    if (is_tree(profile->facts[fact].type)) {
        add_tree(out, profile, fact, ranges, count);
        return;
    }
    for (int i = 0; i < count; i++) {
        if (i)
            text_add(out, " 或 ");
        if (profile->facts[fact].type == FACT_TAG)
            add_tag(out, profile, fact, ranges[i]);
        else
            add_range(out, profile, fact, ranges[i]);
    }
}

void have_add(struct text *out, const struct profile *profile, int fact, struct fact_range value,
              int today)
{
    enum fact_type type = profile->facts[fact].type;
    bool is_part = value.low != INT64_MIN && value.low != value.high;
    bool is_open = value.low == FACT_LEAST || value.high == FACT_MOST;
    if (!is_part || is_tree(type) || (type == FACT_CHOICE && !is_open)) {
        profile_print(profile, fact, value, out);
        return;
    }
    struct condition_range range = {bound_fixed(value.low), bound_fixed(value.high)};
    struct condition condition = {.fact = fact, .ranges = &range, .range_count = 1};
    need_add(out, profile, &condition, today);
}
