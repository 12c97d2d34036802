/* report-period: the figures of any period, by whatever they are told apart. */
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/die.h"
#include "center/program.h"
#include "report/behind.h"
#include "report/bulletin.h"
#include "report/words.h"

enum {
    KEY_BY = ARGS_LONG,
    KEY_EACH,
    KEY_RUNNING,
    KEY_BAND,
    KEY_IDS,
    KEY_ONLY,
    KEY_CENTER,
    KEY_WORDS
};

static const struct args_option options[] = {
    {KEY_BY, "by", "SCOPE[,SCOPE]", "tell figures apart by a scope, or two; may be repeated"},
    {KEY_EACH, "each", "PART", "each month, or day, of the period by itself too"},
    {KEY_RUNNING, "running", NULL, "beside them the totals since the beginning"},
    {KEY_BAND, "band", NULL, "beside them what is usual, by the twelve periods before"},
    {KEY_IDS, "ids", "FIGURE", "list the tickets, policies or enterprises behind a figure"},
    {KEY_ONLY, "only", "SCOPE=CODE", "of --ids: only those of this; may be repeated"},
    {KEY_CENTER, "center", "ORG", "the figures of a county's center, or of the city's own"},
    {KEY_WORDS, "words", "FILE", "what people write for it, as parts headed by \"# ...\""},
    {0, NULL, NULL, NULL},
};
static const char *const synopsis[] = {
    "[--center ORG] [--by SCOPE] [--each PART] [--running] [--band] PERIOD",
    "[--center ORG] --ids FIGURE [--only SCOPE=CODE] PERIOD", NULL};
static const struct args_program program = {
    .name = "report-period",
    .title = "企业诉求办理通报",
    .synopsis = synopsis,
    .purpose = "Print the figures of a month, a quarter, a year or any days.",
    .options = options,
    .formats = OUT_OF_LISTS | OUT_OF_DOCUMENTS,
};

enum { MOST = 16 };
struct request {
    struct report_plan plan;
    struct report_cut cuts[MOST];
    const char *only[MOST], *center, *words;
    int only_count, figure; /* of --ids, -1: the whole report */
};

static void read_cut(struct request *request, const struct args *args)
{
    struct fault fault = {0};
    if (request->plan.cut_count == MOST)
        args_usage(args, "--by stands at most %d times", MOST);
    if (!report_parse_cut(args->value, &request->cuts[request->plan.cut_count++], &fault))
        args_usage(args, "--by: %s", fault.text);
}

static void read_each(struct request *request, const struct args *args)
{
    bool days = !strcmp(args->value, "day");
    if (!days && strcmp(args->value, "month") != 0)
        args_usage(args, "--each month, or day, not \"%s\"", args->value);
    request->plan.parts = days ? REPORT_BY_DAY : REPORT_BY_MONTH;
}

static void read_option(struct request *request, int key, struct args *args, struct config *config)
{
    switch (key) {
    case KEY_BY: read_cut(request, args); break;
    case KEY_EACH: read_each(request, args); break;
    case KEY_RUNNING: request->plan.ever = true; break;
    case KEY_BAND: request->plan.band = true; break;
    case KEY_CENTER: request->center = args->value; break;
    case KEY_WORDS: request->words = args->value; break;
    case KEY_ONLY:
        if (request->only_count == MOST)
            args_usage(args, "--only stands at most %d times", MOST);
        request->only[request->only_count++] = args->value;
        break;
    default:
        request->figure = report_find_figure(config, args->value);
        if (request->figure < 0)
            report_unknown_figure(args, config);
    }
}

static void read_options(struct request *request, struct args *args, struct config *config)
{
    struct report_plan *plan = &request->plan;
    for (int key; (key = args_next(args));)
        read_option(request, key, args, config);
    if (request->figure >= 0)
        args_need_format(args, OUT_OF_LISTS);
    else if (request->words)
        args_need_format(args, OUT_OF_DOCUMENTS);
    if (request->figure >= 0 && (plan->cut_count || plan->parts || plan->ever || plan->band))
        args_usage(args, "--ids lists what is behind a figure: --only says of what");
    if (request->figure < 0 && request->only_count)
        args_usage(args, "--only says of what --ids lists");
    if (args->operand_count != 1)
        args_usage(args, "name one period");
    if (!report_parse_period(args->operands[0], clock_now(), &plan->period))
        args_usage(
            args,
            "not a period: \"%s\" (write 2020-05, 2020-Q2, 2020-H1, 2020, 2020-01..2020-11 or "
            "2020-05-04..2020-06-03)",
            args->operands[0]);
}

static void print_report(struct program *p, const struct report_plan *plan, bool usual,
                         const char *words)
{
    enum out_format format = p->args.format;
    struct report report = report_compute(&p->center, &p->orgs, plan);
    struct report_names names = report_names(p->config, &p->orgs);
    const struct bulletin bulletin = {&p->center, {&report, &names, format, true}, words, false};
    if (format == OUT_DEFAULT || OUT_OF_DOCUMENTS >> format & 1) {
        bulletin_print_period(&bulletin, usual);
    } else {
        program_print(p, OUT_COLUMNS(table_columns));
        table_list(&bulletin.table, p->out, TABLE_COLUMNS);
    }
    report_names_free(&names);
    report_free(&report);
}

static void print_ids(struct program *p, const struct request *request)
{
    struct report_only only[MOST];
    const struct report_plan *plan = &request->plan;
    const struct report_asked asked = {&p->center,      &p->orgs, plan->whose,        &plan->period,
                                       request->figure, only,     request->only_count};
    for (int i = 0; i < request->only_count; i++)
        only[i] = report_need_only(&p->center, request->only[i]);
    behind_print(p, &asked);
}

int main(int argc, char **argv)
{
    struct program p = program_start(&program, argc, argv);
    struct request request = {.figure = -1};
    read_options(&request, &p.args, p.config);
    char *words = request.words ? words_read(request.words) : NULL;
    p.counts = true;
    program_open(&p, NULL, 0);
    struct county_choice whose = county_choose(&p.center, request.center);
    bool usual = !request.plan.cut_count;
    request.plan.whose = &whose;
    request.plan.cuts = usual ? bulletin_cuts : request.cuts;
    if (usual)
        request.plan.cut_count = BULLETIN_CUTS;
    if (request.figure >= 0)
        print_ids(&p, &request);
    else
        print_report(&p, &request.plan, usual, words);
    free(words);
    return program_end(&p, EXIT_DONE);
}
