/* bulletin: the document of a period: its figures as a whole, by what they are told apart, what
 * they leave out, and how they are counted. */
#ifndef QIFU_REPORT_BULLETIN_H
#define QIFU_REPORT_BULLETIN_H

#include "report/table.h"

struct bulletin {
    struct center *center;
    struct table_report table;
    const char *words; /* what people wrote for it (words.h), or NULL */
    bool is_public;    /* for everybody: no persons, no appeals, nothing on programs */
};

/* The cuts of the monthly bulletin: organisations, kinds, channels, counties. */
enum { BULLETIN_CUTS = 4 };
extern const struct report_cut bulletin_cuts[BULLETIN_CUTS];

/* Prints the bulletin of the month, with bulletin_cuts. */
void bulletin_print_month(const struct bulletin *bulletin);
/* Prints a page that links the months of the report's parts in which anything was received, the
 * last one first, as YYYY-MM.html beside it, each with what it came to. */
void bulletin_print_index(const struct bulletin *bulletin);
/* Prints that of a period, with the cuts of its plan; those of the month where USUAL. */
void bulletin_print_period(const struct bulletin *bulletin, bool usual);

#endif
