/* org-add: adds or changes organisations, one from options or many from a CSV file. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "args.h"
#include "bulk.h"
#include "center.h"
#include "clock.h"
#include "config.h"
#include "die.h"
#include "headers.h"
#include "org.h"
#include "orgfile.h"

enum field { CODE, NAME, SHORT, GROUP, CONTACT, PHONE, FIELD_COUNT };
enum {
    KEY_FIELD = ARGS_LONG,
    KEY_CSV = KEY_FIELD + FIELD_COUNT,
    KEY_JSONL,
    KEY_ENCODING,
    KEY_REJECTS
};

static const struct args_option options[] = {
    {KEY_FIELD + CODE, "code", "CODE", "short code, the same for ever"},
    {KEY_FIELD + NAME, "name", "NAME", "full name"},
    {KEY_FIELD + SHORT, "short", "NAMES", "short names, divided by blanks or 、"},
    {KEY_FIELD + GROUP, "group", "GROUP", "peer group of organisations.yaml"},
    {KEY_FIELD + CONTACT, "contact", "NAME", "person to talk to"},
    {KEY_FIELD + PHONE, "phone", "NUMBER", "telephone"},
    {KEY_CSV, "csv", "FILE", "take every row of a CSV file (- is standard input)"},
    {KEY_JSONL, "jsonl", "FILE", "take every line of a JSON lines file"},
    {KEY_ENCODING, "encoding", "NAME", "encoding of the CSV (else found out)"},
    {KEY_REJECTS, "rejects", "FILE", "write bad rows there and take the rest"},
    {0, NULL, NULL, NULL},
};
static const char *const synopsis[] = {"[-nq] --code CODE --name NAME --group GROUP [option ...]",
                                       "[-nq] --csv FILE | --jsonl FILE [--rejects FILE]", NULL};
static const struct args_program program = {
    .name = "org-add",
    .synopsis = synopsis,
    .purpose = "Add organisations, or change those with the same code.",
    .options = options,
};

static const struct out_column columns[] = {
    {"code", "代码", OUT_TEXT}, {"name", "名称", OUT_TEXT}, {"result", "结果", OUT_TEXT}};

struct adding {
    struct center center;
    struct arena arena;
    const char *const *groups; /* codes and names in turn */
    struct out *out;
};

/* The code of a peer group called WORD, or NULL. */
static const char *find_group(const struct adding *a, const char *word)
{
    for (const char *const *group = a->groups; *group; group += 2)
        if (text_same(group[0], word) || text_same(group[1], word))
            return group[0];
    return NULL;
}

static const char *const *split_names(struct arena *arena, const char *joined)
{
    size_t count = 0, room = joined ? strlen(joined) / 2 + 2 : 1;
    const char **names = arena_zero(arena, room * sizeof *names);
    static const char *const separators[] = {" ",  "\t", "\r", "\n", "　",
                                             "、", "，", ",",  "；", ";"};
    for (const char *s = joined ? joined : "", *start = s;; s++) {
        size_t skip = 0;
        for (size_t i = 0; i < sizeof separators / sizeof *separators; i++)
            if (!strncmp(s, separators[i], strlen(separators[i])))
                skip = strlen(separators[i]);
        if (*s && !skip)
            continue;
        if (s > start)
            names[count++] = arena_bytes(arena, start, (size_t)(s - start));
        if (!*s)
            return names;
        start = s + skip;
        s = start - 1;
    }
}

/* Saves the organisation of VALUES and prints it; false with a fault where it is refused. */
static bool add_org(struct adding *a, char *const *values, char *fault, size_t size)
{
    static const char *const results[] = {"added", "changed", "same"};
    for (int i = CODE; i <= GROUP; i++)
        if (!values[i] && i != SHORT) {
            snprintf(fault, size, "no %s", org_fields[i]);
            return false;
        }
    const char *group = find_group(a, values[GROUP]);
    if (!group) {
        snprintf(fault, size, "unknown group \"%s\"; organisations.yaml lists them", values[GROUP]);
        return false;
    }
    struct org org = {.code = values[CODE],
                      .name = values[NAME],
                      .peer_group = group,
                      .contact = values[CONTACT],
                      .phone = values[PHONE],
                      .short_names = split_names(&a->arena, values[SHORT])};
    enum org_result result = org_save(&a->center, &org, fault, size);
    if (result == ORG_REFUSED)
        return false;
    out_text(a->out, org.code);
    out_text(a->out, org.name);
    out_text(a->out, results[result]);
    out_row(a->out);
    return true;
}

