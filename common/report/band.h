/* band: is a figure unusual? The limits of a chart of individual values (NIST/SEMATECH e-Handbook
 * of Statistical Methods, 6.3.2.2): the mean of the values before it, and three of their standard
 * deviations to each side, by the mean difference of neighbours. Pure. */
#ifndef QIFU_REPORT_BAND_H
#define QIFU_REPORT_BAND_H

#include <stdbool.h>

/* So many values before it, at least, say what is usual. */
enum { BAND_LEAST = 6 };

enum band_verdict { BAND_NONE, BAND_USUAL, BAND_HIGH, BAND_LOW };

struct band {
    double mean, low, high;
    enum band_verdict verdict; /* BAND_NONE: too few values, or all the same */
};

/* What COUNT VALUES, in the order of time or against it, say of VALUE, which lies between LEAST and
 * MOST whatever happens. */
struct band band_of(const double *values, int count, double value, double least, double most);

/* The code of a verdict and the office's word for it; NULL for BAND_NONE. */
const char *band_code(enum band_verdict verdict);
const char *band_name(enum band_verdict verdict);

#endif
