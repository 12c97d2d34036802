/* policy-publish: drafts are published (发布). */
#include "policy/act_program.h"

static const struct args_option options[] = {
    POLICY_DESK_OPTIONS,
    {0, NULL, NULL, NULL},
};
static const char *const synopsis[] = {"[-nq] [--by ORG] [--at TIME] POLICY ... | -",
                                       "[-nq] --csv FILE | --jsonl FILE [--rejects FILE]", NULL};
static const struct args_program program = {
    .name = "policy-publish",
    .title = "政策发布",
    .synopsis = synopsis,
    .purpose = "Publish drafts of policies (发布).",
    .options = options,
};

int main(int argc, char **argv)
{
    return policy_desk_main(
        &program,
        (struct policy_acts){POLICYACT_PUBLISHED, POLICYACT_PUBLISHED, POLICYACT_PUBLISHED}, argc,
        argv);
}
