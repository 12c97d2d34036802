/* ticket-assist: assists (协办) that join a dispatched ticket later, or leave it. */
#include "act/desk.h"
#include "base/die.h"

enum { KEY_ADD = DESK_OWN, KEY_RELEASE };

static const struct args_option options[] = {
    {KEY_ADD, "add", "ORG", "it assists from now on; may be repeated"},
    {KEY_RELEASE, "release", "ORG", "it no longer assists; may be repeated"},
    {DESK_REASON, "reason", "TEXT", "why; with --release it must be given"},
    {DESK_BASIS, "basis", "TEXT", "the rule that says so"},
    {DESK_TEXT, "text", "TEXT", "a remark"},
    DESK_WHO,
    DESK_FILE,
    {0, NULL, NULL, NULL},
};
static const char *const synopsis[] = {
    "[-nq] --add ORG [--add ORG ...] [--basis TEXT] ID ... | -",
    "[-nq] --release ORG [--release ORG ...] --reason TEXT ID ... | -",
    "[-nq] --add ORG | --release ORG --csv FILE [--source NAME]", NULL};
static const struct args_program program = {
    .name = "ticket-assist",
    .title = "工单协办",
    .synopsis = synopsis,
    .purpose = "Let organisations assist with tickets (协办), or release them.",
    .options = options,
};

struct names {
    const char *list[ROUTE_MOST_ASSISTS];
    int count, added;
};

static void take_name(struct desk *desk, int key, struct names *names)
{
    if (names->count == ROUTE_MOST_ASSISTS)
        args_usage(&desk->p.args, "more than %d organisations", ROUTE_MOST_ASSISTS);
    names->list[names->count++] = desk->p.args.value;
    names->added += key == KEY_ADD;
}

int main(int argc, char **argv)
{
    struct desk desk = desk_start(&program, argc, argv);
    struct names names = {.count = 0};
    for (int key; (key = desk_next(&desk));)
        take_name(&desk, key, &names);
    if (!names.count || (names.added && names.added < names.count))
        args_usage(&desk.p.args, "one of --add and --release");
    if (!desk.file.path && !desk.p.args.operand_count)
        args_usage(&desk.p.args, "name the tickets, or a file with --csv");
    desk.act.kind = names.added ? ACT_ASSIST : ACT_RELEASE;
    desk_open(&desk, NULL, 0);
    for (int i = 0; i < names.count; i++)
        route_add_assist(&desk.act.route, org_need(desk.p.center.db, names.list[i]));
    desk_run(&desk);
    return desk_finish(&desk, EXIT_DONE);
}
