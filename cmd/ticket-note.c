/* ticket-note: a remark on a ticket, or its being confidential. */
#include "act/desk.h"

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
    .title = "工单备注",
    .synopsis = synopsis,
    .purpose = "Write a remark on tickets (备注), or mark them confidential (保密).",
    .options = options,
};

static void take_option(struct desk *desk, int key)
{
    struct act *act = &desk->act;
    if (act->kind == ACT_MARK && act->confidential != (key == KEY_CONFIDENTIAL))
        args_usage(&desk->p.args, "one of --confidential and --public");
    act->kind = ACT_MARK;
    act->confidential = key == KEY_CONFIDENTIAL;
}

int main(int argc, char **argv)
{
    return desk_main(&program, (struct desk_acts){ACT_NOTE, ACT_NOTE, ACT_NOTE}, take_option, argc,
                     argv);
}
