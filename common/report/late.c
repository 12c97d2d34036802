#include "report/late.h"

#include <stdlib.h>
#include <string.h>

#include "report/report.h"

static const struct out_column columns[] = {{"org", "单位", OUT_TEXT},
                                            {"collected_late", "归集超期", OUT_NUMBER},
                                            {"collected_due", "归集到期", OUT_NUMBER},
                                            {"published_late", "发布超期", OUT_NUMBER},
                                            {"published_due", "发布到期", OUT_NUMBER},
                                            {"interpreted_late", "解读超期", OUT_NUMBER},
                                            {"interpreted_due", "解读到期", OUT_NUMBER}};

/* The figures of a row, as the bulletin has them: late and due by each clock. */
static const char *const late_figures[] = {"policy-collect-late",   "policy-collect-due",
                                           "policy-publish-late",   "policy-publish-due",
                                           "policy-interpret-late", "policy-interpret-due"};
enum { LATE_FIGURES = sizeof late_figures / sizeof *late_figures };

/* An organisation's counts; 0 is the policies of which it is not known. */
struct late_row {
    int64_t org, counts[LATE_FIGURES];
};
struct late_rows {
    struct late_row *rows; /* by the organisation's id */
    size_t count;
    int figure;
};

static void add_late(void *context, int64_t org, int64_t count)
{
    struct late_rows *l = context;
    size_t i = 0;
    while (i < l->count && l->rows[i].org < org)
        i++;
    if (i == l->count || l->rows[i].org != org) {
        l->rows = mem_grow(l->rows, l->count, sizeof *l->rows);
        memmove(l->rows + i + 1, l->rows + i, (l->count++ - i) * sizeof *l->rows);
        l->rows[i] = (struct late_row){.org = org};
    }
    l->rows[i].counts[l->figure] = count;
}

/* Returns how many of the row's counts of late ones are not 0. */
static long print_row(struct program *p, const struct late_row *row)
{
    long found = 0;
    out_code(p->out, org_code(&p->orgs, row->org), org_name(&p->orgs, row->org));
    for (int i = 0; i < LATE_FIGURES; i++) {
        out_number(p->out, row->counts[i]);
        found += i % 2 == 0 && row->counts[i] > 0;
    }
    out_row(p->out);
    return found;
}

long late_print(struct program *p, int64_t moment)
{
    const struct report_period ever = {.start = 0, .end = INT64_MAX, .now = moment};
    struct late_rows late = {0};
    long found = 0;
    program_print(p, OUT_COLUMNS(columns));
    for (late.figure = 0; late.figure < LATE_FIGURES; late.figure++)
        report_each_org(&p->center, &ever, report_find_figure(p->config, late_figures[late.figure]),
                        add_late, &late);
    for (size_t i = 0; i < late.count; i++)
        found += print_row(p, &late.rows[i]);
    free(late.rows);
    return found;
}
