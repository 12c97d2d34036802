#include "base/mem.h"
#include "base/text.h"
#include "cli/chart.h"
#include "report/table.h"

/* So many lines of a cut are drawn; the table has all. */
enum { MOST_BARS = 12 };

/* A figure of a line in a period as a bar; false where it is of nothing. */
static bool make_bar(const struct table_report *t, const struct report_line *line, int period,
                     int figure, struct arena *arena, struct chart_bar *bar)
{
    const struct report_figure f = report_figure(t->names->config, figure);
    int64_t of = f.of >= 0 ? report_value(t->report, line, period, f.of) : 0;
    struct text shown = {0};
    if (!report_number(&f, report_value(t->report, line, period, figure), of, &bar->value))
        return false;
    table_add_value(&shown, t, line, period, figure);
    bar->shown = arena_string(arena, shown.data);
    text_free(&shown);
    return true;
}

static const char *bar_title(const struct table_report *t, const char *what, int figure,
                             struct arena *arena)
{
    return arena_format(arena, "%s：%s", what, report_figure(t->names->config, figure).name);
}

void table_draw_cut(const struct table_report *t, int cut, int figure)
{
    const struct report *r = t->report;
    const enum report_scope by = r->plan->cuts[cut].by[0];
    struct arena arena = {0};
    struct chart_bar bars[MOST_BARS];
    int count = 0;
    for (int i = 0; i < r->line_count && count < MOST_BARS; i++) {
        const struct report_line *line = &r->lines[i];
        if (line->cut != cut ||
            !make_bar(t, line, r->at[REPORT_NOW], figure, &arena, &bars[count]) ||
            bars[count].value <= 0)
            continue;
        bars[count++].label = arena_string(&arena, report_value_name(t->names, by, line->of[0]));
    }
    chart_print(t->format, CHART_COMPARED, bar_title(t, report_scope_title(by), figure, &arena),
                bars, count);
    arena_free(&arena);
}

void table_draw_parts(const struct table_report *t, int figure)
{
    const struct report *r = t->report;
    struct arena arena = {0};
    struct chart_bar *bars = arena_zero(&arena, (size_t)r->part_count * sizeof *bars);
    for (int i = 0; i < r->part_count; i++) {
        struct text name = {0};
        report_add_name(&name, &r->periods[r->first_part + i]);
        make_bar(t, &r->lines[0], r->first_part + i, figure, &arena, &bars[i]);
        /* the year is in the title of the document: 05, or of a day 05-04 */
        bars[i].label = arena_string(&arena, name.data + (name.length > 4 ? 5 : 0));
        text_free(&name);
    }
    chart_print(t->format, CHART_IN_TIME,
                bar_title(t, r->plan->parts == REPORT_BY_DAY ? "逐日" : "逐月", figure, &arena),
                bars, r->part_count);
    arena_free(&arena);
}
