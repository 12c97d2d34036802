/* policy-pin: policies stand above the others (置顶), or no more. */
#include "policy/act_program.h"

static const struct args_option options[] = {
    {POLICY_DESK_UNPIN, "unpin", NULL, "no more"},
    POLICY_DESK_OPTIONS,
    {0, NULL, NULL, NULL},
};
static const char *const synopsis[] = {"[-nq] [--unpin] [--by ORG] [--at TIME] POLICY ... | -",
                                       "[-nq] [--unpin] --csv FILE | --jsonl FILE [--rejects FILE]",
                                       NULL};
static const struct args_program program = {
    .name = "policy-pin",
    .title = "政策置顶",
    .synopsis = synopsis,
    .purpose = "Let policies stand above the others (置顶), or no more.",
    .options = options,
};

int main(int argc, char **argv)
{
    return policy_desk_main(
        &program, (struct policy_acts){POLICYACT_PINNED, POLICYACT_UNPINNED, POLICYACT_PINNED},
        argc, argv);
}
