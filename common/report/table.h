/* table: the figures of a report as people read them: the tables of a bulletin; and as records, for
 * programs. */
#ifndef QIFU_REPORT_TABLE_H
#define QIFU_REPORT_TABLE_H

#include "cli/out.h"
#include "report/band.h"
#include "report/report.h"

struct table_report {
    const struct report *report;
    struct report_names *names;
    enum out_format format;
    bool compared; /* with how much each figure rose or fell */
};

/* Appends a figure of a line in a period: a count, a rate as numerator / denominator with its
 * percentage, a mean as sum / number, a median, an amount. */
void table_add_value(struct text *to, const struct table_report *table,
                     const struct report_line *line, int period, int figure);

/* True where the figure of LINE, or what it is of, counts anything in a period that is listed: that
 * of a PART, or all that were asked for (-1). */
bool table_says(const struct table_report *table, const struct report_line *line, int part,
                int figure);

/* Prints the figures of SUBJECT of the whole that are APART, or those that are not, in all periods
 * that were asked for; those apart with what leaves them out. Of registers only those that say
 * anything. */
void table_print_whole(const struct table_report *table, enum report_subject subject, bool apart);

/* Prints the figures of SUBJECT that stand in PLACE, a line for each that the cut tells apart and
 * that has any of them in the period. Where ALWAYS is false and no line has a figure, nothing is
 * printed. */
void table_print_cut(const struct table_report *table, int cut, enum report_subject subject,
                     enum report_place place, bool always);

/* The same of the whole, a line for each of the period's parts. */
void table_print_parts(const struct table_report *table, enum report_subject subject);

/* Draws FIGURE, the busiest lines of a cut, as bars; and of the whole, a bar for each of the
 * period's parts. */
void table_draw_cut(const struct table_report *table, int cut, int figure);
void table_draw_parts(const struct table_report *table, int figure);

/* What is usual of a line's figure, by the periods before. */
struct band table_band(const struct table_report *table, const struct report_line *line,
                       int figure);

/* The columns of the records, which begin with those of a bulletin that is not compared. */
enum { TABLE_COLUMNS = 16, TABLE_MONTHLY_COLUMNS = 10, TABLE_SOME = 0 };
extern const struct out_column table_columns[TABLE_COLUMNS];
/* Prints a record for each line and figure, and of the period's parts, with COLUMNS of them;
 * TABLE_SOME: with all, but only of what is not 0 everywhere. */
void table_list(const struct table_report *table, struct out *out, int columns);
/* Of a workbook: a last sheet with what is not 0 of them, every number by itself. Nothing in other
 * formats. */
void table_add_data(const struct table_report *table);

#endif
