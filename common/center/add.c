#include "center/add.h"

#include <string.h>

#include "base/clock.h"
#include "base/die.h"

struct adding adding_start(const struct adding_kind *kind, struct args *args)
{
    return (struct adding){
        .kind = kind,
        .args = args,
        .config = config_load(args_config(args)),
        .needed = {{kind->column, NULL}, {-1, NULL}},
        .source = {.extra = kind->extra, .quiet = args->quiet, .dry_run = args->dry_run}};
}

char *adding_value(struct adding *adding, const char *option)
{
    const char *given = adding->args->value;
    if (text_valid_utf8(given, strlen(given)) != strlen(given))
        args_usage(adding->args, "the value of --%s is not UTF-8", option);
    char *value = text_trim(arena_string(&adding->arena, given));
    return *value ? value : NULL;
}

static bool goes_beside_file(const struct adding_kind *kind, int field)
{
    for (const int *allowed = kind->beside_file; allowed && *allowed >= 0; allowed++)
        if (*allowed == field)
            return true;
    return false;
}

/* What the option for a field is called. */
static const char *option_name(const struct adding *adding, int field)
{
    const struct args_option *option = adding->args->program->options;
    while (option->name && option->key != ADDING_FIELD + field)
        option++;
    return option->name ? option->name : adding->kind->fields[field];
}

static void check(const struct adding *adding)
{
    const struct args *args = adding->args;
    const struct bulk_source *source = &adding->source;
    const struct adding_kind *kind = adding->kind;
    if (args->operand_count)
        args_usage(args, "no operand is expected");
    for (int i = 0; kind->fields[i]; i++)
        if (source->path && adding->values[i] && !goes_beside_file(kind, i))
            args_usage(args, "--%s goes with one %s, not with a file", option_name(adding, i),
                       kind->noun);
    if (!source->path && (source->encoding || source->rejects))
        args_usage(args, "--encoding and --rejects go with --csv or --jsonl");
    if (source->is_jsonl && source->encoding)
        args_usage(args, "--encoding goes with --csv; JSON lines are UTF-8");
    for (const int *needed = kind->needed; *needed >= 0 && !source->path; needed++)
        if (!adding->values[*needed])
            args_usage(args, "--%s is missing", option_name(adding, *needed));
}

int adding_next(struct adding *adding)
{
    struct bulk_source *source = &adding->source;
    for (int key; (key = args_next(adding->args));) {
        const char *value = adding->args->value;
        if (key >= ADDING_OWN || key < ADDING_FIELD)
            return key;
        if (key < ADDING_CSV)
            adding->values[key - ADDING_FIELD] =
                adding_value(adding, adding->kind->fields[key - ADDING_FIELD]);
        else if (key == ADDING_ENCODING)
            source->encoding = value;
        else if (key == ADDING_REJECTS)
            source->rejects = value;
        else if (source->path)
            args_usage(adding->args, "one of --csv and --jsonl, once");
        else
            source->path = value, source->is_jsonl = key == ADDING_JSONL;
    }
    check(adding);
    return 0;
}

void adding_open(struct adding *adding, const struct out_column *columns, int count)
{
    struct args *args = adding->args;
    adding->center = center_open(args_database(args), adding->config, args_user(), clock_now());
    adding->out = out_open(columns, count, args->format, args->header);
}

static int run_file(struct adding *adding, adding_take *take, void (*finish)(void *), void *context)
{
    const struct adding_kind *kind = adding->kind;
    struct headers headers =
        headers_load(config_path(adding->config, "headers.yaml"), kind->record, kind->fields);
    struct bulk_source source = adding->source;
    source.knows = adding->knows;
    source.context = context;
    struct bulk *bulk =
        bulk_open(&source, adding->center.db, &headers, kind->fields, adding->needed);
    struct bulk_row row;
    struct fault fault = {""};
    adding->bulk = bulk;
    center_begin(&adding->center, adding->args->dry_run);
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
    int status = bulk_end(bulk, adding->out) ? EXIT_BAD : EXIT_DONE;
    headers_free(&headers);
    return status;
}

void adding_note(const struct adding *adding, const char *note)
{
    if (adding->args->quiet)
        return;
    if (adding->bulk)
        bulk_note(adding->bulk, note);
    else
        warn("%s", note);
}

int adding_run(struct adding *adding, adding_take *take, void (*finish)(void *), void *context)
{
    struct fault fault = {""};
    if (adding->source.path)
        return run_file(adding, take, finish, context);
    center_begin(&adding->center, adding->args->dry_run);
    if (!take(context, adding->values, 0, &fault))
        die("%s", fault.text);
    if (finish)
        finish(context);
    if (adding->args->dry_run)
        db_rollback(adding->center.db);
    else
        db_commit(adding->center.db);
    return EXIT_DONE;
}

void adding_finish(struct adding *adding)
{
    center_close(&adding->center);
    out_close(adding->out);
    arena_free(&adding->arena);
    config_free(adding->config);
    args_free(adding->args);
    out_finish();
}
