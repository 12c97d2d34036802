#include "policy/field.h"

#include <string.h>

#include "base/text.h"
#include "policy/policy.h"

#define AT(member) offsetof(struct policy, member)
/* A text whose name, column and place are called the same. */
#define TEXT(called, title, is, flag)                                                              \
    {                                                                                              \
        .name = #called, .word = title, .column = #called, .type = FIELD_TEXT,                     \
        .offset = AT(called), .means = is, .flags = flag                                           \
    }
/* A moment, which events set. */
#define MOMENT(called, title, place, is)                                                           \
    {                                                                                              \
        .name = #called, .word = title, .column = #place, .member = #called, .type = FIELD_MOMENT, \
        .offset = AT(place), .means = is                                                           \
    }

enum {
    REQUIRED = POLICY_REQUIRED,
    TO_APPLY = POLICY_REQUIRED_TO_APPLY,
    FIRST = POLICY_SHOWN_FIRST
};

static const struct field fields[] = {
    [POLICY_CODE] = {"id", "编号", "code", NULL, FIELD_TEXT, AT(code), POLICY_IS_CODE, 0},
    [POLICY_TITLE] = TEXT(title, "标题", POLICY_IS_LINE, REQUIRED | FIRST),
    [POLICY_DOCUMENT] = TEXT(document, "文号", POLICY_IS_LINE, REQUIRED | FIRST),
    [POLICY_ISSUER] = TEXT(issuer, "发文机关", POLICY_IS_LINE, REQUIRED | FIRST),
    [POLICY_ORG] = {"org", "责任单位", "org_id", "org", FIELD_ORG, AT(org), POLICY_IS_ORG, FIRST},
    [POLICY_LEVEL] = TEXT(level, "级别", POLICY_IS_WORD, REQUIRED | FIRST),
    [POLICY_KIND] = TEXT(kind, "类型", POLICY_IS_WORD, REQUIRED | FIRST),
    /* The taxonomy is the rules' too: without a class nobody's preference is met. */
    [POLICY_CLASS] = TEXT(class, "分类", POLICY_IS_CLASS, REQUIRED | FIRST),
    [POLICY_SUMMARY] = TEXT(summary, "摘要", POLICY_IS_TEXT, REQUIRED),
    [POLICY_INTERPRETER] = TEXT(interpreter, "解读人", POLICY_IS_LINE, REQUIRED),
    [POLICY_PHONE] = TEXT(phone, "解读人电话", POLICY_IS_LINE, REQUIRED),
    [POLICY_ISSUED] = {"issued", "印发日期", "issued_day", NULL, FIELD_DAY, AT(issued),
                       POLICY_IS_DAY, REQUIRED | FIRST},
    [POLICY_VALID_FROM] = {"valid_from", "有效期起", "valid_from", NULL, FIELD_DAY, AT(valid_from),
                           POLICY_IS_DAY, TO_APPLY | FIRST},
    [POLICY_VALID_TO] = {"valid_to", "有效期止", "valid_to", NULL, FIELD_DAY, AT(valid_to),
                         POLICY_IS_DAY, TO_APPLY | FIRST},
    [POLICY_APPLY] = TEXT(apply, "申报网址", POLICY_IS_LINE, TO_APPLY),
    [POLICY_APPLICANTS] = TEXT(applicants, "申报对象", POLICY_IS_TEXT, TO_APPLY),
    [POLICY_CONDITIONS] = TEXT(conditions, "申报条件", POLICY_IS_TEXT, TO_APPLY),
    [POLICY_MATERIALS] = TEXT(materials, "申报材料", POLICY_IS_TEXT, TO_APPLY),
    [POLICY_PROCEDURE] = TEXT(procedure, "申报流程", POLICY_IS_TEXT, TO_APPLY),
    [POLICY_PROMISED] = TEXT(promised, "承诺时限", POLICY_IS_TEXT, TO_APPLY),
    [POLICY_CRITERIA] = TEXT(criteria, "匹配条件", POLICY_IS_TEXT, 0),
    [POLICY_IMPLEMENTS] = TEXT(implements, "落实政策", POLICY_IS_LINE, 0),
    [POLICY_SUPERSEDES] = {"supersedes", "替代政策", NULL, NULL, FIELD_UNKEPT, 0, POLICY_IS_NAMES,
                           0},
    [POLICY_SOURCE] = TEXT(source, "来源", POLICY_IS_LINE, 0),
    [POLICY_INTERPRETATION] = TEXT(interpretation, "解读", POLICY_IS_TEXT, 0),
    [POLICY_TOPICS] = TEXT(topics, "专题", POLICY_IS_LINE, 0),
    [POLICY_FAIR_REVIEW] = TEXT(fair_review, "公平竞争审查", POLICY_IS_LINE, 0),
    [POLICY_LEGAL_REVIEW] = TEXT(legal_review, "合法性审核", POLICY_IS_LINE, 0),
    [POLICY_TRANSITION_TO] = {"transition_to", "适应调整期至", "transition_to", NULL, FIELD_DAY,
                              AT(transition_to), POLICY_IS_DAY, 0},
    [POLICY_EVALUATE] = {"evaluate", "评估日期", "evaluate", NULL, FIELD_DAY, AT(evaluate),
                         POLICY_IS_DAY, 0},
    [POLICY_COLLECTED] = MOMENT(collected, "归集时间", collected_at, POLICY_IS_MOMENT),
    [POLICY_PUBLISHED] = MOMENT(published, "发布时间", published_at, POLICY_IS_MOMENT),
    [POLICY_INTERPRETED] = MOMENT(interpreted, "解读时间", interpreted_at, POLICY_IS_MOMENT),
    [POLICY_PINNED] = {"pinned", "置顶", "pinned", "pinned", FIELD_FLAG, AT(pinned), POLICY_IS_FLAG,
                       FIRST},
    [POLICY_VERSION] = {"version", "版本", "version", "version", FIELD_NUMBER, AT(version),
                        POLICY_IS_OWN, 0},
    [POLICY_STATE] = {"state", "状态", "state", "state", FIELD_TEXT, AT(state), POLICY_IS_OWN, 0},
    [POLICY_COLLECT_DUE] = MOMENT(collect_due, "归集期限", collect_due_at, POLICY_IS_OWN),
    [POLICY_PUBLISH_DUE] = MOMENT(publish_due, "发布期限", publish_due_at, POLICY_IS_OWN),
    [POLICY_INTERPRET_DUE] = MOMENT(interpret_due, "解读期限", interpret_due_at, POLICY_IS_OWN),
    [POLICY_ENDED] = MOMENT(ended, "终止", ended_at, POLICY_IS_OWN),
    [POLICY_ENDED_REASON] = {"ended_reason", "终止原因", "ended_reason", "reason", FIELD_TEXT,
                             AT(ended_reason), POLICY_IS_OWN, 0},
    [POLICY_SUPERSEDED_BY] = {"superseded_by", "被替代于", "superseded_by", "by", FIELD_PEER,
                              AT(superseded_by), POLICY_IS_OWN, 0},
};

