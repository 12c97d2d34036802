#include "calendar/deadline.h"

#include "base/clock.h"

bool running_nth(const struct calendar *calendar, const struct running *clock, int n, int *day)
{
    int from = clock->start_day, left = n;
    for (int i = 0; i < clock->pause_count; i++) {
        const struct pause *pause = &clock->pauses[i];
        int counted = calendar_count(calendar, from, pause->from);
        if (left <= counted)
            break;
        left -= counted > 0 ? counted : 0;
        from = pause->until > from ? pause->until : from;
    }
    return calendar_add(calendar, from, left, day);
}

int running_count(const struct calendar *calendar, const struct running *clock, int day)
{
    int from = clock->start_day, counted = 0;
    for (int i = 0; i < clock->pause_count && clock->pauses[i].from < day; i++) {
        const struct pause *pause = &clock->pauses[i];
        if (pause->from > from)
            counted += calendar_count(calendar, from, pause->from);
        from = pause->until > from ? pause->until : from;
    }
    return day > from ? counted + calendar_count(calendar, from, day) : counted;
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
    int day;
    if (!nth_end(calendar, clock, clock->limit + after, &day))
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
    if (now <= due_at)
        return running_count(calendar, clock, today) - clock->limit;
    bool today_ended = now > clock_moment(today, rule->day_end);
    int ended = running_count(calendar, clock, today_ended ? today : today - 1) - clock->limit;
    return ended > 0 ? ended : 0;
}

bool deadline_compute(const struct calendar *calendar, const struct deadline_rule *rule,
                      int64_t received, int working_days, struct deadline *deadline)
{
    struct running clock = {.start_day = clock_day(received), .limit = working_days};
    if (rule->receipt_rolls && !calendar_add(calendar, clock.start_day, 0, &clock.start_day))
        return false;
    return running_deadline(calendar, rule, &clock, deadline);
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
