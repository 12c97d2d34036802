#include "center/add.h"

#include <string.h>

#include "base/clock.h"
#include "base/die.h"
#include "base/tongue.h"
#include "center/org.h"
#include "center/permit.h"

static int find_field(const struct adding_kind *kind, const char *name)
{
    int field = 0;
    while (kind->fields[field] && strcmp(kind->fields[field], name) != 0)
        field++;
    return kind->fields[field] ? field : -1;
}

struct adding adding_start(const struct adding_kind *kind, const struct args_program *program,
                           int argc, char **argv)
{
    return adding_of(kind, program_start(program, argc, argv));
}

struct adding adding_of(const struct adding_kind *kind, struct program program)
{
    struct adding adding = {.kind = kind, .p = program};
    const struct args *args = &adding.p.args;
    adding.by = find_field(kind, "by");
    adding.at = find_field(kind, "at");
    adding.needed[0] = (struct column_need){kind->column, NULL};
    adding.needed[1] = (struct column_need){-1, NULL};
    adding.source =
        (struct bulk_source){.extra = kind->extra, .quiet = args->quiet, .dry_run = args->dry_run};
    return adding;
}

char *adding_value(struct adding *adding, const char *option)
{
    const char *given = adding->p.args.value;
    if (text_valid_utf8(given, strlen(given)) != strlen(given))
        args_usage(&adding->p.args, "the value of --%s is not UTF-8", option);
    char *value = text_trim(arena_string(&adding->arena, given));
    return *value ? value : NULL;
}

static bool goes_beside_file(const struct adding *adding, int field)
{
    if (field == adding->by || field == adding->at)
        return true;
    for (const int *allowed = adding->kind->beside_file; allowed && *allowed >= 0; allowed++)
        if (*allowed == field)
            return true;
    return false;
}

/* What the option for a field is called. */
static const char *option_name(const struct adding *adding, int field)
{
    const struct args_option *option = adding->p.args.program->options;
    while (option->name && option->key != ADDING_FIELD + field)
        option++;
    return option->name ? option->name : adding->kind->fields[field];
}

static void check(const struct adding *adding)
{
    const struct args *args = &adding->p.args;
    const struct bulk_source *source = &adding->source;
    const struct adding_kind *kind = adding->kind;
    int most = adding->operand && !source->path ? 1 : adding->operands;
    if (args->operand_count > most)
        args_usage(args,
                   adding->operand    ? "one %s alone, or a file"
                   : adding->operands ? N_("too many operands")
                                      : N_("no operand is expected"),
                   tongue(kind->noun));
    for (int i = 0; kind->fields[i]; i++)
        if (source->path && adding->values[i] && !goes_beside_file(adding, i))
            args_usage(args, "--%s goes with one %s, not with a file", option_name(adding, i),
                       tongue(kind->noun));
    if (!source->path && (source->encoding || source->rejects))
        args_usage(args, "--encoding and --rejects go with --csv or --jsonl");
    if (source->is_jsonl && source->encoding)
        args_usage(args, "--encoding goes with --csv; JSON lines are UTF-8");
    if (!source->path && adding->operand && !args->operand_count)
        args_usage(args, "name the %s, or a file with --csv", tongue(kind->noun));
    for (const int *needed = kind->needed; *needed >= 0 && !source->path; needed++)
        if (!adding->values[*needed])
            args_usage(args, "--%s is missing", option_name(adding, *needed));
}

/* What stands on the command line without an option. */
static void take_operand(struct adding *adding)
{
    struct args *args = &adding->p.args;
    if (adding->operand && args->operand_count) {
        args->value = args->operands[0];
        adding->values[0] = adding_value(adding, adding->kind->fields[0]);
    }
}

static void take_field(struct adding *adding, int field)
{
    char *value = adding_value(adding, adding->kind->fields[field]),
         *before = adding->values[field];
    if (before && value && field && field == adding->joined)
        value = arena_format(&adding->arena, "%s %s", before, value);
    adding->values[field] = value;
    if (field == adding->at)
        adding->given.at = args_moment(&adding->p.args);
}

int adding_next(struct adding *adding)
{
    struct bulk_source *source = &adding->source;
    for (int key; (key = args_next(&adding->p.args));) {
        const char *value = adding->p.args.value;
        if (key >= ADDING_OWN || key < ADDING_FIELD)
            return key;
        if (key < ADDING_CSV)
            take_field(adding, key - ADDING_FIELD);
        else if (key == ADDING_ENCODING)
            source->encoding = value;
        else if (key == ADDING_REJECTS)
            source->rejects = value;
        else if (source->path)
            args_usage(&adding->p.args, "one of --csv and --jsonl, once");
        else
            source->path = value, source->is_jsonl = key == ADDING_JSONL;
    }
    take_operand(adding);
    check(adding);
    return 0;
}

static void run_file(struct adding *adding, adding_take *take, void (*finish)(void *),
                     void *context)
{
    const struct adding_kind *kind = adding->kind;
    struct headers own = {0}, *headers = adding->headers ? adding->headers : &own;
    if (!adding->headers)
        own =
            headers_load(config_path(adding->p.config, "headers.yaml"), kind->record, kind->fields);
    struct bulk_source source = adding->source;
    source.knows = adding->knows;
    source.ahead = db_looks_ahead(adding->p.center.db) ? adding->ahead : NULL;
    source.context = context;
    struct bulk *bulk =
        bulk_open(&source, adding->p.center.db, headers, kind->fields, adding->needed);
    struct bulk_row row;
    struct fault fault = {""};
    adding->bulk = bulk;
    program_begin(&adding->p);
    while (bulk_next(bulk, &row)) {
        fault_clear(&fault);
        adding->extra = row.extra;
        if (!take(context, row.values, row.line, &fault))
            bulk_reject(bulk, fault.text);
    }
    adding->bulk = NULL;
    adding->extra = NULL;
    if (finish)
        finish(context);
    adding->p.bad += bulk_end(bulk, adding->p.out);
    headers_free(&own);
}

bool adding_who(const struct adding *adding, char *const *values, struct gate_who *who,
                struct fault *fault)
{
    struct db *db = adding->p.center.db;
    const char *by = values[adding->by], *at = values[adding->at];
    *who = adding->given;
    if (by && !(who->by = org_find(db, by)))
        org_unknown(db, by, fault);
    if (at && !clock_parse(at, &who->at, NULL))
        clock_refuse(fault, at);
    return !*fault->text;
}

/* What the options say of who and when, once the center is open. */
static void check_given(struct adding *adding)
{
    const char *by = adding->by >= 0 ? adding->values[adding->by] : NULL;
    adding->given.by = permit_by(&adding->p.center, by);
    if (adding->given.at > adding->p.center.now)
        args_usage(&adding->p.args, "--at lies in the future");
}

void adding_note(const struct adding *adding, const char *note)
{
    if (adding->p.args.quiet)
        return;
    if (adding->bulk)
        bulk_note(adding->bulk, note);
    else
        warn("%s", note);
}

void adding_run(struct adding *adding, adding_take *take, void (*finish)(void *), void *context)
{
    struct fault fault = {""};
    check_given(adding);
    if (adding->source.path) {
        run_file(adding, take, finish, context);
        return;
    }
    program_begin(&adding->p);
    if (!take(context, adding->values, 0, &fault))
        die("%s", fault.text);
    if (finish)
        finish(context);
    program_commit(&adding->p);
}

int adding_finish(struct adding *adding)
{
    arena_free(&adding->arena);
    return program_end(&adding->p, EXIT_DONE);
}
