/* survey-supervise: opens supervision against organisations that many are dissatisfied with, by the
 * questionnaires on policies (打折扣执行政策). */
#include "base/clock.h"
#include "base/die.h"
#include "center/program.h"
#include "opinion/survey.h"

static const struct args_option options[] = {{0, NULL, NULL, NULL}};
static const char *const synopsis[] = {"[-nq]", NULL};
static const struct args_program program = {
    .name = "survey-supervise",
    .title = "问卷督办",
    .synopsis = synopsis,
    .purpose = "Open tickets against organisations with too many complaints in surveys (督办).",
    .options = options,
};

static const struct out_column columns[] = {
    {"id", "工单", OUT_NUMBER}, {"org", "单位", OUT_TEXT}, {"answers", "不满意", OUT_NUMBER}};

static void print_order(void *context, const struct survey_order *order)
{
    struct program *p = context;
    if (order->ticket)
        out_number(p->out, order->ticket);
    else
        out_text(p->out, NULL);
    out_code(p->out, org_code(&p->orgs, order->org), org_name(&p->orgs, order->org));
    out_number(p->out, order->answers);
    out_row(p->out);
}

int main(int argc, char **argv)
{
    struct program p = program_start(&program, argc, argv);
    args_next(&p.args); /* reads the times; there are no options of its own */
    if (p.args.operand_count)
        args_usage(&p.args, "no operand is expected");
    program_open(&p, OUT_COLUMNS(columns));
    program_begin(&p);
    survey_supervise(&p.center, p.args.dry_run, print_order, &p);
    program_commit(&p);
    return program_end(&p, EXIT_DONE);
}
