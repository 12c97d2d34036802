/* supervision-revoke: the center's word on what a handler entered too late (补录): levels that
 * began after what it says are revoked, or stand. */
#include "act/desk.h"
#include "base/die.h"

static const struct args_option options[] = {
    {DESK_TEXT, "text", "TEXT", "a remark"},
    DESK_DECIDE,
    DESK_WHO,
    DESK_FILE,
    {0, NULL, NULL, NULL},
};
static const char *const synopsis[] = {
    "[-nq] --approve | --refuse [--text TEXT] [--by ORG] [--at TIME] ID ... | -",
    "[-nq] --approve | --refuse --csv FILE [--source NAME]", NULL};
static const struct args_program program = {
    .name = "supervision-revoke",
    .title = "预警撤销",
    .synopsis = synopsis,
    .purpose =
        "Decide on a late entry (补录): revoke the levels that it shows never began (撤销预警).",
    .options = options,
};

int main(int argc, char **argv)
{
    struct desk desk = desk_start(&program, argc, argv);
    desk.acts =
        (struct desk_acts){ACT_GRANT_REVOCATION, ACT_GRANT_REVOCATION, ACT_REFUSE_REVOCATION};
    desk.act.kind = ACT_GRANT_REVOCATION;
    while (desk_next(&desk))
        ;
    if (!desk.decided)
        args_usage(&desk.p.args, "say --approve or --refuse");
    if (!desk.file.path && !desk.p.args.operand_count)
        args_usage(&desk.p.args, "name the tickets, or a file with --csv");
    desk_open(&desk, NULL, 0);
    desk_run(&desk);
    return desk_finish(&desk, EXIT_DONE);
}
