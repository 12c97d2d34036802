#include "calendar/calendar.h"

#include <stdlib.h>
#include <string.h>

#include "base/day.h"
#include "base/mem.h"
#include "base/text.h"

enum { RANGE = CALENDAR_LAST - CALENDAR_FIRST + 1 };

static int compare_notices(const void *left, const void *right)
{
    const struct notice *a = left, *b = right;
    if (a->layer != b->layer)
        return a->layer < b->layer ? -1 : 1;
    if (a->law != b->law)
        return a->law ? -1 : 1;
    if (a->law && a->in_force != b->in_force)
        return a->in_force < b->in_force ? -1 : 1;
    if (a->issued != b->issued)
        return a->issued < b->issued ? -1 : 1;
    return a->line - b->line;
}

bool calendar_in_range(int day)
{
    return day >= CALENDAR_FIRST && day <= CALENDAR_LAST;
}

static void mark_day(struct calendar *calendar, int notice, int span, int day, bool *working)
{
    if (!calendar_in_range(day))
        return;
    working[day - CALENDAR_FIRST] = calendar->notices[notice].spans[span].work;
    calendar->reason[day - CALENDAR_FIRST] = notice * CALENDAR_SPANS + span;
}

static void mark_spans(struct calendar *calendar, int notice, bool *working)
{
    const struct notice *n = &calendar->notices[notice];
    for (int s = 0; s < n->span_count; s++)
        for (int day = n->spans[s].first; day <= n->spans[s].last; day++)
            mark_day(calendar, notice, s, day, working);
}

/* The last day on which an edition holds: the one before the next edition that was issued by
 * AS_KNOWN is in force. */
static int last_in_force(const struct calendar *calendar, int notice, int as_known)
{
    const struct notice *edition = &calendar->notices[notice];
    for (int n = notice + 1; n < calendar->notice_count; n++) {
        const struct notice *next = &calendar->notices[n];
        if (next->law && next->layer == edition->layer && next->issued <= as_known)
            return next->in_force - 1;
    }
    return CALENDAR_LAST;
}

static bool is_covered(const struct calendar *calendar, int day)
{
    return day >= calendar->covered_first && day <= calendar->horizon;
}

/* The law's days, outside the covered years: the notices of those contain them. */
static void mark_law(struct calendar *calendar, int notice, int as_known, bool *working)
{
    const struct notice *n = &calendar->notices[notice];
    int last = last_in_force(calendar, notice, as_known);
    for (int s = 0; s < n->span_count; s++)
        for (int day = n->spans[s].first; day <= n->spans[s].last; day++)
            if (day >= n->in_force && day <= last && !is_covered(calendar, day))
                mark_day(calendar, notice, s, day, working);
}

static void extend_cover(struct calendar *calendar, int year)
{
    int first = day_from_date(year, 1, 1), last = day_from_date(year, 12, 31);
    if (calendar->horizon < calendar->covered_first) {
        calendar->covered_first = first;
        calendar->horizon = last;
    }
    if (first < calendar->covered_first)
        calendar->covered_first = first;
    if (last > calendar->horizon)
        calendar->horizon = last;
}

/* Overlays do not announce a year, and neither does the law. */
static void find_cover(struct calendar *calendar, int as_known)
{
    calendar->covered_first = 0;
    calendar->horizon = -1;
    for (int n = 0; n < calendar->notice_count; n++) {
        const struct notice *notice = &calendar->notices[n];
        if (notice->issued <= as_known && notice->layer == 0 && !notice->law)
            extend_cover(calendar, notice->covers);
    }
}

static void mark_notices(struct calendar *calendar, int as_known, bool *working)
{
    for (int n = 0; n < calendar->notice_count; n++) {
        if (calendar->notices[n].issued > as_known)
            continue;
        if (calendar->notices[n].law)
            mark_law(calendar, n, as_known, working);
        else
            mark_spans(calendar, n, working);
    }
}

