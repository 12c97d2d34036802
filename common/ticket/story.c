#include "ticket/story.h"

#include <string.h>

#include "base/clock.h"
#include "base/fault.h"
#include "base/json.h"
#include "ticket/story_private.h"

/* Each member that an event may have: how it is told, and its label where the event's sentence
 * (story_sentences) has no place for it. */
static const struct member members[] = {
    {"by", "", TELL_ORG},
    {"org", "单位", TELL_ORG},
    {"text", "", TELL_QUOTED},
    {"lead", "主办", TELL_ORG},
    {"center", "归属平台", TELL_ORG},
    {"assists", "协办", TELL_LIST},
    {"role", "身份", TELL_WORD},
    {"reason", "理由：", TELL_TEXT},
    {"basis", "依据：", TELL_TEXT},
    {"days", "天数", TELL_DAYS},
    {"how", "", TELL_WORD},
    {"without", "未等协办：", TELL_TEXT},
    {"outcome", "", TELL_WORD},
    {"rating", "", TELL_WORD},
    {"kind", "类型", TELL_WORD},
    {"channel", "渠道", TELL_WORD},
    {"region", "区域", TELL_WORD},
    {"policy", "咨询政策编号", TELL_TEXT},
    {"entry", "台账编号", TELL_TEXT},
    {"liaison", "助企员编号", TELL_TEXT},
    {"rule", "", TELL_RULE},
    {"model", "模型", TELL_TEXT},
    {"sure", "把握（%）", TELL_TEXT},
    {"limit", "时限", TELL_DAYS},
    {"errand", "", TELL_WORD},
    {"until_day", "办理至", TELL_TEXT},
    {"due", "期限", TELL_MOMENT},
    {"accept_due", "签收期限", TELL_MOMENT},
    {"until", "至多到", TELL_MOMENT},
    {"closed_as", "", TELL_WORD},
    {"into", "并入工单", TELL_TEXT},
    {"from", "来自工单", TELL_TEXT},
    {"from_lead", "原主办", TELL_ORG},
    {"from_assists", "原协办", TELL_LIST},
    {"callers", "诉求人次", TELL_TEXT},
    {"to", "对象", TELL_NAME},
    {"number", "编号", TELL_TEXT},
    {"way", "告知途径：", TELL_TEXT},
    {"kb", "知识编号", TELL_TEXT},
    {"figures", "指标", TELL_TEXT},
    {"figure_names", "指标", TELL_TEXT},
    {"participants", "参加：", TELL_TEXT},
    {"ruling", "裁定", TELL_TEXT},
    {"once", "", TELL_WORD},
    {"words", "词语", TELL_LIST},
    {"category", "类别", TELL_TEXT},
    {"level", "", TELL_WORD},
    {"reached", "", TELL_WORD},
    {"revoked", "", TELL_WORD},
    {"moved", "", TELL_WORD},
    {"confirmed", "", TELL_WORD},
    {"cause", "因：", TELL_EVENT},
    {"was", "原为", TELL_MOMENT},
    {"is", "现为", TELL_MOMENT},
    {"uncertain", "", TELL_WORD},
    {"follow_due", "回访期限", TELL_MOMENT},
    {"entered_late", "补录待认可", TELL_MOMENT},
    {"supervision", "", TELL_WORD},
    {"orders", "督办编号", TELL_LIST},
    {"supervisor", "督办单位", TELL_ORG},
    {"document", "文书", TELL_TEXT},
    {"reply_due", "回复期限", TELL_MOMENT},
    {"accountability", "", TELL_WORD},
    {"handed_to", "移交", TELL_NAME},
    {"result", "结果：", TELL_TEXT},
    {"person", "责任人", TELL_TEXT},
    {"post", "职务", TELL_TEXT},
    {"liability", "责任", TELL_TEXT},
    {"confidential", "", TELL_WORD},
    {"provisional", "", TELL_WORD},
    {"program", "程序", TELL_TEXT},
    {"law", "法律依据：", TELL_TEXT},
    {"fields", "内容：", TELL_LIST},
    {"of", "", TELL_NOT},
    {"entered_by", "代录", TELL_ORG},
    {"via", "经由", TELL_TEXT},
    {"clock_behind", "录入时机器时钟慢（秒）", TELL_TEXT},
    {"next", "", TELL_NOT},
    {"rows", "", TELL_NOT},
    {"gross", "", TELL_NOT},
    {"net", "", TELL_NOT},
    {"rounds", "", TELL_NOT},
    {"calendar", "", TELL_NOT},
    {"content", "", TELL_NOT},
};

