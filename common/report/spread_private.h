/* spread: the values of figures that are more than sums, and what comes of them. */
#ifndef QIFU_REPORT_SPREAD_PRIVATE_H
#define QIFU_REPORT_SPREAD_PRIVATE_H

#include <stddef.h>
#include <stdint.h>

/* OFTEN times VALUE, of the figure in PLACE (of a line's figures) of a line. */
struct spread_value {
    int line, place;
    int64_t value, often;
};
struct spread {
    struct spread_value *values;
    size_t count;
};

void spread_add(struct spread *spread, struct spread_value value);
/* By line, place, value; equal ones are joined. */
void spread_sort(struct spread *spread);
void spread_free(struct spread *spread);
/* How many values of the same line and place stand from FROM on. */
size_t spread_run(const struct spread *spread, size_t from);

/* Of COUNT sorted values the sum; twice the median, half of the two in the middle; and how many
 * there are. */
int64_t spread_sum(const struct spread_value *values, size_t count);
int64_t spread_median(const struct spread_value *values, size_t count);
int64_t spread_different(const struct spread_value *values, size_t count);

#endif
