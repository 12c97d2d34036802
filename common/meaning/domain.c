#include "meaning/domain.h"

#include <stdlib.h>
#include <string.h>

#include "base/day.h"

enum { REGION_FIRST = 110000, REGION_LAST = 829999 }; /* GB/T 2260 */

/* Things are counted in whole numbers. */
static bool is_counted(const struct fact_name *fact)
{
    static const char *const units[] = {"人", "件", "个", "家", "项", "户"};
    for (size_t i = 0; fact->unit && i < sizeof units / sizeof *units; i++)
        if (!strcmp(fact->unit, units[i]))
            return true;
    return false;
}

/* A profit can be negative, and so can a growth; staff, revenue, assets and counts cannot. */
static int64_t least_number(const struct profile *profile, int fact)
{
    bool is_measure = fact >= FACT_OF_STAFF && fact <= FACT_OF_ASSETS;
    return is_measure || is_counted(&profile->facts[fact]) ? 0 : FACT_LEAST;
}

static int choice_count(const struct fact_name *fact)
{
    int count = 0;
    while (fact->values && fact->values[count])
        count++;
    return count;
}

struct fact_range domain_of(const struct profile *profile, int fact)
{
    switch (profile->facts[fact].type) {
    case FACT_CHOICE: return (struct fact_range){1, choice_count(&profile->facts[fact])};
    case FACT_TAG: return (struct fact_range){0, PROFILE_LEVELS};
    case FACT_REGION: return (struct fact_range){REGION_FIRST, REGION_LAST};
    case FACT_INDUSTRY: return (struct fact_range){0, profile->industry_count - 1};
    case FACT_NUMBER: return (struct fact_range){least_number(profile, fact), FACT_MOST};
    case FACT_DATE: break;
    }
    return (struct fact_range){day_from_date(1, 1, 1), day_from_date(9999, 12, 31)};
}

/* ---- numbers that people like to read ---- */

/* The first multiple of STEP that is not below LOW, which is not below 0. */
static int64_t multiple_from(int64_t low, int64_t step)
{
    int64_t rest = low % step;
    return rest ? low + (step - rest) : low;
}

/* The roundest number from LOW to HIGH, neither of which is below 0. */
static int64_t roundest(int64_t low, int64_t high)
{
    for (int64_t step = INT64_C(100000000000000000); step > 1; step /= 10)
        if (step <= high && multiple_from(low, step) <= high)
            return multiple_from(low, step);
    return low;
}

/* What is usual: 10 things, 100 万元, 10 %. */
static int64_t usual(const struct fact_name *fact)
{
    if (fact->unit && !strcmp(fact->unit, "元"))
        return INT64_C(1000000) * DECIMAL_ONE;
    return fact->unit && !strcmp(fact->unit, "%") ? DECIMAL_ONE / 10 : 10 * DECIMAL_ONE;
}

/* RANGE is not empty. */
static int64_t pick_number(const struct fact_name *fact, struct fact_range range)
{
    int64_t like = usual(fact);
    if (range.high < 0)
        return -pick_number(fact, (struct fact_range){-range.high, -range.low});
    if (range.low < 0)
        range.low = 0;
    if (range.low <= like && like <= range.high)
        return like;
    if (range.low > like) {
        int64_t far = range.low < FACT_MOST / 2 ? range.low + range.low / 10 : FACT_MOST;
        bool is_round = range.low % DECIMAL_ONE == 0;
        return is_round ? range.low : roundest(range.low, range.high < far ? range.high : far);
    }
    int64_t near = range.high - range.high / 10;
    return roundest(range.low > near ? range.low : near, range.high);
}

/* ---- trees and days ---- */

/* A place of center.yaml, else the first code with six digits. A whole province or city is no place
 * where a firm is. */
static bool pick_region(const struct profile *profile, struct fact_range range, int64_t *value)
{
    for (int i = 0; i < profile->place_count; i++) {
        *value = strtol(profile->places[i].code, NULL, 10);
        if (*value >= range.low && *value <= range.high && *value % 100)
            return true;
    }
    for (*value = range.low; *value <= range.high; ++*value)
        if (*value % 100 && *value / 100 % 100)
            return true;
    return false;
}

/* An enterprise is in a leaf of the industries; below each node the next one is its child. */
static bool pick_industry(const struct profile *profile, struct fact_range range, int64_t *value)
{
    for (*value = range.low; *value <= range.high; ++*value)
        if (profile->industries[*value].last == *value)
            return true;
    return false;
}

/* Five years ago, where that is one of them. */
static int64_t pick_day(struct fact_range range, struct fact_range all, int day)
{
    int64_t like = day - 5 * 365;
    if (range.low <= like && like <= range.high)
        return like;
    return range.low > all.low ? range.low : range.high;
}

bool domain_pick(const struct profile *profile, int number, struct fact_range range, int day,
                 int64_t *value)
{
    const struct fact_name *fact = &profile->facts[number];
    struct fact_range all = domain_of(profile, number);
    if (range.low < all.low)
        range.low = all.low;
    if (range.high > all.high)
        range.high = all.high;
    if (range.low <= range.high && is_counted(fact)) {
        range.low = multiple_from(range.low, DECIMAL_ONE);
        range.high -= range.high % DECIMAL_ONE;
    }
    if (range.low > range.high)
        return false;
    *value = range.low;
    switch (fact->type) {
    case FACT_NUMBER: *value = pick_number(fact, range); return true;
    case FACT_DATE: *value = pick_day(range, all, day); return true;
    case FACT_REGION: return pick_region(profile, range, value);
    case FACT_INDUSTRY: return pick_industry(profile, range, value);
    default: return true;
    }
}
