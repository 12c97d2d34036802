/* association-list: trade associations, the classes that they prefer, and their members. */
#include <stdlib.h>

#include "base/clock.h"
#include "base/die.h"
#include "base/fault.h"
#include "center/program.h"
#include "enterprise/association.h"
#include "policy/taxonomy.h"

enum { KEY_CLASS = ARGS_LONG, KEY_MEMBERS };

static const struct args_option options[] = {
    {KEY_CLASS, "class", "CLASS", "only those that get policies of this class or subclass"},
    {KEY_MEMBERS, "members", "ASSOCIATION", "list the enterprises that belong to it"},
    {0, NULL, NULL, NULL},
};
static const char *const synopsis[] = {"[--class CLASS] [ASSOCIATION ... | -]",
                                       "--members ASSOCIATION", NULL};
static const struct args_program program = {
    .name = "association-list",
    .title = "行商协会名单",
    .synopsis = synopsis,
    .purpose = "List trade associations; ASSOCIATION is a code, a name or a short name.",
    .options = options,
    .lists = true,
};

static const struct out_column columns[] = {
    {"code", "代码", OUT_TEXT},        {"name", "名称", OUT_TEXT},
    {"classes", "政策偏好", OUT_TEXT}, {"members", "会员", OUT_NUMBER},
    {"contact", "联系人", OUT_TEXT},   {"phone", "电话", OUT_TEXT}};
static const struct out_column member_columns[] = {{"code", "统一社会信用代码", OUT_TEXT},
                                                   {"name", "企业名称", OUT_TEXT},
                                                   {"region", "地区", OUT_TEXT}};

struct listing {
    struct program p;
    struct taxonomy taxonomy;
    struct arena arena;
    struct wanted classes;
    const char *of; /* --members */
    long found, unknown;
};

static void print_association(void *context, const struct association *a)
{
    struct listing *l = context;
    struct text codes = {0}, names = {0};
    for (const char *const *code = a->classes; *code; code++) {
        text_add_format(&codes, "%s%s", codes.length ? " " : "", *code);
        text_add_format(&names, "%s%s", names.length ? " " : "",
                        taxonomy_name(&l->taxonomy, *code));
    }
    out_text(l->p.out, a->code);
    out_text(l->p.out, a->name);
    out_code(l->p.out, codes.data, names.data);
    out_number(l->p.out, a->members);
    out_text(l->p.out, a->contact);
    out_text(l->p.out, a->phone);
    out_row(l->p.out);
    text_free(&codes);
    text_free(&names);
    l->found++;
}

static void print_member(void *context, const char *code, const char *name, const char *region)
{
    struct listing *l = context;
    out_text(l->p.out, code);
    out_text(l->p.out, name);
    out_code(l->p.out, region, config_region_name(l->p.config, region));
    out_row(l->p.out);
    l->found++;
}

static void report_unknown(struct listing *l, const char *word)
{
    l->unknown++;
    if (l->p.args.quiet)
        return;
    struct fault fault = {""};
    char *near = org_nearest(l->p.center.db, word);
    bool leads = near && association_find(l->p.center.db, near);
    warn("%s", fault_unknown(&fault, "association", word, leads ? near : NULL, NULL));
    free(near);
}

static void list_all(struct listing *l)
{
    struct args_ids words = args_ids(&l->p.args, 0);
    const char *const *classes = l->classes.count ? l->classes.list : NULL;
    program_print(&l->p, OUT_COLUMNS(columns));
    if (!l->p.args.operand_count)
        association_each(l->p.center.db, 0, classes, print_association, l);
    for (const char *word; (word = args_next_word(&words));) {
        int64_t id = association_find(l->p.center.db, word);
        if (id)
            association_each(l->p.center.db, id, classes, print_association, l);
        else
            report_unknown(l, word);
    }
    l->p.bad = args_ids_end(&words);
}

static void list_members(struct listing *l)
{
    int64_t id = association_find(l->p.center.db, l->of);
    program_print(&l->p, OUT_COLUMNS(member_columns));
    if (id)
        association_members(l->p.center.db, id, print_member, l);
    else
        report_unknown(l, l->of);
}

static void take_class(struct listing *l)
{
    const struct taxonomy_entry *entry = taxonomy_find(&l->taxonomy, l->p.args.value);
    if (!entry)
        args_unknown(&l->p.args, "class", taxonomy_nearest(&l->taxonomy, l->p.args.value),
                     "; taxonomy.yaml lists them");
    const char *const *codes = taxonomy_preferences(&l->taxonomy, &l->arena, entry);
    for (; *codes; codes++)
        wanted_add(&l->classes, *codes);
}

int main(int argc, char **argv)
{
    struct listing l = {.p = program_start(&program, argc, argv)};
    l.taxonomy = taxonomy_load(l.p.config);
    for (int key; (key = args_next(&l.p.args));)
        if (key == KEY_CLASS)
            take_class(&l);
        else
            l.of = l.p.args.value;
    if (l.of && (l.p.args.operand_count || l.classes.count))
        args_usage(&l.p.args, "--members takes no other option");

    program_open(&l.p, NULL, 0);
    if (l.of)
        list_members(&l);
    else
        list_all(&l);
    int status = program_end(&l.p, l.found && !l.unknown ? EXIT_DONE : EXIT_NO);
    taxonomy_free(&l.taxonomy);
    arena_free(&l.arena);
    return status;
}
