#include "report/bulletin.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/clock.h"
#include "base/markdown.h"
#include "base/text.h"
#include "cli/sheet.h"
#include "policy/policy.h"
#include "policy/source.h"
#include "policy/source_file.h"
#include "report/appeals.h"
#include "report/words.h"

const struct report_cut bulletin_cuts[BULLETIN_CUTS] = {
    {{REPORT_ORG, REPORT_TOTAL}},
    {{REPORT_KIND, REPORT_TOTAL}},
    {{REPORT_CHANNEL, REPORT_TOTAL}},
    {{REPORT_COUNTY, REPORT_TOTAL}},
};
enum { CUT_ORG, CUT_KIND, CUT_CHANNEL, CUT_COUNTY };

/* True where there is anything to say of policies: one was ever collected, or a source looked
 * through. */
static bool has_policies(const struct bulletin *b)
{
    return !b->table.report->plan->whose->county &&
           (policy_any(b->center->db) || source_any_look(b->center->db));
}

static void add_count(struct sheet *sheet, int64_t count)
{
    char digits[32];
    snprintf(digits, sizeof digits, "%lld", (long long)count);
    sheet_cell(sheet, digits);
}

/* The person stands last, so that what is for everybody leaves it out. */
static const struct out_column source_columns[] = {{"source", "来源", OUT_TEXT},
                                                   {"missed", "未检索天数", OUT_NUMBER},
                                                   {"days", "工作日", OUT_NUMBER},
                                                   {"person", "责任人", OUT_TEXT}};

static void print_sources(const struct bulletin *b)
{
    const struct center *center = b->center;
    const struct report_period *period = &b->table.report->plan->period;
    struct sources sources = sourcefile_load(center->config);
    struct sheet sheet;
    int count = 0;
    for (int i = 0; i < sources.count; i++) {
        const struct source *source = &sources.list[i];
        struct source_month days = source_month(center, source->code, period->first, period->last);
        if (!days.missed)
            continue;
        if (!count++)
            sheet = sheet_open(b->table.format, source_columns, b->is_public ? 3 : 4);
        sheet_cell(&sheet, source->name);
        add_count(&sheet, days.missed);
        add_count(&sheet, days.days);
        if (!b->is_public)
            sheet_cell(&sheet, source->person);
    }
    if (count)
        sheet_close(&sheet);
    struct text note = {0};
    text_add_format(&note,
                    "政策来源 %d 个，有工作日未检索的 %d 个（休息日、未过完的日子不计）。"
                    "超期按期限所在月份计，为超期件数/到期件数。",
                    sources.count, count);
    sheet_note(b->table.format, 1, note.data);
    text_free(&note);
    sourcefile_free(&sources);
}

/* Says in one line what of the period waits for a calendar notice (暂定); where nothing does,
 * nothing. */
static void print_provisional(const struct bulletin *b, const char *when)
{
    const struct report *r = b->table.report;
    struct config *config = b->center->config;
    long long levels =
        report_value(r, &r->lines[0], r->at[REPORT_NOW], report_find_figure(config, "provisional"));
    long long deadlines = report_value(r, &r->lines[0], r->at[REPORT_NOW],
                                       report_find_figure(config, "due-provisional"));
    struct text note = {0};
    text_add_format(&note,
                    "暂定：%s有 %lld 件工单的答复期限、%lld "
                    "项预警涉及放假安排尚未公布的日期，公布后重新核定。",
                    when, deadlines, levels);
    if (levels || deadlines)
        sheet_note(b->table.format, 1, note.data);
    text_free(&note);
}

/* The title, and what is to be known of the period; WHEN: 本月 or 本期. */
static void print_start(const struct bulletin *b, const char *when)
{
    const struct report_plan *plan = b->table.report->plan;
    struct text title = {0};
    char end[CLOCK_TEXT_SIZE];
    text_add_format(&title, "%s ", county_title(b->center, plan->whose->county));
    report_add_title(&title, &plan->period);
    text_add(&title, "企业诉求办理通报");
    sheet_begin(b->table.format, title.data);
    sheet_heading(b->table.format, 1, title.data);
    text_clear(&title);
    text_add_format(&title, "%s未结束，数据截至 %s。", when, clock_print(plan->period.end, end));
    if (plan->period.running)
        sheet_note(b->table.format, 1, title.data);
    text_free(&title);
    print_provisional(b, when);
}

