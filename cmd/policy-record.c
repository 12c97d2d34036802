/* policy-record: what comes of policies: views, feedback, applications, money granted. */
#include "policy/act_program.h"

static const struct args_option options[] = {
    {POLICY_DESK_TYPE, "type", "TYPE", "viewed, feedback, applied, refused or granted"},
    {POLICY_DESK_COUNT, "count", "N", "so many views (else 1)"},
    {POLICY_DESK_ENTERPRISE, "enterprise", "CODE",
     "who viewed it, gave feedback, applied, was granted money"},
    {POLICY_DESK_SCORE, "score", "SCORE", "feedback: 1 to 5, or 非常满意 ... 非常不满意"},
    {POLICY_DESK_AMOUNT, "amount", "YUAN", "applied, granted: 500000, 50万"},
    {POLICY_DESK_TEXT, "text", "TEXT", "what was said; refused: why"},
    POLICY_DESK_OPTIONS,
    {0, NULL, NULL, NULL},
};
static const char *const synopsis[] = {
    "[-nq] --type TYPE [option ...] POLICY ... | -",
    "[-nq] [--type TYPE] --csv FILE | --jsonl FILE [--rejects FILE]", NULL};
static const struct args_program program = {
    .name = "policy-record",
    .title = "政策成效",
    .synopsis = synopsis,
    .purpose = "Record what comes of policies: views, feedback, applications, money granted.",
    .options = options,
};

int main(int argc, char **argv)
{
    return policy_desk_main(&program, (struct policy_acts){POLICYACT_VIEWED, POLICYACT_GRANTED, -1},
                            argc, argv);
}
