/* ticket-return: a handler gives a ticket back (退单), and the center decides. */
#include "act/desk.h"

static const struct args_option options[] = {
    {DESK_REASON, "reason", "TEXT", "one of the configured reasons"},
    {DESK_BASIS, "basis", "TEXT", "the rule that says so"},
    {DESK_TEXT, "text", "TEXT", "a remark"},
    DESK_DECIDE,
    DESK_WHO,
    DESK_FILE,
    {0, NULL, NULL, NULL},
};
static const char *const synopsis[] = {"[-nq] --reason TEXT --basis TEXT [--by ORG] ID ... | -",
                                       "[-nq] --approve | --refuse [--text TEXT] ID ... | -",
                                       "[-nq] --csv FILE [--source NAME]", NULL};
static const struct args_program program = {
    .name = "ticket-return",
    .title = "工单退单",
    .synopsis = synopsis,
    .purpose = "Give tickets back to the center (退单), or decide on it.",
    .options = options,
};

int main(int argc, char **argv)
{
    return desk_main(&program, (struct desk_acts){ACT_RETURN, ACT_GRANT_RETURN, ACT_REFUSE_RETURN},
                     NULL, argc, argv);
}
