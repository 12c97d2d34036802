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
    return line->scope == REPORT_ORG || line->scope == REPORT_COUNTY ? org_code(b->orgs, line->org)
                                                                     : line->code;
}

const char *bulletin_line_name(const struct bulletin *b, const struct report_line *line)
{
    switch (line->scope) {
    case REPORT_ORG: return line->org ? org_name(b->orgs, line->org) : "（待派发）";
    case REPORT_COUNTY: return org_name(b->orgs, line->org);
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

void bulletin_print_provisional(const struct bulletin *b)
{
    struct config *config = b->center->config;
    const struct report_line *total = &b->report->lines[0];
    long long levels =
        report_value(b->report, total, REPORT_NOW, report_find_figure(config, "provisional"));
    long long deadlines =
        report_value(b->report, total, REPORT_NOW, report_find_figure(config, "due-provisional"));
    struct text note = {0};
    text_add_format(&note,
                    "暂定：本月有 %lld 件工单的答复期限、%lld "
                    "项预警涉及放假安排尚未公布的日期，公布后重新核定。",
                    deadlines, levels);
    if (levels || deadlines)
        sheet_note(b->format, 1, note.data);
    text_free(&note);
}

/* The figures of the whole that are APART, or those that are not, in the three months; those apart
 * with what leaves them out. */
static void print_whole(const struct bulletin *b, enum report_subject subject, bool apart,
                        const char *title)
{
    const struct report *r = b->report;
    struct out_column columns[] = {{"figure", "指标", OUT_TEXT},
                                   {"now", r->months[REPORT_NOW].name, OUT_NUMBER},
                                   {"before", r->months[REPORT_BEFORE].name, OUT_NUMBER},
                                   {"year", r->months[REPORT_YEAR_BEFORE].name, OUT_NUMBER},
                                   {"apart", "不计入", OUT_TEXT}};
    sheet_heading(b->format, 2, title);
    struct sheet sheet = sheet_open(b->format, columns, apart ? 5 : 4);
    for (int i = 0; i < r->figure_count; i++) {
        const struct report_figure figure = report_figure(b->center->config, i);
        if (figure.subject != subject || (figure.place == REPORT_APART) != apart)
            continue;
        sheet_cell(&sheet, figure.name);
        for (int period = 0; period < REPORT_PERIODS; period++)
            add_value(&sheet, b, &r->lines[0], (enum report_period)period, i);
        if (apart)
            sheet_cell(&sheet, figure.apart);
    }
    sheet_close(&sheet);
}

void bulletin_print_totals(const struct bulletin *b, enum report_subject subject, const char *title)
{
    print_whole(b, subject, false, title);
}

void bulletin_print_apart(const struct bulletin *b, const char *title)
{
    print_whole(b, REPORT_TICKETS, true, title);
}

/* The figures that stand in a line's table. */
struct brief {
    int count;
    int *figures;
    struct out_column *columns; /* the first is the line's name */
};

static struct brief brief_figures(const struct bulletin *b, enum report_subject subject,
                                  enum report_place place, const char *first, struct arena *arena)
{
    size_t most = (size_t)b->report->figure_count;
    struct brief brief = {.figures = arena_zero(arena, most * sizeof *brief.figures),
                          .columns = arena_zero(arena, (most + 1) * sizeof *brief.columns)};
    brief.columns[0] = (struct out_column){"name", first, OUT_TEXT};
    for (int i = 0; i < b->report->figure_count; i++) {
        const struct report_figure figure = report_figure(b->center->config, i);
        if (figure.place != place || figure.subject != subject)
            continue;
        brief.figures[brief.count++] = i;
        brief.columns[brief.count] = (struct out_column){figure.code, figure.name, OUT_NUMBER};
    }
    return brief;
}

/* A line says something where any figure of its table counts anything. */
static bool says_nothing(const struct bulletin *b, const struct report_line *line,
                         const struct brief *brief)
{
    for (int i = 0; i < brief->count; i++)
        if (report_value(b->report, line, REPORT_NOW, brief->figures[i]))
            return false;
    return true;
}

void bulletin_print_scope(const struct bulletin *b, enum report_scope scope,
                          enum report_subject subject, enum report_place place, const char *title,
                          const char *first)
{
    const struct report *r = b->report;
    struct arena arena = {0};
    const struct brief brief = brief_figures(b, subject, place, first, &arena);
    struct sheet sheet;
    bool open = title != NULL;
    if (open) {
        sheet_heading(b->format, 2, title);
        sheet = sheet_open(b->format, brief.columns, brief.count + 1);
    }
    for (int i = 0; i < r->line_count; i++) {
        if (r->lines[i].scope != scope || says_nothing(b, &r->lines[i], &brief))
            continue;
        if (!open)
            sheet = sheet_open(b->format, brief.columns, brief.count + 1);
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
            sheet = sheet_open(b->format, source_columns, 4);
        sheet_cell(&sheet, source->name);
        sheet_cell(&sheet, source->person);
        add_count(&sheet, days.missed);
        add_count(&sheet, days.days);
    }
    if (count)
        sheet_close(&sheet);
    struct text note = {0};
    text_add_format(&note,
                    "政策来源 %d 个，有工作日未检索的 %d 个（休息日、未过完的日子不计）。"
                    "超期按期限所在月份计，为超期件数/到期件数。",
                    sources.count, count);
    sheet_note(b->format, 1, note.data);
    text_free(&note);
    sourcefile_free(&sources);
}

/* A paragraph each. */
static const char *const notes[] = {
    "月份：受理、派发（首轮）、答复、评价、重办、退单、延期、挂起按各自发生的月份计；签收按签收期限"
    "、"
    "到期与按时按期限、回访按回访期限、各级别按该级别起算时刻所在月份计；尚未到期的不计。",
    "企业口径：到期、按时答复按工单自受理至答复的时限计，即告知企业的期限，只计首轮。",
    "单位口径：单位到期、单位按时答复按承办单位自派发起的本单位时限计，只计首轮；派发前的时间不计入"
    "单位，"
    "派发超时计入平台。退单获准、被改派的单位免责；协办单位另计，办结时尚未到期的"
    "不计。",
    "撤销：事后查明并未发生的预警予以撤销，不计入各级别。暂定：涉及放假安排尚未公布日期的预警，公布"
    "前不计入各级别。"
    "补录：承办单位逾期补录的答复，平台认可前按录入时间判定是否按时，认可后按实际时间。",
    "不予受理、转办、撤回的工单不计入各项比率（退单、延期、挂起除外），作废的不计入任何其他指标，均"
    "在“不计入”中列出；"
    "征求意见、问卷督办等平台自办事项不计入任何指标。",
    "督办：督办应复按回复期限，督办退回、人工督办、启动问责按各自发生的月份，"
    "均以被督办单位计，已撤销的不计。",
    "满意为评价 3 至 5 "
    "分，评价无效的不计；毛工作日含挂起、净工作日不含，均为平均每件答复；比率均为分子/分母。",
    "每个指标的工单、政策由 report-monthly --ids 列出。"};

void bulletin_print_notes(const struct bulletin *b, const char *title)
{
    sheet_heading(b->format, 2, title);
    for (size_t i = 0; i < sizeof notes / sizeof *notes; i++)
        sheet_note(b->format, b->format == OUT_MD && i + 1 < sizeof notes / sizeof *notes,
                   notes[i]);
}
