#include "calendar/deadline.h"

#include "base/clock.h"

/* Days of the clock's limit after FROM, up to and including TO. */
static int count_limit(const struct calendar *calendar, const struct running *clock, int from,
                       int to)
{
    return clock->natural ? to - from : calendar_count(calendar, from, to);
}

bool running_nth(const struct calendar *calendar, const struct running *clock, int n, int *day)
{
    int from = clock->start_day, left = n;
    for (int i = 0; i < clock->pause_count; i++) {
        const struct pause *pause = &clock->pauses[i];
        int counted = count_limit(calendar, clock, from, pause->from);
        if (left <= counted)
            break;
        left -= counted > 0 ? counted : 0;
        from = pause->until > from ? pause->until : from;
    }
    return (clock->natural ? calendar_add_natural : calendar_add)(calendar, from, left, day);
}

int running_count(const struct calendar *calendar, const struct running *clock, int day)
{
    struct running working = *clock;
    working.natural = false;
    return running_counted(calendar, &working, day);
}

int running_counted(const struct calendar *calendar, const struct running *clock, int day)
{
    int from = clock->start_day, counted = 0;
    for (int i = 0; i < clock->pause_count && clock->pauses[i].from < day; i++) {
        const struct pause *pause = &clock->pauses[i];
        if (pause->from > from)
            counted += count_limit(calendar, clock, from, pause->from);
        from = pause->until > from ? pause->until : from;
    }
    return day > from ? counted + count_limit(calendar, clock, from, day) : counted;
}

/* The day with whose end the clock has counted N working days. While it stands still no day ends:
 * one on which a pause began ends with the pause, or the working day after. */
static bool nth_end(const struct calendar *calendar, const struct running *clock, int n, int *day)
{
    if (!running_nth(calendar, clock, n, day))
        return false;
    for (int i = 0; i < clock->pause_count; i++) {
        const struct pause *pause = &clock->pauses[i];
        if (pause->from == *day && pause->until > *day && !pause->after_hours &&
            !calendar_add(calendar, pause->until, 0, day))
            return false;
    }
    return true;
}

/* The clock that counts the working days after the deadline. */
static bool after_due(const struct calendar *calendar, const struct running *clock,
                      struct running *late)
{
    *late = *clock;
    late->limit = 0;
    late->natural = false;
    return nth_end(calendar, clock, clock->limit, &late->start_day);
}

bool running_is_paused(const struct running *clock, int day)
{
    for (int i = 0; i < clock->pause_count; i++)
        if (day > clock->pauses[i].from && day <= clock->pauses[i].until)
            return true;
    return false;
}

bool running_deadline(const struct calendar *calendar, const struct deadline_rule *rule,
                      const struct running *clock, struct deadline *deadline)
{
    deadline->start_day = clock->start_day;
    if (!nth_end(calendar, clock, clock->limit, &deadline->due_day))
        return false;
    deadline->due_at = clock_moment(deadline->due_day, rule->day_end);
    deadline->provisional =
        calendar_spans_provisional(calendar, clock->start_day, deadline->due_day);
    return true;
}

int64_t running_level_at(const struct calendar *calendar, const struct deadline_rule *rule,
                         const struct running *clock, int after)
{
    struct running late;
    int day;
    if (!after_due(calendar, clock, &late) || !nth_end(calendar, &late, after, &day))
        return INT64_MAX;
    return clock_moment(day, rule->day_end) + 1;
}

int running_overdue(const struct calendar *calendar, const struct deadline_rule *rule,
                    const struct running *clock, int64_t now)
{
    int due_day, today = clock_day(now);
    if (!nth_end(calendar, clock, clock->limit, &due_day))
        return 0;
    int64_t due_at = clock_moment(due_day, rule->day_end);
    int at_due = running_count(calendar, clock, due_day);
    if (now <= due_at && today < clock->start_day) /* received on the next working day */
        return -calendar_count(calendar, today, clock->start_day) - at_due;
    if (now <= due_at)
        return running_count(calendar, clock, today) - at_due;
    bool today_ended = now > clock_moment(today, rule->day_end);
    int ended = running_count(calendar, clock, today_ended ? today : today - 1) - at_due;
    return ended > 0 ? ended : 0;
}

bool deadline_start(const struct calendar *calendar, const struct deadline_rule *rule,
                    int64_t received, int *day)
{
    *day = clock_day(received);
    if (!rule->receipt_rolls)
        return true;
    if (received > clock_moment(*day, rule->day_end))
        ++*day;
    return calendar_add(calendar, *day, 0, day);
}

bool deadline_compute(const struct calendar *calendar, const struct deadline_rule *rule,
                      int64_t received, int working_days, struct deadline *deadline)
{
    struct running clock = {.limit = working_days};
    return deadline_start(calendar, rule, received, &clock.start_day) &&
           running_deadline(calendar, rule, &clock, deadline);
}

bool deadline_natural(const struct calendar *calendar, const struct deadline_rule *rule,
                      int64_t received, int natural_days, struct deadline *deadline)
{
    struct running clock = {.limit = natural_days, .natural = true};
    return deadline_start(calendar, rule, received, &clock.start_day) &&
           running_deadline(calendar, rule, &clock, deadline);
}

int64_t deadline_level_at(const struct calendar *calendar, const struct deadline_rule *rule,
                          int64_t due_at, int after)
{
    int day = clock_day(due_at);
    if (after == 0)
        return due_at + 1;
    if (!calendar_add(calendar, day, after, &day))
        return INT64_MAX;
    return clock_moment(day, rule->day_end) + 1;
}