void calendar_build(struct calendar *calendar, int as_known)
{
    bool *working = mem_alloc(RANGE * sizeof *working);
    calendar_free_tables(calendar);
    calendar->ends = mem_alloc(RANGE * sizeof *calendar->ends);
    calendar->nth = mem_alloc(RANGE * sizeof *calendar->nth);
    calendar->reason = mem_alloc(RANGE * sizeof *calendar->reason);
    for (int i = 0, weekday = day_weekday(CALENDAR_FIRST); i < RANGE; i++) {
        working[i] = !(calendar->weekend >> weekday & 1);
        calendar->reason[i] = -1;
        weekday = weekday == 6 ? 0 : weekday + 1;
    }
    qsort(calendar->notices, (size_t)calendar->notice_count, sizeof *calendar->notices,
          compare_notices);
    find_cover(calendar, as_known);
    mark_notices(calendar, as_known, working);
    int count = 0;
    for (int i = 0; i < RANGE; i++) {
        if (working[i])
            calendar->nth[count++] = CALENDAR_FIRST + i;
        calendar->ends[i] = count;
    }
    free(working);
}

void calendar_free_tables(struct calendar *calendar)
{
    free(calendar->ends);
    free(calendar->nth);
    free(calendar->reason);
    calendar->ends = calendar->nth = calendar->reason = NULL;
}

/* Working days up to and including DAY; days out of range count as the range's ends do. */
static int ended(const struct calendar *calendar, int day)
{
    if (day < CALENDAR_FIRST)
        return 0;
    return calendar->ends[(day > CALENDAR_LAST ? CALENDAR_LAST : day) - CALENDAR_FIRST];
}

bool calendar_is_working(const struct calendar *calendar, int day)
{
    return calendar_in_range(day) && ended(calendar, day) != ended(calendar, day - 1);
}

bool calendar_is_provisional(const struct calendar *calendar, int day)
{
    const struct notice_span *span;
    if (is_covered(calendar, day))
        return false;
    const struct notice *notice = calendar_reason(calendar, day, &span);
    return !notice || !notice->law;
}

/* The law has no more than a few days at a time: each loop ends soon. */
bool calendar_spans_provisional(const struct calendar *calendar, int a, int b)
{
    int first = a < b ? a : b, last = a < b ? b : a;
    for (int day = first; day <= last && day < calendar->covered_first; day++)
        if (calendar_is_provisional(calendar, day))
            return true;
    for (int day = first > calendar->horizon ? first : calendar->horizon + 1; day <= last; day++)
        if (calendar_is_provisional(calendar, day))
            return true;
    return false;
}

const struct notice *calendar_reason(const struct calendar *calendar, int day,
                                     const struct notice_span **span)
{
    int reason = calendar_in_range(day) ? calendar->reason[day - CALENDAR_FIRST] : -1;
    if (reason < 0)
        return NULL;
    const struct notice *notice = &calendar->notices[reason / CALENDAR_SPANS];
    *span = &notice->spans[reason % CALENDAR_SPANS];
    return notice;
}

bool calendar_add(const struct calendar *calendar, int day, int n, int *result)
{
    if (!calendar_in_range(day))
        return false;
    /* nth[] counts from 0: the first working day after DAY stands at ended(DAY). */
    int64_t index = (int64_t)ended(calendar, day) + n - 1;
    if (n <= 0 && !calendar_is_working(calendar, day))
        index++;
    if (index < 0 || index >= calendar->ends[RANGE - 1])
        return false;
    *result = calendar->nth[index];
    return true;
}

int calendar_count(const struct calendar *calendar, int from, int to)
{
    return ended(calendar, to) - ended(calendar, from);
}

bool calendar_add_natural(const struct calendar *calendar, int day, int n, int *result)
{
    int64_t end = (int64_t)day + n;
    if (end < CALENDAR_FIRST || end > CALENDAR_LAST)
        return false;
    return calendar_add(calendar, (int)end, 0, result);
}

uint64_t calendar_digest(const struct calendar *calendar)
{
    uint64_t hash = text_hash(TEXT_HASH_START, calendar->ends, RANGE * sizeof *calendar->ends);
    hash = text_hash(hash, &calendar->covered_first, sizeof calendar->covered_first);
    hash = text_hash(hash, &calendar->horizon, sizeof calendar->horizon);
    return text_hash(hash, calendar->name, strlen(calendar->name));
}
