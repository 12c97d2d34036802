/* bulletin: the tables of a bulletin: figures of a month beside the months it is compared with, by
 * organisation, kind and channel, and the sources of policies that were not looked through. */
#ifndef QIFU_REPORT_BULLETIN_H
#define QIFU_REPORT_BULLETIN_H

#include <stdbool.h>

#include "center/center.h"
#include "center/org.h"
#include "report/figures.h"

struct bulletin {
    struct center *center;
    const struct org_table *orgs;
    const struct report *report;
    bool markdown;
};

/* The line's code (NULL for the total) and its name. */
const char *bulletin_line_code(const struct bulletin *bulletin, const struct report_line *line);
const char *bulletin_line_name(const struct bulletin *bulletin, const struct report_line *line);

/* Prints all figures of SUBJECT under the heading TITLE: now, the month before, the year before. */
void bulletin_print_totals(const struct bulletin *bulletin, enum report_subject subject,
                           const char *title);

/* Prints the brief figures of SUBJECT, a line for each organisation, kind or channel that has any
 * this month; FIRST is the first column's title. Under the heading TITLE; where that is NULL and
 * there is no such line, nothing. */
void bulletin_print_scope(const struct bulletin *bulletin, enum report_scope scope,
                          enum report_subject subject, const char *title, const char *first);

/* True where there is anything to say of policies: one was ever collected, or a source looked
 * through. */
bool bulletin_has_policies(const struct center *center);

/* Prints the sources of policies with a working day on which nobody looked them through. */
void bulletin_print_sources(const struct bulletin *bulletin);

#endif
