/* consult-decide: the drafter adopts opinions or not (采纳, 未采纳), and says why. */
#include "center/config.h"
#include "cli/args.h"
#include "opinion/consultation_act.h"

enum { KEY_ADOPT = ARGS_LONG, KEY_DECLINE, KEY_REASON };

static const struct args_option options[] = {
    {KEY_ADOPT, "adopt", NULL, "adopt the opinions"},
    {KEY_DECLINE, "decline", NULL, "decline them"},
    {KEY_REASON, "reason", "TEXT", "why"},
    {0, NULL, NULL, NULL},
};
static const char *const synopsis[] = {"[-nq] --adopt | --decline --reason TEXT OPINION ... | -",
                                       NULL};
static const struct args_program program = {
    .name = "consult-decide",
    .synopsis = synopsis,
    .purpose = "Adopt or decline opinions on drafts, with a reason.",
    .options = options,
};

int main(int argc, char **argv)
{
    struct args args = args_start(&program, argc, argv);
    struct config *config = config_load(args_config(&args));
    const char *reason = NULL;
    bool adopts = false, declines = false;
    for (int key; (key = args_next(&args));) {
        adopts = adopts || key == KEY_ADOPT;
        declines = declines || key == KEY_DECLINE;
        if (key == KEY_REASON)
            reason = *args.value ? args.value : NULL;
    }
    if (adopts == declines)
        args_usage(&args, "one of --adopt and --decline");
    if (!reason)
        args_usage(&args, "--reason is missing");
    if (!args.operand_count)
        args_usage(&args, "name the opinions");
    struct consultact act = consultact_start(&args, config, consultact_columns, CONSULTACT_COLUMNS);
    consultact_decide(&act, adopts, reason);
    return consultact_end(&act);
}
