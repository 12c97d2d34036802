/* ticket-answer: the handler answers or resolves a ticket (答复、办结); an assist files its part.
 */
#include "act/desk.h"

enum { KEY_RESOLVED = DESK_OWN, KEY_WITHOUT };

static const struct args_option options[] = {
    {DESK_TEXT, "text", "TEXT", "what is answered"},
    {KEY_RESOLVED, "resolved", NULL, "the matter is settled (办结), not only answered (答复)"},
    {KEY_WITHOUT, "without", "REASON", "why the lead answers before its assists have"},
    DESK_WHO,
    DESK_FILE,
    {0, NULL, NULL, NULL},
};
static const char *const synopsis[] = {
    "[-nq] --text TEXT [--resolved] [--by ORG] [--at TIME] ID ... | -",
    "[-nq] --csv FILE [--source NAME]", NULL};
static const struct args_program program = {
    .name = "ticket-answer",
    .title = "工单答复",
    .synopsis = synopsis,
    .purpose = "Answer tickets for the lead, or file the part of an assist.",
    .options = options,
};

static void take_option(struct desk *desk, int key)
{
    if (key == KEY_RESOLVED)
        desk->act.resolves = true;
    else
        desk->act.without = desk->p.args.value;
}

int main(int argc, char **argv)
{
    return desk_main(&program, (struct desk_acts){ACT_ANSWER, ACT_ANSWER, ACT_ANSWER}, take_option,
                     argc, argv);
}
