/* The definitions of the figures: which rows a period can count, and which of them each figure
 * does.
 */
#ifndef QIFU_REPORT_DEFINITIONS_PRIVATE_H
#define QIFU_REPORT_DEFINITIONS_PRIVATE_H

#include "report/figures.h"
#include "report/period.h"

/* SELECT ... FROM rows, where ?1 and ?2 are the period's first and last second, t is the ticket or
 * p the policy; and who answers for them. The figures of a source share one pass over its rows. */
enum source_kind {
    SOURCE_RECEIVED,
    SOURCE_ENDED,
    SOURCE_PARTIES,
    SOURCE_ENTERED,
    SOURCE_DISPATCHES,
    SOURCE_ANSWERS,
    SOURCE_FIRST,
    SOURCE_OPEN,
    SOURCE_DECIDED,
    SOURCE_RATINGS,
    SOURCE_FOLLOW_UPS,
    SOURCE_LEVELS,
    SOURCE_ORDERS,
    SOURCE_REFUSALS,
    SOURCE_PROCEDURES,
    SOURCE_APPEALS,
    SOURCE_POLICIES, /* from here on of policies, but for the last; ?3 is the present moment */
    SOURCE_PUSHES,
    SOURCE_VIEWS,
    SOURCE_APPLICATIONS,
    SOURCE_GRANTS,
    SOURCE_REACHED, /* of policies by firm */
    SOURCE_GRANTED,
    SOURCE_ENTRIES, /* of registers: n is the entry */
    REPORT_SOURCES
};
struct source {
    const char *rows, *lead; /* LEAD is NULL where it is the center whose ticket it is */
    enum report_subject ids; /* what its ids are */
};
extern const struct source report_sources[REPORT_SOURCES];

/* One figure: the sum of WHAT over the rows of its source on which CONDITION holds, or where it is
 * SPREAD what comes of the values of WHAT, each with how often it is there: of a mean and a median
 * what they say, of a count how many different ones there are. The report and
 * its ids share these texts, so that they cannot differ. Of tickets the errands of the center are
 * left out everywhere, and those that are void in all figures but their own. */
struct definition {
    const char *code, *name;
    enum source_kind source;
    const char *what, *condition, *of;
    enum report_shape shape;
    enum report_place place;
    const char *apart; /* of a figure of REPORT_APART: what leaves it out, and why */
    bool spread;
};
/* The two days that WHAT of SOURCE_DISPATCHES joins to one number. */
enum { REPORT_TWO_DAYS = 100000 };

/* The figures around those of the levels, and how many they are; and that of each level, whose
 * condition ends before the level's code. */
extern const struct definition report_before_levels[], report_after_levels[], report_of_level;
extern const int report_before_count, report_after_count;

/* The definition of a figure, of registers behind all others; and the code of the level that it is
 * of, or NULL. */
struct definition report_definition(struct config *config, int figure);
const char *report_level_of(const struct config *config, int figure);

static inline enum report_subject report_subject_of(enum source_kind source)
{
    return source == SOURCE_ENTRIES    ? REPORT_ENTRIES
           : source >= SOURCE_POLICIES ? REPORT_POLICIES
                                       : REPORT_TICKETS;
}

#endif
