/* ticket-appeal: an organisation appeals (申诉) that a ticket counts against it, and the center
 * decides. */
#include "act/desk.h"
#include "report/figures.h"

enum { KEY_FIGURE = DESK_OWN };

static const struct args_option options[] = {
    {KEY_FIGURE, "figure", "FIGURE[,FIGURE]", "in which figures it should not count"},
    {DESK_REASON, "reason", "TEXT", "why; of a decision too"},
    {DESK_BASIS, "basis", "TEXT", "the rule that says so"},
    {DESK_TEXT, "text", "TEXT", "a remark"},
    DESK_DECIDE,
    DESK_WHO,
    DESK_FILE,
    {0, NULL, NULL, NULL},
};
static const char *const synopsis[] = {
    "[-nq] --figure FIGURE --reason TEXT --basis TEXT [--by ORG] ID ... | -",
    "[-nq] --approve | --refuse --reason TEXT [--text TEXT] ID ... | -",
    "[-nq] --csv FILE [--source NAME]", NULL};
static const struct args_program program = {
    .name = "ticket-appeal",
    .title = "考核申诉",
    .synopsis = synopsis,
    .purpose = "Appeal against a ticket's counting in figures (申诉), or decide on it.",
    .options = options,
};

static void take_option(struct desk *desk, int key)
{
    if (key == KEY_FIGURE)
        desk->act.figures = desk->p.args.value;
}

/* What is appealed against are figures of requests. */
static bool knows_figures(struct desk *desk, struct act *act, struct fault *fault)
{
    return !act->figures ||
           report_read_figures(desk->p.config, &act->figures, &act->figure_names, fault);
}

int main(int argc, char **argv)
{
    struct desk desk = desk_start(&program, argc, argv);
    desk.knows = knows_figures;
    return desk_do(&desk, (struct desk_acts){ACT_APPEAL, ACT_GRANT_APPEAL, ACT_REFUSE_APPEAL},
                   take_option);
}
