/* consult-answer: enters the opinions that came back on a draft. */
#include "base/die.h"
#include "enterprise/enterprise.h"
#include "opinion/consultation_act.h"

enum {
    KEY_BY = ARGS_LONG,
    KEY_ENTERPRISE,
    KEY_PUBLIC,
    KEY_TEXT,
    KEY_AT,
    KEY_CSV,
    KEY_ENCODING,
    KEY_REJECTS
};

static const struct args_option options[] = {
    {KEY_BY, "by", "ORG", "who gives it"},
    {KEY_ENTERPRISE, "enterprise", "CODE", "an enterprise gives it"},
    {KEY_PUBLIC, "public", NULL, "somebody of the public gives it"},
    {KEY_TEXT, "text", "TEXT", "what it says"},
    {KEY_AT, "at", "TIME", "when it was given (else now)"},
    {KEY_CSV, "csv", "FILE", "every row of a CSV file (- is standard input)"},
    {KEY_ENCODING, "encoding", "NAME", "encoding of the CSV (else found out)"},
    {KEY_REJECTS, "rejects", "FILE", "write bad rows there and take the rest"},
    {0, NULL, NULL, NULL},
};
static const char *const synopsis[] = {
    "[-nq] --by ORG|--enterprise CODE|--public --text TEXT [--at TIME] CONSULTATION",
    "[-nq] --csv FILE [--rejects FILE]", NULL};
static const struct args_program program = {
    .name = "consult-answer",
    .title = "征求意见反馈",
    .synopsis = synopsis,
    .purpose = "Enter opinions on a draft; CONSULTATION is an id or a title.",
    .options = options,
};

struct answering {
    struct program p;
    const char *by, *firm;
    bool is_public;
    struct opinion opinion; /* as the options say; AT 0: not given */
    struct bulk_source file;
};

static void take_option(struct answering *a, int key)
{
    const char *value = *a->p.args.value ? a->p.args.value : NULL;
    switch (key) {
    case KEY_BY: a->by = value; break;
    case KEY_ENTERPRISE: a->firm = value; break;
    case KEY_PUBLIC: a->is_public = true; break;
    case KEY_TEXT: a->opinion.text = value; break;
    case KEY_AT: a->opinion.at = args_moment(&a->p.args); break;
    case KEY_CSV: a->file.path = value; break;
    case KEY_ENCODING: a->file.encoding = value; break;
    case KEY_REJECTS: a->file.rejects = value; break;
    }
}

static void check_options(const struct answering *a)
{
    const struct args *args = &a->p.args;
    bool file = a->file.path != NULL;
    int givers = (a->by != NULL) + (a->firm != NULL) + a->is_public;
    if (file && args->operand_count)
        args_usage(args, "no operand is expected");
    if (file && (givers || a->opinion.text || a->opinion.at))
        args_usage(args, "--by, --text and --at go with one opinion, not with a file");
    if (!file && (a->file.encoding || a->file.rejects))
        args_usage(args, "--encoding and --rejects go with --csv");
    if (!file && givers != 1)
        args_usage(args, givers ? "one of --by, --enterprise and --public" : "--by is missing");
    if (!file && !a->opinion.text)
        args_usage(args, "--text is missing");
    if (!file && args->operand_count != 1)
        args_usage(args, "name one consultation");
}

static void give(struct answering *a)
{
    struct db *db = a->p.center.db;
    a->opinion.consultation = consult_need(db, a->p.args.operands[0]);
    a->opinion.org = a->by ? org_need(db, a->by) : 0;
    a->opinion.firm = a->firm ? enterprise_need(db, a->firm) : 0;
    consultact_give(&a->p, &a->opinion, a->opinion.at != 0);
}

int main(int argc, char **argv)
{
    struct answering a = {.p = program_start(&program, argc, argv)};
    for (int key; (key = args_next(&a.p.args));)
        take_option(&a, key);
    check_options(&a);
    a.file.quiet = a.p.args.quiet;
    a.file.dry_run = a.p.args.dry_run;
    program_open(&a.p, OUT_COLUMNS(consultact_columns));
    if (a.file.path)
        consultact_file(&a.p, &a.file);
    else
        give(&a);
    return program_end(&a.p, EXIT_DONE);
}
