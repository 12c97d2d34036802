/* bar: numbers that are drawn as bars. */
#ifndef QIFU_CLI_BAR_H
#define QIFU_CLI_BAR_H

/* One number, and what is written beside it. */
struct chart_bar {
    const char *label;
    double value;
    const char *shown; /* NULL: the value as a whole number */
};

/* Bars that lie below each other, to compare; or that stand side by side, in the order of time. */
enum chart_kind { CHART_COMPARED, CHART_IN_TIME };

#endif
