#include "center/hours.h"

#include <stdlib.h>
#include <string.h>

#include "base/clock.h"

/* The second of the day of "08:30"; -1 where the five characters are no time. */
static int read_time(const char *s)
{
    if (strspn(s, "0123456789") != 2 || s[2] != ':' || strspn(s + 3, "0123456789") != 2)
        return -1;
    int hour = atoi(s), minute = atoi(s + 3);
    return minute > 59 || hour * 60 + minute > 24 * 60 ? -1 : (hour * 60 + minute) * 60;
}

bool hours_read(const char *text, struct hours *hours)
{
    if (strlen(text) != strlen("08:30-17:30") || text[5] != '-')
        return false;
    hours->from = read_time(text);
    hours->to = read_time(text + 6);
    return hours->from >= 0 && hours->to > hours->from;
}

/* When they begin on the first working day from DAY on; OTHERWISE where the calendar ends. */
static int64_t first_from(const struct calendar *calendar, const struct hours *hours, int day,
                          int64_t otherwise)
{
    int working;
    return calendar_add(calendar, day, 0, &working) ? clock_moment(working, hours->from)
                                                    : otherwise;
}

int64_t hours_next(const struct calendar *calendar, const struct hours *hours, int64_t moment)
{
    int day = clock_day(moment);
    bool over = moment >= clock_moment(day, hours->to);
    int64_t opening = first_from(calendar, hours, over ? day + 1 : day, moment);
    return opening > moment ? opening : moment;
}

int64_t hours_opening(const struct calendar *calendar, const struct hours *hours, int64_t moment)
{
    int day = clock_day(moment);
    bool begun = moment >= clock_moment(day, hours->from);
    return first_from(calendar, hours, begun ? day + 1 : day, moment);
}
