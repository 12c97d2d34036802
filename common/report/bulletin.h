/* bulletin: the tables of a bulletin: figures of a month beside the months it is compared with, by
 * organisation, kind and channel, and the sources of policies that were not looked through. */
#ifndef QIFU_REPORT_BULLETIN_H
#define QIFU_REPORT_BULLETIN_H

#include "center/center.h"
#include "center/org.h"
#include "cli/out.h"
#include "report/figures.h"

struct bulletin {
    struct center *center;
    const struct org_table *orgs;
    const struct report *report;
    enum out_format format;
};

/* The line's code (NULL for the total) and its name. */
const char *bulletin_line_code(const struct bulletin *bulletin, const struct report_line *line);
const char *bulletin_line_name(const struct bulletin *bulletin, const struct report_line *line);

/* Prints in one line what of the month waits for a calendar notice (暂定); where nothing does,
 * nothing. */
void bulletin_print_provisional(const struct bulletin *bulletin);

/* Prints all figures of SUBJECT under the heading TITLE, save those of what is left out: now, the
 * month before, the year before. */
void bulletin_print_totals(const struct bulletin *bulletin, enum report_subject subject,
                           const char *title);

/* Prints what rates leave out, and which do, in the same way. */
void bulletin_print_apart(const struct bulletin *bulletin, const char *title);

/* Prints the figures of SUBJECT that stand in PLACE, a line for each organisation, kind or channel
 * that has any of them this month; FIRST is the first column's title. The heading is
 * TITLE; if that is NULL and no line has a figure, nothing is printed. */
void bulletin_print_scope(const struct bulletin *bulletin, enum report_scope scope,
                          enum report_subject subject, enum report_place place, const char *title,
                          const char *first);

/* Prints how the figures are counted. */
void bulletin_print_notes(const struct bulletin *bulletin, const char *title);

/* True where there is anything to say of policies: one was ever collected, or a source looked
 * through. */
bool bulletin_has_policies(const struct center *center);

/* Prints the sources of policies with a working day on which nobody looked them through. */
void bulletin_print_sources(const struct bulletin *bulletin);

#endif
