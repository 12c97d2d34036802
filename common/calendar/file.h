/* calendarfile: reads working-day calendars (qifu-calendar(5)) into calendar values. */
#ifndef QIFU_CALENDAR_FILE_H
#define QIFU_CALENDAR_FILE_H

#include <limits.h>

#include "base/mem.h"
#include "calendar/calendar.h"

/* A calendar with the memory that it lives in. */
struct calendarfile {
    struct calendar calendar;
    struct arena arena;
};

/* Reads every .yaml file in DIRECTORY/NAME for the calendar NAME, and first those of the calendar
 * that it names as its base, and builds it as known on AS_KNOWN. DIRECTORY is the
 * configuration's calendars/. Dies after reporting each fault as file:line. */
struct calendarfile *calendarfile_load(const char *directory, const char *name, int as_known);
void calendarfile_free(struct calendarfile *file);

enum { CALENDAR_NO_DAY = INT_MIN };

/* Reads the COUNT files at PATHS and reports each fault as file:line, faults between files of the
 * same calendar too. Returns how many faults there were. Of a calendar whose last covered year is
 * TODAY's or the one before, and that has none, it warns from 1 November on that it ends
 * (horizon.h); for CALENDAR_NO_DAY never. */
int calendarfile_check(char **paths, int count, int today);

#endif
