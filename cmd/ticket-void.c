/* ticket-void: what was a test, or was entered twice, is void (作废). */
#include "act/desk.h"

static const struct args_option options[] = {
    {DESK_REASON, "reason", "TEXT", "why: a test, entered twice"},
    {DESK_TEXT, "text", "TEXT", "a remark"},
    DESK_WHO,
    DESK_FILE,
    {0, NULL, NULL, NULL},
};
static const char *const synopsis[] = {"[-nq] --reason TEXT [--text TEXT] [--at TIME] ID ... | -",
                                       "[-nq] --csv FILE [--source NAME]", NULL};
static const struct args_program program = {
    .name = "ticket-void",
    .title = "工单作废",
    .synopsis = synopsis,
    .purpose = "Make tickets void (作废) that were a test, or entered twice.",
    .options = options,
};

int main(int argc, char **argv)
{
    return desk_main(&program, (struct desk_acts){ACT_VOID, ACT_VOID, ACT_VOID}, NULL, argc, argv);
}
