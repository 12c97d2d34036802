/* province: the figures of a month of many centers, each counted in its own database, side by side
 * and added. What is added are counts and sums, and so are what rates and means are divided by; so
 * the rate of all is that of all their tickets. A median of all is not to be had from theirs. */
#ifndef QIFU_REPORT_PROVINCE_H
#define QIFU_REPORT_PROVINCE_H

#include "base/digest.h"
#include "report/report.h"

/* The month, the one before it, and that of the year before. */
enum { PROVINCE_WHENS = REPORT_YEAR_BEFORE + 1 };

/* A center: its name, the database, its figures. */
struct province_center {
    const char *name, *path;
    uint8_t first[DIGEST_SIZE]; /* of its log's first event, which no other center has */
    int64_t *figures;           /* [when * figure count + figure] */
};

struct province {
    struct arena arena;
    struct province_center *centers;
    int count, figure_count;
    int64_t *sums; /* the same */
};

/* Counts CENTER's figures of MONTH (report_parse_month). Dies where it is there already, under
 * whatever name of its database: it would count twice. */
void province_add(struct province *province, struct center *center,
                  const struct report_period *month);
void province_free(struct province *province);

#endif
