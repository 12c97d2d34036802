/* trend-list: what recurs in a period, each with its tickets. */
#include <string.h>

#include "base/clock.h"
#include "base/die.h"
#include "base/mask.h"
#include "base/text.h"
#include "center/program.h"
#include "report/trend.h"

enum { KEY_LEAST = ARGS_LONG, KEY_KIND };

static const struct args_option options[] = {
    {KEY_LEAST, "least", "N", "so many tickets, at least (3; of what is not content 1)"},
    {KEY_KIND, "kind", "KIND", "common, repeat, unhappy or peak; else all of them"},
    {0, NULL, NULL, NULL},
};
static const char *const synopsis[] = {"[-F FORMAT] [--kind KIND] [--least N] PERIOD", NULL};
static const struct args_program program = {
    .name = "trend-list",
    .title = "共性与突出问题",
    .synopsis = synopsis,
    .purpose = "List what recurs in a period (共性和突出问题), each with its tickets.",
    .options = options,
    .lists = true,
};

static const struct out_column columns[] = {
    {"kind", "类别", OUT_TEXT},    {"matter", "事项", OUT_TEXT},
    {"code", "代码", OUT_TEXT},    {"name", "名称", OUT_TEXT},
    {"count", "件数", OUT_NUMBER}, {"year_before", "去年同期", OUT_NUMBER},
    {"ids", "工单", OUT_TEXT}};

/* As many as are asked for by themselves: two make a repeat, one who is not content is enough. */
static const int usual[TREND_KINDS] = {3, 2, 1, 3};

struct listing {
    struct program p;
    struct report_period period;
    int least, kind; /* 0, -1: not given */
    int found;
};

static void read_kind(struct listing *l)
{
    l->kind = 0;
    while (l->kind < TREND_KINDS && strcmp(trend_code((enum trend_kind)l->kind), l->p.args.value) &&
           strcmp(trend_name((enum trend_kind)l->kind), l->p.args.value))
        l->kind++;
    if (l->kind == TREND_KINDS)
        args_usage(&l->p.args, "unknown kind \"%s\" (common, repeat, unhappy or peak)",
                   l->p.args.value);
}

static void read_options(struct listing *l)
{
    struct args *args = &l->p.args;
    for (int key; (key = args_next(args));) {
        if (key == KEY_LEAST)
            l->least = args_number(args, 1, 1000000);
        else
            read_kind(l);
    }
    if (args->operand_count != 1)
        args_usage(args, "name one period");
    if (!report_parse_period(args->operands[0], clock_now(), &l->period))
        args_usage(args, "not a period: \"%s\" (write 2020-05, 2020-Q2 or 2020-05-04..2020-05-10)",
                   args->operands[0]);
}

/* Whose it is: a region, a firm, an organisation. */
static void print_whose(struct listing *l, const struct trend *trend)
{
    const char *code = trend->region ? trend->region : trend->firm ? trend->firm : trend->org;
    const char *name = code;
    if (trend->region)
        name = config_region_name(l->p.config, code);
    for (int64_t i = 0; trend->org && i < l->p.orgs.count; i++)
        if (!strcmp(l->p.orgs.orgs[i].code, trend->org))
            name = l->p.orgs.orgs[i].name;
    out_private(l->p.out, trend->firm ? mask_text : NULL, code);
    out_private(l->p.out, trend->firm ? mask_text : NULL, name);
}

static void print_trend(void *context, const struct trend *trend)
{
    struct listing *l = context;
    struct text ids = {0};
    out_code(l->p.out, trend_code(trend->kind), trend_name(trend->kind));
    out_text(l->p.out, trend->matter);
    print_whose(l, trend);
    out_number(l->p.out, trend->count);
    out_number(l->p.out, trend->year_before);
    for (int64_t i = 0; i < trend->count; i++)
        text_add_format(&ids, "%s%lld", i ? " " : "", (long long)trend->ids[i]);
    out_text(l->p.out, ids.data);
    out_row(l->p.out);
    text_free(&ids);
    l->found++;
}

int main(int argc, char **argv)
{
    struct listing l = {.p = program_start(&program, argc, argv), .kind = -1};
    read_options(&l);
    program_open(&l.p, OUT_COLUMNS(columns));
    for (int kind = 0; kind < TREND_KINDS; kind++)
        if (l.kind < 0 || l.kind == kind)
            trend_each(&l.p.center, (enum trend_kind)kind, &l.period,
                       l.least ? l.least : usual[kind], print_trend, &l);
    return program_end(&l.p, l.found ? EXIT_DONE : EXIT_NO);
}
