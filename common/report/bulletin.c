#include "report/bulletin.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/day.h"
#include "base/text.h"
#include "cli/sheet.h"
#include "policy/policy.h"
#include "policy/source.h"
#include "policy/source_file.h"

const char *bulletin_line_code(const struct bulletin *b, const struct report_line *line)
{
    return line->scope == REPORT_ORG ? org_code(b->orgs, line->org) : line->code;
}

const char *bulletin_line_name(const struct bulletin *b, const struct report_line *line)
{
    switch (line->scope) {
    case REPORT_ORG: return line->org ? org_name(b->orgs, line->org) : "（待派发）";
    case REPORT_KIND: return config_kind_name(b->center->config, line->code);
    case REPORT_CHANNEL: return config_channel_name(b->center->config, line->code);
    default: return "合计";
    }
}

/* A count, a rate as numerator / denominator with its percentage, a mean as sum / number. */
static void add_value(struct sheet *sheet, const struct bulletin *b, const struct report_line *line,
                      enum report_period period, int figure)
{
    const struct report_figure f = report_figure(b->center->config, figure);
    struct text cell = {0};
    long long value = report_value(b->report, line, period, figure);
    long long of = f.of >= 0 ? report_value(b->report, line, period, f.of) : 0;
    text_add_format(&cell, f.of >= 0 ? "%lld/%lld" : "%lld", value, of);
    if (f.shape == REPORT_RATE && of)
        text_add_format(&cell, " (%.1f%%)", 100.0 * (double)value / (double)of);
    if (f.shape == REPORT_MEAN && of)
        text_add_format(&cell, " (%.1f)", (double)value / (double)of);
    sheet_cell(sheet, cell.data);
    text_free(&cell);
}

void bulletin_print_totals(const struct bulletin *b, enum report_subject subject, const char *title)
{
    const struct report *r = b->report;
    struct out_column columns[] = {{"figure", "指标", OUT_TEXT},
                                   {"now", r->months[REPORT_NOW].name, OUT_NUMBER},
                                   {"before", r->months[REPORT_BEFORE].name, OUT_NUMBER},
                                   {"year", r->months[REPORT_YEAR_BEFORE].name, OUT_NUMBER}};
    sheet_heading(b->markdown, 2, title);
    struct sheet sheet = sheet_open(b->markdown, columns, 4);
    for (int i = 0; i < r->figure_count; i++) {
        const struct report_figure figure = report_figure(b->center->config, i);
        if (figure.subject != subject)
            continue;
        sheet_cell(&sheet, figure.name);
        for (int period = 0; period < REPORT_PERIODS; period++)
            add_value(&sheet, b, &r->lines[0], (enum report_period)period, i);
    }
    sheet_close(&sheet);
}

/* The figures that stand in a line's table. */
struct brief {
    int count;
    int *figures;
    struct out_column *columns; /* the first is the line's name */
};

static struct brief brief_figures(const struct bulletin *b, enum report_subject subject,
                                  const char *first, struct arena *arena)
{
    size_t most = (size_t)b->report->figure_count;
    struct brief brief = {.figures = arena_zero(arena, most * sizeof *brief.figures),
                          .columns = arena_zero(arena, (most + 1) * sizeof *brief.columns)};
    brief.columns[0] = (struct out_column){"name", first, OUT_TEXT};
    for (int i = 0; i < b->report->figure_count; i++) {
        const struct report_figure figure = report_figure(b->center->config, i);
        if (!figure.brief || figure.subject != subject)
            continue;
        brief.figures[brief.count++] = i;
        brief.columns[brief.count] = (struct out_column){figure.code, figure.name, OUT_NUMBER};
    }
    return brief;
}

/* A line says something where any figure of the subject counts anything; of policies, where
 * something is late. */
static bool says_nothing(const struct bulletin *b, const struct report_line *line,
                         enum report_subject subject)
{
    for (int i = 0; i < b->report->figure_count; i++) {
        const struct report_figure figure = report_figure(b->center->config, i);
        bool tells = figure.subject == subject && (subject == REPORT_TICKETS || figure.brief);
        if (tells && report_value(b->report, line, REPORT_NOW, i))
            return false;
    }
    return true;
}

void bulletin_print_scope(const struct bulletin *b, enum report_scope scope,
                          enum report_subject subject, const char *title, const char *first)
{
    const struct report *r = b->report;
    struct arena arena = {0};
    const struct brief brief = brief_figures(b, subject, first, &arena);
    struct sheet sheet;
    bool open = title != NULL;
    if (open) {
        sheet_heading(b->markdown, 2, title);
        sheet = sheet_open(b->markdown, brief.columns, brief.count + 1);
    }
    for (int i = 0; i < r->line_count; i++) {
        if (r->lines[i].scope != scope || says_nothing(b, &r->lines[i], subject))
            continue;
        if (!open)
            sheet = sheet_open(b->markdown, brief.columns, brief.count + 1);
        open = true;
        sheet_cell(&sheet, bulletin_line_name(b, &r->lines[i]));
        for (int f = 0; f < brief.count; f++)
            add_value(&sheet, b, &r->lines[i], REPORT_NOW, brief.figures[f]);
    }
    if (open)
        sheet_close(&sheet);
    arena_free(&arena);
}

bool bulletin_has_policies(const struct center *center)
{
    return policy_any(center->db) || source_any_look(center->db);
}

static void add_count(struct sheet *sheet, int64_t count)
{
    char digits[32];
    snprintf(digits, sizeof digits, "%lld", (long long)count);
    sheet_cell(sheet, digits);
}

static const struct out_column source_columns[] = {{"source", "来源", OUT_TEXT},
                                                   {"person", "责任人", OUT_TEXT},
                                                   {"missed", "未检索天数", OUT_NUMBER},
                                                   {"days", "工作日", OUT_NUMBER}};

void bulletin_print_sources(const struct bulletin *b)
{
    const struct center *center = b->center;
    const struct report_month *month = &b->report->months[REPORT_NOW];
    struct sources sources = sourcefile_load(center->config);
    struct sheet sheet;
    int first, last, count = 0;
    day_parse_month(month->name, &first, &last);
    for (int i = 0; i < sources.count; i++) {
        const struct source *source = &sources.list[i];
        struct source_month days = source_month(center, source->code, first, last);
        if (!days.missed)
            continue;
        if (!count++)
            sheet = sheet_open(b->markdown, source_columns, 4);
        sheet_cell(&sheet, source->name);
        sheet_cell(&sheet, source->person);
        add_count(&sheet, days.missed);
        add_count(&sheet, days.days);
    }
    if (count)
        sheet_close(&sheet);
    out_print("政策来源 %d 个，有工作日未检索的 %d 个（休息日、未过完的日子不计）。"
              "超期按期限所在月份计，为超期件数/到期件数。\n\n",
              sources.count, count);
    sourcefile_free(&sources);
}
