/* ticket-accept: a handler signs a ticket in (签收). */
#include "desk.h"

static const struct args_option options[] = {
    {DESK_TEXT, "text", "TEXT", "a remark"},
    DESK_WHO,
    DESK_FILE,
    {0, NULL, NULL, NULL},
};
static const char *const synopsis[] = {"[-nq] [--by ORG] [--at TIME] ID ... | -",
                                       "[-nq] --csv FILE [--source NAME]", NULL};
static const struct args_program program = {
    .name = "ticket-accept",
    .synopsis = synopsis,
    .purpose = "Sign tickets in for the organisation that handles them (签收).",
    .options = options,
};

int main(int argc, char **argv)
{
    struct args args;
    struct desk desk = desk_start(&args, &program, argc, argv);
    desk.act.kind = ACT_ACCEPT;
    desk_next(&desk);
    if (!desk.file.path && !args.operand_count)
        args_usage(&args, "name the tickets, or a file with --csv");
    desk_open(&desk);
    desk_run(&desk);
    return desk_finish(&desk);
}
