/* report-monthly: the bulletin of a month (一月一通报): every organisation's figures. */
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/die.h"
#include "base/text.h"
#include "center/program.h"
#include "cli/sheet.h"
#include "policy/policy.h"
#include "report/bulletin.h"
#include "report/figures.h"
#include "ticket/masked.h"
#include "ticket/ticket.h"

enum { KEY_IDS = ARGS_LONG, KEY_CENTER };

static const struct args_option options[] = {
    {KEY_IDS, "ids", "FIGURE", "list the tickets, or policies, behind a figure"},
    {KEY_CENTER, "center", "ORG", "the bulletin of a county's center, or of the city's own"},
    {0, NULL, NULL, NULL},
};
static const char *const synopsis[] = {"[-F FORMAT] [--center ORG] [--ids FIGURE] YYYY-MM", NULL};
static const struct args_program program = {
    .name = "report-monthly",
    .title = "企业诉求办理通报",
    .synopsis = synopsis,
    .purpose = "Print the month's bulletin, with the month before and the year before.",
    .options = options,
    .formats = OUT_OF_LISTS | OUT_OF_DOCUMENTS,
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

static const struct out_column policy_columns[] = {{"id", "编号", OUT_TEXT},
                                                   {"state", "状态", OUT_TEXT},
                                                   {"org", "单位", OUT_TEXT},
                                                   {"title", "标题", OUT_TEXT}};

static const char *const scope_names[] = {"total", "org", "kind", "channel", "county"};

struct reporting {
    struct program p;
    struct county_choice whose;
    struct report report;
    struct bulletin bulletin;
};

/* One record for each line, figure: for spreadsheets and programs. */
static void list_figures(struct reporting *b)
{
    const struct report *r = &b->report;
    for (int i = 0; i < r->line_count; i++)
        for (int figure = 0; figure < r->figure_count; figure++) {
            const struct report_line *line = &r->lines[i];
            const struct report_figure f = report_figure(b->p.config, figure);
            if (!report_has(line->scope, f.subject))
                continue;
            out_text(b->p.out, scope_names[line->scope]);
            out_text(b->p.out, bulletin_line_code(&b->bulletin, line));
            out_text(b->p.out, bulletin_line_name(&b->bulletin, line));
            out_text(b->p.out, f.code);
            for (int period = 0; period < REPORT_PERIODS; period++) {
                enum report_period p = (enum report_period)period;
                out_number(b->p.out, report_value(r, line, p, figure));
                if (f.of >= 0)
                    out_number(b->p.out, report_value(r, line, p, f.of));
                else
                    out_text(b->p.out, NULL);
            }
            out_row(b->p.out);
        }
}

static void print_bulletin(struct reporting *b)
{
    const struct report_month *month = &b->report.months[REPORT_NOW];
    struct text title = {0};
    char end[CLOCK_TEXT_SIZE];
    text_add_format(&title, "%s %d年%d月企业诉求办理通报",
                    county_title(&b->p.center, b->whose.county), atoi(month->name),
                    atoi(month->name + 5));
    sheet_begin(b->bulletin.format, title.data);
    sheet_heading(b->bulletin.format, 1, title.data);
    text_clear(&title);
    text_add_format(&title, "本月未结束，数据截至 %s。", clock_print(month->end, end));
    if (month->running)
        sheet_note(b->bulletin.format, 1, title.data);
    text_free(&title);
    const struct bulletin *tables = &b->bulletin;
    bulletin_print_provisional(tables);
    bulletin_print_totals(tables, REPORT_TICKETS, "一、总体情况（本月、上月、去年同期）");
    bulletin_print_scope(tables, REPORT_ORG, REPORT_TICKETS, REPORT_BRIEF, "二、承办单位", "单位");
    bulletin_print_scope(tables, REPORT_ORG, REPORT_TICKETS, REPORT_ASSISTS, NULL, "协办单位");
    bulletin_print_scope(tables, REPORT_COUNTY, REPORT_TICKETS, REPORT_BRIEF, NULL, "县级平台");
    bulletin_print_scope(tables, REPORT_KIND, REPORT_TICKETS, REPORT_BRIEF, "三、诉求类型", "类型");
    bulletin_print_scope(tables, REPORT_CHANNEL, REPORT_TICKETS, REPORT_BRIEF, "四、来源渠道",
                         "渠道");
    bool policies = bulletin_has_policies(&b->p.center) && !b->whose.county;
    if (policies) {
        bulletin_print_totals(tables, REPORT_POLICIES, "五、政策（本月、上月、去年同期）");
        bulletin_print_scope(tables, REPORT_ORG, REPORT_POLICIES, REPORT_BRIEF, NULL, "单位");
        bulletin_print_sources(tables);
    }
    bulletin_print_apart(tables, policies ? "六、不计入（本月、上月、去年同期）"
                                          : "五、不计入（本月、上月、去年同期）");
    bulletin_print_notes(tables, policies ? "七、统计口径" : "六、统计口径");
    sheet_end(b->bulletin.format);
}

static void print_ticket(struct reporting *b, int64_t id, struct arena *arena)
{
    const struct ticket *t = ticket_get(b->p.center.db, id, arena);
    out_number(b->p.out, id);
    out_moment(b->p.out, t->due_at);
    out_code(b->p.out, t->kind, config_kind_name(b->p.config, t->kind));
    out_code(b->p.out, org_code(&b->p.orgs, t->lead), org_name(&b->p.orgs, t->lead));
    masked_title(b->p.out, t);
}

static void print_policy(struct reporting *b, const char *code, struct arena *arena)
{
    struct policy policy;
    policy_load(b->p.center.db, policy_find(b->p.center.db, code), arena, &policy);
    out_text(b->p.out, policy.code);
    out_code(b->p.out, policy.state, policy_word_name(POLICY_STATE, policy.state));
    out_code(b->p.out, org_code(&b->p.orgs, policy.org), org_name(&b->p.orgs, policy.org));
    out_text(b->p.out, policy.title);
}

static void print_id(void *context, int64_t id, const char *code)
{
    struct reporting *b = context;
    struct arena arena = {0};
    if (code)
        print_policy(b, code, &arena);
    else
        print_ticket(b, id, &arena);
    out_row(b->p.out);
    arena_free(&arena);
}

static void list_ids(struct reporting *b, const struct report_month *month, int figure)
{
    if (report_figure(b->p.config, figure).subject == REPORT_POLICIES)
        program_print(&b->p, OUT_COLUMNS(policy_columns));
    else
        program_print(&b->p, OUT_COLUMNS(id_columns));
    report_ids(&b->p.center, &b->whose, month, figure, print_id, b);
}

struct request {
    struct report_month month;
    int figure; /* of --ids, -1: the whole report */
    const char *center;
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
    struct request request = {.figure = -1};
    for (int key; (key = args_next(args));) {
        if (key == KEY_CENTER) {
            request.center = args->value;
            continue;
        }
        request.figure = report_find_figure(config, args->value);
        if (request.figure < 0)
            unknown_figure(args, config);
    }
    if (request.figure >= 0)
        args_need_format(args, OUT_OF_LISTS);
    if (args->operand_count != 1)
        args_usage(args, "name one month, YYYY-MM");
    if (!report_parse_month(args->operands[0], clock_now(), &request.month))
        args_usage(args, "not a month: \"%s\" (write 2020-05)", args->operands[0]);
    return request;
}

static void report(struct reporting *b, const struct request *request)
{
    struct program *p = &b->p;
    enum out_format format = p->args.format;
    bool is_document = format == OUT_DEFAULT || OUT_OF_DOCUMENTS >> format & 1;
    if (request->figure >= 0) {
        list_ids(b, &request->month, request->figure);
        return;
    }
    b->report = report_compute(&p->center, &b->whose, &request->month);
    b->bulletin = (struct bulletin){&p->center, &p->orgs, &b->report, format};
    if (is_document) {
        print_bulletin(b);
    } else {
        program_print(p, OUT_COLUMNS(figure_columns));
        list_figures(b);
    }
}

int main(int argc, char **argv)
{
    struct reporting b = {.p = program_start(&program, argc, argv)};
    struct request request = read_options(&b.p.args, b.p.config);
    program_open(&b.p, NULL, 0);
    b.whose = county_choose(&b.p.center, request.center);
    report(&b, &request);
    report_free(&b.report);
    return program_end(&b.p, EXIT_DONE);
}
