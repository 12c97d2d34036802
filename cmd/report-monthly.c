/* report-monthly: the bulletin of a month (一月一通报): every organisation's figures. */
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/die.h"
#include "base/text.h"
#include "center/center.h"
#include "center/config.h"
#include "center/org.h"
#include "cli/args.h"
#include "cli/sheet.h"
#include "report/policies_print.h"
#include "report/tickets.h"
#include "ticket/masked.h"
#include "ticket/ticket.h"

enum { KEY_IDS = ARGS_LONG };

static const struct args_option options[] = {
    {'F', "format", "FORMAT", "text, md, table, tsv, csv or json; else text"},
    {KEY_IDS, "ids", "FIGURE", "list the tickets behind a figure"},
    {0, NULL, NULL, NULL},
};
static const char *const synopsis[] = {"[-F FORMAT] [--ids FIGURE] YYYY-MM", NULL};
static const struct args_program program = {
    .name = "report-monthly",
    .synopsis = synopsis,
    .purpose = "Print the month's bulletin, with the month before and the year before.",
    .options = options,
};

static const struct out_column figure_columns[] = {{"scope", "范围", OUT_TEXT},
                                                   {"code", "代码", OUT_TEXT},
                                                   {"name", "名称", OUT_TEXT},
                                                   {"figure", "指标", OUT_TEXT},
                                                   {"value", "本月", OUT_NUMBER},
                                                   {"of", "分母", OUT_NUMBER},
                                                   {"before", "上月", OUT_NUMBER},
                                                   {"before_of", "上月分母", OUT_NUMBER},
                                                   {"year_before", "去年同期", OUT_NUMBER},
                                                   {"year_before_of", "去年同期分母", OUT_NUMBER}};
static const struct out_column id_columns[] = {{"id", "编号", OUT_NUMBER},
                                               {"due", "答复期限", OUT_TEXT},
                                               {"kind", "类型", OUT_TEXT},
                                               {"lead", "主办", OUT_TEXT},
                                               {"title", "标题", OUT_TEXT}};

static const char *const scope_names[] = {"total", "org", "kind", "channel"};

struct bulletin {
    struct center center;
    struct org_table orgs;
    struct report report;
    bool markdown;
    struct out *out; /* of the listing formats and of --ids */
};

static const char *line_code(const struct bulletin *b, const struct report_line *line)
{
    return line->scope == REPORT_ORG ? org_code(&b->orgs, line->org) : line->code;
}

static const char *line_name(const struct bulletin *b, const struct report_line *line)
{
    switch (line->scope) {
    case REPORT_ORG: return line->org ? org_name(&b->orgs, line->org) : "（待派发）";
    case REPORT_KIND: return config_kind_name(b->center.config, line->code);
    case REPORT_CHANNEL: return config_channel_name(b->center.config, line->code);
    default: return "合计";
    }
}

/* One record for each line, figure: for spreadsheets and programs. */
static void list_figures(struct bulletin *b)
{
    const struct report *r = &b->report;
    for (int i = 0; i < r->line_count; i++)
        for (int figure = 0; figure < r->figure_count; figure++) {
            const struct report_line *line = &r->lines[i];
            out_text(b->out, scope_names[line->scope]);
            out_text(b->out, line_code(b, line));
            out_text(b->out, line_name(b, line));
            const struct report_figure f = report_figure(b->center.config, figure);
            out_text(b->out, f.code);
            for (int period = 0; period < REPORT_PERIODS; period++) {
                enum report_period p = (enum report_period)period;
                out_number(b->out, report_value(r, line, p, figure));
                if (f.of >= 0)
                    out_number(b->out, report_value(r, line, p, f.of));
                else
                    out_text(b->out, NULL);
            }
            out_row(b->out);
        }
}

