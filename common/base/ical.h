/* ical: lines of an iCalendar object (RFC 5545): values escaped, lines folded at 75 octets, between
 * characters. Pure. */
#ifndef QIFU_BASE_ICAL_H
#define QIFU_BASE_ICAL_H

#include <stdint.h>

#include "base/text.h"

/* Appends NAME:VALUE, where VALUE is one that needs no escapes (a date, a word of the standard). */
void ical_add(struct text *to, const char *name, const char *value);
/* The same of a text that people wrote; none where it is NULL or "". */
void ical_add_text(struct text *to, const char *name, const char *text);
/* Appends NAME with a moment, in UTC; with the DAY of a moment alone (VALUE=DATE). */
void ical_add_moment(struct text *to, const char *name, int64_t moment);
void ical_add_day(struct text *to, const char *name, int day);

#endif
