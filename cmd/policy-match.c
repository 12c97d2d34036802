/* policy-match: which policies fit an enterprise, which enterprises a policy reaches, and why. */
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/die.h"
#include "base/fault.h"
#include "base/text.h"
#include "center/program.h"
#include "criteria/profile_file.h"
#include "match/explain.h"
#include "match/list.h"
#include "match/match.h"
#include "match/policies.h"

enum {
    KEY_ENTERPRISE = ARGS_LONG,
    KEY_POLICY,
    KEY_ALL,
    KEY_WHERE,
    KEY_AS_OF,
    KEY_NEAR,
    KEY_SURE,
    KEY_COUNT,
    KEY_EXPLAIN
};

static const struct args_option options[] = {
    {KEY_ENTERPRISE, "enterprise", "CODE", "policies for this enterprise (may be repeated)"},
    {KEY_POLICY, "policy", "ID", "enterprises that this policy reaches (may be repeated)"},
    {KEY_ALL, "all", NULL, "every live policy with every enterprise"},
    {KEY_WHERE, "where", "EXPR", "criteria instead of a policy: the reach of a draft"},
    {KEY_AS_OF, "as-of", "DATE", "facts and versions of policies as of this day"},
    {KEY_NEAR, "near", NULL, "also those one condition short, or short only of time"},
    {KEY_SURE, "sure", NULL, "only those that fit, not the unknown"},
    {KEY_COUNT, "count", NULL, "how many enterprises each policy reaches"},
    {KEY_EXPLAIN, "explain", NULL, "why: a line for each condition"},
    {0, NULL, NULL, NULL},
};
static const char *const synopsis[] = {
    "[option ...] [--explain] --enterprise CODE ... [POLICY ... | -]",
    "[--near | --sure | --count] [option ...] --all | --where EXPR | POLICY ... | -", NULL};
static const struct args_program program = {
    .name = "policy-match",
    .title = "政策匹配",
    .synopsis = synopsis,
    .purpose = "Match policies with enterprises, both ways; a missing fact is never a no.",
    .options = options,
};

struct run {
    struct program p;
    struct profile profile;
    struct arena arena;
    const char **enterprises, **named; /* of --enterprise and --policy */
    int enterprise_count, named_count;
    const char *where;
    bool all, near, sure, count, explain;
    int day, as_of; /* of --as-of; POLICY_NO_DAY: it is today */
    struct matchpolicies policies;
    struct matchlist list;
};

static void take_options(struct run *r)
{
    struct args *args = &r->p.args;
    size_t most = (size_t)args->operand_count + 1;
    r->named = arena_zero(&r->arena, most * sizeof *r->named);
    r->as_of = POLICY_NO_DAY;
    for (int key; (key = args_next(args));) {
        if (key == KEY_ENTERPRISE) {
            r->enterprises =
                mem_grow(r->enterprises, (size_t)r->enterprise_count, sizeof *r->enterprises);
            r->enterprises[r->enterprise_count++] = args->value;
        } else if (key == KEY_POLICY) {
            const char **grown =
                arena_zero(&r->arena, (most + (size_t)++r->named_count) * sizeof *grown);
            memcpy(grown, r->named, (size_t)(r->named_count - 1) * sizeof *grown);
            grown[r->named_count - 1] = args->value;
            r->named = grown;
        } else if (key == KEY_AS_OF) {
            r->as_of = args_day(args);
        } else if (key == KEY_WHERE) {
            r->where = args->value;
        }
        r->all |= key == KEY_ALL;
        r->near |= key == KEY_NEAR;
        r->sure |= key == KEY_SURE;
        r->count |= key == KEY_COUNT;
        r->explain |= key == KEY_EXPLAIN;
    }
    r->day = r->as_of == POLICY_NO_DAY ? clock_day(clock_now()) : r->as_of;
}

static bool is_named(const struct run *r)
{
    return r->where || r->named_count || r->p.args.operand_count;
}

static void check_options(const struct run *r)
{
    const struct args *args = &r->p.args;
    if (r->near && r->sure)
        args_usage(args, "--near and --sure exclude each other");
    if (r->all + (r->where != NULL) + (r->named_count || args->operand_count) > 1)
        args_usage(args, "one of --all, --where and policies");
    if (!r->all && !is_named(r) && !r->enterprise_count)
        args_usage(args, "name an enterprise, a policy, --where or --all");
    if (r->all && r->enterprise_count)
        args_usage(args, "--all goes without --enterprise");
    if (r->explain && !r->enterprise_count)
        args_usage(args, "--explain needs --enterprise");
    if (r->count && (r->enterprise_count || r->explain || r->near || r->sure))
        args_usage(args, "--count goes with --all, --where or policies, and nothing else");
    if (r->where && text_valid_utf8(r->where, strlen(r->where)) != strlen(r->where))
        args_usage(args, "the value of --where is not UTF-8");
}

