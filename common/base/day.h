/* day: calendar dates as day numbers, days since 1970-01-01 in the proleptic Gregorian
 * calendar. Pure arithmetic: no clock, no time zone. */
#ifndef QIFU_BASE_DAY_H
#define QIFU_BASE_DAY_H

#include <stdbool.h>
#include <stddef.h>

enum { DAY_TEXT_SIZE = 16 }; /* room for "YYYY-MM-DD" */

/* The day number of a date that exists (day_exists). */
int day_from_date(int year, int month, int day_of_month);
bool day_exists(int year, int month, int day_of_month);
void day_to_date(int day, int *year, int *month, int *day_of_month);

/* 0 Sunday .. 6 Saturday. */
int day_weekday(int day);
/* sunday .. saturday, as calendar files write them. */
const char *day_weekday_code(int day);
/* 周日 .. 周六. */
const char *day_weekday_name(int day);

/* Reads exactly YYYY-MM-DD. False where it is anything else or no such day. */
bool day_parse(const char *s, int *day);

/* Reads exactly YYYY-MM; stores the first and the last day of the month. */
bool day_parse_month(const char *s, int *first, int *last);

/* Writes YYYY-MM-DD to BUFFER and returns it. */
char *day_print(int day, char buffer[static DAY_TEXT_SIZE]);

#endif
