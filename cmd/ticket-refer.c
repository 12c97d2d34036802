/* ticket-refer: hands tickets over to another system (转办), or takes them back. */
#include "act/desk.h"

enum { KEY_TO = DESK_OWN, KEY_NUMBER, KEY_BACK };

static const struct args_option options[] = {
    {KEY_TO, "to", "SYSTEM", "to which: one of refer_to of the configuration"},
    {KEY_NUMBER, "number", "TEXT", "the ticket's number there"},
    {DESK_REASON, "reason", "TEXT", "why it belongs there, or comes back"},
    {DESK_BASIS, "basis", "TEXT", "the rule or document that says so"},
    {KEY_BACK, "back", NULL, "it came back: into the pool again"},
    {DESK_TEXT, "text", "TEXT", "a remark"},
    DESK_WHO,
    DESK_FILE,
    {0, NULL, NULL, NULL},
};
static const char *const synopsis[] = {
    "[-nq] --to SYSTEM [--number TEXT] --reason TEXT [--basis TEXT] ID ... | -",
    "[-nq] --back --reason TEXT ID ... | -",
    "[-nq] --to SYSTEM | --back --csv FILE [--source NAME]", NULL};
static const struct args_program program = {
    .name = "ticket-refer",
    .title = "工单转办",
    .synopsis = synopsis,
    .purpose = "Refer tickets to another system (转办), or take back what was referred.",
    .options = options,
};

static void take_option(struct desk *desk, int key)
{
    switch (key) {
    case KEY_TO: desk->act.to = desk->p.args.value; break;
    case KEY_NUMBER: desk->act.number = desk->p.args.value; break;
    default: desk->act.kind = ACT_REFER_BACK; break;
    }
    if (desk->act.kind == ACT_REFER_BACK && (desk->act.to || desk->act.number))
        args_usage(&desk->p.args, "--back goes without --to and --number");
}

int main(int argc, char **argv)
{
    return desk_main(&program, (struct desk_acts){ACT_REFER, ACT_REFER, ACT_REFER}, take_option,
                     argc, argv);
}
