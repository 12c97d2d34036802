#include "report/spread_private.h"

#include <stdlib.h>

#include "base/mem.h"

void spread_add(struct spread *spread, struct spread_value value)
{
    spread->values = mem_grow(spread->values, spread->count, sizeof *spread->values);
    spread->values[spread->count++] = value;
}

void spread_free(struct spread *spread)
{
    free(spread->values);
    *spread = (struct spread){0};
}

static int compare(const void *left, const void *right)
{
    const struct spread_value *a = left, *b = right;
    if (a->line != b->line)
        return a->line < b->line ? -1 : 1;
    if (a->place != b->place)
        return a->place < b->place ? -1 : 1;
    return a->value < b->value ? -1 : a->value > b->value;
}

void spread_sort(struct spread *spread)
{
    size_t kept = 0;
    if (spread->count)
        qsort(spread->values, spread->count, sizeof *spread->values, compare);
    for (size_t i = 0; i < spread->count; i++) {
        if (kept && !compare(&spread->values[kept - 1], &spread->values[i]))
            spread->values[kept - 1].often += spread->values[i].often;
        else
            spread->values[kept++] = spread->values[i];
    }
    spread->count = kept;
}

size_t spread_run(const struct spread *spread, size_t from)
{
    size_t to = from;
    while (to < spread->count && spread->values[to].line == spread->values[from].line &&
           spread->values[to].place == spread->values[from].place)
        to++;
    return to - from;
}

int64_t spread_sum(const struct spread_value *values, size_t count)
{
    int64_t sum = 0;
    for (size_t i = 0; i < count; i++)
        sum += values[i].value * values[i].often;
    return sum;
}

/* The value that stands at NTH, from 0, if each stands as often as it is there. */
static int64_t nth(const struct spread_value *values, size_t count, int64_t n)
{
    size_t i = 0;
    while (i + 1 < count && n >= values[i].often)
        n -= values[i++].often;
    return values[i].value;
}

int64_t spread_median(const struct spread_value *values, size_t count)
{
    int64_t all = 0;
    for (size_t i = 0; i < count; i++)
        all += values[i].often;
    return nth(values, count, (all - 1) / 2) + nth(values, count, all / 2);
}

int64_t spread_different(const struct spread_value *values, size_t count)
{
    (void)values;
    return (int64_t)count;
}
