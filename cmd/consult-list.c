/* consult-list: the drafts that are or were out for opinions, and the opinions on them. */
#include "base/clock.h"
#include "base/die.h"
#include "center/config.h"
#include "cli/args.h"
#include "opinion/consultation_show.h"

static const struct args_option options[] = {{0, NULL, NULL, NULL}};
static const char *const synopsis[] = {"[CONSULTATION ... | -]", NULL};
static const struct args_program program = {
    .name = "consult-list",
    .synopsis = synopsis,
    .purpose = "List consultations (征求意见), or the opinions on those that are named.",
    .options = options,
};

int main(int argc, char **argv)
{
    struct args args = args_start(&program, argc, argv);
    struct config *config = config_load(args_config(&args));
    args_next(&args); /* reads the times; there are no options of its own */
    struct center center = center_open(args_database(&args), config, args_user(), clock_now());
    struct org_table orgs = org_table_load(center.db);
    struct consultpage page = {.center = &center, .orgs = &orgs};
    bool all = !args.operand_count;
    page.out = all ? out_open(consultpage_list, CONSULTPAGE_LIST, args.format, args.header)
                   : out_open(consultpage_opinions, CONSULTPAGE_OPINIONS, args.format, args.header);
    long bad = 0;
    if (all)
        consult_each(center.db, consultpage_add, &page);
    else
        bad = consultpage_show(&page, &args);
    center_close(&center);
    out_close(page.out);
    org_table_free(&orgs);
    config_free(config);
    args_free(&args);
    out_finish();
    return bad ? EXIT_BAD : page.count ? EXIT_DONE : EXIT_NO;
}
