/* ruling-list: what conferences have ruled (会商裁定), the newest first. */
#include "base/die.h"
#include "catalogue/ruling_list.h"
#include "center/program.h"

enum { KEY_ALL = ARGS_LONG };

static const struct args_option options[] = {
    {KEY_ALL, "all", NULL, "the retired ones too"},
    {0, NULL, NULL, NULL},
};
static const char *const synopsis[] = {"[--all]", NULL};
static const struct args_program program = {
    .name = "ruling-list",
    .title = "裁定台账",
    .synopsis = synopsis,
    .purpose = "List the rulings of conferences, in the order in which the catalogue tries them.",
    .options = options,
};

struct listing {
    struct program p;
    long count;
};

static void take_ruling(void *context, const struct ruling *ruling)
{
    struct listing *l = context;
    l->count++;
    rulinglist_print(l->p.out, &l->p.orgs, ruling);
}

int main(int argc, char **argv)
{
    struct listing l = {.p = program_start(&program, argc, argv)};
    bool all = false;
    while (args_next(&l.p.args))
        all = true;
    if (l.p.args.operand_count)
        args_usage(&l.p.args, "no operand is expected");
    program_open(&l.p, rulinglist_columns, RULINGLIST_COLUMNS);
    ruling_each(l.p.center.db, all, take_ruling, &l);
    return program_end(&l.p, l.count ? EXIT_DONE : EXIT_NO);
}
