/* policy-survey: answers to questionnaires on policies (政策问卷): takes them in, counts them, and
 * opens supervision against organisations that many are dissatisfied with. */
#include <stdio.h>

#include "base/clock.h"
#include "base/day.h"
#include "base/die.h"
#include "base/mask.h"
#include "center/add.h"
#include "center/org.h"
#include "center/rating.h"
#include "opinion/survey.h"

enum {
    KEY_BY = ADDING_OWN,
    KEY_FROM,
    KEY_TO,
    KEY_CLASS,
    KEY_ORG,
    KEY_TEXTS,
    KEY_SUPERVISE,
    KEY_SOURCE
};

static const struct args_option options[] = {
    {KEY_BY, "by", "WHAT", "count by class (the default) or by org"},
    {KEY_TEXTS, "texts", NULL, "list what was written in so many words"},
    {KEY_FROM, "from", "DATE", "only answers of this day and later"},
    {KEY_TO, "to", "DATE", "only answers of this day and earlier"},
    {KEY_CLASS, "class", "CLASS", "only answers on this class, or other"},
    {KEY_ORG, "org", "ORG", "only answers about this organisation"},
    {KEY_SUPERVISE, "supervise", NULL, "open tickets against those with too many complaints"},
    {KEY_SOURCE, "source", "NAME", "with a file: the questionnaire, where a row names none"},
    ADDING_FILE,
    {0, NULL, NULL, NULL},
};
static const char *const synopsis[] = {
    "[--by WHAT | --texts] [option ...]", "[-nq] --supervise",
    "[-nq] --csv FILE | --jsonl FILE [--source NAME] [--rejects FILE]", NULL};
static const struct args_program program = {
    .name = "policy-survey",
    .synopsis = synopsis,
    .purpose =
        "Take in questionnaire answers on policies, count them, supervise who is complained of.",
    .options = options,
};

static const struct out_column import_columns[] = {
    {"id", "编号", OUT_NUMBER}, {"class", "政策类型", OUT_TEXT}, {"result", "结果", OUT_TEXT}};
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
static const struct out_column order_columns[] = {
    {"id", "工单", OUT_NUMBER}, {"org", "单位", OUT_TEXT}, {"answers", "不满意", OUT_NUMBER}};

struct surveying {
    struct args *args;
    struct adding adding;
    struct taxonomy taxonomy;
    struct org_table orgs;
    struct survey_intake intake;
    struct survey_filter filter;
    const char *class, *org; /* of the options */
    bool by_org, counts, texts, supervise;
    long count;
};

static void print_org(struct surveying *s, int64_t org)
{
    out_code(s->adding.out, org_code(&s->orgs, org), org_name(&s->orgs, org));
}

static void print_number(struct out *out, int64_t number)
{
    if (number)
        out_number(out, number);
    else
        out_text(out, NULL);
}

/* Questionnaires are filled in by anybody: the answer counts also where the name is not known. */
static void note_enterprise(const struct surveying *s, const char *name)
{
    char note[256];
    snprintf(note, sizeof note, "unknown enterprise \"%.160s\" is left out", name);
    adding_note(&s->adding, note);
}

static bool take_row(void *context, char *const *values, long line, char *fault, size_t size)
{
    struct surveying *s = context;
    struct survey_answer answer;
    int score = 0;
    (void)line;
    if (values[SURVEY_SCORE] && !(score = rating_parse(values[SURVEY_SCORE]))) {
        snprintf(fault, size, "unknown rating \"%s\"", values[SURVEY_SCORE]);
        return false;
    }
    if (!survey_read(&s->intake, values, score, &answer, fault, size))
        return false;
    if (values[SURVEY_ENTERPRISE] && !answer.enterprise)
        note_enterprise(s, values[SURVEY_ENTERPRISE]);
    enum survey_result result = survey_add(&s->intake, &answer, fault, size);
    if (result == SURVEY_REFUSED)
        return false;
    struct out *out = s->adding.out;
    out_number(out, answer.id);
    out_code(out, answer.class, survey_class_name(&s->taxonomy, answer.class));
    out_text(out, result == SURVEY_ADDED ? "added" : "same");
    out_row(out);
    return true;
}

