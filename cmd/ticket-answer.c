/* ticket-answer: the handler answers or resolves a ticket (答复、办结); an assist files its part.
 */
#include "act/desk.h"
#include "base/clock.h"
#include "knowledge/kb.h"

enum { KEY_RESOLVED = DESK_OWN, KEY_WITHOUT, KEY_KB };

static const struct args_option options[] = {
    {DESK_TEXT, "text", "TEXT", "what is answered"},
    {KEY_KB, "kb", "N", "answer with this entry of the knowledge base (kb-find)"},
    {KEY_RESOLVED, "resolved", NULL, "the matter is settled (办结), not only answered (答复)"},
    {KEY_WITHOUT, "without", "REASON", "why the lead answers before its assists have"},
    DESK_WHO,
    DESK_FILE,
    {0, NULL, NULL, NULL},
};
static const char *const synopsis[] = {
    "[-nq] --text TEXT | --kb N [--resolved] [--by ORG] [--at TIME] ID ... | -",
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
    switch (key) {
    case KEY_RESOLVED: desk->act.resolves = true; break;
    case KEY_WITHOUT: desk->act.without = desk->p.args.value; break;
    case KEY_KB: desk->act.kb = args_number(&desk->p.args, 1, ORDER_MOST); break;
    }
}

/* The text of the entry that is answered with. */
static bool read_entry(struct desk *desk, struct act *act, struct fault *fault)
{
    static struct arena arena; /* until the end: the act's text */
    struct kb_entry entry;
    if (!act->kb)
        return true;
    if (act->text)
        return fault_add(fault, "one of --text and --kb");
    if (!kb_load(desk->p.center.db, act->kb, &arena, &entry))
        return fault_add(fault, "no entry %lld in the knowledge base", (long long)act->kb);
    if (entry.until < clock_day(desk->p.center.now))
        return fault_add(fault, "entry %s holds no more; kb-check lists these", entry.code);
    act->text = entry.text;
    return true;
}

int main(int argc, char **argv)
{
    struct desk desk = desk_start(&program, argc, argv);
    desk.knows = read_entry;
    return desk_do(&desk, (struct desk_acts){ACT_ANSWER, ACT_ANSWER, ACT_ANSWER}, take_option);
}
