/* consult-open: sends a draft of a policy out for opinions (征求意见): a ticket to each addressee.
 */
#include <stdlib.h>

#include "base/clock.h"
#include "base/die.h"
#include "base/file.h"
#include "center/center.h"
#include "center/config.h"
#include "cli/args.h"
#include "opinion/consultation_act.h"

enum {
    KEY_TITLE = ARGS_LONG,
    KEY_DRAFT,
    KEY_FROM,
    KEY_UNTIL,
    KEY_TO,
    KEY_ASSOCIATION,
    MOST_ADDRESSEES = 1000
};

static const struct args_option options[] = {
    {KEY_TITLE, "title", "TEXT", "title of the draft"},
    {KEY_DRAFT, "draft", "FILE", "its text (- is standard input)"},
    {KEY_FROM, "from", "ORG", "who drafts it"},
    {KEY_UNTIL, "until", "DATE", "last day for opinions"},
    {KEY_TO, "to", "ORG", "an addressee; may be repeated"},
    {KEY_ASSOCIATION, "association", "CODE", "one that is an association; may be repeated"},
    {0, NULL, NULL, NULL},
};
static const char *const synopsis[] = {
    "[-nq] --title TEXT --draft FILE --from ORG --until DATE --to ORG ...", NULL};
static const struct args_program program = {
    .name = "consult-open",
    .synopsis = synopsis,
    .purpose = "Send a draft of a policy out for opinions (征求意见).",
    .options = options,
};

struct opening {
    struct args args;
    const char *title, *draft, *from; /* NULL: not given */
    int until;                        /* day; 0: not given */
    struct consultact_to to[MOST_ADDRESSEES];
    int to_count;
};

static void take_addressee(struct opening *o, bool is_association)
{
    if (o->to_count == MOST_ADDRESSEES)
        args_usage(&o->args, "more than %d addressees", MOST_ADDRESSEES);
    o->to[o->to_count++] = (struct consultact_to){o->args.value, is_association};
}

static void take_option(struct opening *o, int key)
{
    const char *value = *o->args.value ? o->args.value : NULL;
    switch (key) {
    case KEY_TITLE: o->title = value; break;
    case KEY_DRAFT: o->draft = value; break;
    case KEY_FROM: o->from = value; break;
    case KEY_UNTIL: o->until = args_day(&o->args); break;
    default: take_addressee(o, key == KEY_ASSOCIATION);
    }
}

static void check_options(const struct opening *o)
{
    const char *const given[] = {o->title, o->draft, o->from, o->until ? "" : NULL};
    for (int i = 0; i < 4; i++)
        if (!given[i])
            args_usage(&o->args, "--%s is missing", options[i].name);
    if (!o->to_count)
        args_usage(&o->args, "--to is missing (or --association)");
    if (o->args.operand_count)
        args_usage(&o->args, "no operand is expected");
}

static void run(struct opening *o, struct consultact *act)
{
    if (o->until < clock_day(act->center.now))
        die("--until lies in the past");
    char *draft = textfile_read(o->draft);
    struct consultation consultation = {.title = o->title,
                                        .draft = draft,
                                        .org = org_need(act->center.db, o->from),
                                        .until = o->until};
    consultact_open(act, &consultation, o->to, o->to_count);
    free(draft);
}

int main(int argc, char **argv)
{
    struct opening o = {.args = args_start(&program, argc, argv)};
    struct config *config = config_load(args_config(&o.args));
    for (int key; (key = args_next(&o.args));)
        take_option(&o, key);
    check_options(&o);
    struct consultact act =
        consultact_start(&o.args, config, consultact_tickets, CONSULTACT_TICKETS);
    run(&o, &act);
    return consultact_end(&act);
}
