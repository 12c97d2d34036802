/* survey-list: answers to questionnaires on policies (政策问卷): counted by class or by
 * organisation, or what was written in so many words. */
#include <stdio.h>

#include "base/clock.h"
#include "base/die.h"
#include "base/fault.h"
#include "base/mask.h"
#include "center/program.h"
#include "opinion/survey.h"

enum { KEY_BY = ARGS_LONG, KEY_FROM, KEY_TO, KEY_CLASS, KEY_ORG, KEY_TEXTS };

static const struct args_option options[] = {
    {KEY_BY, "by", "WHAT", "count by class (the default) or by org"},
    {KEY_TEXTS, "texts", NULL, "list what was written in so many words"},
    {KEY_FROM, "from", "DATE", "only answers of this day and later"},
    {KEY_TO, "to", "DATE", "only answers of this day and earlier"},
    {KEY_CLASS, "class", "CLASS", "only answers on this class, or other"},
    {KEY_ORG, "org", "ORG", "only answers about this organisation"},
    {0, NULL, NULL, NULL},
};
static const char *const synopsis[] = {"[--by WHAT | --texts] [option ...]", NULL};
static const struct args_program program = {
    .name = "survey-list",
    .title = "问卷统计",
    .synopsis = synopsis,
    .purpose = "Count the answers to questionnaires on policies, or list their texts.",
    .options = options,
    .lists = true,
};

static const struct out_column class_columns[] = {{"class", "政策类型", OUT_TEXT},
                                                  {"answers", "答卷", OUT_NUMBER},
                                                  {"dissatisfied", "不满意", OUT_NUMBER},
                                                  {"mean", "平均分", OUT_TEXT},
                                                  {"supervised", "已督办", OUT_NUMBER}};
static const struct out_column org_columns[] = {{"org", "单位", OUT_TEXT},
                                                {"answers", "答卷", OUT_NUMBER},
                                                {"dissatisfied", "不满意", OUT_NUMBER},
                                                {"mean", "平均分", OUT_TEXT},
                                                {"supervised", "已督办", OUT_NUMBER}};
static const struct out_column text_columns[] = {
    {"id", "编号", OUT_NUMBER},       {"at", "时间", OUT_TEXT},     {"class", "政策类型", OUT_TEXT},
    {"org", "单位", OUT_TEXT},        {"policy", "政策", OUT_TEXT}, {"score", "评分", OUT_NUMBER},
    {"ticket", "督办单", OUT_NUMBER}, {"text", "意见", OUT_TEXT}};

struct surveying {
    struct program p;
    struct taxonomy taxonomy;
    struct arena arena;
    struct survey_filter filter;
    const char *class, *org; /* of the options */
    bool by_org, counts, texts;
    long count;
};

static void print_org(struct surveying *s, int64_t org)
{
    out_code(s->p.out, org_code(&s->p.orgs, org), org_name(&s->p.orgs, org));
}

static void print_number(struct out *out, int64_t number)
{
    if (number)
        out_number(out, number);
    else
        out_text(out, NULL);
}

static void print_sum(void *context, const struct survey_sum *sum)
{
    struct surveying *s = context;
    struct out *out = s->p.out;
    char mean[32];
    s->count++;
    if (s->by_org)
        print_org(s, sum->org);
    else
        out_code(out, sum->class, survey_class_name(&s->taxonomy, sum->class));
    out_number(out, sum->answers);
    out_number(out, sum->dissatisfied);
    int64_t hundredths = sum->scored ? (sum->score_sum * 100 + sum->scored / 2) / sum->scored : 0;
    snprintf(mean, sizeof mean, "%d.%02d", (int)(hundredths / 100), (int)(hundredths % 100));
    out_text(out, sum->scored ? mean : NULL);
    out_number(out, sum->supervised);
    out_row(out);
}

static void print_text(void *context, const struct survey_answer *answer, const char *policy)
{
    struct surveying *s = context;
    struct out *out = s->p.out;
    struct text masked = {0};
    s->count++;
    mask_text(&masked, answer->text);
    out_number(out, answer->id);
    out_moment(out, answer->at);
    out_code(out, answer->class, survey_class_name(&s->taxonomy, answer->class));
    print_org(s, answer->org);
    out_text(out, policy);
    print_number(out, answer->score);
    print_number(out, answer->ticket);
    out_text(out, masked.data);
    out_row(out);
    text_free(&masked);
}

static void take_option(struct surveying *s, int key)
{
    const struct args *args = &s->p.args;
    switch (key) {
    case KEY_BY:
        s->by_org = text_same(args->value, "org");
        s->counts = true;
        if (!s->by_org && !text_same(args->value, "class"))
            args_usage(args, "unknown count \"%s\" (class or org)", args->value);
        break;
    case KEY_FROM: s->filter.from = clock_moment(args_day(args), 0); break;
    case KEY_TO: s->filter.to = clock_moment(args_day(args), SECONDS_PER_DAY) - 1; break;
    case KEY_CLASS: s->class = args->value; break;
    case KEY_ORG: s->org = args->value; break;
    case KEY_TEXTS: s->texts = true; break;
    }
}

static void check_options(const struct surveying *s)
{
    if (s->p.args.operand_count)
        args_usage(&s->p.args, "no operand is expected");
    if (s->counts && s->texts)
        args_usage(&s->p.args, "one of --by and --texts");
}

/* The filter's words, which need the taxonomy and the database. */
static void find_words(struct surveying *s)
{
    if (s->org)
        s->filter.org = org_need(s->p.center.db, s->org);
    const char *code = s->class ? survey_class(&s->taxonomy, s->class) : NULL;
    if (s->class && !code) {
        struct fault fault = {""};
        const char *near = taxonomy_nearest(&s->taxonomy, s->class);
        die("%s", fault_unknown(&fault, "class", s->class, near, NULL));
    }
    if (code)
        s->filter.classes = taxonomy_below(&s->taxonomy, &s->arena, code);
}

static void run(struct surveying *s)
{
    find_words(s);
    if (s->texts) {
        program_print(&s->p, OUT_COLUMNS(text_columns));
        survey_texts(s->p.center.db, &s->filter, print_text, s);
        return;
    }
    program_print(&s->p, s->by_org ? org_columns : class_columns, 5);
    survey_sums(s->p.center.db, &s->filter, s->by_org, print_sum, s);
}

int main(int argc, char **argv)
{
    struct surveying s = {.p = program_start(&program, argc, argv)};
    for (int key; (key = args_next(&s.p.args));)
        take_option(&s, key);
    check_options(&s);
    s.p.counts = !s.texts;
    program_open(&s.p, NULL, 0);
    s.taxonomy = taxonomy_load(s.p.config);
    run(&s);
    taxonomy_free(&s.taxonomy);
    arena_free(&s.arena);
    return program_end(&s.p, s.count ? EXIT_DONE : EXIT_NO);
}
