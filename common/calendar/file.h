/* calendarfile: reads working-day calendars (qifu-calendar(5)) into calendar values. */
#ifndef QIFU_CALENDAR_FILE_H
#define QIFU_CALENDAR_FILE_H

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

/* Reads the COUNT files at PATHS and reports each fault as file:line, faults between files of the
 * same calendar too. Returns how many faults there were. */
int calendarfile_check(char **paths, int count);

#endif
