/* policybulletin: the part of the monthly bulletin that is about policies (政策). */
#ifndef QIFU_REPORT_POLICIES_PRINT_H
#define QIFU_REPORT_POLICIES_PRINT_H

#include <stdbool.h>

#include "center/center.h"
#include "center/org.h"
#include "report/tickets.h"

/* True where there is anything to say of policies: one was ever collected, or a source looked
 * through. */
bool policybulletin_is_due(const struct center *center);

/* Prints the part under the heading TITLE: figures of MONTH, organisations that were late, sources
 * that were not looked through on every working day. */
void policybulletin_print(const struct center *center, const struct org_table *orgs,
                          const struct report_month *month, bool markdown, const char *title);

#endif
