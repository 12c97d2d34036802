/* ruling-list: what conferences have ruled (会商裁定), the newest first. */
#include "base/die.h"
#include "catalogue/ruling_list.h"
#include "center/county.h"
#include "center/permit.h"
#include "center/program.h"

enum { KEY_ALL = ARGS_LONG, KEY_CENTER };

static const struct args_option options[] = {
    {KEY_ALL, "all", NULL, "the retired ones too"},
    {KEY_CENTER, "center", "ORG", "those in the catalogue of a county's center, or of the city's"},
    {0, NULL, NULL, NULL},
};
static const char *const synopsis[] = {"[--all] [--center ORG]", NULL};
static const struct args_program program = {
    .name = "ruling-list",
    .title = "裁定台账",
    .synopsis = synopsis,
    .purpose = "List the rulings of conferences, in the order in which the catalogue tries them.",
    .options = options,
    .lists = true,
};

struct listing {
    struct program p;
    int64_t pool; /* whose: a county's center, 0 the city's, -1 everybody's */
    long count;
};

static void take_ruling(void *context, const struct ruling *ruling)
{
    struct listing *l = context;
    if (l->pool >= 0 && ruling->center != l->pool)
        return;
    struct ruling seen = *ruling;
    if (!permit_sees(&l->p.center, ruling->ticket_id))
        seen.ticket_id = 0;
    l->count++;
    rulinglist_print(l->p.out, &l->p.orgs, &seen);
}

int main(int argc, char **argv)
{
    struct listing l = {.p = program_start(&program, argc, argv)};
    bool all = false;
    const char *center = NULL;
    for (int key; (key = args_next(&l.p.args));)
        if (key == KEY_ALL)
            all = true;
        else
            center = l.p.args.value;
    if (l.p.args.operand_count)
        args_usage(&l.p.args, "no operand is expected");
    program_open(&l.p, rulinglist_columns, RULINGLIST_COLUMNS);
    const struct county_choice whose = county_choose(&l.p.center, center);
    l.pool = county_pool(&l.p.center, &whose);
    ruling_each(l.p.center.db, all, take_ruling, &l);
    return program_end(&l.p, l.count ? EXIT_DONE : EXIT_NO);
}
