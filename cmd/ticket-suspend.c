/* ticket-suspend: a handler asks that the clock stand still (挂起), and the center decides. */
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
    .name = "ticket-suspend",
    .title = "工单挂起",
    .synopsis = synopsis,
    .purpose = "Ask for a suspension (挂起), or decide on it.",
    .options = options,
};

int main(int argc, char **argv)
{
    return desk_main(&program,
                     (struct desk_acts){ACT_SUSPEND, ACT_GRANT_SUSPENSION, ACT_REFUSE_SUSPENSION},
                     NULL, argc, argv);
}
