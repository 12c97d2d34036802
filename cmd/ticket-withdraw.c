/* ticket-withdraw: the enterprise takes its request back (撤回). */
#include "act/desk.h"

static const struct args_option options[] = {
    {DESK_TEXT, "text", "TEXT", "what the enterprise says"},
    {DESK_REASON, "reason", "TEXT", "why it takes it back"},
    DESK_WHO,
    DESK_FILE,
    {0, NULL, NULL, NULL},
};
static const char *const synopsis[] = {
    "[-nq] --text TEXT | --reason TEXT [--by ORG] [--at TIME] ID ... | -",
    "[-nq] --csv FILE [--source NAME]", NULL};
static const struct args_program program = {
    .name = "ticket-withdraw",
    .title = "工单撤回",
    .synopsis = synopsis,
    .purpose = "Close tickets that their enterprise takes back before the answer (撤回).",
    .options = options,
};

int main(int argc, char **argv)
{
    return desk_main(&program, (struct desk_acts){ACT_WITHDRAW, ACT_WITHDRAW, ACT_WITHDRAW}, NULL,
                     argc, argv);
}
