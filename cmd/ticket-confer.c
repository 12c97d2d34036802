/* ticket-confer: a conference (会商) on who answers for a ticket, and its ruling. */
#include <stdlib.h>
#include <string.h>

#include "act/desk.h"
#include "base/die.h"

enum { KEY_PARTICIPANTS = DESK_OWN, KEY_LEAD, KEY_ASSIST, KEY_WORDS, KEY_CATEGORY, KEY_ONCE };

static const struct args_option options[] = {
    {KEY_PARTICIPANTS, "participants", "TEXT", "who takes part"},
    {DESK_REASON, "reason", "TEXT", "why a conference is needed"},
    {KEY_LEAD, "lead", "ORG", "the ruling: this organisation leads"},
    {KEY_ASSIST, "assist", "ORG", "the ruling: it assists; may be repeated"},
    {DESK_BASIS, "basis", "TEXT", "the ruling: why"},
    {KEY_WORDS, "words", "WORDS", "the ruling is for tickets with all these words too"},
    {KEY_CATEGORY, "category", "TEXT", "and whose category begins so"},
    {KEY_ONCE, "once", NULL, "the ruling holds only for this case"},
    {DESK_TEXT, "text", "TEXT", "a remark"},
    DESK_WHO,
    {0, NULL, NULL, NULL},
};
static const char *const synopsis[] = {
    "[-nq] --reason TEXT [--participants TEXT] ID ... | -",
    "[-nq] --lead ORG [--assist ORG ...] --basis TEXT --words WORDS ID ... | -",
    "[-nq] --lead ORG [--assist ORG ...] --basis TEXT --once ID ... | -", NULL};
static const struct args_program program = {
    .name = "ticket-confer",
    .title = "工单会商",
    .synopsis = synopsis,
    .purpose = "Open a conference on tickets (会商), or enter its ruling, which dispatches them.",
    .options = options,
};

struct ruling {
    const char *lead, *assists[ROUTE_MOST_ASSISTS];
    int assist_count;
    char *words; /* cut into its words */
    const char **list;
};

/* Cuts the words at blanks. */
static void split_words(struct ruling *ruling, const char *words)
{
    size_t count = 0;
    ruling->words = mem_string(words);
    ruling->list = mem_zero(strlen(words) / 2 + 2, sizeof *ruling->list);
    for (char *rest, *word = strtok_r(ruling->words, " ", &rest); word;
         word = strtok_r(NULL, " ", &rest))
        ruling->list[count++] = word;
}

static void take_option(struct desk *desk, int key, struct ruling *ruling)
{
    const struct args *args = &desk->p.args;
    switch (key) {
    case KEY_PARTICIPANTS: desk->act.participants = args->value; break;
    case KEY_CATEGORY: desk->act.category = args->value; break;
    case KEY_ONCE: desk->act.once = true; break;
    case KEY_LEAD: ruling->lead = args->value; break;
    case KEY_WORDS:
        if (ruling->words)
            args_usage(args, "--words once, with all words");
        split_words(ruling, args->value);
        break;
    case KEY_ASSIST:
        if (ruling->assist_count == ROUTE_MOST_ASSISTS)
            args_usage(args, "more than %d --assist", ROUTE_MOST_ASSISTS);
        ruling->assists[ruling->assist_count++] = args->value;
        break;
    }
}

int main(int argc, char **argv)
{
    struct ruling ruling = {0};
    struct desk desk = desk_start(&program, argc, argv);
    for (int key; (key = desk_next(&desk));)
        take_option(&desk, key, &ruling);
    if (!desk.p.args.operand_count)
        args_usage(&desk.p.args, "name the tickets");
    if (!ruling.lead && (ruling.assist_count || ruling.words || desk.act.category || desk.act.once))
        args_usage(&desk.p.args, "a ruling needs --lead");
    desk_open(&desk, NULL, 0);
    desk.act.kind = ruling.lead ? ACT_RULE : ACT_CONFER;
    desk.act.words = ruling.list;
    if (ruling.lead)
        route_name(&desk.act.route, desk.p.center.db, ruling.lead, ruling.assists,
                   ruling.assist_count);
    desk_run(&desk);
    free(ruling.words);
    free(ruling.list);
    return desk_finish(&desk, EXIT_DONE);
}
