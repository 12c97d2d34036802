/* ticket-extend: a handler asks for more working days (延期), and the center decides. */
#include "act/desk.h"

enum { KEY_DAYS = DESK_OWN };

static const struct args_option options[] = {
    {KEY_DAYS, "days", "N", "so many days more, of the kind's own"},
    {DESK_REASON, "reason", "TEXT", "why"},
    {DESK_BASIS, "basis", "TEXT", "the rule that says so"},
    {DESK_TEXT, "text", "TEXT", "a remark"},
    DESK_DECIDE,
    DESK_WHO,
    DESK_FILE,
    {0, NULL, NULL, NULL},
};
static const char *const synopsis[] = {"[-nq] --days N --reason TEXT [--by ORG] ID ... | -",
                                       "[-nq] --approve | --refuse [--text TEXT] ID ... | -",
                                       "[-nq] --csv FILE [--source NAME]", NULL};
static const struct args_program program = {
    .name = "ticket-extend",
    .title = "工单延期",
    .synopsis = synopsis,
    .purpose = "Ask for an extension (延期), or decide on it.",
    .options = options,
};

static void take_option(struct desk *desk, int key)
{
    if (key == KEY_DAYS)
        desk->act.days = args_number(&desk->p.args, 1, 1000);
}

int main(int argc, char **argv)
{
    return desk_main(&program,
                     (struct desk_acts){ACT_EXTEND, ACT_GRANT_EXTENSION, ACT_REFUSE_EXTENSION},
                     take_option, argc, argv);
}
