/* route-check: how right dispatch is, by what happened to the tickets afterwards. */
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/die.h"
#include "center/program.h"
#include "report/period.h"
#include "ticket/outcome.h"

enum { KEY_BY = ARGS_LONG };

static const struct args_option options[] = {
    {KEY_BY, "by", "WHAT", "told apart by org (else), rule, voice or sure"},
    {0, NULL, NULL, NULL},
};
static const char *const synopsis[] = {"[--by org|rule|voice|sure] PERIOD", NULL};
static const struct args_program program = {
    .name = "route-check",
    .title = "派单准确度",
    .synopsis = synopsis,
    .purpose = "Check how right the dispatches of a period were, by returns, rulings and answers.",
    .options = options,
};

static const struct out_column columns[] = {
    {"what", "项目", OUT_TEXT},    {"sent", "派发", OUT_NUMBER}, {"right", "派对", OUT_NUMBER},
    {"wrong", "派错", OUT_NUMBER}, {"open", "未定", OUT_NUMBER}, {"percent", "准确率", OUT_NUMBER},
    {"went", "改由", OUT_TEXT}};

/* Where wrong ones of a group went, and how many. */
struct went {
    const char *lead;
    int64_t count;
};

/* Dispatches that have something in common. */
struct group {
    const char *what, *name; /* a code, and the office's word or NULL */
    int64_t counts[OUTCOME_OPEN + 1];
    struct went *went;
    size_t went_count;
};

struct checking {
    struct program p;
    struct report_period period;
    int by;
    struct group *groups;
    size_t count;
    struct arena arena;
};

/* ---- what tells groups apart ---- */

static const char *org_named(const struct checking *c, const char *code)
{
    for (int64_t i = 0; i < c->p.orgs.count; i++)
        if (!strcmp(c->p.orgs.orgs[i].code, code))
            return c->p.orgs.orgs[i].name;
    return code;
}

static struct group by_org(struct checking *c, const struct outcome *o)
{
    return (struct group){.what = o->lead, .name = org_named(c, o->lead)};
}

static struct group by_rule(struct checking *c, const struct outcome *o)
{
    (void)c;
    return (struct group){.what = o->rule ? o->rule : "hand",
                          .name = o->rule ? o->rule : "人工派发"};
}

/* Who decided: a person, a ruling, the catalogue alone, or both voices. */
static struct group by_voice(struct checking *c, const struct outcome *o)
{
    (void)c;
    if (!o->rule)
        return (struct group){.what = "hand", .name = "人工派发"};
    if (!strncmp(o->rule, "ruling-", strlen("ruling-")))
        return (struct group){.what = "ruling", .name = "会商裁定"};
    if (o->model)
        return (struct group){.what = "both", .name = "目录与模型"};
    return (struct group){.what = "catalogue", .name = "派单目录"};
}

/* What the model has foretold, by tens; it was asked for nothing else. */
static struct group by_sure(struct checking *c, const struct outcome *o)
{
    int tens = o->sure < 100 ? o->sure / 10 * 10 : 90;
    const char *what =
        o->model ? arena_format(&c->arena, "%d-%d", tens, tens + 9 + tens / 90) : "-";
    return (struct group){.what = what, .name = what};
}

static const struct {
    const char *name;
    struct group (*group_of)(struct checking *, const struct outcome *);
} ways[] = {{"org", by_org}, {"rule", by_rule}, {"voice", by_voice}, {"sure", by_sure}};
enum { WAYS = sizeof ways / sizeof *ways };

/* ---- counting ---- */

static struct group *find_group(struct checking *c, struct group group)
{
    for (size_t i = 0; i < c->count; i++)
        if (!strcmp(c->groups[i].what, group.what))
            return &c->groups[i];
    c->groups = mem_grow(c->groups, c->count, sizeof *c->groups);
    group.what = arena_string(&c->arena, group.what);
    group.name = arena_string(&c->arena, group.name);
    c->groups[c->count] = group;
    return &c->groups[c->count++];
}

