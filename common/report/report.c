#include "report/report.h"

#include <stdlib.h>
#include <string.h>

#include "base/progress.h"
#include "base/text.h"
#include "calendar/calendar.h"
#include "report/index_private.h"
#include "report/query_private.h"
#include "report/spread_private.h"

/* One computation: what it needs beside its result. */
struct counting {
    struct center *center;
    const struct org_table *orgs;
    struct report *report;
    struct spread spread;
    struct topics topics;
    struct query_split splits[REPORT_ENTRIES + 1]; /* by the subject */
    const struct query_split *split;               /* that of the source which is counted */
};

int64_t report_value(const struct report *report, const struct report_line *line, int period,
                     int figure)
{
    return line->figures[period * report->figure_count + figure];
}

/* The number of PERIOD among those of the report, to which it is added where it is new. */
static int add_period(struct report *report, const struct report_period *period)
{
    for (int i = 0; i < report->period_count; i++)
        if (report->periods[i].start == period->start && report->periods[i].end == period->end)
            return i;
    report->periods =
        mem_grow(report->periods, (size_t)report->period_count, sizeof *report->periods);
    report->periods[report->period_count] = *period;
    return report->period_count++;
}

/* The periods before the first receipt say nothing of what is usual. */
static void add_band(struct report *report, struct center *center)
{
    int64_t begun = db_count(center->db, "SELECT coalesce(min(received_at), 0) FROM ticket");
    report->band = arena_zero(&report->arena, REPORT_BAND * sizeof *report->band);
    for (int i = 1; i <= REPORT_BAND && begun; i++) {
        const struct report_period before = report_earlier(&report->plan->period, i);
        if (before.start < begun && begun > before.end)
            break;
        report->band[report->band_count++] = add_period(report, &before);
    }
}

static void add_periods(struct report *report, struct center *center)
{
    const struct report_plan *plan = report->plan;
    const struct report_period before = report_earlier(&plan->period, 1),
                               year = report_year_before(&plan->period),
                               ever = report_until(&plan->period);
    report->at[REPORT_NOW] = add_period(report, &plan->period);
    report->at[REPORT_BEFORE] = plan->alone ? -1 : add_period(report, &before);
    report->at[REPORT_YEAR_BEFORE] = plan->alone ? -1 : add_period(report, &year);
    report->at[REPORT_EVER] = plan->ever ? add_period(report, &ever) : -1;
    if (plan->band)
        add_band(report, center);
    report->first_part = report->period_count;
    struct report_period part;
    while (plan->parts &&
           report_part(&plan->period, plan->parts == REPORT_BY_DAY, report->part_count, &part)) {
        report->periods =
            mem_grow(report->periods, (size_t)report->period_count, sizeof *report->periods);
        report->periods[report->period_count++] = part;
        report->part_count++;
    }
}

/* The number of a line, which is added where it is new. */
static int find_line(struct report *report, const struct report_line *key)
{
    int *slot = index_slot(report, key);
    if (*slot >= 0)
        return *slot;
    report->lines = mem_grow(report->lines, (size_t)report->line_count, sizeof *report->lines);
    struct report_line *line = &report->lines[report->line_count];
    *line = *key;
    for (int i = 0; i < REPORT_CROSSED; i++)
        if (key->of[i].code)
            line->of[i].code = arena_string(&report->arena, key->of[i].code);
    line->figures =
        arena_zero(&report->arena,
                   (size_t)(report->period_count * report->figure_count) * sizeof *line->figures);
    *slot = report->line_count++;
    return *slot;
}

/* The lines that a row belongs to: the total, and one of each cut; returns how many. Where the row
 * counts nothing there must be none. */
static int find_lines(struct counting *c, const struct query_row *row, struct db_query *q,
                      int *lines)
{
    const struct report_plan *plan = c->report->plan;
    const struct report_line total = {.cut = -1};
    int count = 0;
    lines[count++] = find_line(c->report, &total);
    for (int i = 0; i < plan->cut_count; i++) {
        struct report_line line = {.cut = i};
        bool has = report_has(&plan->cuts[i], c->split->subject);
        for (int j = 0; j < REPORT_CROSSED && has; j++)
            has =
                query_value(c->center, c->orgs, c->split, row, q, plan->cuts[i].by[j], &line.of[j]);
        if (has)
            lines[count++] = find_line(c->report, &line);
    }
    return count;
}

/* Whose the row is, if it is of the center that was chosen; the county itself has no lines of
 * counties. */
static bool is_chosen(const struct counting *c, struct query_row *row)
{
    const struct county_choice *whose = c->report->plan->whose;
    if (whose->one && row->county != whose->county)
        return false;
    if (whose->one)
        row->county = NULL;
    return true;
}

/* A value as it counts: of two days the working days between them. */
static int64_t value_of(const struct counting *c, enum source_kind source, int64_t value)
{
    if (source != SOURCE_DISPATCHES)
        return value;
    return calendar_count(center_calendar(c->center), (int)(value % REPORT_TWO_DAYS),
                          (int)(value / REPORT_TWO_DAYS));
}

