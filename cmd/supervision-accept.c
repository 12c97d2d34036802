/* supervision-accept: the handler acknowledges its orders of supervision (签收督办). */
#include "act/desk.h"
#include "center/option.h"

enum { KEY_LEVEL = DESK_OWN, KEY_ORDER };

static const struct args_option options[] = {
    {KEY_LEVEL, "level", "LEVEL", "only this level's orders; order: those by hand"},
    {KEY_ORDER, "order", "N", "only the order of this number"},
    DESK_WHO,
    DESK_FILE,
    {0, NULL, NULL, NULL},
};
static const char *const synopsis[] = {"[-nq] [--level LEVEL] [--order N] [--by ORG] ID ... | -",
                                       "[-nq] --csv FILE [--source NAME]", NULL};
static const struct args_program program = {
    .name = "supervision-accept",
    .title = "督办签收",
    .synopsis = synopsis,
    .purpose = "Acknowledge the orders of supervision on tickets (签收督办).",
    .options = options,
};

static void take(struct desk *desk, int key)
{
    if (key == KEY_ORDER)
        desk->act.order = args_number(&desk->p.args, 1, ORDER_MOST);
    else
        desk->act.level = option_order_level(&desk->p.args, desk->p.config);
}

int main(int argc, char **argv)
{
    return desk_main(&program,
                     (struct desk_acts){ACT_ACKNOWLEDGE, ACT_ACKNOWLEDGE, ACT_ACKNOWLEDGE}, take,
                     argc, argv);
}