static void find_policies(struct run *r)
{
    struct matchpolicies *policies = &r->policies;
    struct args_ids ids = args_ids(&r->p.args, 0);
    *policies = (struct matchpolicies){.db = r->p.center.db,
                                       .arena = &r->arena,
                                       .config = r->p.config,
                                       .profile = &r->profile,
                                       .as_of = r->as_of};
    if (r->where)
        matchpolicies_add_criteria(policies, r->where);
    else if (!is_named(r))
        matchpolicies_add_live(policies, r->day);
    for (int i = 0; i < r->named_count; i++)
        r->p.bad += !matchpolicies_add(policies, r->named[i]);
    for (const char *word; (word = args_next_word(&ids));)
        r->p.bad += !matchpolicies_add(policies, word);
    r->p.bad += args_ids_end(&ids);
}

static void match_all(struct run *r)
{
    struct matching m =
        matching_new(&r->p.center, &r->profile, r->policies.list, r->policies.count, r->day);
    for (int i = 0; i < m.policy_count; i++)
        matchlist_print(&r->list, &m, i);
    matching_free(&m);
}

/* Why each of the policies, or those that the list would have, fits or does not. */
static void explain(struct run *r, struct matching *m, const char *code)
{
    struct enterprise_fact *facts;
    struct matchlines lines = {
        .out = r->p.out, .profile = &r->profile, .enterprise = code, .population = &m->population};
    lines.fact_count =
        enterprise_history(r->p.center.db, &r->profile, m->ids[0], &r->arena, &facts);
    lines.facts = facts;
    for (int i = 0; i < m->policy_count; i++) {
        lines.policy = r->policies.list[i].code;
        lines.criteria = m->criteria[i];
        if (is_named(r) || matchlist_shows(&r->list, m, i, 0)) {
            matchlines_print(&lines);
            r->list.printed++;
        }
    }
}

static void match_one(struct run *r, const char *word)
{
    int64_t id = enterprise_find(r->p.center.db, word);
    if (!id) {
        struct fault fault = {""};
        warn("%s", enterprise_unknown(word, &fault));
        r->p.bad++;
        return;
    }
    struct enterprise enterprise;
    enterprise_load(r->p.center.db, id, &r->arena, &enterprise);
    struct matching m =
        matching_of_one(&r->p.center, &r->profile, r->policies.list, r->policies.count, id, r->day);
    if (r->explain)
        explain(r, &m, enterprise.code);
    for (int i = 0; i < m.policy_count && !r->explain; i++)
        matchlist_print(&r->list, &m, i);
    matchlist_reset(&r->list);
    matching_free(&m);
}

static void open_all(struct run *r)
{
    struct program *p = &r->p;
    program_open(p, NULL, 0);
    r->profile = profilefile_load(p->config);
    r->list = (struct matchlist){.view = r->count              ? MATCHLIST_COUNTS
                                         : r->all              ? MATCHLIST_PAIRS
                                         : r->enterprise_count ? MATCHLIST_POLICIES
                                                               : MATCHLIST_ENTERPRISES,
                                 .center = &p->center,
                                 .profile = &r->profile,
                                 .near = r->near,
                                 .sure = r->sure};
    if (r->explain)
        program_print(p, OUT_COLUMNS(matchlines_columns));
    else
        matchlist_open(&r->list, p);
}

int main(int argc, char **argv)
{
    struct run r = {.p = program_start(&program, argc, argv)};
    take_options(&r);
    check_options(&r);
    open_all(&r);
    find_policies(&r);
    if (!r.enterprise_count)
        match_all(&r);
    for (int i = 0; i < r.enterprise_count; i++)
        match_one(&r, r.enterprises[i]);
    int status = r.list.printed ? EXIT_DONE : EXIT_NO;
    matchlist_reset(&r.list);
    matchpolicies_free(&r.policies);
    profilefile_free(&r.profile);
    free(r.enterprises);
    arena_free(&r.arena);
    return program_end(&r.p, status);
}
