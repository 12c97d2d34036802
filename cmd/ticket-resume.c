/* ticket-resume: a suspended clock runs again (恢复). */
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
    .name = "ticket-resume",
    .title = "工单恢复",
    .synopsis = synopsis,
    .purpose = "Let the clock of suspended tickets run again (恢复).",
    .options = options,
};

int main(int argc, char **argv)
{
    return desk_main(&program, (struct desk_acts){ACT_RESUME, ACT_RESUME, ACT_RESUME}, NULL, argc,
                     argv);
}
