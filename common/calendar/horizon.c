#include "calendar/horizon.h"
#include "base/tongue.h"

#include "base/day.h"
#include "calendar/calendar.h"

static int year_of(int day)
{
    int year, month, day_of_month;
    day_to_date(day, &year, &month, &day_of_month);
    return year;
}

bool horizon_is_near(int horizon, int today)
{
    return calendar_in_range(horizon) && today >= day_from_date(year_of(horizon), 11, 1);
}

void horizon_add(struct text *text, const char *name, int horizon, int today)
{
    char date[DAY_TEXT_SIZE];
    int left = horizon - today;
    day_print(horizon, date);
    if (left >= 0)
        text_add_format(text, tongue("%d day%s left until %s, where the calendar \"%s\" ends"),
                        left, left == 1 ? " is" : "s are", date, name);
    else
        text_add_format(text, tongue("the calendar \"%s\" ended on %s, %d day%s ago"), name, date,
                        -left, left == -1 ? "" : "s");
    text_add_format(text, tongue(": %d is not announced"), year_of(horizon) + 1);
}
