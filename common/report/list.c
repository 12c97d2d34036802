#include <stdio.h>
#include <string.h>

#include "base/decimal.h"
#include "base/text.h"
#include "report/table.h"

const struct out_column table_columns[TABLE_COLUMNS] = {
    {"scope", "范围", OUT_TEXT},
    {"code", "代码", OUT_TEXT},
    {"name", "名称", OUT_TEXT},
    {"figure", "指标", OUT_TEXT},
    {"value", "本期", OUT_NUMBER},
    {"of", "分母", OUT_NUMBER},
    {"before", "上期", OUT_NUMBER},
    {"before_of", "上期分母", OUT_NUMBER},
    {"year_before", "去年同期", OUT_NUMBER},
    {"year_before_of", "去年同期分母", OUT_NUMBER},
    {"ever", "累计", OUT_NUMBER},
    {"ever_of", "累计分母", OUT_NUMBER},
    {"mean", "常态均值", OUT_NUMBER},
    {"low", "常态下限", OUT_NUMBER},
    {"high", "常态上限", OUT_NUMBER},
    {"verdict", "判断", OUT_TEXT}};

/* A figure's value as a number is written: a median and an amount have fractions. */
static void add_number(struct out *out, const struct report_figure *f, int64_t value, int64_t of)
{
    char digits[DECIMAL_TEXT_SIZE];
    if (f->shape == REPORT_MEDIAN && of)
        out_digits(out, decimal_plain(value * (DECIMAL_ONE / 2), digits));
    else if (f->shape == REPORT_MEDIAN)
        out_text(out, NULL);
    else if (f->shape == REPORT_MONEY)
        out_digits(out, decimal_plain(value, digits));
    else
        out_number(out, value);
}

static void add_period(const struct table_report *t, struct out *out,
                       const struct report_line *line, int period, int figure,
                       const struct report_figure *f)
{
    int64_t of = period >= 0 && f->of >= 0 ? report_value(t->report, line, period, f->of) : 0;
    if (period < 0) {
        out_text(out, NULL);
        out_text(out, NULL);
        return;
    }
    add_number(out, f, report_value(t->report, line, period, figure), of);
    if (f->of >= 0)
        out_number(out, of);
    else
        out_text(out, NULL);
}

/* To four places: what is usual is an estimate. */
static void add_estimate(struct out *out, bool any, double number)
{
    char digits[48];
    snprintf(digits, sizeof digits, "%.4f", number);
    out_digits(out, any ? digits : NULL);
}

static void add_usual(const struct table_report *t, struct out *out, const struct report_line *line,
                      int figure)
{
    const struct band band = table_band(t, line, figure);
    add_estimate(out, band.verdict, band.mean);
    add_estimate(out, band.verdict, band.low);
    add_estimate(out, band.verdict, band.high);
    out_code(out, band_code(band.verdict), band_name(band.verdict));
}

/* Scope, code and name: of a crossed cut of both, of a part of the period with it. */
static void add_names(const struct table_report *t, struct out *out, const struct report_line *line,
                      int part)
{
    const struct report *r = t->report;
    struct text scope = {0}, code = {0}, name = {0};
    bool any = part >= 0;
    if (any) {
        text_add(&scope, r->plan->parts == REPORT_BY_DAY ? "day" : "month");
        report_add_name(&code, &r->periods[part]);
        report_add_title(&name, &r->periods[part]);
    }
    for (int i = 0; i < REPORT_CROSSED; i++) {
        enum report_scope by = line->cut < 0 ? REPORT_TOTAL : r->plan->cuts[line->cut].by[i];
        if (by == REPORT_TOTAL && (i || any))
            continue;
        const char *known = report_value_code(t->names, by, line->of[i]);
        text_add_format(&scope, "%s%s", any ? "," : "", report_scope_code(by));
        if (by != REPORT_TOTAL)
            text_add_format(&code, "%s%s", any ? "," : "", known ? known : "-");
        text_add_format(&name, "%s%s", any ? " · " : "",
                        report_value_name(t->names, by, line->of[i]));
        any = true;
    }
    out_text(out, scope.data);
    out_text(out, code.data && strcmp(code.data, "-") ? code.data : NULL);
    out_text(out, name.data);
    text_free(&scope);
    text_free(&code);
    text_free(&name);
}

static void list_figure(const struct table_report *t, struct out *out,
                        const struct report_line *line, int part, int figure, int columns)
{
    const struct report *r = t->report;
    const struct report_figure f = report_figure(t->names->config, figure);
    add_names(t, out, line, part);
    out_code(out, f.code, NULL);
    add_period(t, out, line, part >= 0 ? part : r->at[REPORT_NOW], figure, &f);
    for (int when = REPORT_BEFORE;
         when < (columns > TABLE_MONTHLY_COLUMNS ? REPORT_WHENS : REPORT_EVER); when++)
        add_period(t, out, line, part >= 0 ? -1 : r->at[when], figure, &f);
    if (columns > TABLE_MONTHLY_COLUMNS && part < 0)
        add_usual(t, out, line, figure);
    for (int i = 0; columns > TABLE_MONTHLY_COLUMNS && part >= 0 && i < 4; i++)
        out_text(out, NULL);
    out_row(out);
}

static void list_line(const struct table_report *t, struct out *out, const struct report_line *line,
                      int part, int columns)
{
    bool all = columns > 0;
    for (int figure = 0; figure < t->report->figure_count; figure++) {
        enum report_subject subject = report_figure(t->names->config, figure).subject;
        bool has = line->cut < 0 || report_has(&t->report->plan->cuts[line->cut], subject);
        bool shown = all && subject != REPORT_ENTRIES;
        if (has && (shown || table_says(t, line, part, figure)))
            list_figure(t, out, line, part, figure, all ? columns : TABLE_COLUMNS);
    }
}

void table_list(const struct table_report *t, struct out *out, int columns)
{
    const struct report *r = t->report;
    for (int i = 0; i < r->line_count; i++) {
        list_line(t, out, &r->lines[i], -1, columns);
        for (int part = 0; part < r->part_count; part++)
            list_line(t, out, &r->lines[i], r->first_part + part, columns);
    }
}

void table_add_data(const struct table_report *t)
{
    if (t->format != OUT_XLSX)
        return;
    struct out *out = out_open(table_columns, TABLE_COLUMNS, t->format, true);
    out_set_title(out, "数据", NULL);
    table_list(t, out, TABLE_SOME);
    out_close(out);
}
