/* consult-decide: the drafter adopts opinions or not (采纳, 未采纳), and says why. */
#include "base/die.h"
#include "center/permit.h"
#include "opinion/consultation_act.h"

enum {
    KEY_ADOPT = ARGS_LONG,
    KEY_DECLINE,
    KEY_REASON,
    KEY_BY,
    KEY_AT,
    KEY_CSV,
    KEY_ENCODING,
    KEY_REJECTS
};

static const struct args_option options[] = {
    {KEY_ADOPT, "adopt", NULL, "adopt the opinions"},
    {KEY_DECLINE, "decline", NULL, "decline them"},
    {KEY_REASON, "reason", "TEXT", "why"},
    {KEY_BY, "by", "ORG", "the drafter or the center (else the drafter)"},
    {KEY_AT, "at", "TIME", "when it was done (else now)"},
    {KEY_CSV, "csv", "FILE", "do it for every row of a CSV file (- is standard input)"},
    {KEY_ENCODING, "encoding", "NAME", "encoding of the CSV (else found out)"},
    {KEY_REJECTS, "rejects", "FILE", "write bad rows there and do the rest"},
    {0, NULL, NULL, NULL},
};
static const char *const synopsis[] = {
    "[-nq] --adopt | --decline --reason TEXT [--by ORG] [--at TIME] OPINION ... | -",
    "[-nq] [--adopt | --decline] [--reason TEXT] --csv FILE [--rejects FILE]", NULL};
static const struct args_program program = {
    .name = "consult-decide",
    .title = "意见采纳",
    .synopsis = synopsis,
    .purpose = "Adopt or decline opinions on drafts, with a reason.",
    .options = options,
};

struct deciding {
    struct program p;
    struct decision given; /* AT 0: not said */
    const char *by;
    bool adopts, declines;
    struct bulk_source file;
};

static void take_option(struct deciding *d, int key)
{
    const char *value = d->p.args.value && *d->p.args.value ? d->p.args.value : NULL;
    switch (key) {
    case KEY_ADOPT: d->adopts = true; break;
    case KEY_DECLINE: d->declines = true; break;
    case KEY_REASON: d->given.reason = value; break;
    case KEY_BY: d->by = d->p.args.value; break;
    case KEY_AT: d->given.at = args_moment(&d->p.args); break;
    case KEY_CSV: d->file.path = value; break;
    case KEY_ENCODING: d->file.encoding = value; break;
    case KEY_REJECTS: d->file.rejects = value; break;
    }
}

static void check_options(const struct deciding *d)
{
    const struct args *args = &d->p.args;
    bool file = d->file.path != NULL;
    if (d->adopts + d->declines != 1 && (!file || d->adopts))
        args_usage(args, "one of --adopt and --decline");
    if (!file && !d->given.reason)
        args_usage(args, "--reason is missing");
    if (!file && (d->file.encoding || d->file.rejects))
        args_usage(args, "--encoding and --rejects go with --csv");
    if (file && args->operand_count)
        args_usage(args, "opinions are named by --csv or by operands, not both");
    if (!file && !args->operand_count)
        args_usage(args, "name the opinions");
}

int main(int argc, char **argv)
{
    struct deciding d = {.p = program_start(&program, argc, argv)};
    for (int key; (key = args_next(&d.p.args));)
        take_option(&d, key);
    check_options(&d);
    d.given.adopted = d.adopts;
    d.file.quiet = d.p.args.quiet;
    d.file.dry_run = d.p.args.dry_run;
    program_open(&d.p, OUT_COLUMNS(consultact_columns));
    d.given.by = permit_by(&d.p.center, d.by);
    if (d.file.path)
        consultact_decide_file(&d.p, &d.file, &d.given, d.adopts || d.declines);
    else
        consultact_decide(&d.p, &d.given);
    return program_end(&d.p, EXIT_DONE);
}
