/* supervision-refuse: a supervisor refuses replies that settle nothing (督办回复退回). */
#include "act/desk.h"
#include "base/die.h"

enum { KEY_REPLY_DAYS = DESK_OWN };

static const struct args_option options[] = {
    {DESK_REASON, "reason", "TEXT", "why the reply settles nothing"},
    {KEY_REPLY_DAYS, "reply-days", "N", "working days for the next reply (else the level's)"},
    DESK_WHO,
    DESK_FILE,
    {0, NULL, NULL, NULL},
};
static const char *const synopsis[] = {"[-nq] --reason TEXT [--by ORG] N ... | -",
                                       "[-nq] --csv FILE", NULL};
static const struct args_program program = {
    .name = "supervision-refuse",
    .title = "督办退回",
    .synopsis = synopsis,
    .purpose = "Refuse replies to orders of supervision, by their numbers (督办回复退回).",
    .options = options,
};

enum { MOST_DAYS = 1000 };

int main(int argc, char **argv)
{
    struct desk desk = desk_start(&program, argc, argv);
    desk.act.kind = ACT_REFUSE_REPLY;
    desk.names_orders = true;
    while (desk_next(&desk)) /* --reply-days is the only one */
        desk.act.days = args_number(&desk.p.args, 1, MOST_DAYS);
    if (!desk.file.path && !desk.p.args.operand_count)
        args_usage(&desk.p.args, "name the orders by their numbers, or a file with --csv");
    desk_open(&desk, NULL, 0);
    desk_run(&desk);
    return desk_finish(&desk, EXIT_DONE);
}
