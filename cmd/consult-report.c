/* consult-report: what became of the opinions on a draft: the report on paper, and the list back to
 * those who gave them (反馈). */
#include <string.h>

#include "base/clock.h"
#include "base/die.h"
#include "center/config.h"
#include "cli/args.h"
#include "opinion/consultation_show.h"

enum { KEY_FEEDBACK = ARGS_LONG, KEY_AGAIN, KEY_UNMASK, KEY_FORMAT = 'F' };

static const struct args_option options[] = {
    {KEY_FEEDBACK, "feedback", NULL, "list what became of opinions, for those who gave them"},
    {KEY_AGAIN, "again", NULL, "with --feedback: what was listed before"},
    {KEY_UNMASK, "unmask", NULL, "with --feedback: contacts and telephones; the log notes it"},
    {KEY_FORMAT, "format", "FORMAT", "text (the default) or md; of --feedback table, tsv ..."},
    {0, NULL, NULL, NULL},
};
static const char *const synopsis[] = {"[-F md] CONSULTATION",
                                       "[-n] --feedback [--again] [--unmask] CONSULTATION", NULL};
static const struct args_program program = {
    .name = "consult-report",
    .synopsis = synopsis,
    .purpose = "Report on the opinions on a draft; CONSULTATION is an id or a title.",
    .options = options,
};

struct reporting {
    struct args args;
    const char *format;
    bool feedback, again, unmask, markdown;
};

static void take_option(struct reporting *r, int key)
{
    if (key == KEY_FORMAT)
        r->format = r->args.value;
    r->feedback = r->feedback || key == KEY_FEEDBACK;
    r->again = r->again || key == KEY_AGAIN;
    r->unmask = r->unmask || key == KEY_UNMASK;
}

static void check_options(struct reporting *r)
{
    struct args *args = &r->args;
    if ((r->again || r->unmask) && !r->feedback)
        args_usage(args, "%s goes with --feedback", r->again ? "--again" : "--unmask");
    if (r->unmask && args->dry_run)
        args_usage(args, "the log notes who sees telephones with --unmask, and -n writes nothing");
    if (args->operand_count != 1)
        args_usage(args, "name one consultation");
    r->markdown = r->format && !strcmp(r->format, "md");
    if (r->format && r->feedback ? !out_parse_format(r->format, &args->format)
                                 : r->format && !r->markdown && strcmp(r->format, "text") != 0)
        args_usage(args, "unknown format \"%s\" (%s)", r->format,
                   r->feedback ? "table, tsv, csv or json" : "text or md");
}

static void feed_back(const struct reporting *r, struct consultpage *page)
{
    page->out =
        out_open(consultpage_feedback, CONSULTPAGE_FEEDBACK, r->args.format, r->args.header);
    page->unmask = r->unmask;
    consultpage_feed_back(page, r->again, r->args.dry_run);
}

int main(int argc, char **argv)
{
    struct reporting r = {.args = args_start(&program, argc, argv)};
    struct config *config = config_load(args_config(&r.args));
    for (int key; (key = args_next(&r.args));)
        take_option(&r, key);
    check_options(&r);
    struct center center = center_open(args_database(&r.args), config, args_user(), clock_now());
    struct org_table orgs = org_table_load(center.db);
    struct arena arena = {0};
    struct consultation consultation;
    struct consultpage page = {.center = &center, .orgs = &orgs, .consultation = &consultation};
    consult_load(center.db, consult_need(center.db, r.args.operands[0]), &arena, &consultation);
    if (r.feedback)
        feed_back(&r, &page);
    else
        consultpage_report(&center, &orgs, &consultation, r.markdown);
    center_close(&center);
    if (r.feedback)
        out_close(page.out);
    arena_free(&arena);
    org_table_free(&orgs);
    config_free(config);
    args_free(&r.args);
    out_finish();
    return r.feedback && !page.count ? EXIT_NO : EXIT_DONE;
}
