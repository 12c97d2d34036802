/* ticket-return: a handler gives a ticket back (退单), and the center decides. */
#include "desk.h"
#include "die.h"

enum { KEY_APPROVE = DESK_OWN, KEY_REJECT };

static const struct args_option options[] = {
    {DESK_REASON, "reason", "TEXT", "one of the configured reasons"},
    {DESK_BASIS, "basis", "TEXT", "the rule that says so"},
    {DESK_TEXT, "text", "TEXT", "a remark"},
    {KEY_APPROVE, "approve", NULL, "the center grants what was asked"},
    {KEY_REJECT, "reject", NULL, "the center refuses what was asked"},
    DESK_WHO,
    DESK_FILE,
    {0, NULL, NULL, NULL},
};
static const char *const synopsis[] = {"[-nq] --reason TEXT --basis TEXT [--by ORG] ID ... | -",
                                       "[-nq] --approve | --reject [--text TEXT] ID ... | -",
                                       "[-nq] --csv FILE [--source NAME]", NULL};
static const struct args_program program = {
    .name = "ticket-return",
    .synopsis = synopsis,
    .purpose = "Give tickets back to the center (退单), or decide on it.",
    .options = options,
};

int main(int argc, char **argv)
{
    struct args args;
    struct desk desk = desk_start(&args, &program, argc, argv);
    int decided = 0;
    desk.act.kind = ACT_RETURN;
    for (int key; (key = desk_next(&desk));) {
        decided += key == KEY_APPROVE || key == KEY_REJECT;
        if (key == KEY_APPROVE)
            desk.act.kind = ACT_GRANT_RETURN;
        else if (key == KEY_REJECT)
            desk.act.kind = ACT_REFUSE_RETURN;
    }
    if (decided > 1)
        args_usage(&args, "one of --approve and --reject");
    if (!desk.file.path && !args.operand_count)
        args_usage(&args, "name the tickets, or a file with --csv");
    desk_open(&desk);
    desk_run(&desk);
    return desk_finish(&desk);
}
