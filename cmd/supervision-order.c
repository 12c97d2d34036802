/* supervision-order: the center or another supervisor orders by hand (督办). */
#include "act/desk.h"
#include "base/die.h"

enum { KEY_TO = DESK_OWN, KEY_DOCUMENT, KEY_REPLY_DAYS, KEY_ACCOUNTABILITY };

static const struct args_option options[] = {
    {KEY_TO, "to", "ORG", "whom it orders; need not be a party of the ticket"},
    {DESK_REASON, "reason", "TEXT", "why"},
    {KEY_DOCUMENT, "document", "NAME", "its document (else as configured, 督办单)"},
    {KEY_REPLY_DAYS, "reply-days", "N", "working days for the reply (else as configured, 2)"},
    {KEY_ACCOUNTABILITY, "accountability", NULL, "it opens accountability (问责)"},
    DESK_WHO,
    DESK_FILE,
    {0, NULL, NULL, NULL},
};
static const char *const synopsis[] = {"[-nq] --to ORG --reason TEXT [--by ORG] ID ... | -",
                                       "[-nq] --csv FILE [--source NAME]", NULL};
static const struct args_program program = {
    .name = "supervision-order",
    .title = "人工督办",
    .synopsis = synopsis,
    .purpose = "Order supervision on tickets by hand (督办): policy execution, a leader's word.",
    .options = options,
};

enum { MOST_DAYS = 1000 };

int main(int argc, char **argv)
{
    struct desk desk = desk_start(&program, argc, argv);
    const char *to = NULL;
    desk.act.kind = ACT_ORDER;
    for (int key; (key = desk_next(&desk));) {
        switch (key) {
        case KEY_TO: to = desk.p.args.value; break;
        case KEY_DOCUMENT: desk.act.document = desk.p.args.value; break;
        case KEY_REPLY_DAYS: desk.act.days = args_number(&desk.p.args, 1, MOST_DAYS); break;
        case KEY_ACCOUNTABILITY: desk.act.accountability = true; break;
        }
    }
    if (!desk.file.path && !desk.p.args.operand_count)
        args_usage(&desk.p.args, "name the tickets, or a file with --csv");
    desk_open(&desk, NULL, 0);
    if (to)
        desk.act.ordered = org_need(desk.p.center.db, to);
    desk_run(&desk);
    return desk_finish(&desk, EXIT_DONE);
}
