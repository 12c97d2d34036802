/* report-monthly: the bulletin of a month (一月一通报): every organisation's figures. */

#include <stdlib.h>

#include "base/clock.h"
#include "base/die.h"
#include "center/program.h"
#include "report/behind.h"
#include "report/bulletin.h"
#include "report/words.h"

enum { KEY_IDS = ARGS_LONG, KEY_CENTER, KEY_WORDS, KEY_PUBLIC, KEY_INDEX };

static const struct args_option options[] = {
    {KEY_IDS, "ids", "FIGURE", "list the tickets, policies or enterprises behind a figure"},
    {KEY_CENTER, "center", "ORG", "the bulletin of a county's center, or of the city's own"},
    {KEY_WORDS, "words", "FILE", "what people write for it, as parts headed by \"# ...\""},
    {KEY_PUBLIC, "public", NULL, "for everybody: without persons' names, appeals and programs"},
    {KEY_INDEX, "index", NULL, "a page that links the months of a period"},
    {0, NULL, NULL, NULL},
};
static const char *const synopsis[] = {
    "[-F FORMAT] [--center ORG] [--words FILE] [--public] YYYY-MM",
    "[-F FORMAT] [--center ORG] --index PERIOD", "[--center ORG] --ids FIGURE YYYY-MM", NULL};
static const struct args_program program = {
    .name = "report-monthly",
    .title = "企业诉求办理通报",
    .synopsis = synopsis,
    .purpose = "Print the month's bulletin, with the month before and the year before.",
    .options = options,
    .formats = OUT_OF_LISTS | OUT_OF_DOCUMENTS,
};

static const struct out_column columns[TABLE_MONTHLY_COLUMNS] = {
    {"scope", "范围", OUT_TEXT},
    {"code", "代码", OUT_TEXT},
    {"name", "名称", OUT_TEXT},
    {"figure", "指标", OUT_TEXT},
    {"value", "本月", OUT_NUMBER},
    {"of", "分母", OUT_NUMBER},
    {"before", "上月", OUT_NUMBER},
    {"before_of", "上月分母", OUT_NUMBER},
    {"year_before", "去年同期", OUT_NUMBER},
    {"year_before_of", "去年同期分母", OUT_NUMBER}};

struct request {
    struct report_period month;
    int figure; /* of --ids, -1: the whole report */
    const char *center, *words;
    bool is_public, index;
};

static void read_option(struct request *request, int key, struct args *args, struct config *config)
{
    switch (key) {
    case KEY_CENTER: request->center = args->value; break;
    case KEY_WORDS: request->words = args->value; break;
    case KEY_PUBLIC: request->is_public = true; break;
    case KEY_INDEX: request->index = true; break;
    default:
        request->figure = report_find_figure(config, args->value);
        if (request->figure < 0)
            report_unknown_figure(args, config);
    }
}

/* The months of an index. */
static void read_months(const struct args *args, struct report_period *period)
{
    if (!report_parse_period(args->operands[0], clock_now(), period) || !period->months)
        args_usage(args, "not months: \"%s\" (write 2020, or 2020-01..2020-11)", args->operands[0]);
}

static struct request read_options(struct args *args, struct config *config)
{
    struct request request = {.figure = -1};
    for (int key; (key = args_next(args));)
        read_option(&request, key, args, config);
    if (request.figure >= 0 && (request.is_public || request.index))
        args_usage(args, "--ids lists what is behind a figure, not for everybody");
    if (request.figure >= 0)
        args_need_format(args, OUT_OF_LISTS);
    else if (request.words || request.is_public || request.index)
        args_need_format(args, OUT_OF_DOCUMENTS);
    if (args->operand_count != 1)
        args_usage(args, "name one month, YYYY-MM");
    if (request.index)
        read_months(args, &request.month);
    else if (!report_parse_month(args->operands[0], clock_now(), &request.month))
        args_usage(args, "not a month: \"%s\" (write 2020-05)", args->operands[0]);
    return request;
}

static void print_report(struct program *p, const struct report_plan *plan,
                         const struct request *request)
{
    enum out_format format = p->args.format;
    struct report report = report_compute(&p->center, &p->orgs, plan);
    struct report_names names = report_names(p->config, &p->orgs);
    const struct bulletin bulletin = {
        &p->center, {&report, &names, format, false}, request->words, request->is_public};
    if (request->index) {
        bulletin_print_index(&bulletin);
    } else if (format == OUT_DEFAULT || OUT_OF_DOCUMENTS >> format & 1) {
        bulletin_print_month(&bulletin);
    } else {
        program_print(p, OUT_COLUMNS(columns));
        table_list(&bulletin.table, p->out, TABLE_MONTHLY_COLUMNS);
    }
    report_names_free(&names);
    report_free(&report);
}

int main(int argc, char **argv)
{
    struct program p = program_start(&program, argc, argv);
    struct request request = read_options(&p.args, p.config);
    char *words = request.words ? words_read(request.words) : NULL;
    request.words = words;
    p.counts = true;
    program_open(&p, NULL, 0);
    struct county_choice whose = county_choose(&p.center, request.center);
    const struct report_asked asked = {&p.center,      &p.orgs, &whose, &request.month,
                                       request.figure, NULL,    0};
    const struct report_plan plan = {.whose = &whose,
                                     .period = request.month,
                                     .cuts = bulletin_cuts,
                                     .cut_count = request.index ? 0 : BULLETIN_CUTS,
                                     .alone = request.index,
                                     .parts = request.index ? REPORT_BY_MONTH : REPORT_UNDIVIDED};
    if (request.figure >= 0)
        behind_print(&p, &asked);
    else
        print_report(&p, &plan, &request);
    free(words);
    return program_end(&p, EXIT_DONE);
}
