/* policy-show: policies whole: what they say, their clocks, what came of them, their versions. */
#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "base/day.h"
#include "base/decimal.h"
#include "base/die.h"
#include "center/program.h"
#include "opinion/evaluation.h"
#include "policy/show.h"
#include "policy/version.h"

enum {
    KEY_VERSION = ARGS_LONG,
    KEY_HISTORY,
    KEY_SHEET,
    KEY_SINCE,
    MOST_VERSIONS = 1000000,
    LATELY = 90
};

static const struct args_option options[] = {
    {KEY_VERSION, "at-version", "N", "print what version N said"},
    {KEY_HISTORY, "history", NULL, "list the versions: when each came, which fields it changed"},
    {KEY_SHEET, "sheet", NULL, "what came of them (政策评估), a line each"},
    {KEY_SINCE, "since", "DATE", "with --sheet: answers from this day on are the late ones"},
    {0, NULL, NULL, NULL},
};
static const char *const synopsis[] = {"[--at-version N] POLICY ... | -",
                                       "--history POLICY ... | -",
                                       "--sheet [--since DATE] POLICY ... | -", NULL};
static const struct args_program program = {
    .name = "policy-show",
    .title = "政策详情",
    .synopsis = synopsis,
    .purpose = "Show policies whole; POLICY is an id or a document number.",
    .options = options,
};

static const struct out_column history_columns[] = {{"code", "编号", OUT_TEXT},
                                                    {"version", "版本", OUT_NUMBER},
                                                    {"at", "时间", OUT_TEXT},
                                                    {"changed", "变更项目", OUT_TEXT}};

static const struct out_column sheet_columns[] = {
    {"code", "编号", OUT_TEXT},          {"title", "标题", OUT_TEXT},
    {"published", "发布时间", OUT_TEXT}, {"deliveries", "推送", OUT_NUMBER},
    {"reached", "触达企业", OUT_NUMBER}, {"views", "浏览", OUT_NUMBER},
    {"consulted", "咨询", OUT_NUMBER},   {"applied", "申报", OUT_NUMBER},
    {"refused", "未通过", OUT_NUMBER},   {"grants", "兑现", OUT_NUMBER},
    {"granted", "兑现企业", OUT_NUMBER}, {"amount", "兑现金额", OUT_TEXT},
    {"before", "此前评分", OUT_TEXT},    {"answers_before", "此前答卷", OUT_NUMBER},
    {"lately", "近期评分", OUT_TEXT},    {"answers_lately", "近期答卷", OUT_NUMBER},
    {"evaluate", "评估日期", OUT_TEXT}};

struct show {
    struct program p;
    bool history, sheet;
    int since;   /* of --since; 0: LATELY days ago */
    int version; /* of --at-version; 0: the present one */
    struct taxonomy taxonomy;
    struct policyfields fields;
    struct arena arena; /* of --history, as the next: what the version before said */
    struct policy_said before;
    const char *code;
};

static bool is_same(const char *a, const char *b)
{
    return a && b ? !strcmp(a, b) : a == b;
}

/* A line of --history. */
static void take_version(void *context, int version, int64_t at, const char *content)
{
    struct show *s = context;
    const struct policy_said now = policy_version_read(content, &s->arena);
    struct text changed = {0};
    for (int i = 0; i < POLICY_FIELD_COUNT && version > 1; i++)
        if (!is_same(now.values[i], s->before.values[i]))
            text_add_format(&changed, "%s%s", changed.length ? " " : "",
                            out_in_words(s->p.out) ? policy_field(i)->word : policy_field(i)->name);
    out_text(s->p.out, s->code);
    out_number(s->p.out, version);
    out_moment(s->p.out, at);
    out_text(s->p.out, changed.data);
    out_row(s->p.out);
    text_free(&changed);
    s->before = now;
}

static void show_history(struct show *s, const struct policy *policy)
{
    s->code = policy->code;
    policy_each_version(s->p.center.db, policy->id, take_version, s);
    arena_free(&s->arena);
}