/* A heading of the next part: 一、TITLE, and what stands beside each other. */
static void print_heading(const struct bulletin *b, int *part, const char *title,
                          const char *beside)
{
    static const char *const numbers[] = {"一", "二", "三", "四", "五",
                                          "六", "七", "八", "九", "十"};
    struct text heading = {0};
    if (*part < (int)(sizeof numbers / sizeof *numbers))
        text_add_format(&heading, "%s、", numbers[*part]);
    text_add_format(&heading, "%s%s", title, beside);
    (*part)++;
    sheet_heading(b->table.format, 2, heading.data);
    text_free(&heading);
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
    "办结为到期件中截至期末已答复的；解决为答复时即办结的；一次办结为首轮答复后未发回重办的；中位数"
    "、平台工作日（"
    "受理至首次派发）均以工作日计；已回访为低分评价中已回访的，不论是否按期；"
    "派单准确为首次派发后未退单、未改派、未裁定由他单位主办的。",
    "申诉按提出时间计；同意申诉不改变本通报的指标，是否在考核中剔除由考核办法规定。"};

static void print_notes(const struct bulletin *b, const char *program)
{
    struct text last = {0};
    for (size_t i = 0; i < sizeof notes / sizeof *notes; i++)
        sheet_note(b->table.format, b->table.format == OUT_MD, notes[i]);
    text_add_format(&last, "每个指标的工单、政策由 %s --ids 列出。", program);
    if (!b->is_public)
        sheet_note(b->table.format, 0, last.data);
    text_free(&last);
}

/* What people wrote, as the next parts. */
struct writing {
    const struct bulletin *bulletin;
    int *part;
};

static void write_heading(void *context, const char *text)
{
    const struct writing *w = context;
    print_heading(w->bulletin, w->part, text, "");
}

static void write_paragraph(void *context, const char *text)
{
    const struct writing *w = context;
    enum out_format format = w->bulletin->table.format;
    struct text escaped = {0};
    if (format == OUT_MD)
        markdown_add(&escaped, text);
    sheet_note(format, 1, format == OUT_MD ? text_string(&escaped) : text);
    text_free(&escaped);
}

static void print_words(const struct bulletin *b, int *part)
{
    struct writing writing = {b, part};
    if (b->words)
        words_each(b->words, write_heading, write_paragraph, &writing);
}

static void head_appeals(void *context)
{
    const struct writing *w = context;
    print_heading(w->bulletin, w->part, "申诉", "");
}

/* What was appealed against, and how it was decided. */
static void print_appeals(const struct bulletin *b, int *part)
{
    struct writing writing = {b, part};
    const struct report_plan *plan = b->table.report->plan;
    if (b->is_public)
        return;
    appeals_print(b->center, b->table.names->orgs, plan->whose, &plan->period, b->table.format,
                  head_appeals, &writing);
}

/* The figures of registers, where any of them counts anything. */
static void print_registers(const struct bulletin *b, int *part, const char *beside)
{
    const struct report *r = b->table.report;
    bool any = false;
    for (int i = 0; i < r->figure_count && !any; i++)
        any = report_figure(b->center->config, i).subject == REPORT_ENTRIES &&
              table_says(&b->table, &r->lines[0], -1, i);
    if (!any)
        return;
    print_heading(b, part, "台账", beside);
    table_print_whole(&b->table, REPORT_ENTRIES, false);
}

/* What stands behind the cuts: policies, what is left out, how the figures are counted. */
static void print_end(const struct bulletin *b, int part, const char *beside, const char *program)
{
    const struct table_report *t = &b->table;
    if (has_policies(b)) {
        print_heading(b, &part, "政策", beside);
        table_print_whole(t, REPORT_POLICIES, false);
        for (int i = 0; i < t->report->plan->cut_count; i++)
            if (report_has(&t->report->plan->cuts[i], REPORT_POLICIES))
                table_print_cut(t, i, REPORT_POLICIES, REPORT_BRIEF, false);
        print_sources(b);
    }
    print_registers(b, &part, beside);
    print_appeals(b, &part);
    print_words(b, &part);
    print_heading(b, &part, "不计入", beside);
    table_print_whole(t, REPORT_TICKETS, true);
    print_heading(b, &part, "统计口径", "");
    print_notes(b, program);
    table_add_data(t);
    sheet_end(t->format);
}

