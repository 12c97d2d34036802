#include "match/list.h"

#include <stdlib.h>

#include "base/day.h"
#include "base/text.h"
#include "criteria/describe.h"
#include "match/explain.h"

#define ANSWER_COLUMNS                                                                             \
    {"answer", "结果", OUT_TEXT}, {"short", "差几项", OUT_NUMBER}, {"from", "可申请日", OUT_TEXT}, \
        {"lacking", "所差条件", OUT_TEXT}, {"need", "要求", OUT_TEXT},                             \
    {                                                                                              \
        "have", "现状", OUT_TEXT                                                                   \
    }
static const struct out_column policy_columns[] = {{"policy", "政策", OUT_TEXT},
                                                   {"title", "标题", OUT_TEXT},
                                                   ANSWER_COLUMNS,
                                                   {"enterprise", "企业", OUT_TEXT}};
static const struct out_column enterprise_columns[] = {{"enterprise", "企业", OUT_TEXT},
                                                       {"name", "名称", OUT_TEXT},
                                                       ANSWER_COLUMNS,
                                                       {"policy", "政策", OUT_TEXT}};
static const struct out_column pair_columns[] = {
    {"policy", "政策", OUT_TEXT}, {"enterprise", "企业", OUT_TEXT}, ANSWER_COLUMNS};
static const struct out_column count_columns[] = {
    {"policy", "政策", OUT_TEXT},   {"title", "标题", OUT_TEXT},
    {"yes", "符合", OUT_NUMBER},    {"unknown", "待核实", OUT_NUMBER},
    {"near", "差一项", OUT_NUMBER}, {"no", "不符合", OUT_NUMBER}};

struct matchlist_name {
    const char *code, *name;
};

void matchlist_open(struct matchlist *list, struct program *p)
{
    switch (list->view) {
    case MATCHLIST_POLICIES: program_print(p, OUT_COLUMNS(policy_columns)); break;
    case MATCHLIST_ENTERPRISES: program_print(p, OUT_COLUMNS(enterprise_columns)); break;
    case MATCHLIST_PAIRS: program_print(p, OUT_COLUMNS(pair_columns)); break;
    case MATCHLIST_COUNTS: program_print(p, OUT_COLUMNS(count_columns)); break;
    }
    list->out = p->out;
}

void matchlist_reset(struct matchlist *list)
{
    free(list->names);
    list->names = NULL;
    arena_free(&list->arena);
}

static const struct matchlist_name *name_of(struct matchlist *l, struct matching *m, int member)
{
    if (!l->names)
        l->names = mem_zero((size_t)m->population.count, sizeof *l->names);
    struct matchlist_name *known = &l->names[member];
    const char *code, *name;
    if (!known->code) {
        matching_name(m, member, &code, &name);
        known->code = code ? arena_string(&l->arena, code) : NULL;
        known->name = name && l->view != MATCHLIST_PAIRS ? arena_string(&l->arena, name) : NULL;
    }
    return known;
}

/* The condition that a near miss lacks. */
static void print_gap(struct matchlist *l, const struct condition *condition,
                      const struct population *population, int member)
{
    struct text need = {0}, have = {0};
    need_add(&need, l->profile, condition, population->day);
    have_add(&have, l->profile, condition->fact, population->columns[condition->fact][member],
             population->day);
    out_text(l->out, condition->text);
    out_text(l->out, text_string(&need));
    out_text(l->out, text_string(&have));
    text_free(&need);
    text_free(&have);
}

/* One member's answer. */
struct line {
    enum answer answer;
    bool near;
    int from; /* the day from which it is a yes, or ENTERPRISE_NO_DAY */
};