static void count_went(struct checking *c, struct group *group, const char *lead)
{
    size_t i = 0;
    while (i < group->went_count && strcmp(group->went[i].lead, lead) != 0)
        i++;
    if (i == group->went_count) {
        group->went = mem_grow(group->went, i, sizeof *group->went);
        group->went[group->went_count++] = (struct went){arena_string(&c->arena, lead), 0};
    }
    group->went[i].count++;
}

static void take_outcome(void *context, const struct outcome *outcome)
{
    struct checking *c = context;
    struct group *group = find_group(c, ways[c->by].group_of(c, outcome));
    group->counts[outcome->what]++;
    if (outcome->went)
        count_went(c, group, outcome->went);
}

/* ---- printing ---- */

static int64_t sent(const struct group *group)
{
    return group->counts[OUTCOME_RIGHT] + group->counts[OUTCOME_WRONG] +
           group->counts[OUTCOME_OPEN];
}

static int most_first(const void *a, const void *b)
{
    const struct group *x = a, *y = b;
    if (sent(x) != sent(y))
        return sent(x) > sent(y) ? -1 : 1;
    return strcmp(x->what, y->what);
}

static int most_went(const void *a, const void *b)
{
    const struct went *x = a, *y = b;
    if (x->count != y->count)
        return x->count > y->count ? -1 : 1;
    return strcmp(x->lead, y->lead);
}

/* "justice 3 tax 1": whom tickets that were sent here wrongly went to. */
static void print_went(struct checking *c, struct group *group)
{
    struct text list = {0};
    if (group->went_count)
        qsort(group->went, group->went_count, sizeof *group->went, most_went);
    for (size_t i = 0; i < group->went_count; i++) {
        const char *lead = group->went[i].lead;
        text_add_format(&list, "%s%s %lld", i ? " " : "",
                        out_in_words(c->p.out) ? org_named(c, lead) : lead,
                        (long long)group->went[i].count);
    }
    out_text(c->p.out, list.data);
    text_free(&list);
}

static void print_group(struct checking *c, struct group *group)
{
    struct out *out = c->p.out;
    int64_t known = group->counts[OUTCOME_RIGHT] + group->counts[OUTCOME_WRONG];
    out_code(out, group->what, group->name);
    out_number(out, sent(group));
    for (int i = 0; i <= OUTCOME_OPEN; i++)
        out_number(out, group->counts[i]);
    if (known)
        out_number(out, 100 * group->counts[OUTCOME_RIGHT] / known);
    else
        out_digits(out, NULL);
    print_went(c, group);
    out_row(out);
    free(group->went);
}

static void read_options(struct checking *c)
{
    struct args *args = &c->p.args;
    while (args_next(args))
        for (c->by = 0; strcmp(ways[c->by].name, args->value) != 0;)
            if (++c->by == WAYS)
                args_usage(args, "--by: unknown \"%s\" (org, rule, voice or sure)", args->value);
    if (args->operand_count != 1)
        args_usage(args, "name one period");
    if (!report_parse_period(args->operands[0], clock_now(), &c->period))
        args_usage(args, "not a period: \"%s\" (write 2020-05, 2020-Q2 or 2020-05-04..2020-05-10)",
                   args->operands[0]);
}

int main(int argc, char **argv)
{
    struct checking c = {.p = program_start(&program, argc, argv)};
    read_options(&c);
    c.p.counts = true;
    program_open(&c.p, OUT_COLUMNS(columns));
    outcome_each(c.p.center.db, c.period.start, c.period.end, take_outcome, &c);
    if (c.count)
        qsort(c.groups, c.count, sizeof *c.groups, most_first);
    for (size_t i = 0; i < c.count; i++)
        print_group(&c, &c.groups[i]);
    bool found = c.count > 0;
    free(c.groups);
    arena_free(&c.arena);
    return program_end(&c.p, found ? EXIT_DONE : EXIT_NO);
}
