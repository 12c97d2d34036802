/* accountability-record: what comes of a procedure of accountability (问责), for the unit and for
 * persons (一案双查). */
#include <string.h>

#include "base/clock.h"
#include "base/die.h"
#include "base/tongue.h"
#include "center/permit.h"
#include "center/program.h"
#include "cli/bulk.h"
#include "supervision/accountability.h"

enum {
    KEY_HANDED_TO = ARGS_LONG,
    KEY_RESULT,
    KEY_PUBLISHED,
    KEY_PERSON,
    KEY_POST,
    KEY_LIABILITY,
    KEY_PERSON_RESULT,
    KEY_BY,
    KEY_AT,
    KEY_CSV,
    KEY_ENCODING,
    KEY_REJECTS,
    BATCH = 200
};

static const struct args_option options[] = {
    {KEY_HANDED_TO, "handed-to", "ORG|NAME", "handed over to who decides (移交)"},
    {KEY_RESULT, "result", "TEXT", "what was decided about the unit"},
    {KEY_PUBLISHED, "published", NULL, "the result was made public (公开)"},
    {KEY_PERSON, "person", "NAME", "a person who is held to account"},
    {KEY_POST, "post", "NAME", "the person's post"},
    {KEY_LIABILITY, "liability", "WORD", "直接责任, 主体责任, 监督责任 or 领导责任"},
    {KEY_PERSON_RESULT, "person-result", "TEXT", "what was decided about the person"},
    {KEY_BY, "by", "ORG", "who supervises, or decides (else the center)"},
    {KEY_AT, "at", "TIME", "when it was done (else now)"},
    {KEY_CSV, "csv", "FILE", "do it for every row of a CSV file (- is standard input)"},
    {KEY_ENCODING, "encoding", "NAME", "encoding of the CSV (else found out)"},
    {KEY_REJECTS, "rejects", "FILE", "write bad rows there and do the rest"},
    {0, NULL, NULL, NULL},
};
static const char *const synopsis[] = {
    "[-nq] [--handed-to ORG] [--result TEXT] [option ...] N ... | -",
    "[-nq] --person NAME [--post NAME --liability WORD] [option ...] N ...",
    "[-nq] [option ...] --csv FILE [--rejects FILE]", NULL};
static const struct args_program program = {
    .name = "accountability-record",
    .title = "问责记录",
    .synopsis = synopsis,
    .purpose = "Record what comes of procedures of accountability (问责), by their numbers.",
    .options = options,
};

static const struct out_column columns[] = {
    {"number", "问责编号", OUT_NUMBER}, {"id", "工单", OUT_NUMBER},
    {"org", "单位", OUT_TEXT},          {"handed", "移交", OUT_TEXT},
    {"decided", "处理", OUT_TEXT},      {"published", "公开", OUT_TEXT}};

struct recording {
    struct program p;
    struct accountability_step step;
    const char *by;
    struct bulk_source file;
};

static const char *need_liability(const struct args *args)
{
    char list[256];
    const char *found = accountability_liability(args->value);
    if (!found)
        args_unknown(args, "liability", NULL, accountability_list_liabilities(list, sizeof list));
    return found;
}

static void take_option(struct recording *r, int key)
{
    const struct args *args = &r->p.args;
    const char *value = args->value;
    if (value && text_valid_utf8(value, strlen(value)) != strlen(value))
        args_usage(args, "an option's value is not UTF-8");
    switch (key) {
    case KEY_HANDED_TO: r->step.handed_to = value; break;
    case KEY_RESULT: r->step.result = value; break;
    case KEY_PUBLISHED: r->step.published = true; break;
    case KEY_PERSON: r->step.person.name = value; break;
    case KEY_POST: r->step.person.post = value; break;
    case KEY_LIABILITY: r->step.person.liability = need_liability(args); break;
    case KEY_PERSON_RESULT: r->step.person.result = value; break;
    case KEY_BY: r->by = value; break;
    case KEY_AT: r->step.at = args_moment(args); break;
    case KEY_CSV: r->file.path = value; break;
    case KEY_ENCODING: r->file.encoding = value; break;
    case KEY_REJECTS: r->file.rejects = value; break;
    }
}

