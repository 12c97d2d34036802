/* org-list: the organisations that answer for tickets or supervise them. */
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/die.h"
#include "base/fault.h"
#include "base/text.h"
#include "center/org_file.h"
#include "center/program.h"

enum { KEY_GROUP = ARGS_LONG };

static const struct args_option options[] = {
    {KEY_GROUP, "group", "GROUP", "only this peer group"},
    {0, NULL, NULL, NULL},
};
static const char *const synopsis[] = {"[--group GROUP] [ORG ...]", NULL};
static const struct args_program program = {
    .name = "org-list",
    .title = "单位名单",
    .synopsis = synopsis,
    .purpose = "List organisations; ORG is a code, a name or a short name.",
    .options = options,
    .lists = true,
};

static const struct out_column columns[] = {
    {"code", "代码", OUT_TEXT},  {"name", "名称", OUT_TEXT},      {"group", "分组", OUT_TEXT},
    {"short", "简称", OUT_TEXT}, {"contact", "联系人", OUT_TEXT}, {"phone", "电话", OUT_TEXT}};

struct listing {
    struct program p;
    const char *const *groups; /* codes and names in turn */
};

/* The code of the group called WORD. The database may hold groups that the file has lost. */
static const char *need_group(const struct listing *l, const char *word)
{
    const struct org_table *orgs = &l->p.orgs;
    struct fault fault = {""};
    const char *group = orgfile_group(l->groups, word);
    for (int64_t i = 0; !group && i < orgs->count; i++)
        if (!strcmp(orgs->orgs[i].peer_group, word))
            group = word;
    if (!group)
        die("%s", orgfile_unknown_group(l->groups, word, &fault));
    return group;
}

static const char *group_name(const struct listing *l, const char *code)
{
    for (const char *const *group = l->groups; *group; group += 2)
        if (!strcmp(group[0], code))
            return group[1];
    return code;
}

static void print_org(const struct listing *l, const struct org *org)
{
    struct out *out = l->p.out;
    struct text names = {0};
    for (const char *const *name = org->short_names; *name; name++)
        text_add_format(&names, "%s%s", names.length ? " " : "", *name);
    out_text(out, org->code);
    out_text(out, org->name);
    out_code(out, org->peer_group, group_name(l, org->peer_group));
    out_text(out, names.data);
    out_text(out, org->contact);
    out_text(out, org->phone);
    out_row(out);
    text_free(&names);
}

/* Prints those of the groups, or all; returns how many. */
static long print_all(const struct listing *l, const struct wanted *groups)
{
    const struct org_table *orgs = &l->p.orgs;
    long count = 0;
    struct wanted codes = {0};
    for (int i = 0; i < groups->count; i++)
        wanted_add(&codes, need_group(l, groups->list[i]));
    for (int64_t i = 0; i < orgs->count; i++)
        if (wanted_allows(&codes, orgs->orgs[i].peer_group)) {
            print_org(l, &orgs->orgs[i]);
            count++;
        }
    return count;
}

/* Prints those that the operands name; returns how many there are. */
static long print_named(const struct listing *l)
{
    const struct args *args = &l->p.args;
    struct fault fault = {""};
    long count = 0;
    for (int i = 0; i < args->operand_count; i++) {
        int64_t id = org_find(l->p.center.db, args->operands[i]);
        fault_clear(&fault);
        if (id)
            print_org(l, org_of(&l->p.orgs, id));
        else if (!args->quiet)
            warn("%s", org_unknown(l->p.center.db, args->operands[i], &fault));
        count += id != 0;
    }
    return count;
}

int main(int argc, char **argv)
{
    struct listing l = {.p = program_start(&program, argc, argv)};
    const struct args *args = &l.p.args;
    struct wanted groups = {0};
    struct arena arena = {0};
    while (args_next(&l.p.args))
        wanted_add(&groups, args->value);
    if (groups.count && args->operand_count)
        args_usage(args, "--group goes without organisations");

    program_open(&l.p, OUT_COLUMNS(columns));
    l.groups = orgfile_groups(&arena, config_path(l.p.config, "organisations.yaml"));
    long found = args->operand_count ? print_named(&l) : print_all(&l, &groups);
    int status = found && found >= args->operand_count ? EXIT_DONE : EXIT_NO;
    arena_free(&arena);
    return program_end(&l.p, status);
}
