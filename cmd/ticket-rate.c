/* ticket-rate: the enterprise rates the answer (好差评). */
#include "desk.h"
#include "die.h"

enum { KEY_SCORE = DESK_OWN };

static const struct args_option options[] = {
    {KEY_SCORE, "score", "RATING", "1 to 5, or 非常不满意 to 非常满意"},
    {DESK_TEXT, "text", "TEXT", "what the enterprise says"},
    DESK_WHO,
    DESK_FILE,
    {0, NULL, NULL, NULL},
};
static const char *const synopsis[] = {"[-nq] --score RATING [--text TEXT] [--at TIME] ID ... | -",
                                       "[-nq] --csv FILE [--source NAME]", NULL};
static const struct args_program program = {
    .name = "ticket-rate",
    .synopsis = synopsis,
    .purpose = "Enter the rating that an enterprise gives the answer (好差评).",
    .options = options,
};

int main(int argc, char **argv)
{
    struct args args;
    struct desk desk = desk_start(&args, &program, argc, argv);
    desk.act.kind = ACT_RATE;
    for (int key; (key = desk_next(&desk));) {
        if (key == KEY_SCORE)
            desk.act.score = desk_score(&args);
    }
    if (!desk.file.path && !args.operand_count)
        args_usage(&args, "name the tickets, or a file with --csv");
    desk_open(&desk);
    desk_run(&desk);
    return desk_finish(&desk);
}
