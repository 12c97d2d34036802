#include "base/day.h"

#include <string.h>

enum { DAYS_PER_ERA = 146097, EPOCH_SHIFT = 719468 };

/* The era arithmetic of Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms". */
int day_from_date(int year, int month, int day_of_month)
{
    year -= month <= 2;
    int era = (year >= 0 ? year : year - 399) / 400;
    int year_of_era = year - era * 400;
    int day_of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day_of_month - 1;
    int day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    return era * DAYS_PER_ERA + day_of_era - EPOCH_SHIFT;
}

void day_to_date(int day, int *year, int *month, int *day_of_month)
{
    day += EPOCH_SHIFT;
    int era = (day >= 0 ? day : day - (DAYS_PER_ERA - 1)) / DAYS_PER_ERA;
    int day_of_era = day - era * DAYS_PER_ERA;
    int year_of_era =
        (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
    int day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    int shifted_month = (5 * day_of_year + 2) / 153;
    *day_of_month = day_of_year - (153 * shifted_month + 2) / 5 + 1;
    *month = shifted_month < 10 ? shifted_month + 3 : shifted_month - 9;
    *year = year_of_era + era * 400 + (*month <= 2);
}

bool day_exists(int year, int month, int day_of_month)
{
    static const int lengths[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    if (month < 1 || month > 12 || day_of_month < 1)
        return false;
    bool leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    return day_of_month <= lengths[month - 1] + (month == 2 && leap);
}

int day_weekday(int day)
{
    int weekday = (day + 4) % 7;
    return weekday < 0 ? weekday + 7 : weekday;
}

const char *day_weekday_code(int day)
{
    static const char *const codes[] = {"sunday",   "monday", "tuesday", "wednesday",
                                        "thursday", "friday", "saturday"};
    return codes[day_weekday(day)];
}

const char *day_weekday_name(int day)
{
    static const char *const names[] = {"周日", "周一", "周二", "周三", "周四", "周五", "周六"};
    return names[day_weekday(day)];
}

/* Reads COUNT digits; false where one is missing. */
static bool digits(const char *s, int count, int *value)
{
    *value = 0;
    for (int i = 0; i < count; i++) {
        if (s[i] < '0' || s[i] > '9')
            return false;
        *value = *value * 10 + (s[i] - '0');
    }
    return true;
}

bool day_parse(const char *s, int *day)
{
    int year, month, day_of_month;
    if (strlen(s) != 10 || s[4] != '-' || s[7] != '-')
        return false;
    if (!digits(s, 4, &year) || !digits(s + 5, 2, &month) || !digits(s + 8, 2, &day_of_month))
        return false;
    if (!day_exists(year, month, day_of_month))
        return false;
    *day = day_from_date(year, month, day_of_month);
    return true;
}

bool day_parse_month(const char *s, int *first, int *last)
{
    int year, month;
    if (strlen(s) != 7 || s[4] != '-' || !digits(s, 4, &year) || !digits(s + 5, 2, &month))
        return false;
    if (!day_exists(year, month, 1))
        return false;
    *first = day_from_date(year, month, 1);
    *last = day_from_date(year + month / 12, month % 12 + 1, 1) - 1;
    return true;
}

char *day_print(int day, char buffer[static DAY_TEXT_SIZE])
{
    int year, month, day_of_month;
    day_to_date(day, &year, &month, &day_of_month);
    const int fields[] = {year / 100 % 100, year % 100, month, day_of_month};
    char *p = buffer;
    for (int i = 0; i < 4; i++) {
        if (i > 1)
            *p++ = '-';
        *p++ = (char)('0' + fields[i] / 10 % 10);
        *p++ = (char)('0' + fields[i] % 10);
    }
    *p = '\0';
    return buffer;
}
