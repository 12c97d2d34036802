/* survey-supervise: opens supervision against organisations that many are dissatisfied with, by the
 * questionnaires on policies (打折扣执行政策). */
#include "base/clock.h"
#include "base/die.h"
#include "center/config.h"
#include "center/org.h"
#include "cli/args.h"
#include "opinion/survey.h"

static const struct args_option options[] = {{0, NULL, NULL, NULL}};
static const char *const synopsis[] = {"[-nq]", NULL};
static const struct args_program program = {
    .name = "survey-supervise",
    .synopsis = synopsis,
    .purpose = "Open tickets against organisations with too many complaints in surveys (督办).",
    .options = options,
};

static const struct out_column columns[] = {
    {"id", "工单", OUT_NUMBER}, {"org", "单位", OUT_TEXT}, {"answers", "不满意", OUT_NUMBER}};

struct sweeping {
    struct org_table orgs;
    struct out *out;
};

static void print_order(void *context, const struct survey_order *order)
{
    struct sweeping *s = context;
    if (order->ticket)
        out_number(s->out, order->ticket);
    else
        out_text(s->out, NULL);
    out_code(s->out, org_code(&s->orgs, order->org), org_name(&s->orgs, order->org));
    out_number(s->out, order->answers);
    out_row(s->out);
}

int main(int argc, char **argv)
{
    struct args args = args_start(&program, argc, argv);
    struct config *config = config_load(args_config(&args));
    args_next(&args); /* reads the times; there are no options of its own */
    if (args.operand_count)
        args_usage(&args, "no operand is expected");
    struct center center = center_open(args_database(&args), config, args_user(), clock_now());
    struct sweeping s = {.orgs = org_table_load(center.db),
                         .out = out_open(columns, 3, args.format, args.header)};
    center_begin(&center, args.dry_run);
    survey_supervise(&center, args.dry_run, print_order, &s);
    if (args.dry_run)
        db_rollback(center.db);
    else
        db_commit(center.db);
    center_close(&center);
    out_close(s.out);
    org_table_free(&s.orgs);
    config_free(config);
    args_free(&args);
    out_finish();
    return EXIT_DONE;
}
