#include "match/explain.h"

#include <stdio.h>

#include "base/day.h"
#include "base/text.h"
#include "criteria/describe.h"

const struct out_column matchlines_columns[MATCHLINES_COLUMNS] = {
    {"policy", "政策", OUT_TEXT}, {"enterprise", "企业", OUT_TEXT}, {"path", "序号", OUT_TEXT},
    {"answer", "结果", OUT_TEXT}, {"condition", "条件", OUT_TEXT},  {"need", "要求", OUT_TEXT},
    {"have", "现状", OUT_TEXT},   {"since", "自", OUT_TEXT},        {"basis", "依据", OUT_TEXT}};

const char *matchlines_answer(enum answer answer)
{
    static const char *const codes[] = {"yes", "unknown", "no"};
    return codes[answer];
}

const char *matchlines_answer_name(enum answer answer)
{
    static const char *const names[] = {"符合", "待核实", "不符合"};
    return names[answer];
}

static const char *mark(enum answer answer)
{
    static const char *const marks[] = {"✔", "?", "✘"};
    return marks[answer];
}

int matchlines_since(const struct enterprise_fact *facts, int count, int fact, int day)
{
    int since = ENTERPRISE_NO_DAY;
    for (int i = 0; i < count; i++)
        if (facts[i].fact == fact && facts[i].from <= day)
            since = facts[i].until < day ? facts[i].until + 1 : facts[i].from;
    return since;
}

static void print_condition(const struct matchlines *l, const struct condition *condition)
{
    struct text need = {0}, have = {0};
    char day[DAY_TEXT_SIZE];
    int since = matchlines_since(l->facts, l->fact_count, condition->fact, l->population->day);
    need_add(&need, l->profile, condition, l->population->day);
    have_add(&have, l->profile, condition->fact, l->population->columns[condition->fact][0],
             l->population->day);
    out_text(l->out, condition->text);
    out_text(l->out, text_string(&need));
    out_text(l->out, text_string(&have));
    out_text(l->out, since == ENTERPRISE_NO_DAY ? NULL : day_print(since, day));
    out_text(l->out, condition->basis);
    text_free(&need);
    text_free(&have);
}

/* What a part with members says: all of, any of, at least 2 of. */
static void print_joint(const struct matchlines *l, const struct criteria_node *node)
{
    char words[40] = "";
    if (node->type == CRITERIA_ALL)
        out_code(l->out, "all of", "全部符合");
    else if (node->type == CRITERIA_ANY)
        out_code(l->out, "any of", "符合其一");
    else if (out_in_words(l->out))
        snprintf(words, sizeof words, "至少符合%d项", node->needed);
    else
        snprintf(words, sizeof words, "at least %d of", node->needed);
    if (*words)
        out_text(l->out, words);
    for (int i = 0; i < 4; i++)
        out_text(l->out, NULL);
}

static void print_node(const struct matchlines *l, const struct criteria_node *node,
                       const char *path)
{
    enum answer answer = population_node(l->population, node, 0);
    out_text(l->out, l->policy);
    out_text(l->out, l->enterprise);
    out_text(l->out, path);
    out_code(l->out, matchlines_answer(answer), mark(answer));
    if (node->type == CRITERIA_CONDITION)
        print_condition(l, node->condition);
    else
        print_joint(l, node);
    out_row(l->out);
}

static void print_members(const struct matchlines *l, const struct criteria_node *node,
                          const char *path)
{
    struct text member_path = {0};
    int number = 0;
    for (const struct criteria_node *member = node->first; member; member = member->next) {
        text_clear(&member_path);
        if (*path)
            text_add_format(&member_path, "%s.", path);
        text_add_number(&member_path, ++number);
        print_node(l, member, member_path.data);
        print_members(l, member, member_path.data);
    }
    text_free(&member_path);
}

void matchlines_print(const struct matchlines *lines)
{
    print_node(lines, lines->criteria->root, "0");
    print_members(lines, lines->criteria->root, "");
}
