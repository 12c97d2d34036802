#include "calendar/deadline.h"

#include "base/clock.h"

bool deadline_compute(const struct calendar *calendar, const struct deadline_rule *rule,
                      int64_t received, int working_days, struct deadline *deadline)
{
    int start = clock_day(received);
    if (rule->receipt_rolls && !calendar_add(calendar, start, 0, &start))
        return false;
    deadline->start_day = start;
    if (!calendar_add(calendar, start, working_days, &deadline->due_day))
        return false;
    deadline->due_at = clock_moment(deadline->due_day, rule->day_end);
    deadline->provisional = calendar_is_provisional(calendar, start) ||
                            calendar_is_provisional(calendar, deadline->due_day);
    return true;
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
