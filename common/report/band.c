#include "report/band.h"

#include <stddef.h>

/* d2 of two: how many standard deviations the range of two values is, in the mean. */
#define D2 1.128

struct band band_of(const double *values, int count, double value, double least, double most)
{
    struct band band = {.verdict = BAND_NONE};
    double sum = 0, moved = 0;
    for (int i = 0; i < count; i++) {
        double step = i ? values[i] - values[i - 1] : 0;
        sum += values[i];
        moved += step < 0 ? -step : step;
    }
    if (count < BAND_LEAST || moved <= 0)
        return band;
    double reach = 3 * (moved / (count - 1)) / D2;
    band.mean = sum / count;
    band.low = band.mean - reach < least ? least : band.mean - reach;
    band.high = band.mean + reach > most ? most : band.mean + reach;
    band.verdict = value > band.high ? BAND_HIGH : value < band.low ? BAND_LOW : BAND_USUAL;
    return band;
}

const char *band_code(enum band_verdict verdict)
{
    static const char *const codes[] = {NULL, "usual", "high", "low"};
    return codes[verdict];
}

const char *band_name(enum band_verdict verdict)
{
    static const char *const names[] = {NULL, "常态", "偏高", "偏低"};
    return names[verdict];
}