static void print_line(struct matchlist *l, struct matching *m, int number, int member,
                       const struct line *line)
{
    const struct policy *policy = &m->policies[number];
    const struct criteria *criteria = m->criteria[number];
    const struct matchlist_name *name = name_of(l, m, member);
    char day[DAY_TEXT_SIZE];
    out_text(l->out, l->view == MATCHLIST_ENTERPRISES ? name->code : policy->code);
    out_text(l->out, l->view == MATCHLIST_POLICIES      ? policy->title
                     : l->view == MATCHLIST_ENTERPRISES ? name->name
                                                        : name->code);
    if (line->near)
        out_code(l->out, "near", "差一项");
    else
        out_code(l->out, matchlines_answer(line->answer), matchlines_answer_name(line->answer));
    out_number(l->out,
               line->answer == ANSWER_YES ? 0 : evaluator_short(m->evaluator, criteria, member));
    out_text(l->out, line->from == ENTERPRISE_NO_DAY || line->from <= m->population.day
                         ? NULL
                         : day_print(line->from, day));
    int gap = line->near ? evaluator_gap(m->evaluator, criteria, member) : -1;
    if (gap >= 0)
        print_gap(l, criteria->conditions[gap], &m->population, member);
    for (int i = 0; gap < 0 && i < 3; i++)
        out_text(l->out, NULL);
    if (l->view != MATCHLIST_PAIRS)
        out_text(l->out, l->view == MATCHLIST_POLICIES ? name->code : policy->code);
    out_row(l->out);
    l->printed++;
}

/* The first day on which the policy can be applied for and fits; today, where that is today. */
static int eligible_from(struct matchlist *l, const struct matching *m, int number, int member,
                         enum answer answer)
{
    const struct policy *policy = &m->policies[number];
    int from = m->population.day;
    bool opens = policy->valid_from != POLICY_NO_DAY && policy->valid_from > from;
    if (answer != ANSWER_YES || opens)
        from = match_eligible_from(l->center->db, l->profile, m->criteria[number], m->ids[member],
                                   from, opens ? policy->valid_from : from);
    if (policy->valid_to != POLICY_NO_DAY && from > policy->valid_to)
        from = ENTERPRISE_NO_DAY;
    return from;
}

/* Whether a line is printed, and what it says. For one enterprise it is asked of every no whether
 * time alone is lacking; for many of those alone that are one condition short. */
static bool judge(struct matchlist *l, struct matching *m, const struct answers *answers,
                  int number, int member, struct line *line)
{
    bool is_near = answers_has(answers->near, member);
    line->answer = answers_has(answers->yes, member)  ? ANSWER_YES
                   : answers_has(answers->no, member) ? ANSWER_NO
                                                      : ANSWER_UNKNOWN;
    line->near = l->near && is_near;
    line->from = ENTERPRISE_NO_DAY;
    if (line->answer == ANSWER_UNKNOWN)
        return !l->sure;
    if (line->answer == ANSWER_NO && !(l->near && (is_near || m->population.count == 1)))
        return false;
    line->from = eligible_from(l, m, number, member, line->answer);
    return line->answer == ANSWER_YES || is_near || line->from != ENTERPRISE_NO_DAY;
}

static int count_bits(const uint64_t *set, size_t words)
{
    int count = 0;
    for (size_t i = 0; i < words; i++)
        count += __builtin_popcountll(set[i]);
    return count;
}

static void print_counts(struct matchlist *l, const struct matching *m,
                         const struct answers *answers, int number)
{
    int yes = count_bits(answers->yes, answers->words),
        no = count_bits(answers->no, answers->words);
    out_text(l->out, m->policies[number].code);
    out_text(l->out, m->policies[number].title);
    out_number(l->out, yes);
    out_number(l->out, m->population.count - yes - no);
    out_number(l->out, count_bits(answers->near, answers->words));
    out_number(l->out, no);
    out_row(l->out);
    l->printed++;
}

void matchlist_print(struct matchlist *l, struct matching *m, int number)
{
    const struct answers *answers = matching_answers(m, number);
    struct line line;
    if (l->view == MATCHLIST_COUNTS) {
        print_counts(l, m, answers, number);
        return;
    }
    for (size_t word = 0; word < answers->words; word++) {
        uint64_t shown = ~answers->no[word];
        if (l->near)
            shown = m->population.count == 1 ? UINT64_MAX : shown | answers->near[word];
        if (l->sure)
            shown = answers->yes[word];
        for (; shown; shown &= shown - 1) {
            int member = (int)(word * 64) + __builtin_ctzll(shown);
            if (member < m->population.count && judge(l, m, answers, number, member, &line))
                print_line(l, m, number, member, &line);
        }
    }
}

bool matchlist_shows(struct matchlist *l, struct matching *m, int number, int member)
{
    const struct answers *answers = matching_answers(m, number);
    struct line line;
    return judge(l, m, answers, number, member, &line);
}
