/* policy-withdraw: policies end before their time (撤下), for a reason. */
#include "policy/act_program.h"

static const struct args_option options[] = {
    {POLICY_DESK_REASON, "reason", "TEXT", "why"},
    POLICY_DESK_OPTIONS,
    {0, NULL, NULL, NULL},
};
static const char *const synopsis[] = {
    "[-nq] --reason TEXT [--by ORG] [--at TIME] POLICY ... | -",
    "[-nq] [--reason TEXT] --csv FILE | --jsonl FILE [--rejects FILE]", NULL};
static const struct args_program program = {
    .name = "policy-withdraw",
    .title = "政策撤下",
    .synopsis = synopsis,
    .purpose = "Withdraw policies (撤下), for a reason.",
    .options = options,
};

int main(int argc, char **argv)
{
    return policy_desk_main(
        &program,
        (struct policy_acts){POLICYACT_WITHDRAWN, POLICYACT_WITHDRAWN, POLICYACT_WITHDRAWN}, argc,
        argv);
}
