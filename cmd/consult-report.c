/* consult-report: what became of the opinions on a draft: the report on paper, and the list back to
 * those who gave them (反馈). */
#include <string.h>

#include "base/clock.h"
#include "base/die.h"
#include "center/permit.h"
#include "center/program.h"
#include "opinion/consultation_show.h"

enum { KEY_FEEDBACK = ARGS_LONG, KEY_AGAIN, KEY_UNMASK, KEY_BY, KEY_AT };

static const struct args_option options[] = {
    {KEY_FEEDBACK, "feedback", NULL, "list what became of opinions, for those who gave them"},
    {KEY_AGAIN, "again", NULL, "with --feedback: what was listed before"},
    {KEY_UNMASK, "unmask", NULL, "with --feedback: contacts and telephones; the log notes it"},
    {KEY_BY, "by", "ORG", "with --feedback: who tells them (the center)"},
    {KEY_AT, "at", "TIME", "with --feedback: when they were told (else now)"},
    {0, NULL, NULL, NULL},
};
static const char *const synopsis[] = {
    "[-F md] CONSULTATION",
    "[-n] --feedback [--again] [--unmask] [--by ORG] [--at TIME] CONSULTATION", NULL};
static const struct args_program program = {
    .name = "consult-report",
    .title = "征求意见采纳情况",
    .synopsis = synopsis,
    .purpose = "Report on the opinions on a draft; CONSULTATION is an id or a title.",
    .options = options,
    .formats = OUT_OF_LISTS | OUT_OF_DOCUMENTS,
};

struct reporting {
    struct program p;
    bool feedback, again, unmask;
    const char *by;
    struct gate_who who;
};

static void take_option(struct reporting *r, int key)
{
    r->feedback = r->feedback || key == KEY_FEEDBACK;
    r->again = r->again || key == KEY_AGAIN;
    r->unmask = r->unmask || key == KEY_UNMASK;
    if (key == KEY_BY)
        r->by = r->p.args.value;
    if (key == KEY_AT)
        r->who.at = args_moment(&r->p.args);
}

static void check_options(struct reporting *r)
{
    struct args *args = &r->p.args;
    if ((r->again || r->unmask) && !r->feedback)
        args_usage(args, "%s goes with --feedback", r->again ? "--again" : "--unmask");
    if ((r->by || r->who.at) && (!r->feedback || r->again))
        args_usage(args, "--by and --at go with --feedback, and not with --again");
    if (r->unmask && args->dry_run)
        args_usage(args, "the log notes who sees telephones with --unmask, and -n writes nothing");
    if (args->operand_count != 1)
        args_usage(args, "name one consultation");
    args_need_format(args, r->feedback ? OUT_OF_LISTS : OUT_OF_DOCUMENTS);
}

static void report(struct reporting *r, struct arena *arena, struct consultpage *page)
{
    struct program *p = &r->p;
    struct consultation consultation;
    *page = (struct consultpage){.center = &p->center,
                                 .orgs = &p->orgs,
                                 .out = p->out,
                                 .consultation = &consultation,
                                 .unmask = r->unmask};
    consult_load(p->center.db, consult_need(p->center.db, p->args.operands[0]), arena,
                 &consultation);
    if (r->feedback)
        consultpage_feed_back(page, &r->who, r->again, p->args.dry_run);
    else
        consultpage_report(&p->center, &p->orgs, &consultation, p->args.format);
}

int main(int argc, char **argv)
{
    struct reporting r = {.p = program_start(&program, argc, argv)};
    struct arena arena = {0};
    struct consultpage page;
    for (int key; (key = args_next(&r.p.args));)
        take_option(&r, key);
    check_options(&r);
    r.p.counts_tickets = true;
    program_open(&r.p, NULL, 0);
    r.who.by = permit_by(&r.p.center, r.by);
    if (r.feedback)
        program_print(&r.p, OUT_COLUMNS(consultpage_feedback));
    report(&r, &arena, &page);
    arena_free(&arena);
    return program_end(&r.p, r.feedback && !page.count ? EXIT_NO : EXIT_DONE);
}