static void finish(void *context)
{
    struct surveying *s = context;
    survey_finish(&s->intake);
}

static void print_sum(void *context, const struct survey_sum *sum)
{
    struct surveying *s = context;
    struct out *out = s->adding.out;
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
    struct out *out = s->adding.out;
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

static void print_order(void *context, const struct survey_order *order)
{
    struct surveying *s = context;
    print_number(s->adding.out, order->ticket);
    print_org(s, order->org);
    out_number(s->adding.out, order->answers);
    out_row(s->adding.out);
}

static void supervise(struct surveying *s)
{
    struct db *db = s->adding.center.db;
    center_begin(&s->adding.center, s->args->dry_run);
    survey_supervise(&s->adding.center, s->args->dry_run, print_order, s);
    if (s->args->dry_run)
        db_rollback(db);
    else
        db_commit(db);
}

static void take_option(struct surveying *s, int key)
{
    const struct args *args = s->args;
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
    case KEY_SUPERVISE: s->supervise = true; break;
    case KEY_SOURCE: s->intake.source = adding_value(&s->adding, "source"); break;
    }
}

static void check_options(const struct surveying *s)
{
    bool filters = s->class || s->org || s->filter.from || s->filter.to;
    if ((s->adding.source.path != NULL) + s->supervise + s->counts + s->texts > 1)
        args_usage(s->args, "one of --by, --texts, --supervise and a file");
    if (filters && (s->adding.source.path || s->supervise))
        args_usage(s->args, "--from, --to, --class and --org go with counts and texts");
    if (s->intake.source && !s->adding.source.path)
        args_usage(s->args, "--source goes with a file");
}

/* The filter's words, which need the taxonomy and the database. */
static void find_words(struct surveying *s)
{
    if (s->org)
        s->filter.org = org_need(s->adding.center.db, s->org);
    const char *code = s->class ? survey_class(&s->taxonomy, s->class) : NULL;
    if (s->class && !code) {
        const char *near = taxonomy_nearest(&s->taxonomy, s->class);
        die("unknown class \"%s\"%s%s%s", s->class, near ? " (did you mean " : "", near ? near : "",
            near ? "?)" : "");
    }
    if (code)
        s->filter.classes = taxonomy_below(&s->taxonomy, &s->adding.arena, code);
}

static int run(struct surveying *s)
{
    if (s->adding.source.path)
        return adding_run(&s->adding, take_row, finish, s);
    if (s->supervise) {
        supervise(s);
        return EXIT_DONE;
    }
    find_words(s);
    if (s->texts)
        survey_texts(s->adding.center.db, &s->filter, print_text, s);
    else
        survey_sums(s->adding.center.db, &s->filter, s->by_org, print_sum, s);
    return s->count ? EXIT_DONE : EXIT_NO;
}

static void open_output(struct surveying *s)
{
    if (s->adding.source.path)
        adding_open(&s->adding, import_columns, 3);
    else if (s->supervise)
        adding_open(&s->adding, order_columns, 3);
    else if (s->texts)
        adding_open(&s->adding, text_columns, 8);
    else
        adding_open(&s->adding, s->by_org ? org_columns : class_columns, 5);
}

int main(int argc, char **argv)
{
    static const int needed[] = {-1};
    static const struct adding_kind kind = {"survey", "answer", survey_fields, needed, -1};
    struct args args = args_start(&program, argc, argv);
    struct surveying s = {.args = &args, .adding = adding_start(&kind, &args)};
    for (int key; (key = adding_next(&s.adding));)
        take_option(&s, key);
    check_options(&s);
    open_output(&s);
    s.taxonomy = taxonomy_load(s.adding.config);
    s.orgs = org_table_load(s.adding.center.db);
    s.intake.center = &s.adding.center;
    s.intake.taxonomy = &s.taxonomy;
    if (!s.intake.source)
        s.intake.source = s.adding.config->default_source;
    int status = run(&s);
    org_table_free(&s.orgs);
    taxonomy_free(&s.taxonomy);
    adding_finish(&s.adding);
    return status;
}
