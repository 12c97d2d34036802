/* ticket-accept: a handler signs a ticket in (签收). */
#include "act/desk.h"

static const struct args_option options[] = {
    {DESK_TEXT, "text", "TEXT", "a remark"},
    DESK_WHO,
    DESK_FILE,
    {0, NULL, NULL, NULL},
};
static const char *const synopsis[] = {"[-nq] [--by ORG] [--at TIME] ID ... | -",
                                       "[-nq] --csv FILE [--source NAME]", NULL};
static const struct args_program program = {
    .name = "ticket-accept",
    .title = "工单签收",
    .synopsis = synopsis,
    .purpose = "Sign tickets in for the organisation that handles them (签收).",
    .options = options,
};

int main(int argc, char **argv)
{
    return desk_main(&program, (struct desk_acts){ACT_ACCEPT, ACT_ACCEPT, ACT_ACCEPT}, NULL, argc,
                     argv);
}
