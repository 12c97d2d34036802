/* ticket-note: a remark on a ticket, or its being confidential. */
#include "desk.h"
#include "die.h"

enum { KEY_CONFIDENTIAL = DESK_OWN, KEY_PUBLIC };

static const struct args_option options[] = {
    {DESK_TEXT, "text", "TEXT", "the remark"},
    {KEY_CONFIDENTIAL, "confidential", NULL, "contact and text appear only with --unmask"},
    {KEY_PUBLIC, "public", NULL, "take that back"},
    DESK_WHO,
    DESK_FILE,
    {0, NULL, NULL, NULL},
};
static const char *const synopsis[] = {"[-nq] --text TEXT [--by ORG] [--at TIME] ID ... | -",
                                       "[-nq] --confidential | --public [--text TEXT] ID ... | -",
                                       "[-nq] --csv FILE [--source NAME]", NULL};
static const struct args_program program = {
    .name = "ticket-note",
    .synopsis = synopsis,
    .purpose = "Write a remark on tickets (备注), or mark them confidential (保密).",
    .options = options,
};

int main(int argc, char **argv)
{
    struct args args;
    struct desk desk = desk_start(&args, &program, argc, argv);
    desk.act.kind = ACT_NOTE;
    for (int key; (key = desk_next(&desk));) {
        if (desk.act.kind == ACT_MARK && desk.act.confidential != (key == KEY_CONFIDENTIAL))
            args_usage(&args, "one of --confidential and --public");
        desk.act.kind = ACT_MARK;
        desk.act.confidential = key == KEY_CONFIDENTIAL;
    }
    if (!desk.file.path && !args.operand_count)
        args_usage(&args, "name the tickets, or a file with --csv");
    desk_open(&desk);
    desk_run(&desk);
    return desk_finish(&desk);
}
