/* policy-compare: whom policies take, beside each other: the same enterprises, more, fewer, others,
 * or some of both, each with a made-up enterprise that shows it. */
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/die.h"
#include "center/program.h"
#include "criteria/profile_file.h"
#include "match/policies.h"
#include "meaning/compare.h"

enum { KEY_ALL = ARGS_LONG, KEY_WHERE, KEY_ONLY, KEY_AS_OF, KEY_STEPS };
enum { STEPS = 1000000, MOST_STEPS = 1000000000 };

static const struct args_option options[] = {
    {KEY_ALL, "all", NULL, "every two of the live policies"},
    {KEY_WHERE, "where", "EXPR", "these criteria beside the policies; may be given again"},
    {KEY_ONLY, "only", "RELATION[,RELATION...]", "only pairs that stand so to each other"},
    {KEY_AS_OF, "as-of", "DATE", "on this day, and by the versions of that day, else today"},
    {KEY_STEPS, "steps", "N", "give up a question after so many looks (else 1000000)"},
    {0, NULL, NULL, NULL},
};
static const char *const synopsis[] = {
    "[option ...] [--where EXPR ...] [POLICY | POLICY@VERSION | DRAFT.yaml | -] ...",
    "[option ...] --all", NULL};
static const struct args_program program = {
    .name = "policy-compare",
    .title = "政策比对",
    .synopsis = synopsis,
    .purpose =
        "Say how the criteria of policies stand to each other: one beside all that are live,\n"
        "or every two of those that are named.",
    .options = options,
    .lists = true,
};

static const struct out_column columns[] = {
    {"policy", "政策", OUT_TEXT},       {"other", "另一政策", OUT_TEXT},
    {"relation", "关系", OUT_TEXT},     {"both", "都符合的企业", OUT_TEXT},
    {"only", "只符合前者的", OUT_TEXT}, {"other_only", "只符合后者的", OUT_TEXT}};

struct run {
    struct program p;
    struct profile profile;
    struct arena arena;
    struct matchpolicies policies;
    struct criteria **criteria; /* of each policy */
    struct comparing *comparing;
    const char **where;
    size_t where_count;
    bool all, filtered, wanted[RELATION_COUNT];
    int day;
    long steps, printed, undecided;
};

static void take_only(struct run *r)
{
    char *list = arena_string(&r->arena, r->p.args.value);
    for (char *word = list, *next; word; word = next) {
        next = strchr(word, ',');
        if (next)
            *next++ = '\0';
        enum relation relation = relation_find(word);
        if (relation == RELATION_COUNT) {
            r->p.args.value = word;
            args_unknown(&r->p.args, "relation", relation_nearest(word), NULL);
        }
        r->wanted[relation] = true;
    }
    r->filtered = true;
}

static void take_options(struct run *r)
{
    struct args *args = &r->p.args;
    r->policies.as_of = POLICY_NO_DAY;
    r->steps = STEPS;
    for (int key; (key = args_next(args));)
        switch (key) {
        case KEY_ALL: r->all = true; break;
        case KEY_ONLY: take_only(r); break;
        case KEY_AS_OF: r->policies.as_of = args_day(args); break;
        case KEY_STEPS: r->steps = args_number(args, 1, MOST_STEPS); break;
        case KEY_WHERE:
            r->where = mem_grow(r->where, r->where_count, sizeof *r->where);
            r->where[r->where_count++] = args->value;
            break;
        }
    bool is_named = r->where_count || args->operand_count;
    if (r->all == is_named)
        args_usage(args, "name policies, --where or --all");
    r->day = r->policies.as_of == POLICY_NO_DAY ? clock_day(clock_now()) : r->policies.as_of;
}

/* ---- which policies ---- */

/* Those that are named, or all; then, beside one alone, all others. Returns how many are named. */
static int find_policies(struct run *r)
{
    struct matchpolicies *policies = &r->policies;
    struct args_ids ids = args_ids(&r->p.args, 0);
    policies->db = r->p.center.db;
    policies->arena = &r->arena;
    policies->config = r->p.config;
    policies->profile = &r->profile;
    for (size_t i = 0; i < r->where_count; i++)
        matchpolicies_add_criteria(policies, r->where[i]);
    for (const char *word; (word = args_next_word(&ids));)
        r->p.bad += !matchpolicies_add(policies, word);
    r->p.bad += args_ids_end(&ids);
    int named = policies->count;
    if (r->all || (named == 1 && !r->p.bad))
        matchpolicies_add_live(policies, r->day);
    return named;
}

/* ---- comparing ---- */

static void print_enterprise(struct run *r, int a, int b, enum quadrant quadrant)
{
    const struct policy *list = r->policies.list;
    struct text words = {0};
    if (r->comparing->result.can[quadrant] != POSSIBLE_YES) {
        out_text(r->p.out, NULL);
        return;
    }
    if (!comparing_is_borne_out(r->comparing, a, b, quadrant))
        die("%s and %s: the evaluator says otherwise; this is a fault of the program", list[a].code,
            list[b].code);
    comparing_describe(r->comparing, a, b, quadrant, &words);
    out_text(r->p.out, text_string(&words));
    text_free(&words);
}

static void compare(struct run *r, int a, int b)
{
    const struct policy *one = &r->policies.list[a], *two = &r->policies.list[b];
    if (one->id && one->id == two->id && one->version == two->version)
        return;
    enum relation relation = comparing_pair(r->comparing, a, b)->relation;
    r->undecided += relation == RELATION_UNDECIDED;
    if (r->filtered && !r->wanted[relation])
        return;
    out_text(r->p.out, one->code);
    out_text(r->p.out, two->code);
    out_code(r->p.out, relation_code(relation), relation_name(relation));
    for (int i = 0; i < QUADRANTS; i++)
        print_enterprise(r, a, b, (enum quadrant)i);
    out_row(r->p.out);
    r->printed++;
}

static void compare_all(struct run *r, int named)
{
    const struct matchpolicies *policies = &r->policies;
    struct criteria_fault fault;
    r->criteria = mem_zero((size_t)policies->count + 1, sizeof *r->criteria);
    for (int i = 0; i < policies->count; i++) {
        r->criteria[i] = criteria_parse(&r->profile, policies->list[i].criteria, &fault);
        if (!r->criteria[i])
            die("policy %s: its criteria cannot be read any more: %s", policies->list[i].code,
                fault.message);
    }
    r->comparing = comparing_new(&r->profile, r->day, r->criteria, policies->count, NULL, r->steps);
    for (int i = 0; i < (named == 1 ? 1 : policies->count); i++)
        for (int j = i + 1; j < policies->count; j++)
            compare(r, i, j);
    if (r->undecided)
        warn("%ld pair%s not decided within %ld looks at conditions (--steps)", r->undecided,
             r->undecided == 1 ? "" : "s", r->steps);
    comparing_free(r->comparing);
    for (int i = 0; i < policies->count; i++)
        criteria_free(r->criteria[i]);
    free(r->criteria);
}

int main(int argc, char **argv)
{
    struct run r = {.p = program_start(&program, argc, argv)};
    take_options(&r);
    program_open(&r.p, OUT_COLUMNS(columns));
    r.profile = profilefile_load(r.p.config);
    compare_all(&r, find_policies(&r));
    matchpolicies_free(&r.policies);
    profilefile_free(&r.profile);
    free(r.where);
    arena_free(&r.arena);
    return program_end(&r.p, r.printed ? EXIT_DONE : EXIT_NO);
}
