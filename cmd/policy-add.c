/* policy-add: adds policies or their next versions, from YAML files, one policy each, or from the
 * rows of a table. */
#include <stdlib.h>
#include <string.h>

#include "base/die.h"
#include "base/fault.h"
#include "center/permit.h"
#include "center/program.h"
#include "cli/bulk.h"
#include "cli/headers.h"
#include "criteria/profile_file.h"
#include "policy/add.h"
#include "policy/file.h"

enum { KEY_DRAFT = ARGS_LONG, KEY_CSV, KEY_JSONL, KEY_ENCODING, KEY_REJECTS, KEY_BY, KEY_AT };

static const struct args_option options[] = {
    {KEY_DRAFT, "draft", NULL, "keep them as drafts, which may lack what is required"},
    {KEY_CSV, "csv", "FILE", "take every row of a CSV file (- is standard input)"},
    {KEY_JSONL, "jsonl", "FILE", "take every line of a JSON lines file"},
    {KEY_ENCODING, "encoding", "NAME", "encoding of the CSV (else found out)"},
    {KEY_REJECTS, "rejects", "FILE", "write bad rows there and take the rest"},
    {KEY_BY, "by", "ORG", "the organisation whose policies they are (else the center)"},
    {KEY_AT, "at", "TIME", "when they came in (else now)"},
    {0, NULL, NULL, NULL},
};
static const char *const synopsis[] = {
    "[-nq] [--draft] [--by ORG] [--at TIME] FILE.yaml ...",
    "[-nq] [--draft] [--by ORG] [--at TIME] --csv FILE | --jsonl FILE [--rejects FILE]", NULL};
static const struct args_program program = {
    .name = "policy-add",
    .title = "政策归集",
    .synopsis = synopsis,
    .purpose = "Add policies, or the next versions of those with the same id.",
    .options = options,
};

static const struct out_column columns[] = {{"code", "编号", OUT_TEXT},
                                            {"version", "版本", OUT_NUMBER},
                                            {"result", "结果", OUT_TEXT},
                                            {"title", "标题", OUT_TEXT}};

/* A policy of this run, and the file that brought it. */
struct seen {
    const char *code, *path;
};

struct adding {
    struct program p;
    struct headers headers;
    struct taxonomy taxonomy;
    struct profile profile;
    struct policyread read;
    struct arena arena; /* of one row, or of all files */
    struct arena codes; /* of the run */
    struct seen *seen;
    size_t seen_count;
    struct text faults; /* of one row */
    const char *by;     /* NULL: nobody is named */
    struct gate_who who;
};

static void print_policy(struct adding *a, const struct policy *policy, enum policy_result result)
{
    static const char *const results[][2] = {
        {"added", "新增"}, {"changed", "更新"}, {"same", "未变"}};
    out_text(a->p.out, policy->code);
    out_number(a->p.out, policy->version);
    out_code(a->p.out, results[result][0], results[result][1]);
    out_text(a->p.out, policy->title);
    out_row(a->p.out);
}

/* Saves and prints what was read; false with a fault where it is refused. */
static bool save(struct adding *a, struct policy_input *input, struct fault *fault)
{
    enum policy_result result = policyadd(&a->p.center, input, a->read.draft, &a->who, fault);
    if (result != POLICY_REFUSED)
        print_policy(a, &input->policy, result);
    return result != POLICY_REFUSED;
}

static void take_file_fault(void *context, int field, const char *message)
{
    policyfile_fault(context, field, message);
}

/* The file that brought CODE in this run already, or NULL; else PATH is it from now on. */
static const char *seen_before(struct adding *a, const char *code, const char *path)
{
    for (size_t i = 0; i < a->seen_count; i++)
        if (!strcmp(a->seen[i].code, code))
            return a->seen[i].path;
    a->seen = mem_grow(a->seen, a->seen_count, sizeof *a->seen);
    a->seen[a->seen_count++] = (struct seen){arena_string(&a->codes, code), path};
    return NULL;
}

static bool add_file(struct adding *a, struct policyfile *file)
{
    struct policy_input input;
    struct fault fault = {""};
    a->read.fault = take_file_fault;
    a->read.context = file;
    if (!policyread(&a->read, file->values, &input))
        return false;
    const char *other = seen_before(a, input.policy.code, file->path);
    if (other)
        fault_add(&fault, "%s stands already in %s", input.policy.code, other);
    if (!other && save(a, &input, &fault))
        return true;
    policyfile_fault(file, file->values[POLICY_CODE] ? POLICY_CODE : POLICY_DOCUMENT, fault.text);
    return false;
}