/* A count, a rate as numerator / denominator with its percentage, a mean as sum / number. */
static void add_value(struct sheet *sheet, struct bulletin *b, const struct report_line *line,
                      enum report_period period, int figure)
{
    const struct report_figure f = report_figure(b->center.config, figure);
    struct text cell = {0};
    long long value = report_value(&b->report, line, period, figure);
    long long of = f.of >= 0 ? report_value(&b->report, line, period, f.of) : 0;
    text_add_format(&cell, f.of >= 0 ? "%lld/%lld" : "%lld", value, of);
    if (f.shape == REPORT_RATE && of)
        text_add_format(&cell, " (%.1f%%)", 100.0 * (double)value / (double)of);
    if (f.shape == REPORT_MEAN && of)
        text_add_format(&cell, " (%.1f)", (double)value / (double)of);
    sheet_cell(sheet, cell.data);
    text_free(&cell);
}

static void print_totals(struct bulletin *b)
{
    struct out_column columns[] = {{"figure", "指标", OUT_TEXT},
                                   {"now", b->report.months[REPORT_NOW].name, OUT_NUMBER},
                                   {"before", b->report.months[REPORT_BEFORE].name, OUT_NUMBER},
                                   {"year", b->report.months[REPORT_YEAR_BEFORE].name, OUT_NUMBER}};
    sheet_heading(b->markdown, 2, "一、总体情况（本月、上月、去年同期）");
    struct sheet sheet = sheet_open(b->markdown, columns, 4);
    for (int figure = 0; figure < b->report.figure_count; figure++) {
        sheet_cell(&sheet, report_figure(b->center.config, figure).name);
        for (int period = 0; period < REPORT_PERIODS; period++)
            add_value(&sheet, b, &b->report.lines[0], (enum report_period)period, figure);
    }
    sheet_close(&sheet);
}

static bool says_nothing(const struct report *r, const struct report_line *line)
{
    for (int figure = 0; figure < r->figure_count; figure++)
        if (report_value(r, line, REPORT_NOW, figure))
            return false;
    return true;
}

/* One line each for organisations, kinds or channels, with the figures that are brief. */
static void print_scope(struct bulletin *b, enum report_scope scope, const char *title,
                        const char *first)
{
    const struct report *r = &b->report;
    struct out_column *columns = mem_zero((size_t)r->figure_count + 1, sizeof *columns);
    int *figures = mem_zero((size_t)r->figure_count, sizeof *figures), count = 0;
    columns[0] = (struct out_column){"name", first, OUT_TEXT};
    for (int i = 0; i < r->figure_count; i++) {
        const struct report_figure figure = report_figure(b->center.config, i);
        if (!figure.brief)
            continue;
        figures[count++] = i;
        columns[count] = (struct out_column){figure.code, figure.name, OUT_NUMBER};
    }
    sheet_heading(b->markdown, 2, title);
    struct sheet sheet = sheet_open(b->markdown, columns, count + 1);
    for (int i = 0; i < r->line_count; i++) {
        if (r->lines[i].scope != scope || says_nothing(r, &r->lines[i]))
            continue;
        sheet_cell(&sheet, line_name(b, &r->lines[i]));
        for (int f = 0; f < count; f++)
            add_value(&sheet, b, &r->lines[i], REPORT_NOW, figures[f]);
    }
    sheet_close(&sheet);
    free(figures);
    free(columns);
}

static void print_bulletin(struct bulletin *b)
{
    const struct report_month *month = &b->report.months[REPORT_NOW];
    struct text title = {0};
    char end[CLOCK_TEXT_SIZE];
    text_add_format(&title, "%s %d年%d月企业诉求办理通报", b->center.config->center,
                    atoi(month->name), atoi(month->name + 5));
    sheet_heading(b->markdown, 1, title.data);
    text_free(&title);
    if (month->running)
        out_print("本月未结束，数据截至 %s。\n\n", clock_print(month->end, end));
    print_totals(b);
    print_scope(b, REPORT_ORG, "二、承办单位", "单位");
    print_scope(b, REPORT_KIND, "三、诉求类型", "类型");
    print_scope(b, REPORT_CHANNEL, "四、来源渠道", "渠道");
    bool policies = policybulletin_is_due(&b->center);
    if (policies)
        policybulletin_print(&b->center, &b->orgs, month, b->markdown, "五、政策");
    sheet_heading(b->markdown, 2, policies ? "六、统计口径" : "五、统计口径");
    out_print("受理、派发（首轮）、答复、评价、重办、退单、延期、挂起按各自发生的月份计；"
              "签收按签收期限、到期与按时答复按答复期限所在月份计，只计首轮，尚未到期的不计；\n"
              "满意为评价 3 至 5 "
              "分；毛工作日含挂起、净工作日不含，均为平均每件答复；各级别按该级别起算时刻所在月份、"
              "以当时的主办单位计；"
              "比率均为分子/分母。\n每个指标的工单由 report-monthly --ids 列出。\n");
}

