/* ticket-extend: a handler asks for more working days (延期), and the center decides. */
#include "desk.h"
#include "die.h"

enum { KEY_APPROVE = DESK_OWN, KEY_REJECT, KEY_DAYS };

static const struct args_option options[] = {
    {KEY_DAYS, "days", "N", "so many working days more"},
    {DESK_REASON, "reason", "TEXT", "why"},
    {DESK_BASIS, "basis", "TEXT", "the rule that says so"},
    {DESK_TEXT, "text", "TEXT", "a remark"},
    {KEY_APPROVE, "approve", NULL, "the center grants what was asked"},
    {KEY_REJECT, "reject", NULL, "the center refuses what was asked"},
    DESK_WHO,
    DESK_FILE,
    {0, NULL, NULL, NULL},
};
static const char *const synopsis[] = {"[-nq] --days N --reason TEXT [--by ORG] ID ... | -",
                                       "[-nq] --approve | --reject [--text TEXT] ID ... | -",
                                       "[-nq] --csv FILE [--source NAME]", NULL};
static const struct args_program program = {
    .name = "ticket-extend",
    .synopsis = synopsis,
    .purpose = "Ask for an extension (延期), or decide on it.",
    .options = options,
};

int main(int argc, char **argv)
{
    struct args args;
    struct desk desk = desk_start(&args, &program, argc, argv);
    int decided = 0;
    desk.act.kind = ACT_EXTEND;
    for (int key; (key = desk_next(&desk));) {
        decided += key == KEY_APPROVE || key == KEY_REJECT;
        if (key == KEY_APPROVE)
            desk.act.kind = ACT_GRANT_EXTENSION;
        else if (key == KEY_REJECT)
            desk.act.kind = ACT_REFUSE_EXTENSION;
        else if (key == KEY_DAYS)
            desk.act.days = args_number(&args, 1, 1000);
    }
    if (decided > 1)
        args_usage(&args, "one of --approve and --reject");
    if (!desk.file.path && !args.operand_count)
        args_usage(&args, "name the tickets, or a file with --csv");
    desk_open(&desk);
    desk_run(&desk);
    return desk_finish(&desk);
}
