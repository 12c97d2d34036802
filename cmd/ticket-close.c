/* ticket-close: the explained close (申请作办结), and closing what nobody rated. */
#include "act/desk.h"
#include "base/die.h"

enum { KEY_EXPLAINED = DESK_OWN, KEY_APPROVE, KEY_REJECT, KEY_UNRATED, BATCH = 200 };

static const struct args_option options[] = {
    {KEY_EXPLAINED, "explained", NULL,
     "ask: it cannot be solved by law or policy, and was explained"},
    {DESK_REASON, "reason", "TEXT", "why it cannot be solved"},
    {DESK_BASIS, "basis", "TEXT", "the law or policy"},
    {KEY_APPROVE, "approve", NULL, "the center grants what was asked"},
    {KEY_REJECT, "refuse", NULL, "the center refuses what was asked"},
    {KEY_REJECT, "reject", NULL, NULL},
    {KEY_UNRATED, "unrated", NULL, "close what was not rated in time; without ids, all"},
    {DESK_TEXT, "text", "TEXT", "a remark"},
    DESK_WHO,
    DESK_FILE,
    {0, NULL, NULL, NULL},
};
static const char *const synopsis[] = {
    "[-nq] --explained --reason TEXT --basis TEXT [--by ORG] ID ... | -",
    "[-nq] --approve | --refuse [--text TEXT] ID ... | -", "[-nq] --unrated [ID ... | -]",
    "[-nq] --explained --csv FILE [--source NAME]", NULL};
static const struct args_program program = {
    .name = "ticket-close",
    .title = "工单作办结",
    .synopsis = synopsis,
    .purpose = "Close tickets that cannot be solved, after an explanation, or that nobody rated.",
    .options = options,
};

/* Batch by batch, until a batch closes nothing more. */
static void close_all_unrated(struct desk *desk)
{
    int64_t ids[BATCH], after = 0;
    int count;
    desk->sweeps = true;
    while ((count = ticket_unrated(&desk->p.center, after, ids, BATCH))) {
        after = ids[count - 1];
        desk_batch(desk, ids, count);
    }
}

int main(int argc, char **argv)
{
    struct desk desk = desk_start(&program, argc, argv);
    int chosen = 0;
    for (int key; (key = desk_next(&desk)); chosen++)
        desk.act.kind = key == KEY_EXPLAINED ? ACT_CLOSE
                        : key == KEY_APPROVE ? ACT_GRANT_CLOSE
                        : key == KEY_REJECT  ? ACT_REFUSE_CLOSE
                                             : ACT_CLOSE_UNRATED;
    if (chosen != 1)
        args_usage(&desk.p.args, "one of --explained, --approve, --refuse and --unrated");
    bool sweeps =
        desk.act.kind == ACT_CLOSE_UNRATED && !desk.file.path && !desk.p.args.operand_count;
    if (!sweeps && !desk.file.path && !desk.p.args.operand_count)
        args_usage(&desk.p.args, "name the tickets");
    desk_open(&desk, NULL, 0);
    if (sweeps)
        close_all_unrated(&desk);
    else
        desk_run(&desk);
    return desk_finish(&desk, EXIT_DONE);
}
