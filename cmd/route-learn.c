/* route-learn: learns from what was decided where tickets belong, as a second voice of dispatch. */
#include <stdlib.h>
#include <string.h>

#include "base/die.h"
#include "base/fault.h"
#include "catalogue/model_file.h"
#include "center/permit.h"
#include "center/program.h"
#include "center/role.h"
#include "cli/bulk.h"
#include "ticket/adoption.h"
#include "ticket/lesson.h"

enum {
    KEY_OUTPUT = 'o',
    KEY_CSV = ARGS_LONG,
    KEY_ENCODING,
    KEY_NO_LOG,
    KEY_ADOPT,
    KEY_DROP,
    KEY_REASON
};

static const struct args_option options[] = {
    {KEY_OUTPUT, "output", "FILE", "write the model there, and put it in force"},
    {KEY_CSV, "csv", "FILE", "learn from this file too: title, body, unit"},
    {KEY_ENCODING, "encoding", "NAME", "encoding of the CSV (else found out)"},
    {KEY_NO_LOG, "no-log", NULL, "learn from the file alone"},
    {KEY_ADOPT, "adopt", "FILE", "learn nothing, put this model in force"},
    {KEY_DROP, "drop", NULL, "learn nothing, put no model in force"},
    {KEY_REASON, "reason", "TEXT", "why, for the log"},
    {0, NULL, NULL, NULL},
};
static const char *const synopsis[] = {"[-nq] -o FILE [--csv FILE [--no-log]] [--reason TEXT]",
                                       "[-nq] --adopt FILE [--reason TEXT]",
                                       "[-nq] --drop [--reason TEXT]", NULL};
static const struct args_program program = {
    .name = "route-learn",
    .title = "派单学习",
    .synopsis = synopsis,
    .purpose =
        "Learn where tickets belong from rulings, returns and answers, beside the catalogue.",
    .options = options,
};

static const struct out_column columns[] = {
    {"model", "模型", OUT_TEXT},  {"voice", "依据", OUT_TEXT},   {"asked", "检验件数", OUT_NUMBER},
    {"sent", "派发", OUT_NUMBER}, {"right", "派对", OUT_NUMBER}, {"three", "前三", OUT_NUMBER}};

struct learning {
    struct program p;
    struct bulk_source file;
    const char *output, *adopted, *reason;
    bool drops, no_log;
    struct dispatchers dispatchers;
    struct lessons lessons;
};

static void take_option(struct learning *l, int key)
{
    const char *value = l->p.args.value;
    switch (key) {
    case KEY_OUTPUT: l->output = value; break;
    case KEY_CSV: l->file.path = value; break;
    case KEY_ENCODING: l->file.encoding = value; break;
    case KEY_NO_LOG: l->no_log = true; break;
    case KEY_ADOPT: l->adopted = value; break;
    case KEY_DROP: l->drops = true; break;
    default: l->reason = *value ? value : NULL;
    }
}

static void check_options(const struct learning *l)
{
    const struct args *args = &l->p.args;
    if (args->operand_count)
        args_usage(args, "no operand is expected");
    if ((l->output != NULL) + (l->adopted != NULL) + l->drops != 1)
        args_usage(args, "one of -o, --adopt and --drop");
    if (!l->output && (l->file.path || l->no_log))
        args_usage(args, "--csv and --no-log go with -o");
    if (!l->file.path && (l->no_log || l->file.encoding))
        args_usage(args, "--no-log and --encoding go with --csv");
}

/* ---- lessons of a file ---- */

static bool take_row(struct learning *l, char *const *values, struct fault *fault)
{
    struct db *db = l->p.center.db;
    const struct ticket ticket = {.title = values[LESSON_TITLE],
                                  .body = values[LESSON_BODY],
                                  .enterprise = values[LESSON_ENTERPRISE],
                                  .region = values[LESSON_REGION]};
    int64_t unit = values[LESSON_UNIT] ? org_find(db, values[LESSON_UNIT]) : 0;
    if (!ticket.title)
        fault_add(fault, "no title");
    if (!values[LESSON_UNIT])
        fault_add(fault, "no unit");
    else if (!unit)
        org_unknown(db, values[LESSON_UNIT], fault);
    if (*fault->text)
        return false;
    lessons_add(&l->lessons, &l->dispatchers.list[0], &ticket, org_code(&l->p.orgs, unit));
    return true;
}