/* The mean of scores, to a tenth. */
static void print_mean(struct out *out, int64_t count, int64_t sum)
{
    char mean[32];
    snprintf(mean, sizeof mean, "%.1f", count ? (double)sum / (double)count : 0.0);
    out_text(out, count ? mean : NULL);
    out_number(out, count);
}

static void show_sheet(struct show *s, const struct policy *policy)
{
    struct out *out = s->p.out;
    char amount[DECIMAL_TEXT_SIZE], day[DAY_TEXT_SIZE];
    int since = s->since ? s->since : clock_day(s->p.center.now) - LATELY;
    const struct evaluation e = evaluation_of(s->p.center.db, policy->id, clock_moment(since, 0));
    out_text(out, policy->code);
    out_text(out, policy->title);
    out_moment(out, policy->published_at);
    out_number(out, e.deliveries);
    out_number(out, e.reached);
    out_number(out, e.views);
    out_number(out, e.consultations);
    out_number(out, e.applications);
    out_number(out, e.refusals);
    out_number(out, e.grants);
    out_number(out, e.granted);
    out_text(out, decimal_plain(e.amount, amount));
    print_mean(out, e.before, e.before_sum);
    print_mean(out, e.lately, e.lately_sum);
    out_text(out, policy->evaluate == POLICY_NO_DAY ? NULL : day_print(policy->evaluate, day));
    out_row(out);
}

static void show_policy(struct show *s, const char *word)
{
    struct arena arena = {0};
    struct policy policy;
    int64_t id = policy_find(s->p.center.db, word);
    if (!id || !policy_load(s->p.center.db, id, &arena, &policy)) {
        policy_warn_unknown(s->p.center.db, word);
        s->p.bad++;
    } else if (s->sheet) {
        show_sheet(s, &policy);
    } else if (s->history) {
        show_history(s, &policy);
    } else if (!s->version) {
        policyfields_print(&s->fields, &policy);
    } else if (!policyfields_print_version(&s->fields, &policy, s->version)) {
        warn("%s has %d version%s, no version %d", policy.code, policy.version,
             policy.version == 1 ? "" : "s", s->version);
        s->p.bad++;
    }
    arena_free(&arena);
}

static void read_options(struct show *s)
{
    struct args *args = &s->p.args;
    for (int key; (key = args_next(args));)
        if (key == KEY_HISTORY)
            s->history = true;
        else if (key == KEY_SHEET)
            s->sheet = true;
        else if (key == KEY_SINCE)
            s->since = args_day(args);
        else
            s->version = args_number(args, 1, MOST_VERSIONS);
    if (s->history + s->sheet + (s->version > 0) > 1)
        args_usage(args, "one of --history, --sheet and --at-version");
    if (s->since && !s->sheet)
        args_usage(args, "--since goes with --sheet");
    if (!args->operand_count)
        args_usage(args, "name the policies to show");
}

static void open_all(struct show *s)
{
    struct program *p = &s->p;
    if (s->sheet)
        program_open(p, OUT_COLUMNS(sheet_columns));
    else if (s->history)
        program_open(p, OUT_COLUMNS(history_columns));
    else
        program_open(p, OUT_COLUMNS(policyfields_columns));
    s->taxonomy = taxonomy_load(p->config);
    s->fields = (struct policyfields){.center = &p->center,
                                      .orgs = &p->orgs,
                                      .taxonomy = &s->taxonomy,
                                      .day = clock_day(p->center.now),
                                      .out = p->out};
}

int main(int argc, char **argv)
{
    struct show s = {.p = program_start(&program, argc, argv)};
    read_options(&s);
    open_all(&s);
    struct args_ids loop = args_ids(&s.p.args, 0);
    for (const char *word; (word = args_next_word(&loop));)
        show_policy(&s, word);
    s.p.bad += args_ids_end(&loop);

    taxonomy_free(&s.taxonomy);
    return program_end(&s.p, EXIT_DONE);
}
