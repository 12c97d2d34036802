/* member-remove: members who are none any more. */
#include <stdlib.h>

#include "base/die.h"
#include "center/member.h"
#include "center/permit.h"
#include "center/program.h"

enum { KEY_ORG = ARGS_LONG, KEY_BY, KEY_AT };

static const struct args_option options[] = {
    {KEY_ORG, "org", "ORG", "only as a member for this organisation (else for all)"},
    {KEY_BY, "by", "ORG", "organisation that acts (else the center)"},
    {KEY_AT, "at", "TIME", "when it was done (else now)"},
    {0, NULL, NULL, NULL},
};
static const char *const synopsis[] = {"[-nq] [--org ORG] [--by ORG] [--at TIME] NAME ... | -",
                                       NULL};
static const struct args_program program = {
    .name = "member-remove",
    .title = "人员注销",
    .synopsis = synopsis,
    .purpose = "Remove members: they may act no more, and what they did stays theirs.",
    .options = options,
};

static const struct out_column columns[] = {
    {"name", "姓名", OUT_TEXT}, {"org", "单位", OUT_TEXT}, {"result", "结果", OUT_TEXT}};

struct removing {
    struct program p;
    const char *org, *by;
    int64_t of; /* the organisation; 0: all */
    struct gate_who who;
    const char **names;
    int64_t *orgs; /* for which one is a member, or was one */
    size_t name_count, org_count;
    struct arena arena;
};

static void take_org(void *context, const struct member *member)
{
    struct removing *r = context;
    if (r->of && member->org != r->of)
        return;
    r->orgs = mem_grow(r->orgs, r->org_count, sizeof *r->orgs);
    r->orgs[r->org_count++] = member->org;
}

static void remove_one(struct removing *r, const char *name, int64_t org)
{
    struct fault fault = {""};
    enum gate_result result = member_remove(&r->p.center, name, org, &r->who, &fault);
    if (result == GATE_REFUSED) {
        warn("%s: %s", name, fault.text);
        r->p.bad++;
        return;
    }
    out_text(r->p.out, name);
    out_code(r->p.out, org_code(&r->p.orgs, org), org_name(&r->p.orgs, org));
    out_text(r->p.out, result == GATE_KNOWN ? "same" : "removed");
    out_row(r->p.out);
}

static void remove_name(struct removing *r, const char *name)
{
    r->org_count = 0;
    member_each(r->p.center.db, name, true, take_org, r);
    for (size_t i = 0; i < r->org_count; i++)
        remove_one(r, name, r->orgs[i]);
    if (!r->org_count) {
        warn("%s: no such member", name);
        r->p.bad++;
    }
}

/* Before the transaction begins: a pipe may be slow. */
static void read_names(struct removing *r)
{
    struct args_ids loop = args_ids(&r->p.args, 0);
    for (const char *name; (name = args_next_word(&loop));) {
        r->names = mem_grow(r->names, r->name_count, sizeof *r->names);
        r->names[r->name_count++] = arena_string(&r->arena, name);
    }
    r->p.bad += args_ids_end(&loop);
}

static void remove_all(struct removing *r)
{
    struct fault fault = {""};
    program_begin(&r->p);
    for (size_t i = 0; i < r->name_count; i++)
        remove_name(r, r->names[i]);
    if (r->p.center.self.ruled && !member_check_left(&r->p.center, &fault))
        die("%s", fault.text);
    program_commit(&r->p);
    free(r->names);
    free(r->orgs);
    arena_free(&r->arena);
}

int main(int argc, char **argv)
{
    struct removing r = {.p = program_start(&program, argc, argv)};
    struct args *args = &r.p.args;
    for (int key; (key = args_next(args));)
        if (key == KEY_AT)
            r.who.at = args_moment(args);
        else
            *(key == KEY_ORG ? &r.org : &r.by) = args->value;
    if (!args->operand_count)
        args_usage(args, "name the members");
    program_open(&r.p, OUT_COLUMNS(columns));
    r.who.by = permit_by(&r.p.center, r.by);
    r.of = r.org ? org_need(r.p.center.db, r.org) : 0;
    read_names(&r);
    remove_all(&r);
    return program_end(&r.p, EXIT_DONE);
}
