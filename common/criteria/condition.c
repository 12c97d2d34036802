#include "criteria/condition.h"

#include <stdlib.h>
#include <string.h>

#include "base/day.h"

struct bound bound_fixed(int64_t value)
{
    return (struct bound){.value = value};
}

void condition_add(struct arena *arena, struct condition *c, struct bound low, struct bound high)
{
    size_t count = (size_t)c->range_count;
    if (!(count & (count - 1))) { /* there is room up to the next power of two */
        struct condition_range *ranges =
            arena_zero(arena, (count ? 2 * count : 1) * sizeof *ranges);
        if (count)
            memcpy(ranges, c->ranges, count * sizeof *ranges);
        c->ranges = ranges;
    }
    c->ranges[c->range_count++] = (struct condition_range){low, high};
}

struct bound bound_after(struct bound bound)
{
    bound.past++;
    return bound;
}

struct bound bound_before(struct bound bound)
{
    bound.past--;
    return bound;
}

static bool is_fixed(struct bound bound, int64_t value)
{
    return !bound.relative && bound.value + bound.past == value;
}

static int compare_ranges(const void *a, const void *b)
{
    const struct condition_range *x = a, *y = b;
    return (x->low.value > y->low.value) - (x->low.value < y->low.value);
}

void condition_join(struct condition *c)
{
    int used = 0;
    qsort(c->ranges, (size_t)c->range_count, sizeof *c->ranges, compare_ranges);
    for (int i = 1; i < c->range_count; i++)
        if (c->ranges[i].low.value <= c->ranges[used].high.value + 1) {
            if (c->ranges[i].high.value > c->ranges[used].high.value)
                c->ranges[used].high = c->ranges[i].high;
        } else {
            c->ranges[++used] = c->ranges[i];
        }
    c->range_count = used + 1;
}

void condition_negate(struct arena *arena, struct condition *c)
{
    struct condition old = *c;
    struct bound low = bound_fixed(FACT_LEAST);
    bool open = true;
    c->ranges = NULL;
    c->range_count = 0;
    for (int i = 0; i < old.range_count; i++) {
        if (!is_fixed(old.ranges[i].low, FACT_LEAST))
            condition_add(arena, c, low, bound_before(old.ranges[i].low));
        low = bound_after(old.ranges[i].high);
        open = !is_fixed(old.ranges[i].high, FACT_MOST);
    }
    if (open)
        condition_add(arena, c, low, bound_fixed(FACT_MOST));
}

int64_t bound_on(struct bound bound, int today)
{
    int64_t value = bound.value;
    if (bound.relative) {
        int year, month, day;
        day_to_date(today, &year, &month, &day);
        int months = year * 12 + month - 1 + bound.months;
        year = (months - (months < 0 ? 11 : 0)) / 12;
        month = months - year * 12 + 1;
        while (!day_exists(year, month, day))
            day--;
        value += day_from_date(year, month, day);
    }
    return value + bound.past;
}

int condition_ranges(const struct condition *c, int today, struct fact_range *ranges, int most)
{
    int count = 0;
    for (int i = 0; i < c->range_count && count < most; i++) {
        struct fact_range range = {bound_on(c->ranges[i].low, today),
                                   bound_on(c->ranges[i].high, today)};
        if (range.low <= range.high)
            ranges[count++] = range;
    }
    return count;
}