static void read_file(struct learning *l)
{
    struct headers headers =
        headers_load(config_path(l->p.config, "headers.yaml"), "lesson", lesson_fields);
    struct bulk *bulk =
        bulk_open(&l->file, l->p.center.db, &headers, lesson_fields,
                  (struct column_need[]){{LESSON_TITLE, NULL}, {LESSON_UNIT, NULL}, {-1, NULL}});
    struct bulk_row row;
    struct fault fault = {""};
    program_begin(&l->p);
    while (bulk_next(bulk, &row)) {
        fault_clear(&fault);
        if (!take_row(l, row.values, &fault))
            bulk_reject(bulk, fault.text);
    }
    l->p.bad += bulk_end(bulk, l->p.out);
    headers_free(&headers);
}

/* ---- the model ---- */

static void print_voice(struct learning *l, const struct model *model, const char *voice,
                        const char *name, const struct training_score *score, int asked)
{
    struct out *out = l->p.out;
    out_text(out, model->digest);
    out_code(out, voice, name);
    out_number(out, asked);
    out_number(out, score->sent);
    out_number(out, score->right);
    out_number(out, score->among_three);
    out_row(out);
}

/* A model that is put in force, or out of it, without being tried. */
static void print_model(struct learning *l, const char *digest)
{
    out_text(l->p.out, digest);
    out_text(l->p.out, NULL);
    for (int i = 2; i < (int)(sizeof columns / sizeof *columns); i++)
        out_digits(l->p.out, NULL);
    out_row(l->p.out);
}

static void put_in_force(struct learning *l, const struct model *model, const char *path)
{
    char *whole = path ? realpath(path, NULL) : NULL;
    program_begin(&l->p);
    adoption_log(&l->p.center, model, whole ? whole : path, l->reason);
    program_commit(&l->p);
    free(whole);
}

static void write_model(struct learning *l, struct model *model)
{
    struct text text = {0};
    struct fault fault = {""};
    model_file_print(model, &text);
    if (!l->p.args.dry_run && !model_file_write(l->output, &text, &fault))
        die("%s: %s", l->output, fault.text);
    text_free(&text);
    put_in_force(l, model, l->output);
}

/* False where there is too little to learn from. */
static bool learn(struct learning *l)
{
    struct training_result result;
    l->dispatchers = dispatchers_of(&l->p.center, dispatchers_read(l->p.config));
    if (!l->no_log)
        lessons_read(&l->lessons, &l->dispatchers.list[0]);
    if (l->file.path)
        read_file(l);
    if (l->p.bad)
        return false;
    int sure = 10 * l->dispatchers.list[0].catalogue.sure;
    struct model model = training_run(l->lessons.list, l->lessons.count, sure, &result);
    bool learned = model.unit_count > 0;
    if (learned) {
        write_model(l, &model);
        print_voice(l, &model, "catalogue", "派单目录", &result.catalogue, result.asked);
        print_voice(l, &model, "model", "模型", &result.model, result.asked);
        print_voice(l, &model, "both", "两者", &result.both, result.asked);
    } else {
        warn("of %zu lessons no two units have %d each: nothing is learned", l->lessons.count,
             TRAINING_LEAST);
    }
    model_free(&model);
    return learned;
}

static void adopt(struct learning *l)
{
    struct model model = model_file_need(l->adopted);
    put_in_force(l, &model, l->adopted);
    print_model(l, model.digest);
    model_free(&model);
}

/* Nothing is done where none is in force. */
static void drop(struct learning *l)
{
    struct arena arena = {0};
    struct adoption present = adoption_find(l->p.center.db, &arena);
    if (present.digest) {
        put_in_force(l, NULL, NULL);
        print_model(l, present.digest);
    }
    arena_free(&arena);
}

int main(int argc, char **argv)
{
    struct learning l = {.p = program_start(&program, argc, argv)};
    bool done = true;
    for (int key; (key = args_next(&l.p.args));)
        take_option(&l, key);
    check_options(&l);
    l.file.quiet = l.p.args.quiet;
    l.file.dry_run = l.p.args.dry_run;
    program_open(&l.p, OUT_COLUMNS(columns));
    permit_need(&l.p.center, "learn or adopt a model", ROLE_ADMINISTRATOR, false);
    if (l.output)
        done = learn(&l);
    else if (l.adopted)
        adopt(&l);
    else
        drop(&l);
    lessons_free(&l.lessons);
    if (l.output)
        dispatchers_free(&l.dispatchers);
    return program_end(&l.p, done ? EXIT_DONE : EXIT_NO);
}
