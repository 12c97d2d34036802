/* figures: the list of the figures (qifu-rules(7)) of requests, of policies and of registers
 * (qifu-register(5)), and what is behind each in a period: tickets, policies, enterprises or
 * entries. One list has them all. */
#ifndef QIFU_REPORT_FIGURES_H
#define QIFU_REPORT_FIGURES_H

#include <stdbool.h>
#include <stdint.h>

#include "base/fault.h"
#include "center/center.h"

/* How a figure is read: a count; a share of another figure; a sum to be divided by one; twice the
 * median of as many values as another one counts; millionths of a yuan. */
enum report_shape { REPORT_COUNT, REPORT_RATE, REPORT_MEAN, REPORT_MEDIAN, REPORT_MONEY };

/* What a figure counts; and what its ids are: those of tickets or of entries of registers, or the
 * codes of policies or of enterprises, which no figure is of. */
enum report_subject { REPORT_TICKETS, REPORT_POLICIES, REPORT_ENTRIES, REPORT_ENTERPRISES };

/* Where the bulletin prints a figure: only in the table of the whole; also in the tables by
 * organisation, kind and channel; also in that of the assists; or only among what rates leave
 * out. */
enum report_place { REPORT_WHOLE, REPORT_BRIEF, REPORT_ASSISTS, REPORT_APART };

/* One figure of a center. The levels of the ladder have one each, overdue-LEVEL. */
struct report_figure {
    const char *code, *name; /* in the configuration's arena, or for ever */
    enum report_subject subject, ids;
    enum report_shape shape;
    int of; /* the figure that a rate, a mean or a median is of, else -1 */
    enum report_place place;
    const char *apart; /* REPORT_APART: what leaves it out, and why */
};

int report_figure_count(struct config *config);
struct report_figure report_figure(struct config *config, int figure);
/* The number of the figure with this code, or -1. */
int report_find_figure(struct config *config, const char *code);
/* Reads codes or names of figures of requests, divided by commas (or 、), makes *LIST their codes
 * and *NAMES their names, in the configuration's arena; false with a FAULT where one is none. */
bool report_read_figures(struct config *config, const char **list, const char **names,
                         struct fault *fault);
/* Dies with the list of all for an option's argument that is none. */
struct args;
_Noreturn void report_unknown_figure(const struct args *args, struct config *config);

/* What VALUE of FIGURE is as a number: a rate and a mean divided by OF, what they are of; false
 * where there is none, since OF is 0. */
bool report_number(const struct report_figure *figure, int64_t value, int64_t of, double *number);

#endif
