#include "supervision/horizon.h"

#include <unistd.h>

#include "base/clock.h"
#include "base/day.h"
#include "base/die.h"
#include "base/tongue.h"
#include "calendar/horizon.h"
#include "ticket/counts.h"

void supervision_horizon_warn(const struct center *center)
{
    const struct calendar *calendar = center_calendar(center);
    int today = clock_day(center->now);
    if ((center->demo && !clock_is_set()) || !horizon_is_near(calendar->horizon, today))
        return;
    struct text what = {0};
    long long open =
        counts_due_from(center->db, center->now, clock_moment(calendar->horizon + 1, 0));
    horizon_add(&what, calendar->name, calendar->horizon, today);
    if (open)
        text_add_format(&what, tongue("; %lld open deadline%s on it"), open,
                        open == 1 ? " depends" : "s depend");
    else
        text_add(&what, tongue("; no open deadline depends on it"));
    warn("%s", what.data);
    text_free(&what);
}

void supervision_horizon_tell(const struct center *center, long count)
{
    char day[DAY_TEXT_SIZE];
    if (!count || !isatty(STDERR_FILENO))
        return;
    warn("%ld deadline%s past %s, the last day that a notice covers: provisional (暂定) until the"
         " next one is there",
         count, count == 1 ? " lies" : "s lie", day_print(center_calendar(center)->horizon, day));
}
