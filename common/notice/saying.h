/* saying: what a notice says: the values of its template, from the event and from how its record
 * stands. Personal data are masked, and nothing is said of a confidential ticket but its number. */
#ifndef QIFU_NOTICE_SAYING_H
#define QIFU_NOTICE_SAYING_H

#include "center/org.h"
#include "notice/notice.h"
#include "notice/template.h"

/* Fills VALUES for NOTICE, which goes to ADDRESS; texts in ARENA. */
void saying_fill(struct center *center, const struct org_table *orgs,
                 const struct notice_row *notice, const struct address *address,
                 struct arena *arena, struct notice_values *values);

#endif
