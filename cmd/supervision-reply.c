/* supervision-reply: the handler answers its orders of supervision (回复督办). */
#include "act/desk.h"
#include "center/option.h"

enum { KEY_LEVEL = DESK_OWN, KEY_ORDER };

static const struct args_option options[] = {
    {DESK_TEXT, "text", "TEXT", "the reply"},
    {KEY_LEVEL, "level", "LEVEL", "only this level's orders; order: those by hand"},
    {KEY_ORDER, "order", "N", "only the order of this number"},
    DESK_WHO,
    DESK_FILE,
    {0, NULL, NULL, NULL},
};
static const char *const synopsis[] = {
    "[-nq] --text TEXT [--level LEVEL] [--order N] [--by ORG] ID ... | -",
    "[-nq] --csv FILE [--source NAME]", NULL};
static const struct args_program program = {
    .name = "supervision-reply",
    .title = "督办回复",
    .synopsis = synopsis,
    .purpose = "Reply to the orders of supervision on tickets (回复督办).",
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
    return desk_main(&program, (struct desk_acts){ACT_REPLY, ACT_REPLY, ACT_REPLY}, take, argc,
                     argv);
}