/* Adds COUNT, what the row Q has of the Ith figure of PASS, to a line. */
static void add_count(struct counting *c, const struct query_pass *pass, int i, int place,
                      struct db_query *q, int line, int64_t count)
{
    if (!pass->values[i]) {
        c->report->lines[line].figures[place] += count;
        return;
    }
    int64_t value = db_number(q, query_value_column(c->split, pass, i));
    spread_add(&c->spread,
               (struct spread_value){line, place, value_of(c, pass->source, value), count});
}

/* Adds what a row counts to the lines that it belongs to; those that count nothing get no line. */
static void add_row(struct counting *c, const struct query_pass *pass, int period,
                    struct db_query *q, int *lines)
{
    struct query_row row = query_row(c->center, pass->source, q);
    int line_count = 0;
    if (!is_chosen(c, &row))
        return;
    for (int i = 0; i < pass->count; i++) {
        int64_t count = db_number(q, query_count_column(c->split, pass, i));
        int place = period * c->report->figure_count + pass->figures[i];
        if (count && !line_count)
            line_count = find_lines(c, &row, q, lines);
        for (int line = 0; count && line < line_count; line++)
            add_count(c, pass, i, place, q, lines[line], count);
    }
}

static void count_source(struct counting *c, enum source_kind source, int *lines)
{
    struct report *report = c->report;
    const struct query_pass pass =
        query_pass(c->center->config, &report->arena, source, report->plan);
    if (!pass.count)
        return;
    c->split = &c->splits[report_subject_of(source)];
    for (int period = 0; period < report->period_count; period++) {
        progress_step((int)source * report->period_count + period,
                      REPORT_SOURCES * report->period_count, "figures");
        struct db_query *q = query_counts(c->center, &report->periods[period], c->split, &pass);
        while (db_step(q))
            add_row(c, &pass, period, q, lines);
    }
}

/* What comes of the values of one figure of a line: of a mean their sum, of a median twice it, of a
 * count how many different ones there are. */
static int64_t gathered(enum report_shape shape, const struct spread_value *values, size_t count)
{
    return shape == REPORT_MEAN     ? spread_sum(values, count)
           : shape == REPORT_MEDIAN ? spread_median(values, count)
                                    : spread_different(values, count);
}

static void gather(struct counting *c)
{
    struct report *report = c->report;
    spread_sort(&c->spread);
    for (size_t from = 0, to; from < c->spread.count; from = to) {
        const struct spread_value *values = c->spread.values + from;
        to = from + spread_run(&c->spread, from);
        int figure = values->place % report->figure_count;
        report->lines[values->line].figures[values->place] =
            gathered(report_definition(c->center->config, figure).shape, values, to - from);
    }
    spread_free(&c->spread);
}

/* By cut, then the busiest first (received, then dispatched), then in a fixed order. */
static int compare_lines(const void *left, const void *right)
{
    const struct report_line *a = left, *b = right;
    static const int by[] = {0, 1}; /* received, dispatched */
    if (a->cut != b->cut)
        return a->cut < b->cut ? -1 : 1;
    for (int i = 0; i < 2; i++)
        if (a->figures[by[i]] != b->figures[by[i]])
            return a->figures[by[i]] > b->figures[by[i]] ? -1 : 1;
    for (int i = 0; i < REPORT_CROSSED; i++) {
        if (a->of[i].org != b->of[i].org)
            return a->of[i].org < b->of[i].org ? -1 : 1;
        int order = strcmp(a->of[i].code ? a->of[i].code : "", b->of[i].code ? b->of[i].code : "");
        if (order)
            return order;
    }
    return 0;
}

struct report report_compute(struct center *center, const struct org_table *orgs,
                             const struct report_plan *plan)
{
    struct report report = {.plan = plan, .figure_count = report_figure_count(center->config)};
    struct counting c = {.center = center, .orgs = orgs, .report = &report};
    const struct report_line total = {.cut = -1};
    int *lines = mem_zero((size_t)plan->cut_count + 1, sizeof *lines);
    add_periods(&report, center);
    index_open(&report);
    find_line(&report, &total);
    c.topics = query_topics(center->config, plan->cuts, plan->cut_count);
    for (int i = 0; i <= REPORT_ENTRIES; i++)
        c.splits[i] = query_split((enum report_subject)i, plan->cuts, plan->cut_count, &c.topics);
    for (int source = 0; source < REPORT_SOURCES; source++)
        count_source(&c, (enum source_kind)source, lines);
    gather(&c);
    index_close(&report);
    topics_free(&c.topics);
    free(lines);
    qsort(report.lines, (size_t)report.line_count, sizeof *report.lines, compare_lines);
    return report;
}

void report_free(struct report *report)
{
    free(report->lines);
    free(report->periods);
    arena_free(&report->arena);
}
