/* consult-decide: the drafter adopts opinions or not (采纳, 未采纳), and says why. */
#include "base/die.h"
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
    .title = "意见采纳",
    .synopsis = synopsis,
    .purpose = "Adopt or decline opinions on drafts, with a reason.",
    .options = options,
};

int main(int argc, char **argv)
{
    struct program p = program_start(&program, argc, argv);
    const char *reason = NULL;
    bool adopts = false, declines = false;
    for (int key; (key = args_next(&p.args));) {
        adopts = adopts || key == KEY_ADOPT;
        declines = declines || key == KEY_DECLINE;
        if (key == KEY_REASON)
            reason = *p.args.value ? p.args.value : NULL;
    }
    if (adopts == declines)
        args_usage(&p.args, "one of --adopt and --decline");
    if (!reason)
        args_usage(&p.args, "--reason is missing");
    if (!p.args.operand_count)
        args_usage(&p.args, "name the opinions");
    program_open(&p, OUT_COLUMNS(consultact_columns));
    consultact_decide(&p, adopts, reason);
    return program_end(&p, EXIT_DONE);
}