const struct fields policy_table = {"policy", "code", fields, sizeof fields / sizeof *fields};

const struct field *policy_field(int field)
{
    return &fields[field];
}

const char *const *policy_fields(void)
{
    static const char *names[POLICY_FIELD_COUNT + 1];
    for (int i = 0; i < POLICY_FIELD_COUNT; i++)
        names[i] = fields[i].name;
    return names;
}

int policy_next_missing(const struct policy *policy, int after)
{
    bool applies = policy->kind && !strcmp(policy->kind, "application");
    unsigned required = POLICY_REQUIRED | (applies ? POLICY_REQUIRED_TO_APPLY : 0);
    for (int i = after + 1; i < POLICY_FIELD_COUNT; i++)
        if (fields[i].flags & required && !field_is_set(&fields[i], policy))
            return i;
    return -1;
}

bool policy_add_missing(const struct policy *policy, struct text *out)
{
    bool any = false;
    for (int field = -1; (field = policy_next_missing(policy, field)) >= 0; any = true)
        text_add_format(out, "%s%s (%s)", any ? ", " : "", fields[field].name, fields[field].word);
    return any;
}

/* A code, the office's name, and what else is written for it, ended by NULL. */
struct word {
    const char *code, *name;
    const char *also[4];
};

static const struct word levels[] = {{"national", "国家级", {"国家", "中央", "部级", NULL}},
                                     {"province", "省级", {"省", "省厅", NULL}},
                                     {"city", "市级", {"市", "本市", NULL}},
                                     {"county", "县级", {"县", "区县级", "区级", NULL}},
                                     {NULL, NULL, {NULL}}};
static const struct word kinds[] = {{"application", "申报类", {"申报", "申请类", NULL}},
                                    {"general", "其他类", {"其他", "一般", "一般类", NULL}},
                                    {NULL, NULL, {NULL}}};
static const struct word states[] = {{"draft", "草稿", {NULL}},
                                     {"published", "已发布", {"有效", NULL}},
                                     {"expired", "已过期", {"过期", NULL}},
                                     {"superseded", "已替代", {"被替代", NULL}},
                                     {"withdrawn", "已撤下", {"撤下", "撤回", NULL}},
                                     {NULL, NULL, {NULL}}};

static const struct word *words_of(int field)
{
    return field == POLICY_LEVEL ? levels : field == POLICY_KIND ? kinds : states;
}

const char *policy_word(int field, const char *word)
{
    for (const struct word *words = words_of(field); words->code; words++) {
        if (text_same(words->code, word) || text_same(words->name, word))
            return words->code;
        for (const char *const *also = words->also; *also; also++)
            if (text_same(*also, word))
                return words->code;
    }
    return NULL;
}

const char *policy_nearest_word(int field, const char *word)
{
    const char *all[16];
    size_t count = 0;
    for (const struct word *words = words_of(field); words->code; words++) {
        all[count++] = words->code;
        all[count++] = words->name;
    }
    return text_nearest(word, all, count);
}

const char *policy_list_words(int field, char *list, size_t size)
{
    *list = '\0';
    for (const struct word *words = words_of(field); words->code; words++)
        text_choice(list, size, words->code, words->name);
    return list;
}

const char *policy_word_name(int field, const char *code)
{
    for (const struct word *words = words_of(field); code && words->code; words++)
        if (!strcmp(words->code, code))
            return words->name;
    return code;
}