static void check(const struct recording *r)
{
    const struct args *args = &r->p.args;
    const struct accountable *person = &r->step.person;
    if (r->file.path && args->operand_count)
        args_usage(args, "procedures are named by a file or by operands, not both");
    if (!r->file.path && (r->file.encoding || r->file.rejects))
        args_usage(args, "--encoding and --rejects go with --csv");
    if (!r->file.path && !args->operand_count)
        args_usage(args, "name the procedures by their numbers; accountability-list prints them");
    if (!r->file.path && !person->name && (person->post || person->liability || person->result))
        args_usage(args, "--post, --liability and --person-result go with --person");
    if (!r->file.path && !accountability_says(&r->step))
        args_usage(args, "say what came of it: --handed-to, --result, --published or --person");
}

static void print_one(struct recording *r, int64_t number)
{
    struct arena arena = {0};
    struct accountability a;
    struct out *out = r->p.out;
    accountability_get(r->p.center.db, number, &arena, &a);
    out_number(out, a.number);
    out_number(out, a.ticket);
    out_code(out, org_code(&r->p.orgs, a.org), org_name(&r->p.orgs, a.org));
    out_moment(out, a.handed_at);
    out_moment(out, a.result_at);
    out_moment(out, a.published_at);
    out_row(out);
    arena_free(&arena);
}

/* An organisation's code, or whoever else it is. */
static const char *to_code(const struct recording *r, const char *word)
{
    int64_t org = word ? org_find(r->p.center.db, word) : 0;
    return org ? org_code(&r->p.orgs, org) : word;
}

static bool record_one(struct recording *r, int64_t number, const struct accountability_step *step,
                       struct fault *fault)
{
    if (accountability_enter(&r->p.center, number, step, fault) != ACCOUNTABILITY_DONE)
        return false;
    print_one(r, number);
    return true;
}

static void run_operands(struct recording *r)
{
    int64_t numbers[BATCH];
    struct fault fault = {""};
    struct args_ids loop = args_ids(&r->p.args, 0);
    for (int count; (count = args_next_ids(&loop, numbers, BATCH));) {
        program_begin(&r->p);
        for (int i = 0; i < count; i++) {
            fault_clear(&fault);
            if (record_one(r, numbers[i], &r->step, &fault))
                continue;
            warn("%lld: %s", (long long)numbers[i], fault.text);
            r->p.bad++;
        }
        program_commit(&r->p);
    }
    r->p.bad += args_ids_end(&loop);
}

/* What the row says stands above what the options say. */
static bool read_row(struct recording *r, char *const *values, int64_t *number,
                     struct accountability_step *step, struct fault *fault)
{
    const char *word = values[ACCOUNTABILITY_NUMBER];
    *step = r->step;
    *number = word ? args_id(word) : 0;
    if (!*number)
        fault_add(fault, word ? "not a number: \"%s\"" : N_("no number"), word);
    accountability_read(&r->p.center, values, step, fault);
    step->handed_to = to_code(r, step->handed_to);
    return !*fault->text;
}

static void run_file(struct recording *r)
{
    struct headers headers = headers_load(config_path(r->p.config, "headers.yaml"),
                                          "accountability", accountability_fields);
    struct bulk *bulk =
        bulk_open(&r->file, r->p.center.db, &headers, accountability_fields,
                  (struct column_need[]){{ACCOUNTABILITY_NUMBER, NULL}, {-1, NULL}});
    struct bulk_row row;
    struct fault fault = {""};
    program_begin(&r->p);
    while (bulk_next(bulk, &row)) {
        struct accountability_step step;
        int64_t number;
        fault_clear(&fault);
        if (!read_row(r, row.values, &number, &step, &fault) ||
            !record_one(r, number, &step, &fault))
            bulk_reject(bulk, fault.text);
    }
    r->p.bad += bulk_end(bulk, r->p.out);
    headers_free(&headers);
}

int main(int argc, char **argv)
{
    struct recording r = {.p = program_start(&program, argc, argv)};
    struct args *args = &r.p.args;
    for (int key; (key = args_next(args));)
        take_option(&r, key);
    check(&r);
    r.file.quiet = args->quiet;
    r.file.dry_run = args->dry_run;
    program_open(&r.p, OUT_COLUMNS(columns));
    r.step.by = permit_by(&r.p.center, r.by);
    r.step.handed_to = to_code(&r, r.step.handed_to);
    if (r.file.path)
        run_file(&r);
    else
        run_operands(&r);
    return program_end(&r.p, EXIT_DONE);
}
