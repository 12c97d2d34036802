/* enterprise-watch: whom a liaison should see, and why (企业动态感知). */
#include <stdio.h>

#include "base/clock.h"
#include "base/day.h"
#include "base/die.h"
#include "center/program.h"
#include "criteria/profile_file.h"
#include "enterprise/liaison.h"
#include "register/origin.h"
#include "register/watch.h"

enum { KEY_RULE = ARGS_LONG, KEY_AS_OF, KEY_LIAISON };

static const struct args_option options[] = {
    {KEY_RULE, "rule", "RULE", "of this rule alone"},
    {KEY_LIAISON, "liaison", "NAME", "whom this liaison serves, by name or number"},
    {KEY_AS_OF, "as-of", "DATE", "on this day (else today)"},
    {0, NULL, NULL, NULL},
};
static const char *const synopsis[] = {"[option ...]", NULL};
static const struct args_program program = {
    .name = "enterprise-watch",
    .title = "企业动态",
    .synopsis = synopsis,
    .purpose = "List enterprises that a liaison should see, by the rules of watch.yaml, and why.",
    .options = options,
    .lists = true,
};

static const struct out_column columns[] = {{"code", "统一社会信用代码", OUT_TEXT},
                                            {"name", "企业名称", OUT_TEXT},
                                            {"region", "区域", OUT_TEXT},
                                            {"rule", "动态", OUT_TEXT},
                                            {"was", "原为", OUT_TEXT},
                                            {"is", "现为", OUT_TEXT},
                                            {"change", "变化（%）", OUT_NUMBER},
                                            {"day", "日期", OUT_TEXT},
                                            {"of", "所指", OUT_TEXT},
                                            {"liaison", "助企员", OUT_TEXT}};

struct listing {
    struct program p;
    struct profile profile;
    const char *rule, *liaison;
    int day;
    int64_t served_by; /* the liaison; 0: any */
    bool is_served;    /* the present enterprise, by it */
    struct text names; /* of the present enterprise's liaisons */
    long count;
};

static void add_liaison(void *context, const struct liaison *liaison)
{
    struct listing *l = context;
    l->is_served = l->is_served || liaison->id == l->served_by;
    text_add_format(&l->names, "%s%s（%s）", l->names.length ? "、" : "", liaison->name,
                    org_name(&l->p.orgs, liaison->org));
}

/* A value of a fact: digits for programs, 5000万元 for people. */
static void print_value(struct listing *l, const struct watch_rule *rule, int64_t value)
{
    struct text shown = {0};
    char plain[DECIMAL_TEXT_SIZE];
    profile_print(&l->profile, rule->fact, (struct fact_range){value, value}, &shown);
    out_code(l->p.out, decimal_plain(value, plain), shown.data);
    text_free(&shown);
}

static void print_values(struct listing *l, const struct watch_line *line)
{
    struct out *out = l->p.out;
    char digits[24];
    if (line->rule->fact >= 0) {
        print_value(l, line->rule, line->was);
        print_value(l, line->rule, line->is);
        out_number(out, watch_change(line->was, line->is));
        return;
    }
    snprintf(digits, sizeof digits, "%lld", (long long)line->is);
    out_text(out, NULL);
    out_text(out, line->rule->kind == WATCH_REQUESTS ? digits : NULL);
    out_text(out, NULL);
}

static void print_line(void *context, const struct watch_line *line)
{
    struct listing *l = context;
    struct out *out = l->p.out;
    char day[DAY_TEXT_SIZE];
    text_clear(&l->names);
    l->is_served = !l->served_by;
    liaison_each(l->p.center.db, &(struct liaison_filter){.enterprise = line->id}, add_liaison, l);
    if (!l->is_served)
        return;
    out_text(out, line->code);
    out_text(out, line->name);
    out_code(out, line->region, config_region_name(l->p.config, line->region));
    out_code(out, line->rule->term.code, line->rule->term.name);
    print_values(l, line);
    out_text(out, day_print(line->day, day));
    out_text(out, line->of);
    out_text(out, l->names.length ? l->names.data : NULL);
    out_row(out);
    l->count++;
}

static void list(struct listing *l)
{
    struct watch_set rules = watch_load(l->p.config, &l->profile);
    const struct watch_rule *one = l->rule ? watch_find(&rules, l->rule) : NULL;
    if (l->rule && !one)
        die("no rule of watch.yaml is called \"%s\"", l->rule);
    for (int i = 0; i < rules.count; i++)
        if (!one || one == &rules.list[i])
            watch_each(&l->p.center, &rules.list[i], &l->profile, l->day, print_line, l);
    watch_free(&rules);
}

int main(int argc, char **argv)
{
    struct listing l = {.p = program_start(&program, argc, argv), .day = clock_day(clock_now())};
    for (int key; (key = args_next(&l.p.args));)
        switch (key) {
        case KEY_RULE: l.rule = l.p.args.value; break;
        case KEY_LIAISON: l.liaison = l.p.args.value; break;
        case KEY_AS_OF: l.day = args_day(&l.p.args); break;
        }
    if (l.p.args.operand_count)
        args_usage(&l.p.args, "no operand is expected; enterprise-show shows an enterprise");
    program_open(&l.p, OUT_COLUMNS(columns));
    l.profile = profilefile_load(l.p.config);
    if (l.liaison)
        l.served_by = origin_need(&l.p.center, TICKET_LIAISON, l.liaison);
    list(&l);
    profilefile_free(&l.profile);
    text_free(&l.names);
    return program_end(&l.p, l.count ? EXIT_DONE : EXIT_NO);
}