/* Reads the files that can be read into FILES; returns how many. */
static int read_files(struct adding *a, struct policyfile *files)
{
    int good = 0;
    for (int i = 0; i < a->p.args.operand_count; i++)
        good += policyfile_read(&a->arena, a->p.args.operands[i], &a->headers, policy_fields(),
                                &a->profile, &files[good]);
    return good;
}

/* All or nothing. The files are read before others are kept from writing. */
static void add_files(struct adding *a)
{
    int count = a->p.args.operand_count;
    struct policyfile *files = mem_zero((size_t)count, sizeof *files);
    int good = read_files(a, files), bad = count - good;
    program_begin(&a->p);
    for (int i = 0; i < good; i++)
        bad += !add_file(a, &files[i]);
    arena_free(&a->arena);
    free(files);
    if (bad || a->p.args.dry_run)
        db_rollback(a->p.center.db);
    else
        db_commit(a->p.center.db);
    if (bad)
        out_drop(a->p.out);
    if (bad && count > 1)
        warn("%d bad file%s of %d: nothing was added", bad, bad == 1 ? "" : "s", count);
    a->p.bad += bad;
}

/* Of a row all faults make one line; of a fault in criteria the line that says where. */
static void take_row_fault(void *context, int field, const char *message)
{
    struct text *faults = context;
    if (faults->length)
        text_add(faults, "; ");
    if (field == POLICY_CRITERIA)
        text_add(faults, "criteria: ");
    text_add_bytes(faults, message, strcspn(message, "\n"));
}

static bool add_row(struct adding *a, char *const *values)
{
    struct policy_input input;
    struct fault fault = {""};
    text_clear(&a->faults);
    if (!policyread(&a->read, values, &input))
        return false;
    if (save(a, &input, &fault))
        return true;
    text_add(&a->faults, fault.text);
    return false;
}

static void add_table(struct adding *a, const struct bulk_source *source)
{
    struct bulk *bulk = bulk_open(source, a->p.center.db, &a->headers, policy_fields(),
                                  (struct column_need[]){{POLICY_TITLE, NULL}, {-1, NULL}});
    struct bulk_row row;
    a->read.fault = take_row_fault;
    a->read.context = &a->faults;
    program_begin(&a->p);
    while (bulk_next(bulk, &row)) {
        if (!add_row(a, row.values))
            bulk_reject(bulk, text_string(&a->faults));
        arena_free(&a->arena);
    }
    a->p.bad += bulk_end(bulk, a->p.out);
}

static void check_options(const struct args *args, const struct bulk_source *source)
{
    if (source->path && args->operand_count)
        args_usage(args, "policies are named by files or by --csv and --jsonl, not both");
    if (!source->path && !args->operand_count)
        args_usage(args, "name the files, one policy each, or a table with --csv");
    if (!source->path && (source->encoding || source->rejects))
        args_usage(args, "--encoding and --rejects go with --csv or --jsonl");
    if (source->is_jsonl && source->encoding)
        args_usage(args, "--encoding goes with --csv; JSON lines are UTF-8");
}

static void open_all(struct adding *a)
{
    program_open(&a->p, OUT_COLUMNS(columns));
    a->who.by = permit_by(&a->p.center, a->by);
    a->headers = headers_load(config_path(a->p.config, "headers.yaml"), "policy", policy_fields());
    a->taxonomy = taxonomy_load(a->p.config);
    a->profile = profilefile_load(a->p.config);
    a->read.center = &a->p.center;
    a->read.taxonomy = &a->taxonomy;
    a->read.profile = &a->profile;
    a->read.arena = &a->arena;
}

static int close_all(struct adding *a)
{
    headers_free(&a->headers);
    taxonomy_free(&a->taxonomy);
    profilefile_free(&a->profile);
    arena_free(&a->codes);
    text_free(&a->faults);
    free(a->seen);
    return program_end(&a->p, EXIT_DONE);
}

int main(int argc, char **argv)
{
    struct adding a = {.p = program_start(&program, argc, argv)};
    struct args *args = &a.p.args;
    struct bulk_source source = {.quiet = args->quiet, .dry_run = args->dry_run};
    for (int key; (key = args_next(args));)
        switch (key) {
        case KEY_DRAFT: a.read.draft = true; break;
        case KEY_BY: a.by = args->value; break;
        case KEY_AT: a.who.at = args_moment(args); break;
        case KEY_ENCODING: source.encoding = args->value; break;
        case KEY_REJECTS: source.rejects = args->value; break;
        default:
            if (source.path)
                args_usage(args, "one of --csv and --jsonl, once");
            source.path = args->value;
            source.is_jsonl = key == KEY_JSONL;
        }
    check_options(args, &source);
    open_all(&a);
    if (source.path)
        add_table(&a, &source);
    else
        add_files(&a);
    return close_all(&a);
}
