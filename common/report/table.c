#include "report/table.h"

#include <stdlib.h>

#include "base/decimal.h"
#include "base/text.h"
#include "cli/sheet.h"

static struct report_figure figure_of(const struct table_report *t, int figure)
{
    return report_figure(t->names->config, figure);
}

static int64_t of_value(const struct table_report *t, const struct report_line *line, int period,
                        const struct report_figure *f)
{
    return f->of >= 0 ? report_value(t->report, line, period, f->of) : 0;
}

void table_add_value(struct text *to, const struct table_report *t, const struct report_line *line,
                     int period, int figure)
{
    const struct report_figure f = figure_of(t, figure);
    long long value = report_value(t->report, line, period, figure);
    long long of = of_value(t, line, period, &f);
    double number = 0;
    char digits[DECIMAL_TEXT_SIZE];
    bool any = report_number(&f, value, of, &number);
    switch (f.shape) {
    case REPORT_MONEY: text_add(to, decimal_plain(value, digits)); break;
    case REPORT_MEDIAN:
        if (any)
            text_add_format(to, "%.1f", number);
        else
            text_add(to, "—");
        break;
    default: text_add_format(to, f.of >= 0 ? "%lld/%lld" : "%lld", value, of);
    }
    if (f.shape == REPORT_RATE && any)
        text_add_format(to, " (%.1f%%)", 100 * number);
    if (f.shape == REPORT_MEAN && any)
        text_add_format(to, " (%.1f)", number);
}

static void add_value(struct sheet *sheet, const struct table_report *t,
                      const struct report_line *line, int period, int figure)
{
    struct text cell = {0};
    table_add_value(&cell, t, line, period, figure);
    sheet_cell(sheet, cell.data);
    text_free(&cell);
}

static bool number_of(const struct table_report *t, const struct report_line *line, int period,
                      const struct report_figure *f, int figure, double *number)
{
    return report_number(f, report_value(t->report, line, period, figure),
                         of_value(t, line, period, f), number);
}

/* How much the figure rose or fell since PERIOD: a share in points, all else in percent; nothing
 * where there was nothing. */
static void add_change(struct sheet *sheet, const struct table_report *t,
                       const struct report_line *line, int period, int figure)
{
    const struct report_figure f = figure_of(t, figure);
    double now, before;
    struct text cell = {0};
    bool both = number_of(t, line, t->report->at[REPORT_NOW], &f, figure, &now) &&
                number_of(t, line, period, &f, figure, &before);
    if (both && f.shape == REPORT_RATE)
        text_add_format(&cell, "%+.1f个百分点", 100 * (now - before));
    else if (both && before > 0)
        text_add_format(&cell, "%+.1f%%", 100 * (now - before) / before);
    else
        text_add(&cell, "—");
    sheet_cell(sheet, cell.data);
    text_free(&cell);
}

struct band table_band(const struct table_report *t, const struct report_line *line, int figure)
{
    const struct report *r = t->report;
    const struct report_figure f = figure_of(t, figure);
    double values[REPORT_BAND], value;
    int count = 0;
    for (int i = 0; i < r->band_count; i++)
        count += number_of(t, line, r->band[i], &f, figure, &values[count]);
    if (r->plan->period.running || !number_of(t, line, r->at[REPORT_NOW], &f, figure, &value))
        return (struct band){.verdict = BAND_NONE};
    return band_of(values, count, value, 0, f.shape == REPORT_RATE ? 1 : 1e18);
}

static void add_band(struct sheet *sheet, const struct table_report *t,
                     const struct report_line *line, int figure)
{
    const struct report_figure f = figure_of(t, figure);
    struct band band = table_band(t, line, figure);
    struct text cell = {0};
    double times = f.shape == REPORT_RATE ? 100 : 1;
    if (band.verdict)
        text_add_format(&cell, f.shape == REPORT_RATE ? "%.1f%%—%.1f%%" : "%.1f—%.1f",
                        times * band.low, times * band.high);
    else
        text_add(&cell, "—");
    sheet_cell(sheet, cell.data);
    sheet_cell(sheet, band.verdict ? band_name(band.verdict) : "—");
    text_free(&cell);
}

