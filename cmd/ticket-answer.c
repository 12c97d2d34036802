/* ticket-answer: the handler answers or resolves a ticket (答复、办结); an assist files its part.
 */
#include "desk.h"
#include "die.h"

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
    .synopsis = synopsis,
    .purpose = "Answer tickets for the lead, or file the part of an assist.",
    .options = options,
};

int main(int argc, char **argv)
{
    struct args args;
    struct desk desk = desk_start(&args, &program, argc, argv);
    desk.act.kind = ACT_ANSWER;
    for (int key; (key = desk_next(&desk));) {
        if (key == KEY_RESOLVED)
            desk.act.resolves = true;
        else
            desk.act.without = args.value;
    }
    if (!desk.file.path && !args.operand_count)
        args_usage(&args, "name the tickets, or a file with --csv");
    desk_open(&desk);
    desk_run(&desk);
    return desk_finish(&desk);
}
