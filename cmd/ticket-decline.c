/* ticket-decline: the center does not take requests in (不予受理), and says where else to go. */
#include "act/desk.h"

static const struct args_option options[] = {
    {DESK_REASON, "reason", "TEXT", "one of the configured reasons"},
    {DESK_BASIS, "basis", "TEXT", "the rule or document that says so"},
    {DESK_TEXT, "text", "TEXT", "a remark"},
    DESK_WHO,
    DESK_FILE,
    {0, NULL, NULL, NULL},
};
static const char *const synopsis[] = {
    "[-nq] --reason TEXT --basis TEXT [--text TEXT] [--at TIME] ID ... | -",
    "[-nq] --csv FILE [--source NAME]", NULL};
static const struct args_program program = {
    .name = "ticket-decline",
    .title = "工单不予受理",
    .synopsis = synopsis,
    .purpose = "Decline requests that are not for the center (不予受理), with the legal way.",
    .options = options,
};

int main(int argc, char **argv)
{
    return desk_main(&program, (struct desk_acts){ACT_DECLINE, ACT_DECLINE, ACT_DECLINE}, NULL,
                     argc, argv);
}