/* The columns of the table of the whole, and their titles, in ARENA. */
struct whole {
    struct out_column columns[10];
    int count;
};

static const char *period_name(const struct table_report *t, enum report_when when,
                               struct arena *arena)
{
    struct text name = {0};
    report_add_name(&name, &t->report->periods[t->report->at[when]]);
    const char *kept = arena_string(arena, name.data);
    text_free(&name);
    return kept;
}

static void add_column(struct whole *whole, const char *code, const char *title, enum out_type type)
{
    whole->columns[whole->count++] = (struct out_column){code, title, type};
}

static struct whole whole_columns(const struct table_report *t, bool apart, struct arena *arena)
{
    struct whole whole = {0};
    bool same = t->report->at[REPORT_BEFORE] == t->report->at[REPORT_YEAR_BEFORE];
    add_column(&whole, "figure", "指标", OUT_TEXT);
    add_column(&whole, "now", period_name(t, REPORT_NOW, arena), OUT_NUMBER);
    add_column(&whole, "before", period_name(t, REPORT_BEFORE, arena), OUT_NUMBER);
    if (t->compared && !apart)
        add_column(&whole, "change", same ? "同比" : "环比", OUT_NUMBER);
    if (!t->compared || !same)
        add_column(&whole, "year", period_name(t, REPORT_YEAR_BEFORE, arena), OUT_NUMBER);
    if (t->compared && !apart && !same)
        add_column(&whole, "year_change", "同比", OUT_NUMBER);
    if (t->report->plan->ever && !apart)
        add_column(&whole, "ever", "累计", OUT_NUMBER);
    if (t->report->plan->band && !apart) {
        add_column(&whole, "band", "常态区间", OUT_NUMBER);
        add_column(&whole, "verdict", "判断", OUT_TEXT);
    }
    if (apart)
        add_column(&whole, "apart", "不计入", OUT_TEXT);
    return whole;
}

static void print_figure(struct sheet *sheet, const struct table_report *t, int figure, bool apart)
{
    const struct report *r = t->report;
    const struct report_line *total = &r->lines[0];
    const struct report_figure f = figure_of(t, figure);
    bool same = r->at[REPORT_BEFORE] == r->at[REPORT_YEAR_BEFORE];
    sheet_cell(sheet, f.name);
    add_value(sheet, t, total, r->at[REPORT_NOW], figure);
    add_value(sheet, t, total, r->at[REPORT_BEFORE], figure);
    if (t->compared && !apart)
        add_change(sheet, t, total, r->at[REPORT_BEFORE], figure);
    if (!t->compared || !same)
        add_value(sheet, t, total, r->at[REPORT_YEAR_BEFORE], figure);
    if (t->compared && !apart && !same)
        add_change(sheet, t, total, r->at[REPORT_YEAR_BEFORE], figure);
    if (r->plan->ever && !apart)
        add_value(sheet, t, total, r->at[REPORT_EVER], figure);
    if (r->plan->band && !apart)
        add_band(sheet, t, total, figure);
    if (apart)
        sheet_cell(sheet, f.apart);
}

bool table_says(const struct table_report *t, const struct report_line *line, int part, int figure)
{
    const struct report *r = t->report;
    const struct report_figure f = report_figure(t->names->config, figure);
    for (int when = 0; when < (part >= 0 ? 1 : REPORT_WHENS); when++) {
        int period = part >= 0 ? part : r->at[when];
        if (period >= 0 && (report_value(r, line, period, figure) ||
                            (f.of >= 0 && report_value(r, line, period, f.of))))
            return true;
    }
    return false;
}

void table_print_whole(const struct table_report *t, enum report_subject subject, bool apart)
{
    struct arena arena = {0};
    const struct whole whole = whole_columns(t, apart, &arena);
    struct sheet sheet = sheet_open(t->format, whole.columns, whole.count);
    for (int i = 0; i < t->report->figure_count; i++) {
        const struct report_figure figure = figure_of(t, i);
        bool shown = subject != REPORT_ENTRIES || table_says(t, &t->report->lines[0], -1, i);
        if (shown && figure.subject == subject && (figure.place == REPORT_APART) == apart)
            print_figure(&sheet, t, i, apart);
    }
    sheet_close(&sheet);
    arena_free(&arena);
}

