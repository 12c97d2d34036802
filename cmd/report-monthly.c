/* report-monthly: the bulletin of a month (一月一通报): every organisation's figures. */

#include <stdlib.h>

#include "base/clock.h"
#include "base/die.h"
#include "center/program.h"
#include "report/behind.h"
#include "report/bulletin.h"
#include "report/words.h"

enum { KEY_IDS = ARGS_LONG, KEY_CENTER, KEY_WORDS };

static const struct args_option options[] = {
    {KEY_IDS, "ids", "FIGURE", "list the tickets, policies or enterprises behind a figure"},
    {KEY_CENTER, "center", "ORG", "the bulletin of a county's center, or of the city's own"},
    {KEY_WORDS, "words", "FILE", "what people write for it, as parts headed by \"# ...\""},
    {0, NULL, NULL, NULL},
};
static const char *const synopsis[] = {"[-F FORMAT] [--center ORG] [--words FILE] YYYY-MM",
                                       "[--center ORG] --ids FIGURE YYYY-MM", NULL};
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
};

static struct request read_options(struct args *args, struct config *config)
{
    struct request request = {.figure = -1};
    for (int key; (key = args_next(args));) {
        if (key == KEY_CENTER || key == KEY_WORDS) {
            *(key == KEY_CENTER ? &request.center : &request.words) = args->value;
            continue;
        }
        request.figure = report_find_figure(config, args->value);
        if (request.figure < 0)
            report_unknown_figure(args, config);
    }
    if (request.figure >= 0)
        args_need_format(args, OUT_OF_LISTS);
    else if (request.words)
        args_need_format(args, OUT_OF_DOCUMENTS);
    if (args->operand_count != 1)
        args_usage(args, "name one month, YYYY-MM");
    if (!report_parse_month(args->operands[0], clock_now(), &request.month))
        args_usage(args, "not a month: \"%s\" (write 2020-05)", args->operands[0]);
    return request;
}

static void print_report(struct program *p, const struct report_plan *plan, const char *words)
{
    enum out_format format = p->args.format;
    struct report report = report_compute(&p->center, &p->orgs, plan);
    struct report_names names = report_names(p->config, &p->orgs);
    const struct bulletin bulletin = {&p->center, {&report, &names, format, false}, words};
    if (format == OUT_DEFAULT || OUT_OF_DOCUMENTS >> format & 1) {
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
    program_open(&p, NULL, 0);
    struct county_choice whose = county_choose(&p.center, request.center);
    const struct report_asked asked = {&p.center,      &p.orgs, &whose, &request.month,
                                       request.figure, NULL,    0};
    const struct report_plan plan = {.whose = &whose,
                                     .period = request.month,
                                     .cuts = bulletin_cuts,
                                     .cut_count = BULLETIN_CUTS};
    if (request.figure >= 0)
        behind_print(&p, &asked);
    else
        print_report(&p, &plan, words);
    free(words);
    return program_end(&p, EXIT_DONE);
}
