/* member-list: who may act and read, for whom and as what. */
#include "base/die.h"
#include "center/member.h"
#include "center/program.h"
#include "center/role.h"

enum { KEY_ORG = ARGS_LONG, KEY_ALL };

static const struct args_option options[] = {
    {KEY_ORG, "org", "ORG", "only for this organisation; may be repeated"},
    {KEY_ALL, "all", NULL, "those too who are members no more"},
    {0, NULL, NULL, NULL},
};
static const char *const synopsis[] = {"[--org ORG ...] [--all] [NAME ...]", NULL};
static const struct args_program program = {
    .name = "member-list",
    .title = "人员名单",
    .synopsis = synopsis,
    .purpose = "List the members: who may act, for whom and as what.",
    .options = options,
    .lists = true,
};

static const struct out_column columns[] = {{"name", "姓名", OUT_TEXT},
                                            {"org", "单位", OUT_TEXT},
                                            {"roles", "角色", OUT_TEXT},
                                            {"since", "自", OUT_TEXT},
                                            {"until", "至", OUT_TEXT}};

struct listing {
    struct program p;
    struct wanted orgs; /* codes */
    bool all;
    long found;
};

static void print(void *context, const struct member *member)
{
    struct listing *l = context;
    struct out *out = l->p.out;
    struct text codes = {0}, words = {0};
    if (!wanted_allows(&l->orgs, org_code(&l->p.orgs, member->org)))
        return;
    role_list(&codes, member->roles, false, " ");
    role_list(&words, member->roles, true, " ");
    out_text(out, member->name);
    out_code(out, org_code(&l->p.orgs, member->org), org_name(&l->p.orgs, member->org));
    out_code(out, codes.data, words.data);
    out_moment(out, member->since);
    out_moment(out, member->until);
    out_row(out);
    text_free(&codes);
    text_free(&words);
    l->found++;
}

/* One that has no member is said, like an operand that names nothing. */
static void list_named(struct listing *l)
{
    for (int i = 0; i < l->p.args.operand_count; i++) {
        long before = l->found;
        member_each(l->p.center.db, l->p.args.operands[i], l->all, print, l);
        if (l->found == before && !l->p.args.quiet)
            warn("%s: no such member", l->p.args.operands[i]);
    }
}

int main(int argc, char **argv)
{
    struct listing l = {.p = program_start(&program, argc, argv)};
    struct args *args = &l.p.args;
    for (int key; (key = args_next(args));)
        if (key == KEY_ALL)
            l.all = true;
        else
            wanted_add(&l.orgs, args->value);
    program_open(&l.p, OUT_COLUMNS(columns));
    for (int i = 0; i < l.orgs.count; i++)
        l.orgs.list[i] = org_code(&l.p.orgs, org_need(l.p.center.db, l.orgs.list[i]));
    if (args->operand_count)
        list_named(&l);
    else
        member_each(l.p.center.db, NULL, l.all, print, &l);
    return program_end(&l.p, l.found ? EXIT_DONE : EXIT_NO);
}
