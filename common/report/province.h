/* province: the figures of a month of many centers, each counted in its own database, side by side
 * and added. All figures are counts or sums, and so are what rates and means are divided by; so the
 * rate of all is that of all their tickets. */
#ifndef QIFU_REPORT_PROVINCE_H
#define QIFU_REPORT_PROVINCE_H

#include "report/figures.h"

/* A center: its name, the database, the figures of its total line. */
struct province_center {
    const char *name, *path;
    uint8_t first[DIGEST_SIZE]; /* of its log's first event, which no other center has */
    int64_t *figures;           /* as of struct report_line */
};

struct province {
    struct arena arena;
    struct province_center *centers;
    int count, figure_count;
    int64_t *sums; /* as of struct report_line */
};

/* Counts CENTER's figures of MONTH. Dies where it is there already, under whatever name of its
 * database: it would count twice. */
void province_add(struct province *province, struct center *center,
                  const struct report_month *month);
void province_free(struct province *province);

#endif
