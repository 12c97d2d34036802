/* hours: the hours of a working day in which an office, or a person, is reached. Pure. */
#ifndef QIFU_CENTER_HOURS_H
#define QIFU_CENTER_HOURS_H

#include <stdbool.h>
#include <stdint.h>

#include "calendar/calendar.h"

struct hours {
    int from, to; /* seconds of the day; TO is not among them */
};

/* Reads "08:30-17:30"; false where TEXT is none. */
bool hours_read(const char *text, struct hours *hours);

/* The first moment at MOMENT or later that lies in HOURS of a working day; MOMENT itself where the
 * calendar ends. */
int64_t hours_next(const struct calendar *calendar, const struct hours *hours, int64_t moment);

/* The first moment after MOMENT at which such hours begin, on a later day than MOMENT's where they
 * have begun. */
int64_t hours_opening(const struct calendar *calendar, const struct hours *hours, int64_t moment);

#endif