/* The figures that stand in a line's table. */
struct brief {
    int count, names; /* how many columns name the line */
    int *figures;
    struct out_column *columns;
};

static struct brief brief_figures(const struct table_report *t, enum report_subject subject,
                                  enum report_place place, struct arena *arena)
{
    size_t most = (size_t)t->report->figure_count;
    struct brief brief = {.figures = arena_zero(arena, most * sizeof *brief.figures)};
    brief.columns = arena_zero(arena, (most + REPORT_CROSSED) * sizeof *brief.columns);
    for (int i = 0; i < t->report->figure_count; i++) {
        const struct report_figure figure = figure_of(t, i);
        if (figure.place == place && figure.subject == subject)
            brief.figures[brief.count++] = i;
    }
    return brief;
}

/* The columns of the figures stand behind those of the names, which were set before. */
static void name_columns(const struct table_report *t, struct brief *brief)
{
    for (int i = 0; i < brief->count; i++) {
        const struct report_figure figure = figure_of(t, brief->figures[i]);
        brief->columns[brief->names + i] =
            (struct out_column){figure.code, figure.name, OUT_NUMBER};
    }
}

/* A line says something where any figure of its table counts anything. */
static bool says_nothing(const struct table_report *t, const struct report_line *line,
                         const struct brief *brief)
{
    for (int i = 0; i < brief->count; i++)
        if (report_value(t->report, line, t->report->at[REPORT_NOW], brief->figures[i]))
            return false;
    return true;
}

static struct sheet open_brief(const struct table_report *t, const struct brief *brief)
{
    return sheet_open(t->format, brief->columns, brief->names + brief->count);
}

/* The columns that name the lines of a cut: what assists are is said. */
static void name_cut(const struct report_cut *cut, enum report_place place, struct brief *brief)
{
    for (int i = 0; i < REPORT_CROSSED && (!i || cut->by[i]); i++)
        brief->columns[brief->names++] = (struct out_column){
            report_scope_code(cut->by[i]),
            place == REPORT_ASSISTS ? "协办单位" : report_scope_title(cut->by[i]), OUT_TEXT};
}

void table_print_cut(const struct table_report *t, int cut, enum report_subject subject,
                     enum report_place place, bool always)
{
    const struct report *r = t->report;
    const struct report_cut *by = &r->plan->cuts[cut];
    struct arena arena = {0};
    struct brief brief = brief_figures(t, subject, place, &arena);
    struct sheet sheet;
    name_cut(by, place, &brief);
    name_columns(t, &brief);
    if (always)
        sheet = open_brief(t, &brief);
    for (int i = 0; i < r->line_count; i++) {
        const struct report_line *line = &r->lines[i];
        if (line->cut != cut || says_nothing(t, line, &brief))
            continue;
        if (!always)
            sheet = open_brief(t, &brief);
        always = true;
        for (int j = 0; j < brief.names; j++)
            sheet_cell(&sheet, report_value_name(t->names, by->by[j], line->of[j]));
        for (int f = 0; f < brief.count; f++)
            add_value(&sheet, t, line, r->at[REPORT_NOW], brief.figures[f]);
    }
    if (always)
        sheet_close(&sheet);
    arena_free(&arena);
}

void table_print_parts(const struct table_report *t, enum report_subject subject)
{
    const struct report *r = t->report;
    struct arena arena = {0};
    struct text name = {0};
    struct brief brief =
        brief_figures(t, subject, subject == REPORT_POLICIES ? REPORT_WHOLE : REPORT_BRIEF, &arena);
    brief.columns[brief.names++] = (struct out_column){"period", "时段", OUT_TEXT};
    name_columns(t, &brief);
    struct sheet sheet = open_brief(t, &brief);
    for (int part = 0; part < r->part_count; part++) {
        text_clear(&name);
        report_add_name(&name, &r->periods[r->first_part + part]);
        sheet_cell(&sheet, name.data);
        for (int f = 0; f < brief.count; f++)
            add_value(&sheet, t, &r->lines[0], r->first_part + part, brief.figures[f]);
    }
    sheet_close(&sheet);
    text_free(&name);
    arena_free(&arena);
}
