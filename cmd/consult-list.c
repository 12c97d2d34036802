/* consult-list: the drafts that are or were out for opinions, and the opinions on them. */
#include "base/clock.h"
#include "base/die.h"
#include "center/program.h"
#include "opinion/consultation_show.h"

static const struct args_option options[] = {{0, NULL, NULL, NULL}};
static const char *const synopsis[] = {"[CONSULTATION ... | -]", NULL};
static const struct args_program program = {
    .name = "consult-list",
    .title = "征求意见台账",
    .synopsis = synopsis,
    .purpose = "List consultations (征求意见), or the opinions on those that are named.",
    .options = options,
    .lists = true,
};

int main(int argc, char **argv)
{
    struct program p = program_start(&program, argc, argv);
    args_next(&p.args); /* reads the times; there are no options of its own */
    bool all = !p.args.operand_count;
    p.counts_tickets = true;
    if (all)
        program_open(&p, OUT_COLUMNS(consultpage_list));
    else
        program_open(&p, OUT_COLUMNS(consultpage_opinions));
    struct consultpage page = {.center = &p.center, .orgs = &p.orgs, .out = p.out};
    if (all)
        consult_each(p.center.db, consultpage_add, &page);
    else
        p.bad = consultpage_show(&page, &p.args);
    return program_end(&p, page.count ? EXIT_DONE : EXIT_NO);
}
