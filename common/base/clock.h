/* clock: moments (seconds since 1970-01-01T00:00:00Z), the center's time zone, and the one place
 * where "now" is read. */
#ifndef QIFU_BASE_CLOCK_H
#define QIFU_BASE_CLOCK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/fault.h"

enum { CLOCK_TEXT_SIZE = 40, SECONDS_PER_DAY = 86400 };

/* Sets the zone of the center for the whole process: an offset ("+08:00") or a zone's name
 * ("Asia/Shanghai"). Until it is called the zone is +08:00; the machine's TZ is never used.
 * False where the name is unknown here. */
bool clock_set_zone(const char *zone);

/* The present moment: what clock_set_now or QIFU_NOW says, else the machine's clock as it was read
 * last. clock_read reads the machine's clock again (where it is not set); what is asked after that
 * gets the new moment. */
int64_t clock_now(void);
int64_t clock_read(void);
void clock_set_now(int64_t moment);
/* True where "now" is what somebody says, not what the machine's clock says. */
bool clock_is_set(void);

/* Reads a moment in the center's zone unless it carries an offset: ISO 8601 with or without
 * time and offset, and what spreadsheets write (2019/4/25 9:32:09, 2019-04-25 9:32,
 * 2019年4月25日 9时32分, 2019/4/25 下午 3:05, and days since 1899-12-30: 43580.397), of 1990 to
 * 2119. A date without a time is its first second; *DATE_ONLY (may be NULL) says so. */
bool clock_parse(const char *s, int64_t *moment, bool *date_only);

/* Adds to FAULT that S is not a time, and how to write one. */
bool clock_refuse(struct fault *fault, const char *s);
/* Reads when something happened; false with a fault added if S is not a time or lies in the
 * future. */
bool clock_happened(const char *s, int64_t *moment, struct fault *fault);

/* Reads a day that may lie before or after those years (when a firm was founded), written so or as
 * a moment of it; *WHOLE (may be NULL) says whether it is the day's first second. */
bool clock_parse_day(const char *s, int *day, bool *whole);

/* What is wrong with S, which clock_parse refused: "not a time", or that it lies outside 1990 to
 * 2119, the years of the calendars. */
const char *clock_fault(const char *s);

/* Writes ISO 8601 with the zone's offset to BUFFER and returns it. */
char *clock_print(int64_t moment, char buffer[static CLOCK_TEXT_SIZE]);

/* Seconds on a clock that only runs forward, for progress and pauses. */
double clock_running(void);

/* The day number (day.h) on which MOMENT lies in the zone, and the second of that day. */
int clock_day(int64_t moment);
/* The moment of a second (0 .. 86400) of a day in the zone. */
int64_t clock_moment(int day, int second);
/* The zone's offset from UTC at MOMENT, in seconds. */
int clock_offset(int64_t moment);

#endif
