/* enterprise-list: enterprises that meet filters, with their standard facts as of a day. All
 * filters but --text are put together into one expression of the criteria language. */
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/day.h"
#include "base/die.h"
#include "base/fault.h"
#include "center/program.h"
#include "criteria/axiom.h"
#include "criteria/profile_file.h"
#include "enterprise/asof.h"
#include "enterprise/enterprise.h"

enum { KEY_REGION = ARGS_LONG, KEY_INDUSTRY, KEY_SIZE, KEY_TAG, KEY_WHERE, KEY_TEXT, KEY_AS_OF };

static const struct args_option options[] = {
    {KEY_REGION, "region", "REGION", "in this region"},
    {KEY_INDUSTRY, "industry", "CODE", "of this industry or one below it"},
    {KEY_SIZE, "size", "SIZE", "micro, small, medium or large"},
    {KEY_TAG, "tag", "TAG", "that hold this tag"},
    {KEY_WHERE, "where", "EXPR", "that meet these criteria, see qifu-criteria(7)"},
    {KEY_TEXT, "text", "TEXT", "with this text in the code or the name"},
    {KEY_AS_OF, "as-of", "DATE", "as of this day (else today)"},
    {0, NULL, NULL, NULL},
};
static const char *const synopsis[] = {"[option ...]", NULL};
static const struct args_program program = {
    .name = "enterprise-list",
    .title = "企业名单",
    .synopsis = synopsis,
    .purpose = "List the enterprises that are known to meet every filter; without one, all.",
    .options = options,
    .lists = true,
};

static const struct out_column columns[] = {{"code", "统一社会信用代码", OUT_TEXT},
                                            {"name", "企业名称", OUT_TEXT},
                                            {"region", "地区", OUT_TEXT},
                                            {"industry", "行业", OUT_TEXT},
                                            {"size", "规模", OUT_TEXT},
                                            {"staff", "从业人员", OUT_NUMBER},
                                            {"revenue", "营业收入", OUT_NUMBER},
                                            {"founded", "成立日期", OUT_TEXT}};

struct listing {
    struct program p;
    struct profile profile;
    struct text where;                    /* the expression of all filters */
    struct text any[FACT_STANDARD_COUNT]; /* of a fact: any of the values asked for */
    const char *text;
    int day, count, next; /* next: the member that was not looked at yet */
    struct population population;
    int64_t *ids;
    const uint64_t *yes; /* who meets the expression; NULL: all */
};

/* ---- the filters ---- */

/* One more condition, in brackets. */
static void add_condition(struct listing *l, const char *start, const char *word, const char *end)
{
    text_add_format(&l->where, "%s(%s%s%s)", l->where.length ? " and " : "", start, word, end);
}

/* The value of the present option is one of FACT; the expression has its code. */
static void add_value(struct listing *l, int fact, const char *nearest, const char *otherwise)
{
    struct fact_range range;
    struct fault fault = {""};
    char buffer[PROFILE_CODE_SIZE];
    if (!profile_value(&l->profile, fact, l->p.args.value, &range, &fault))
        args_unknown(&l->p.args, l->profile.facts[fact].code, nearest, otherwise);
    text_add_format(&l->any[fact], "%s%s = %s", l->any[fact].length ? " or " : "",
                    l->profile.facts[fact].code, profile_code(&l->profile, fact, range, buffer));
}

static void add_tag(struct listing *l)
{
    int tag = profile_tag(&l->profile, l->p.args.value);
    if (tag < 0)
        args_unknown(&l->p.args, "tag", profile_nearest_tag(&l->profile, l->p.args.value),
                     "; profile.yaml lists them");
    add_condition(l, "tag \"", l->profile.facts[tag].code, "\"");
}

static struct criteria *parse(const struct listing *l, const char *text)
{
    struct criteria_fault fault;
    struct criteria *criteria = criteria_parse(&l->profile, text, &fault);
    if (criteria)
        return criteria;
    struct text shown = {0};
    criteria_add_fault(&shown, text, &fault);
    die("--where: %s", text_string(&shown));
}

/* Parsed alone first: its faults are told about what was written, and it is one expression. */
static void add_where(struct listing *l)
{
    const char *text = l->p.args.value;
    if (text_valid_utf8(text, strlen(text)) != strlen(text))
        args_usage(&l->p.args, "the value of --where is not UTF-8");
    criteria_free(parse(l, text));
    add_condition(l, "", text, "");
}

