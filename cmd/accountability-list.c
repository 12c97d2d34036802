/* accountability-list: procedures of accountability (问责), and how far they have come. */
#include "base/clock.h"
#include "base/die.h"
#include "base/json.h"
#include "base/mask.h"
#include "center/log.h"
#include "center/program.h"
#include "supervision/accountability.h"

enum { KEY_ALL = ARGS_LONG, KEY_UNMASK };

static const struct args_option options[] = {
    {KEY_ALL, "all", NULL, "those too that are published, or ended with their order"},
    {KEY_UNMASK, "unmask", NULL, "with the names of persons; the log notes it"},
    {0, NULL, NULL, NULL},
};
static const char *const synopsis[] = {"[--all] [--unmask]", NULL};
static const struct args_program program = {
    .name = "accountability-list",
    .title = "问责台账",
    .synopsis = synopsis,
    .purpose = "List procedures of accountability (问责), for the unit and for persons.",
    .options = options,
    .lists = true,
};

static const struct out_column columns[] = {
    {"number", "问责编号", OUT_NUMBER},  {"id", "工单", OUT_NUMBER},
    {"org", "单位", OUT_TEXT},           {"level", "级别", OUT_TEXT},
    {"opened", "启动", OUT_TEXT},        {"handed", "移交", OUT_TEXT},
    {"handed_to", "移交单位", OUT_TEXT}, {"decided", "处理", OUT_TEXT},
    {"result", "结果", OUT_TEXT},        {"published", "公开", OUT_TEXT},
    {"ended", "终止", OUT_TEXT},         {"order", "督办编号", OUT_NUMBER},
    {"persons", "责任人", OUT_TEXT}};

struct listing {
    struct program p;
    bool all, unmask;
    long count;
};

static void add_name(struct text *to, const struct listing *l, const char *name)
{
    if (l->unmask)
        text_add(to, name);
    else
        mask_name(to, name);
}

/* In words: 张*（副局长，领导责任：警告）. */
static void add_told(struct text *to, const struct listing *l, const struct accountable *p)
{
    text_add(to, to->length ? "；" : "");
    add_name(to, l, p->name);
    text_add_format(to, "（%s，%s%s%s）", p->post, p->liability, p->result ? "：" : "",
                    p->result ? p->result : "");
}

static void add_object(struct text *to, const struct listing *l, const struct accountable *p)
{
    struct text name = {0}, object = {0};
    add_name(&name, l, p->name);
    json_start(&object);
    json_add_text(&object, "name", text_string(&name));
    json_add_text(&object, "post", p->post);
    json_add_text(&object, "liability", p->liability);
    json_add_text(&object, "result", p->result);
    json_end(&object);
    text_add_format(to, "%s%s", to->length ? "," : "[", object.data);
    text_free(&name);
    text_free(&object);
}

/* A list of JSON for programs, a sentence for people. */
static void print_persons(const struct listing *l, const struct accountable *persons)
{
    struct text cell = {0};
    bool words = out_in_words(l->p.out);
    for (const struct accountable *p = persons; p; p = p->next)
        (words ? add_told : add_object)(&cell, l, p);
    if (cell.length && !words)
        text_add(&cell, "]");
    if (words || !cell.length)
        out_text(l->p.out, cell.length ? cell.data : NULL);
    else
        out_digits(l->p.out, cell.data);
    text_free(&cell);
}

static void print_one(void *context, const struct accountability *a)
{
    struct listing *l = context;
    struct out *out = l->p.out;
    int64_t to = a->handed_to ? org_find(l->p.center.db, a->handed_to) : 0;
    l->count++;
    out_number(out, a->number);
    out_number(out, a->ticket);
    out_code(out, org_code(&l->p.orgs, a->org), org_name(&l->p.orgs, a->org));
    out_code(out, a->level, config_level_name(l->p.config, a->level));
    out_moment(out, a->opened_at);
    out_moment(out, a->handed_at);
    out_code(out, a->handed_to, to ? org_name(&l->p.orgs, to) : a->handed_to);
    out_moment(out, a->result_at);
    out_private(out, l->unmask ? NULL : mask_text, a->result);
    out_moment(out, a->published_at);
    out_moment(out, a->ended_at);
    out_number(out, a->supervision);
    print_persons(l, a->persons);
    out_row(out);
}

/* Who looks at names is in the log before any is printed. */
static void note_unmasked(struct center *center)
{
    center_begin(center, false);
    event_add_unmasked(center, 0, program.name, NULL, NULL);
    db_commit(center->db);
}

int main(int argc, char **argv)
{
    struct listing l = {.p = program_start(&program, argc, argv)};
    for (int key; (key = args_next(&l.p.args));)
        if (key == KEY_ALL)
            l.all = true;
        else
            l.unmask = true;
    if (l.p.args.operand_count)
        args_usage(&l.p.args, "no operand is expected");
    if (l.unmask && l.p.args.dry_run)
        args_usage(&l.p.args, "the log notes --unmask, and -n writes nothing");
    program_open(&l.p, OUT_COLUMNS(columns));
    if (l.unmask)
        note_unmasked(&l.p.center);
    accountability_each(l.p.center.db, l.all, print_one, &l);
    return program_end(&l.p, l.count ? EXIT_DONE : EXIT_NO);
}