static void print_id(void *context, int64_t id)
{
    struct bulletin *b = context;
    struct arena arena = {0};
    const struct ticket *t = ticket_get(b->center.db, id, &arena);
    out_number(b->out, id);
    out_moment(b->out, t->due_at);
    out_code(b->out, t->kind, config_kind_name(b->center.config, t->kind));
    out_code(b->out, org_code(&b->orgs, t->lead), org_name(&b->orgs, t->lead));
    shown_title(b->out, t);
    out_row(b->out);
    arena_free(&arena);
}

struct request {
    struct report_month month;
    int figure; /* of --ids, -1: the whole report */
    const char *format;
};

static _Noreturn void unknown_figure(const struct args *args, struct config *config)
{
    int count = report_figure_count(config);
    const char **codes = arena_zero(&config->arena, (size_t)count * sizeof *codes);
    struct text all = {0};
    for (int i = 0; i < count; i++) {
        codes[i] = report_figure(config, i).code;
        text_add_format(&all, "%s%s", i ? ", " : "", codes[i]);
    }
    args_usage(args, "unknown figure \"%s\" (%s)", args->value, all.data);
}

static struct request read_options(struct args *args, struct config *config)
{
    static const char *const formats[] = {"text", "md", "table", "tsv", "csv", "json"};
    struct request request = {.figure = -1};
    for (int key; (key = args_next(args));) {
        if (key == KEY_IDS) {
            request.figure = report_find_figure(config, args->value);
            if (request.figure < 0)
                unknown_figure(args, config);
            continue;
        }
        request.format = NULL;
        for (size_t i = 0; i < sizeof formats / sizeof *formats; i++)
            if (!strcmp(formats[i], args->value))
                request.format = formats[i];
        if (!request.format)
            args_usage(args, "unknown format \"%s\" (text, md, tsv, csv or json)", args->value);
    }
    if (args->operand_count != 1)
        args_usage(args, "name one month, YYYY-MM");
    if (!report_parse_month(args->operands[0], clock_now(), &request.month))
        args_usage(args, "not a month: \"%s\" (write 2020-05)", args->operands[0]);
    return request;
}

int main(int argc, char **argv)
{
    struct args args = args_start(&program, argc, argv);
    struct config *config = config_load(args_config(&args));
    struct request request = read_options(&args, config);
    enum out_format format = OUT_DEFAULT;
    bool is_listing = request.format && out_parse_format(request.format, &format);

    struct bulletin b = {.markdown = request.format && !strcmp(request.format, "md")};
    b.center = center_open(args_database(&args), config, args_user(), clock_now());
    b.orgs = org_table_load(b.center.db);
    if (request.figure >= 0) {
        b.out = out_open(id_columns, 5, format, args.header);
        report_ids(&b.center, &request.month, request.figure, print_id, &b);
    } else {
        b.report = report_compute(&b.center, &request.month);
        if (is_listing)
            b.out = out_open(figure_columns, 10, format, args.header);
    }
    if (request.figure < 0 && is_listing)
        list_figures(&b);
    else if (request.figure < 0)
        print_bulletin(&b);

    if (b.out)
        out_close(b.out);
    report_free(&b.report);
    org_table_free(&b.orgs);
    center_close(&b.center);
    config_free(config);
    args_free(&args);
    out_finish();
    return EXIT_DONE;
}
