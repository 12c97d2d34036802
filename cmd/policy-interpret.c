/* policy-interpret: policies have been interpreted (解读). */
#include "policy/act_program.h"

static const struct args_option options[] = {
    POLICY_DESK_OPTIONS,
    {0, NULL, NULL, NULL},
};
static const char *const synopsis[] = {"[-nq] [--by ORG] [--at TIME] POLICY ... | -",
                                       "[-nq] --csv FILE | --jsonl FILE [--rejects FILE]", NULL};
static const struct args_program program = {
    .name = "policy-interpret",
    .title = "政策解读",
    .synopsis = synopsis,
    .purpose = "Note that published policies have been interpreted (解读).",
    .options = options,
};

int main(int argc, char **argv)
{
    return policy_desk_main(
        &program,
        (struct policy_acts){POLICYACT_INTERPRETED, POLICYACT_INTERPRETED, POLICYACT_INTERPRETED},
        argc, argv);
}
