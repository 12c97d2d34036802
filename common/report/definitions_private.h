/* The definitions of the figures: what is counted, of what, under which condition. */
#ifndef QIFU_REPORT_DEFINITIONS_PRIVATE_H
#define QIFU_REPORT_DEFINITIONS_PRIVATE_H

#include "report/figures.h"

/* SELECT what FROM from WHERE condition, where ?1 and ?2 are the month's first and last second, t
 * is the ticket or p the policy; and who answers for it. The report and its ids share these texts,
 * so that they cannot differ. Of tickets the errands of the center are left out everywhere, and
 * those that are void in all figures but their own. */
struct definition {
    const char *code, *name, *what, *from, *condition, *lead, *of;
    enum report_shape shape;
    enum report_place place;
    enum report_subject subject;
    bool needs_now;    /* ?3 is the present moment */
    const char *apart; /* of a figure of REPORT_APART: what leaves it out, and why */
};

/* The figures around those of the levels, and how many they are; and that of each level, which is
 * ?3. */
extern const struct definition report_before_levels[], report_after_levels[], report_of_level;
extern const int report_before_count, report_after_count;

#endif