static void end(struct adding *a, bool keep)
{
    if (keep)
        db_commit(a->center.db);
    else
        db_rollback(a->center.db);
}

static int add_one(struct adding *a, char *const *values, bool dry_run)
{
    char fault[256];
    db_begin(a->center.db);
    if (!add_org(a, values, fault, sizeof fault))
        die("%s", fault);
    end(a, !dry_run);
    return EXIT_DONE;
}

static int add_file(struct adding *a, const struct bulk_source *source, bool dry_run)
{
    struct headers headers =
        headers_load(config_path(a->center.config, "headers.yaml"), "org", org_fields);
    struct bulk_source opened = *source;
    if (dry_run)
        opened.rejects = NULL;
    struct bulk *bulk = bulk_open(&opened, &headers, org_fields, CODE);
    struct bulk_row row;
    char fault[256];
    db_begin(a->center.db);
    while (bulk_next(bulk, &row))
        if (!add_org(a, row.values, fault, sizeof fault))
            bulk_reject(bulk, fault);
    bool refused = bulk_bad(bulk) && !source->rejects;
    bulk_finish(bulk);
    end(a, !refused && !dry_run);
    if (refused) {
        out_drop(a->out);
        warn("%ld bad row%s: nothing was added; --rejects FILE adds the rest", bulk_bad(bulk),
             bulk_bad(bulk) == 1 ? "" : "s");
    }
    int status = bulk_bad(bulk) ? EXIT_BAD : EXIT_DONE;
    bulk_free(bulk);
    headers_free(&headers);
    return status;
}

/* As in a file: no blanks around a value, and a blank value is none. */
static char *read_value(const struct args *args, struct arena *arena, const char *field)
{
    if (text_valid_utf8(args->value, strlen(args->value)) != strlen(args->value))
        args_usage(args, "the value of --%s is not UTF-8", field);
    char *value = text_trim(arena_string(arena, args->value));
    return *value ? value : NULL;
}

int main(int argc, char **argv)
{
    struct args args = args_start(&program, argc, argv);
    struct config *config = config_load(args_config(&args));
    struct bulk_source source = {.quiet = args.quiet};
    char *values[FIELD_COUNT] = {0};
    struct adding a = {.groups = NULL};
    for (int key; (key = args_next(&args));) {
        if (key < KEY_CSV)
            values[key - KEY_FIELD] = read_value(&args, &a.arena, org_fields[key - KEY_FIELD]);
        else if (key == KEY_ENCODING)
            source.encoding = args.value;
        else if (key == KEY_REJECTS)
            source.rejects = args.value;
        else if (source.path)
            args_usage(&args, "one of --csv and --jsonl, once");
        else
            source.path = args.value, source.is_jsonl = key == KEY_JSONL;
    }
    if (args.operand_count)
        args_usage(&args, "no operand is expected");
    for (int i = 0; i < FIELD_COUNT; i++)
        if (source.path && values[i])
            args_usage(&args, "--%s goes with one organisation, not with a file", org_fields[i]);
    if (!source.path && (source.encoding || source.rejects))
        args_usage(&args, "--encoding and --rejects go with --csv or --jsonl");
    if (source.is_jsonl && source.encoding)
        args_usage(&args, "--encoding goes with --csv; JSON lines are UTF-8");
    for (int i = CODE; i <= GROUP && !source.path; i++)
        if (!values[i] && i != SHORT)
            args_usage(&args, "--%s is missing", org_fields[i]);

    a.center = center_open(args_database(&args), config, args_user(), clock_now());
    a.groups = orgfile_groups(&a.arena, config_path(config, "organisations.yaml"));
    a.out = out_open(columns, 3, args.format, args.header);
    int status =
        source.path ? add_file(&a, &source, args.dry_run) : add_one(&a, values, args.dry_run);
    center_close(&a.center);
    out_close(a.out);
    arena_free(&a.arena);
    config_free(config);
    args_free(&args);
    out_finish();
    return status;
}
