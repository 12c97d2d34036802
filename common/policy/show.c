#include "policy/show.h"

#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "base/day.h"
#include "base/decimal.h"
#include "base/fault.h"
#include "base/json.h"
#include "policy/outcome.h"
#include "policy/version.h"

const struct out_column policyfields_columns[POLICYFIELDS_COLUMNS] = {
    {"code", "编号", OUT_TEXT}, {"field", "项目", OUT_TEXT}, {"value", "内容", OUT_TEXT}};

static void moment_field(struct policyfields *f, const char *name, const char *title,
                         int64_t moment)
{
    char iso[CLOCK_TEXT_SIZE];
    if (moment)
        out_member(f->out, name, title, clock_print(moment, iso), NULL);
}

/* The office's word for a code. */
static const char *word_of(const struct policyfields *f, int number, const char *code)
{
    switch (policy_field(number)->means) {
    case POLICY_IS_WORD: return policy_word_name(number, code);
    case POLICY_IS_CLASS: return taxonomy_name(f->taxonomy, code);
    default: return NULL;
    }
}

/* A text, a day, the organisation, the pin; all others have parts of their own. */
static void show_field(struct policyfields *f, const struct policy *p, int number)
{
    const struct field *of = policy_field(number);
    char date[DAY_TEXT_SIZE];
    const char *value = policy_version_value(p, number, date), *shown = word_of(f, number, value);
    if (of->type == FIELD_ORG) {
        value = org_code(f->orgs, field_number(of, p));
        shown = org_name(f->orgs, field_number(of, p));
    } else if (of->type == FIELD_FLAG && field_number(of, p)) {
        value = of->name;
        shown = "是";
    }
    out_member(f->out, of->name, of->word, value, shown);
}

static void show_document(struct policyfields *f, const struct policy *p)
{
    const char *state = policy_state_on(p, f->day);
    show_field(f, p, POLICY_TITLE);
    out_member(f->out, "state", "状态", state, policy_word_name(POLICY_STATE, state));
    for (int i = POLICY_TITLE + 1; i < POLICY_FIELD_COUNT; i++) {
        if (policy_field(i)->flags & POLICY_SHOWN_FIRST)
            show_field(f, p, i);
        if (i == POLICY_VALID_TO && p->valid_to != POLICY_NO_DAY)
            out_member_number(f->out, "days_left", "剩余天数", p->valid_to - f->day, NULL);
    }
    for (int i = POLICY_TITLE + 1; i < POLICY_FIELD_COUNT; i++) {
        enum field_type type = policy_field(i)->type;
        bool first = policy_field(i)->flags & POLICY_SHOWN_FIRST;
        if (!first && (type == FIELD_TEXT || type == FIELD_DAY))
            show_field(f, p, i);
    }
}

/* One of the three clocks: when it was done, by when it was due, and whether that is in time. */
static void show_clock(struct policyfields *f, const char *const names[3],
                       const char *const titles[3], int64_t done, int64_t due)
{
    moment_field(f, names[0], titles[0], done);
    moment_field(f, names[1], titles[1], due);
    if (!due)
        return;
    if (done)
        out_member(f->out, names[2], titles[2], done > due ? "late" : "on-time",
                   done > due ? "超期" : "按时");
    else
        out_member(f->out, names[2], titles[2], f->center->now > due ? "overdue" : "waiting",
                   f->center->now > due ? "超期未办" : "待办");
}

static void show_clocks(struct policyfields *f, const struct policy *p)
{
    static const char *const names[][3] = {{"collected", "collect_due", "collect_clock"},
                                           {"published", "publish_due", "publish_clock"},
                                           {"interpreted", "interpret_due", "interpret_clock"}};
    static const char *const titles[][3] = {{"归集", "归集期限", "归集时效"},
                                            {"发布", "发布期限", "发布时效"},
                                            {"解读完成", "解读期限", "解读时效"}};
    show_clock(f, names[0], titles[0], p->collected_at, p->collect_due_at);
    show_clock(f, names[1], titles[1], p->published_at, p->publish_due_at);
    show_clock(f, names[2], titles[2], p->interpreted_at, p->interpret_due_at);
}

