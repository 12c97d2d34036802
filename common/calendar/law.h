/* law: the days off that the law itself names, without any notice (qifu-calendar(5)): the editions
 * of the law, and the dates on which its moving feasts fall. */
#ifndef QIFU_CALENDAR_LAW_H
#define QIFU_CALENDAR_LAW_H

#include "base/mem.h"
#include "base/yamlfile.h"
#include "calendar/calendar.h"

/* Reads "editions" and "dates" of ROOT, a calendar's file, and appends each edition to the COUNT
 * NOTICES (grown by mem_grow) as a notice of LAYER that is law and covers no year. Its spans are
 * the days that it names from the year in which it is in force to 2119; those of moving feasts as
 * far as the dates go. What they point to lives in ARENA. Reports each fault as file:line and adds
 * it to FAULTS. */
void law_read(struct arena *arena, const struct node *root, int layer, struct notice **notices,
              int *count, int *faults);

#endif