/* The tables of bulletin_cuts. */
static void print_usual(const struct bulletin *b, int *part)
{
    const struct table_report *t = &b->table;
    int received = report_find_figure(b->center->config, "received");
    print_heading(b, part, "承办单位", "");
    table_print_cut(t, CUT_ORG, REPORT_TICKETS, REPORT_BRIEF, true);
    table_draw_cut(t, CUT_ORG, received);
    table_print_cut(t, CUT_ORG, REPORT_TICKETS, REPORT_ASSISTS, false);
    table_print_cut(t, CUT_COUNTY, REPORT_TICKETS, REPORT_BRIEF, false);
    print_heading(b, part, "诉求类型", "");
    table_print_cut(t, CUT_KIND, REPORT_TICKETS, REPORT_BRIEF, true);
    table_draw_cut(t, CUT_KIND, received);
    print_heading(b, part, "来源渠道", "");
    table_print_cut(t, CUT_CHANNEL, REPORT_TICKETS, REPORT_BRIEF, true);
    table_draw_cut(t, CUT_CHANNEL, received);
}

void bulletin_print_month(const struct bulletin *b)
{
    int part = 0;
    print_start(b, "本月");
    print_heading(b, &part, "总体情况", "（本月、上月、去年同期）");
    table_print_whole(&b->table, REPORT_TICKETS, false);
    print_usual(b, &part);
    print_end(b, part, "（本月、上月、去年同期）", "report-monthly");
}

/* 2026年5月 and its address; what it came to. */
static void print_month(const struct bulletin *b, int period)
{
    static const char *const figures[] = {"received", "on-time", "satisfied"};
    const struct report *r = b->table.report;
    struct text title = {0}, address = {0}, then = {0};
    report_add_title(&title, &r->periods[period]);
    report_add_name(&address, &r->periods[period]);
    text_add(&address, ".html");
    for (int i = 0; i < 3; i++) {
        int figure = report_find_figure(b->center->config, figures[i]);
        text_add_format(&then, "%s%s ", i ? "，" : "：",
                        report_figure(b->center->config, figure).name);
        table_add_value(&then, &b->table, &r->lines[0], period, figure);
    }
    text_add(&then, r->periods[period].running ? "（未结束）" : "");
    sheet_link(b->table.format, title.data, address.data, then.data);
    text_free(&title);
    text_free(&address);
    text_free(&then);
}

void bulletin_print_index(const struct bulletin *b)
{
    const struct report *r = b->table.report;
    int received = report_find_figure(b->center->config, "received");
    struct text title = {0};
    text_add_format(&title, "%s 企业诉求办理通报", county_title(b->center, r->plan->whose->county));
    sheet_begin(b->table.format, title.data);
    sheet_heading(b->table.format, 1, title.data);
    for (int i = r->first_part + r->part_count - 1; i >= r->first_part; i--)
        if (report_value(r, &r->lines[0], i, received))
            print_month(b, i);
    sheet_end(b->table.format);
    text_free(&title);
}

/* The tables of the cuts that were asked for. */
static void print_cuts(const struct bulletin *b, int *part)
{
    const struct report_plan *plan = b->table.report->plan;
    struct text title = {0};
    for (int i = 0; i < plan->cut_count; i++) {
        if (!report_has(&plan->cuts[i], REPORT_TICKETS))
            continue;
        text_clear(&title);
        text_add_format(&title, "按%s", report_scope_title(plan->cuts[i].by[0]));
        if (plan->cuts[i].by[1])
            text_add_format(&title, "、%s", report_scope_title(plan->cuts[i].by[1]));
        print_heading(b, part, title.data, "");
        table_print_cut(&b->table, i, REPORT_TICKETS, REPORT_BRIEF, true);
        if (!plan->cuts[i].by[1])
            table_draw_cut(&b->table, i, report_find_figure(b->center->config, "received"));
    }
    text_free(&title);
}

void bulletin_print_period(const struct bulletin *b, bool usual)
{
    const struct report *r = b->table.report;
    bool same = r->at[REPORT_BEFORE] == r->at[REPORT_YEAR_BEFORE];
    const char *beside = same ? "（本期、去年同期）" : "（本期、上期、去年同期）";
    int part = 0;
    print_start(b, "本期");
    print_heading(b, &part, "总体情况", beside);
    table_print_whole(&b->table, REPORT_TICKETS, false);
    if (r->part_count) {
        print_heading(b, &part, r->plan->parts == REPORT_BY_DAY ? "逐日" : "逐月", "");
        table_print_parts(&b->table, REPORT_TICKETS);
        table_draw_parts(&b->table, report_find_figure(b->center->config, "received"));
        table_draw_parts(&b->table, report_find_figure(b->center->config, "on-time"));
    }
    if (usual)
        print_usual(b, &part);
    else
        print_cuts(b, &part);
    print_end(b, part, beside, "report-period");
}
