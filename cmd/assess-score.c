/* assess-score: scores and ranks of organisations in a period, by a formula that is data (考核). */
#include "base/clock.h"
#include "base/die.h"
#include "center/program.h"
#include "report/assess_show.h"

enum { KEY_ITEMS = ARGS_LONG, KEY_WHAT_IF };

static const struct args_option options[] = {
    {KEY_ITEMS, "items", NULL, "what each item gave, and the command that lists what is behind it"},
    {KEY_WHAT_IF, "what-if", "ASSESSMENT", "whose rank is another by this one, and why"},
    {0, NULL, NULL, NULL},
};
static const char *const synopsis[] = {
    "[-F FORMAT] [--items | --what-if ASSESSMENT] ASSESSMENT PERIOD", NULL};
static const struct args_program program = {
    .name = "assess-score",
    .title = "考核得分",
    .synopsis = synopsis,
    .purpose = "Print the scores and ranks of organisations by an assessment (考核).",
    .options = options,
    .formats = OUT_OF_LISTS | OUT_OF_DOCUMENTS,
};

struct request {
    const char *assessment, *what_if; /* as they were written */
    struct report_period period;
    bool items;
};

static struct request read_options(struct args *args)
{
    struct request request = {0};
    for (int key; (key = args_next(args));) {
        if (key == KEY_ITEMS)
            request.items = true;
        else
            request.what_if = args->value;
    }
    if (request.items && request.what_if)
        args_usage(args, "--items and --what-if exclude each other");
    if (request.items || request.what_if)
        args_need_format(args, OUT_OF_LISTS);
    if (args->operand_count != 2)
        args_usage(args, "name an assessment and a period");
    if (!report_parse_period(args->operands[1], clock_now(), &request.period))
        args_usage(args, "not a period: \"%s\" (write 2020-05, 2020-Q2, 2020-H1 or 2020)",
                   args->operands[1]);
    request.assessment = args->operands[0];
    return request;
}

/* The scores by the other assessment, whose limits are tried on what is stored and undone. */
static struct assess_scores try_other(struct program *p, const struct assessment *other,
                                      const struct report_period *period)
{
    if (!other->limit_count)
        return assess_compute(&p->center, &p->orgs, other, period);
    center_begin(&p->center, true);
    rejudge_period(&p->center, period, other->limits, other->limit_count);
    struct assess_scores scores = assess_compute(&p->center, &p->orgs, other, period);
    db_rollback(p->center.db);
    return scores;
}

/* Whose rank is another by the other assessment; returns how many. */
static int print_moves(struct program *p, const struct assess_show *show, const char *word)
{
    struct assessment other = assess_read(&p->center, word);
    struct assess_scores scores = try_other(p, &other, show->period);
    program_print(p, OUT_COLUMNS(assess_move_columns));
    int moves = assess_list_moves(show, &other, &scores, p->out);
    assess_scores_free(&scores);
    assess_free(&other);
    return moves;
}

/* Returns how many lines there are. */
static int print_scores(struct program *p, const struct assess_show *show, bool items)
{
    bool is_document = show->format == OUT_DEFAULT || OUT_OF_DOCUMENTS >> show->format & 1;
    if (items) {
        program_print(p, OUT_COLUMNS(assess_item_columns));
        assess_list_items(show, p->out);
    } else if (is_document) {
        assess_print(show);
    } else {
        program_print(p, OUT_COLUMNS(assess_columns));
        assess_list(show, p->out);
    }
    return show->scores->count;
}

int main(int argc, char **argv)
{
    struct program p = program_start(&program, argc, argv);
    struct request request = read_options(&p.args);
    p.counts = true;
    program_open(&p, NULL, 0);
    struct assessment assessment = assess_read(&p.center, request.assessment);
    if (assessment.limit_count)
        args_usage(&p.args, "%s: limits are for --what-if", request.assessment);
    struct report_names names = report_names(p.config, &p.orgs);
    struct assess_scores scores = assess_compute(&p.center, &p.orgs, &assessment, &request.period);
    const struct assess_show show = {&p.center, &names,          &assessment,
                                     &scores,   &request.period, p.args.format};
    int found = request.what_if ? print_moves(&p, &show, request.what_if)
                                : print_scores(&p, &show, request.items);
    int status = program_end(&p, found ? EXIT_DONE : EXIT_NO);
    assess_scores_free(&scores);
    report_names_free(&names);
    assess_free(&assessment);
    return status;
}