static const char *const words[][3] = {
    {"how", "answered", ""},
    {"how", "resolved", "办结"},
    {"outcome", "redo", "发回重办"},
    {"outcome", "explained", "已解释"},
    {"outcome", "invalid", "评价无效"},
    {"closed_as", "satisfied", "满意办结"},
    {"closed_as", "explained", "作办结"},
    {"closed_as", "invalid", "评价无效"},
    {"closed_as", "not-rated", "未评价"},
    {"closed_as", "merged", "并单"},
    {"rating", "1", "非常不满意"},
    {"rating", "2", "不满意"},
    {"rating", "3", "基本满意"},
    {"rating", "4", "满意"},
    {"rating", "5", "非常满意"},
    {"supervision", "all", "全部督办"},
    {"accountability", "1", "启动问责"},
    {"accountability", "true", "启动问责"},
    {"accountability", "0", ""},
    {"accountability", "false", ""},
    {"uncertain", "true", "暂定，待放假通知公布后确认"},
    {"confidential", "1", "保密"},
    {"confidential", "0", "公开"},
    {"once", "1", "仅限本件"},
    {"provisional", "1", "期限暂定"},
    {"provisional", "0", ""},
    {"errand", "1", "中心交办"},
    {"errand", "0", ""},
    {"role", "lead", "主办"},
    {"role", "assist", "协办"},
    {"role", "dispatch", "派发"},
    {"closed_as", "declined", "不予受理"},
    {"closed_as", "referred", "转办"},
    {"closed_as", "void", "作废"},
    {"closed_as", "withdrawn", "撤回"},
    {"fields", "title", "标题"},
    {"fields", "body", "内容"},
    {"fields", "enterprise", "企业"},
    {"fields", "uscc", "信用代码"},
    {"fields", "contact", "联系人"},
    {"fields", "phone", "电话"},
    {"fields", "extra", "其他栏目"},
    {"fields", "text", "文字"},
    {"fields", "reason", "理由"},
    {"fields", "result", "结果"},
    {"fields", "person", "责任人"},
    {"fields", "others", "其他"},
};

const struct member *story_member(const char *key)
{
    for (size_t i = 0; i < sizeof members / sizeof *members; i++)
        if (!strcmp(members[i].key, key))
            return &members[i];
    return NULL;
}

const char *story_word(const char *key, const char *value)
{
    for (size_t i = 0; value && i < sizeof words / sizeof *words; i++)
        if (!strcmp(words[i][0], key) && !strcmp(words[i][1], value))
            return words[i][2];
    return value;
}

const char *story_closed_as(const char *code)
{
    return story_word("closed_as", code);
}

const char *story_find_closed_as(const char *word)
{
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (!strcmp(words[i][0], "closed_as") &&
            (!strcmp(words[i][1], word) || !strcmp(words[i][2], word)))
            return words[i][1];
    return NULL;
}

const char *story_list_closed_as(char *list, size_t size)
{
    *list = '\0';
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (!strcmp(words[i][0], "closed_as"))
            text_choice(list, size, words[i][1], words[i][2]);
    return list;
}

const char *story_outcome(const char *code)
{
    return story_word("outcome", code);
}

const char *story_rating(int rating)
{
    const char digit[] = {(char)('0' + rating % 10), '\0'};
    const char *word = story_word("rating", digit);
    return word == digit ? NULL : word;
}

const char *story_kind_by(struct text *to, const char *kind_by)
{
    text_clear(to);
    if (!strcmp(kind_by, "given"))
        text_add(to, "来件写明");
    else if (!strcmp(kind_by, "default"))
        text_add(to, "默认");
    else if (!strcmp(kind_by, "corrected"))
        text_add(to, "更正");
    else if (!strncmp(kind_by, "rule:", 5))
        text_add_format(to, "规则 %s", kind_by + 5);
    else if (!strncmp(kind_by, "doubt:", 6))
        text_add_format(to, "存疑，取较短时限：规则 %s", kind_by + 6);
    else
        text_add(to, kind_by);
    return text_string(to);
}

const char *story_rule(struct text *to, const char *rule)
{
    static const char ruling[] = "ruling-";
    size_t length = strlen(ruling);
    text_clear(to);
    if (!strncmp(rule, ruling, length))
        text_add_format(to, "会商裁定第 %s 号", rule + length);
    else
        text_add_format(to, "规则 %s", rule);
    return text_string(to);
}

const char *story_minute(int64_t moment, char text[static STORY_MINUTE_SIZE])
{
    char iso[CLOCK_TEXT_SIZE];
    clock_print(moment, iso);
    iso[10] = ' ';
    iso[16] = '\0';
    memcpy(text, iso, 17);
    return text;
}

struct listing {
    struct text *to;
    bool started;
};

static void add_member(void *context, const char *key, const char *value)
{
    struct listing *listing = context;
    if (!value)
        return;
    text_add_format(listing->to, "%s%s：%s", listing->started ? "；" : "", key, value);
    listing->started = true;
}

void story_add_members(struct text *to, const char *json)
{
    struct fault fault = {""};
    struct listing listing = {.to = to};
    if (*json != '{' || !json_read_object(json, add_member, &listing, &fault))
        text_add(to, json);
}
