/* accountability-record: what comes of a procedure of accountability (问责), for the unit and for
 * persons (一案双查). */
#include <string.h>

#include "base/clock.h"
#include "base/die.h"
#include "center/program.h"
#include "supervision/accountability.h"

enum {
    KEY_HANDED_TO = ARGS_LONG,
    KEY_RESULT,
    KEY_PUBLISHED,
    KEY_PERSON,
    KEY_POST,
    KEY_LIABILITY,
    KEY_PERSON_RESULT,
    KEY_AT
};

static const struct args_option options[] = {
    {KEY_HANDED_TO, "handed-to", "ORG|NAME", "handed over to who decides (移交)"},
    {KEY_RESULT, "result", "TEXT", "what was decided about the unit"},
    {KEY_PUBLISHED, "published", NULL, "the result was made public (公开)"},
    {KEY_PERSON, "person", "NAME", "a person who is held to account"},
    {KEY_POST, "post", "NAME", "the person's post"},
    {KEY_LIABILITY, "liability", "WORD", "直接责任, 主体责任, 监督责任 or 领导责任"},
    {KEY_PERSON_RESULT, "person-result", "TEXT", "what was decided about the person"},
    {KEY_AT, "at", "TIME", "when it was done (else now)"},
    {0, NULL, NULL, NULL},
};
static const char *const synopsis[] = {
    "[-nq] [--handed-to ORG] [--result TEXT] [--published] N ... | -",
    "[-nq] --person NAME [--post NAME --liability WORD] [option ...] N ...", NULL};
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
    const char *handed_to; /* as it was written */
};

static const char *need_liability(const struct args *args)
{
    char list[256] = "";
    for (const char *const *word = accountability_liabilities; *word; word++) {
        if (!strcmp(*word, args->value))
            return *word;
        text_choice(list, sizeof list, *word, NULL);
    }
    args_unknown(args, "liability", NULL, list);
}

static void take_option(struct recording *r, int key)
{
    const struct args *args = &r->p.args;
    const char *value = args->value;
    if (value && text_valid_utf8(value, strlen(value)) != strlen(value))
        args_usage(args, "an option's value is not UTF-8");
    switch (key) {
    case KEY_HANDED_TO: r->handed_to = value; break;
    case KEY_RESULT: r->step.result = value; break;
    case KEY_PUBLISHED: r->step.published = true; break;
    case KEY_PERSON: r->step.person.name = value; break;
    case KEY_POST: r->step.person.post = value; break;
    case KEY_LIABILITY: r->step.person.liability = need_liability(args); break;
    case KEY_PERSON_RESULT: r->step.person.result = value; break;
    case KEY_AT: r->step.at = args_moment(args); break;
    }
}

static void check(const struct recording *r)
{
    const struct args *args = &r->p.args;
    const struct accountable *person = &r->step.person;
    if (!args->operand_count)
        args_usage(args, "name the procedures by their numbers; accountability-list prints them");
    if (!person->name && (person->post || person->liability || person->result))
        args_usage(args, "--post, --liability and --person-result go with --person");
    if (!r->handed_to && !r->step.result && !r->step.published && !person->name)
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

static void record_one(struct recording *r, int64_t number)
{
    struct fault fault = {""};
    struct accountability_step step = r->step;
    step.at = step.at ? step.at : r->p.center.now;
    if (accountability_enter(&r->p.center, number, &step, &fault) == ACCOUNTABILITY_DONE) {
        print_one(r, number);
        return;
    }
    warn("%lld: %s", (long long)number, fault.text);
    r->p.bad++;
}

int main(int argc, char **argv)
{
    struct recording r = {.p = program_start(&program, argc, argv)};
    int64_t numbers[200];
    for (int key; (key = args_next(&r.p.args));)
        take_option(&r, key);
    check(&r);
    program_open(&r.p, OUT_COLUMNS(columns));
    int64_t to = r.handed_to ? org_find(r.p.center.db, r.handed_to) : 0;
    r.step.handed_to = to ? org_code(&r.p.orgs, to) : r.handed_to;
    struct args_ids loop = args_ids(&r.p.args, 0);
    for (int count; (count = args_next_ids(&loop, numbers, 200));) {
        program_begin(&r.p);
        for (int i = 0; i < count; i++)
            record_one(&r, numbers[i]);
        program_commit(&r.p);
    }
    r.p.bad += args_ids_end(&loop);
    return program_end(&r.p, EXIT_DONE);
}