static void show_end(struct policyfields *f, const struct policy *p)
{
    struct policy by;
    struct arena arena = {0};
    moment_field(f, "ended", "终止", p->ended_at);
    out_member(f->out, "ended_reason", "终止原因", p->ended_reason, NULL);
    if (p->superseded_by && policy_load(f->center->db, p->superseded_by, &arena, &by))
        out_member(f->out, "superseded_by", "被替代于", by.code, NULL);
    const char *const *codes = policy_superseded_codes(f->center->db, p->id, &arena);
    struct text all = {0};
    for (int i = 0; codes[i]; i++)
        text_add_format(&all, "%s%s", i ? " " : "", codes[i]);
    out_member(f->out, "supersedes", "替代政策", codes[0] ? all.data : NULL, NULL);
    text_free(&all);
    arena_free(&arena);
}

static void show_sums(struct policyfields *f, const struct policy *p)
{
    struct policyevent_sums sums = policyevent_sum(f->center->db, p->id);
    char number[DECIMAL_TEXT_SIZE], mean[32];
    if (sums.views)
        out_member_number(f->out, "views", "浏览量", sums.views, NULL);
    if (sums.feedbacks)
        out_member_number(f->out, "feedback", "评价数", sums.feedbacks, NULL);
    snprintf(mean, sizeof mean, "%.1f",
             sums.scores ? (double)sums.score_sum / (double)sums.scores : 0.0);
    if (sums.scores)
        out_member(f->out, "score", "平均评分", mean, NULL);
    if (sums.applications)
        out_member_number(f->out, "applications", "申报笔数", sums.applications, NULL);
    if (sums.refusals)
        out_member_number(f->out, "refusals", "未通过笔数", sums.refusals, NULL);
    if (sums.grants) {
        out_member_number(f->out, "grants", "兑现笔数", sums.grants, NULL);
        out_member(f->out, "granted", "兑现金额", decimal_plain(sums.amount, number), NULL);
    }
}

static void take_version(void *context, int version, int64_t at, const char *content)
{
    struct policyfields *f = context;
    char iso[CLOCK_TEXT_SIZE], line[CLOCK_TEXT_SIZE + 16];
    (void)content;
    snprintf(line, sizeof line, "%d %s", version, clock_print(at, iso));
    out_begin_item(f->out, line, NULL);
    out_member_number(f->out, "version", NULL, version, NULL);
    out_member(f->out, "at", NULL, iso, NULL);
    out_end_item(f->out);
}

void policyfields_print(struct policyfields *f, const struct policy *policy)
{
    out_begin_record(f->out, policy->code, false);
    show_document(f, policy);
    show_clocks(f, policy);
    show_end(f, policy);
    show_sums(f, policy);
    if (out_is_json(f->out))
        out_member_number(f->out, "version", NULL, policy->version, NULL);
    out_begin_list(f->out, "versions", "version", "版本");
    policy_each_version(f->center->db, policy->id, take_version, f);
    out_end_list(f->out);
    out_end_record(f->out);
}

/* A version's content has the names of policy_fields. */
static void take_content(void *context, const char *name, const char *value)
{
    struct policyfields *f = context;
    const char *title = name;
    for (int i = 0; i < POLICY_FIELD_COUNT; i++)
        if (!strcmp(policy_field(i)->name, name))
            title = policy_field(i)->word;
    out_member(f->out, name, title, value, NULL);
}

struct version {
    struct policyfields *fields;
    int wanted;
    bool found;
};

static void take_wanted(void *context, int version, int64_t at, const char *content)
{
    struct version *v = context;
    struct fault fault = {""};
    if (version != v->wanted)
        return;
    v->found = true;
    out_member_number(v->fields->out, "version", "版本", version, NULL);
    moment_field(v->fields, "at", "时间", at);
    json_read_object(content, take_content, v->fields, &fault);
}

bool policyfields_print_version(struct policyfields *f, const struct policy *policy, int version)
{
    struct version wanted = {.fields = f, .wanted = version};
    if (version < 1 || version > policy->version)
        return false;
    out_begin_record(f->out, policy->code, false);
    policy_each_version(f->center->db, policy->id, take_wanted, &wanted);
    out_end_record(f->out);
    return wanted.found;
}