static void take_option(struct listing *l, int key)
{
    const char *word = l->p.args.value;
    char list[CONFIG_LIST_SIZE];
    switch (key) {
    case KEY_REGION:
        add_value(l, FACT_OF_REGION, config_nearest_region(l->p.config, word),
                  config_list_regions(l->p.config, list, sizeof list));
        break;
    case KEY_INDUSTRY: add_value(l, FACT_OF_INDUSTRY, NULL, NULL); break;
    case KEY_SIZE:
        add_value(l, FACT_OF_SIZE, NULL, " (micro 微型, small 小型, medium 中型, large 大型)");
        break;
    case KEY_TAG: add_tag(l); break;
    case KEY_WHERE: add_where(l); break;
    case KEY_TEXT: l->text = word; break;
    case KEY_AS_OF: l->day = args_day(&l->p.args); break;
    }
}

/* ---- the listing ---- */

static struct fact_range value_of(const struct listing *l, int fact)
{
    return l->population.columns[fact][l->next];
}

/* The code of a value for programs, its words for people. What is known only in part (a size of
 * micro or small) has no code. */
static void print_value(struct listing *l, int fact)
{
    struct fact_range value = value_of(l, fact);
    char buffer[PROFILE_CODE_SIZE];
    struct text words = {0};
    bool known = value.low != INT64_MIN;
    bool whole = known && (fact != FACT_OF_SIZE || value.low == value.high);
    if (known && out_in_words(l->p.out))
        profile_print(&l->profile, fact, value, &words);
    out_text(l->p.out, words.length ? words.data
                       : whole      ? profile_code(&l->profile, fact, value, buffer)
                                    : NULL);
    text_free(&words);
}

static void print_number(struct listing *l, int fact)
{
    struct fact_range value = value_of(l, fact);
    char buffer[DECIMAL_TEXT_SIZE];
    if (value.low == INT64_MIN || value.low != value.high) /* what follows from others is a range */
        out_digits(l->p.out, NULL);
    else if (out_is_table(l->p.out))
        out_text(l->p.out, decimal_print(value.low, l->profile.facts[fact].unit, buffer));
    else
        out_digits(l->p.out, decimal_plain(value.low, buffer));
}

static void print_enterprise(void *context, int64_t id, const char *code, const char *name)
{
    struct listing *l = context;
    while (l->next < l->population.count && l->ids[l->next] < id)
        l->next++;
    if (l->next >= l->population.count || l->ids[l->next] != id ||
        (l->yes && !answers_has(l->yes, l->next)))
        return;
    l->count++;
    struct fact_range founded = value_of(l, FACT_OF_FOUNDED);
    char day[DAY_TEXT_SIZE];
    out_text(l->p.out, code);
    out_text(l->p.out, name);
    print_value(l, FACT_OF_REGION);
    print_value(l, FACT_OF_INDUSTRY);
    print_value(l, FACT_OF_SIZE);
    print_number(l, FACT_OF_STAFF);
    print_number(l, FACT_OF_REVENUE);
    out_text(l->p.out, founded.low == founded.high ? day_print((int)founded.low, day) : NULL);
    out_row(l->p.out);
}

static void list(struct listing *l)
{
    for (int fact = 0; fact < FACT_STANDARD_COUNT; fact++) {
        if (l->any[fact].length)
            add_condition(l, "", l->any[fact].data, "");
        text_free(&l->any[fact]);
    }
    struct criteria *criteria = l->where.length ? parse(l, l->where.data) : NULL;
    bool *needed = mem_zero((size_t)l->profile.fact_count + 1, sizeof *needed);
    for (int fact = 0; fact < FACT_STANDARD_COUNT; fact++)
        needed[fact] = true;
    for (int i = 0; criteria && i < criteria->condition_count; i++)
        needed[criteria->conditions[i]->fact] = true;
    if (criteria)
        axioms_need(&l->profile, needed);
    l->population = census_of_all(l->p.center.db, &l->profile, needed, l->day, &l->ids);
    if (criteria)
        axioms_follow(&l->population, &l->profile);
    struct evaluator *evaluator = evaluator_new(&l->population);
    if (criteria)
        l->yes = evaluator_answer(evaluator, criteria)->yes;
    enterprise_each(l->p.center.db, l->text, print_enterprise, l);
    evaluator_free(evaluator);
    if (criteria)
        criteria_free(criteria);
    population_free(&l->population);
    free(l->ids);
    free(needed);
}

int main(int argc, char **argv)
{
    struct listing l = {.p = program_start(&program, argc, argv)};
    l.profile = profilefile_load(l.p.config);
    l.day = ENTERPRISE_NO_DAY;
    for (int key; (key = args_next(&l.p.args));)
        take_option(&l, key);
    if (l.p.args.operand_count)
        args_usage(&l.p.args, "no operand is expected; enterprise-show shows an enterprise");
    if (l.day == ENTERPRISE_NO_DAY)
        l.day = clock_day(clock_now());
    program_open(&l.p, OUT_COLUMNS(columns));
    list(&l);
    text_free(&l.where);
    profilefile_free(&l.profile);
    return program_end(&l.p, l.count ? EXIT_DONE : EXIT_NO);
}
