/* consult-open: sends a draft of a policy out for opinions (征求意见): a ticket to each addressee.
 */
#include <stdlib.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/die.h"
#include "base/fault.h"
#include "base/file.h"
#include "center/permit.h"
#include "enterprise/association.h"
#include "opinion/consultation_act.h"
#include "policy/taxonomy.h"

enum {
    KEY_TITLE = ARGS_LONG,
    KEY_DRAFT,
    KEY_FROM,
    KEY_UNTIL,
    KEY_TO,
    KEY_ASSOCIATION,
    KEY_ENTERPRISE,
    KEY_CLASS,
    KEY_PUBLIC,
    KEY_URGENT,
    KEY_BY,
    KEY_AT,
    MOST_ADDRESSEES = 1000
};

static const struct args_option options[] = {
    {KEY_TITLE, "title", "TEXT", "title of the draft"},
    {KEY_DRAFT, "draft", "FILE", "its text (- is standard input)"},
    {KEY_FROM, "from", "ORG", "who drafts it"},
    {KEY_UNTIL, "until", "DATE", "last day for opinions"},
    {KEY_TO, "to", "ORG", "an addressee; may be repeated"},
    {KEY_ASSOCIATION, "association", "CODE", "one that is an association; may be repeated"},
    {KEY_ENTERPRISE, "enterprise", "CODE", "an enterprise; may be repeated"},
    {KEY_CLASS, "class", "CLASS", "the associations that prefer it, as for a policy of it"},
    {KEY_PUBLIC, "public", NULL, "open to all enterprises and the public (向社会公开征求)"},
    {KEY_URGENT, "urgent", "TEXT", "with --public: why for fewer days than is usual"},
    {KEY_BY, "by", "ORG", "who sends it out: the drafter, or the center (else the drafter)"},
    {KEY_AT, "at", "TIME", "when it was sent out (else now)"},
    {0, NULL, NULL, NULL},
};
static const char *const synopsis[] = {
    "[option ...] --title TEXT --draft FILE --from ORG --until DATE --to ORG ...", NULL};
static const struct args_program program = {
    .name = "consult-open",
    .title = "征求意见",
    .synopsis = synopsis,
    .purpose = "Send a draft of a policy out for opinions (征求意见).",
    .options = options,
};

struct opening {
    struct program p;
    const char *title, *draft, *from, *by, *class; /* NULL: not given */
    struct consult_call call;
    struct arena arena;
    struct gate_who who;
    int until; /* day; 0: not given */
    struct consultact_to to[MOST_ADDRESSEES];
    int to_count;
};

static void take_addressee(struct opening *o, const char *word, enum consultact_kind kind)
{
    if (o->to_count == MOST_ADDRESSEES)
        args_usage(&o->p.args, "more than %d addressees", MOST_ADDRESSEES);
    o->to[o->to_count++] = (struct consultact_to){word, kind};
}

static void take_association(void *context, const struct association *association)
{
    struct opening *o = context;
    take_addressee(o, arena_string(&o->arena, association->code), CONSULTACT_ASSOCIATION);
}

/* Those to whom policies of the class are pushed. */
static void add_class(struct opening *o)
{
    struct taxonomy taxonomy = taxonomy_load(o->p.config);
    const struct taxonomy_entry *entry = taxonomy_find(&taxonomy, o->class);
    struct fault fault = {""};
    if (!entry)
        die("--class: %s",
            fault_unknown(&fault, "class", o->class, taxonomy_nearest(&taxonomy, o->class),
                          "; taxonomy.yaml lists them"));
    association_each(o->p.center.db, 0, taxonomy_preferences(&taxonomy, &o->arena, entry),
                     take_association, o);
    if (!o->to_count)
        die("no association prefers the class %s", entry->term.code);
    taxonomy_free(&taxonomy);
}

static void take_option(struct opening *o, int key)
{
    const char *value = *o->p.args.value ? o->p.args.value : NULL;
    switch (key) {
    case KEY_TITLE: o->title = value; break;
    case KEY_DRAFT: o->draft = value; break;
    case KEY_FROM: o->from = value; break;
    case KEY_CLASS: o->class = value; break;
    case KEY_BY: o->by = value; break;
    case KEY_AT: o->who.at = args_moment(&o->p.args); break;
    case KEY_UNTIL: o->until = args_day(&o->p.args); break;
    case KEY_PUBLIC: o->call.to_public = true; break;
    case KEY_URGENT: o->call.urgent = value; break;
    default: take_addressee(o, o->p.args.value, (enum consultact_kind)(key - KEY_TO));
    }
}

static void check_options(const struct opening *o)
{
    const char *const given[] = {o->title, o->draft, o->from, o->until ? "" : NULL};
    for (int i = 0; i < 4; i++)
        if (!given[i])
            args_usage(&o->p.args, "--%s is missing", options[i].name);
    if (!o->to_count && !o->class && !o->call.to_public)
        args_usage(&o->p.args,
                   "--to is missing (or --association, --enterprise, --class, --public)");
    if (o->call.urgent && !o->call.to_public)
        args_usage(&o->p.args, "--urgent goes with --public");
    if (o->p.args.operand_count)
        args_usage(&o->p.args, "no operand is expected");
}

static void run(struct opening *o)
{
    int days = o->until - clock_day(o->who.at ? o->who.at : o->p.center.now);
    if (days < 0)
        die("--until lies in the past");
    o->who.by = permit_by(&o->p.center, o->by);
    if (o->class)
        add_class(o);
    char *draft = textfile_read(o->draft);
    struct consultation consultation = {.title = o->title,
                                        .draft = draft,
                                        .org = org_need(o->p.center.db, o->from),
                                        .until = o->until};
    if (days < o->p.config->policies.consult_days && !o->call.urgent && !o->p.args.quiet &&
        isatty(STDERR_FILENO))
        warn("the draft is out for %d day%s; usual are %d at least (consult_days)", days,
             days == 1 ? "" : "s", o->p.config->policies.consult_days);
    consultact_open(&o->p, &consultation, o->to, o->to_count, o->call, &o->who);
    free(draft);
}

int main(int argc, char **argv)
{
    struct opening o = {.p = program_start(&program, argc, argv)};
    for (int key; (key = args_next(&o.p.args));)
        take_option(&o, key);
    check_options(&o);
    program_open(&o.p, OUT_COLUMNS(consultact_tickets));
    run(&o);
    arena_free(&o.arena);
    return program_end(&o.p, EXIT_DONE);
}
