/* ticket-rate: the enterprise rates the answer (好差评). */
#include "act/desk.h"
#include "center/rating.h"

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
    .title = "工单评价",
    .synopsis = synopsis,
    .purpose = "Enter the rating that an enterprise gives the answer (好差评).",
    .options = options,
};

static void take_option(struct desk *desk, int key)
{
    if (key == KEY_SCORE)
        desk->act.score = rating_option(&desk->p.args);
}

int main(int argc, char **argv)
{
    return desk_main(&program, (struct desk_acts){ACT_RATE, ACT_RATE, ACT_RATE}, take_option, argc,
                     argv);
}
