#include "ticket/story.h"

#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/fault.h"
#include "base/json.h"
#include "base/mem.h"

/* How the value of a member of an event's data is told. */
enum telling { TELL_TEXT, TELL_QUOTED, TELL_ORG, TELL_LIST, TELL_MOMENT, TELL_WORD, TELL_NOT };

static const struct member {
    const char *key, *label;
    enum telling telling;
} members[] = {
    {"by", "", TELL_ORG},
    {"text", "", TELL_QUOTED},
    {"lead", "主办", TELL_ORG},
    {"assists", "协办", TELL_LIST},
    {"from_lead", "原主办", TELL_ORG},
    {"from_assists", "原协办", TELL_LIST},
    {"reason", "理由：", TELL_TEXT},
    {"basis", "依据：", TELL_TEXT},
    {"days", "工作日", TELL_TEXT},
    {"how", "", TELL_WORD},
    {"without", "未等协办，因", TELL_TEXT},
    {"outcome", "", TELL_WORD},
    {"rating", "", TELL_WORD},
    {"kind", "", TELL_WORD},
    {"rule", "规则", TELL_TEXT},
    {"limit", "时限（工作日）", TELL_TEXT},
    {"due", "期限", TELL_MOMENT},
    {"accept_due", "签收期限", TELL_MOMENT},
    {"until", "至多到", TELL_MOMENT},
    {"closed_as", "", TELL_WORD},
    {"into", "并入工单", TELL_TEXT},
    {"from", "来自工单", TELL_TEXT},
    {"callers", "诉求人次", TELL_TEXT},
    {"participants", "参加：", TELL_TEXT},
    {"ruling", "裁定", TELL_TEXT},
    {"once", "", TELL_WORD},
    {"words", "词语", TELL_LIST},
    {"category", "类别", TELL_TEXT},
    {"level", "", TELL_WORD},
    {"supervision", "", TELL_WORD},
    {"supervisor", "督办单位", TELL_ORG},
    {"document", "文书", TELL_TEXT},
    {"reply_due", "回复期限", TELL_MOMENT},
    {"accountability", "", TELL_WORD},
    {"confidential", "", TELL_WORD},
    {"provisional", "", TELL_WORD},
    {"program", "程序", TELL_TEXT},
    {"next", "", TELL_NOT},
    {"calendar", "", TELL_NOT},
};

static const char *const words[][3] = {
    {"how", "answered", "答复"},
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
    {"confidential", "1", "保密"},
    {"confidential", "0", "公开"},
    {"once", "1", "仅限本件"},
    {"provisional", "1", "期限暂定"},
    {"provisional", "0", ""},
};

/* The word for VALUE of the member KEY, or VALUE itself. */
static const char *word_for(const char *key, const char *value)
{
    for (size_t i = 0; value && i < sizeof words / sizeof *words; i++)
        if (!strcmp(words[i][0], key) && !strcmp(words[i][1], value))
            return words[i][2];
    return value;
}

const char *story_closed_as(const char *code)
{
    return word_for("closed_as", code);
}

const char *story_outcome(const char *code)
{
    return word_for("outcome", code);
}

const char *story_kind_by(struct text *to, const char *kind_by)
{
    text_clear(to);
    if (!strcmp(kind_by, "given"))
        text_add(to, "来件写明");
    else if (!strcmp(kind_by, "default"))
        text_add(to, "默认");
    else if (!strncmp(kind_by, "rule:", 5))
        text_add_format(to, "规则 %s", kind_by + 5);
    else
        text_add(to, kind_by);
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

static const char *org_called(const struct org_table *orgs, const char *code)
{
    for (int64_t i = 0; i < orgs->count; i++)
        if (!strcmp(orgs->orgs[i].code, code))
            return orgs->orgs[i].name;
    return NULL;
}

struct telling_state {
    const struct config *config;
    const struct org_table *orgs;
    const struct event *event;
    struct text *to;
    bool started;
};

static void add_list(struct telling_state *t, const char *json)
{
    struct arena arena = {0};
    const char *const *list = json_read_list(&arena, json);
    for (size_t i = 0; list && list[i]; i++) {
        const char *name = org_called(t->orgs, list[i]);
        text_add_format(t->to, "%s%s", i ? "、" : " ", name ? name : list[i]);
    }
    arena_free(&arena);
}

static const char *word_of_member(const struct telling_state *t, const char *key, const char *value)
{
    if (!strcmp(key, "kind"))
        return config_kind_name(t->config, value);
    if (!strcmp(key, "level") || (!strcmp(key, "supervision") && strcmp(value, "all") != 0))
        return config_level_name(t->config, value);
    return word_for(key, value);
}

static void add_value(struct telling_state *t, const struct member *m, const char *value)
{
    char minute[STORY_MINUTE_SIZE];
    const char *name;
    text_add(t->to, m->label);
    switch (m->telling) {
    case TELL_QUOTED: text_add_format(t->to, "“%s”", value); break;
    case TELL_LIST: add_list(t, value); break;
    case TELL_WORD: text_add(t->to, word_of_member(t, m->key, value)); break;
    case TELL_ORG:
        name = org_called(t->orgs, value);
        text_add_format(t->to, "%s%s", *m->label ? " " : "", name ? name : value);
        break;
    case TELL_MOMENT:
        text_add_format(t->to, " %s", story_minute(strtoll(value, NULL, 10), minute));
        break;
    default: {
        size_t length = strlen(m->label), colon = strlen("：");
        bool glued = length >= colon && !strcmp(m->label + length - colon, "：");
        text_add_format(t->to, "%s%s", glued ? "" : " ", value);
    }
    }
}

static const struct member *member_called(const char *key)
{
    for (size_t i = 0; i < sizeof members / sizeof *members; i++)
        if (!strcmp(members[i].key, key))
            return &members[i];
    return NULL;
}

static void separate(struct telling_state *t)
{
    if (t->started)
        text_add(t->to, "；");
    t->started = true;
}

static void tell_member(void *context, const char *key, const char *value)
{
    struct telling_state *t = context;
    struct text by = {0};
    const struct member *m = member_called(key);
    if (!value || (m && m->telling == TELL_NOT) ||
        (m && m->telling == TELL_WORD && !*word_of_member(t, key, value)))
        return;
    separate(t);
    if (!m)
        text_add_format(t->to, "%s %s", key, value);
    else if (!strcmp(key, "by") && !strcmp(t->event->type, "received"))
        text_add_format(t->to, "类型来自：%s", story_kind_by(&by, value));
    else
        add_value(t, m, value);
    text_free(&by);
}

void story_add(struct text *to, const struct config *config, const struct org_table *orgs,
               const struct event *event, const char *data)
{
    struct fault fault = {""};
    struct telling_state t = {.config = config, .orgs = orgs, .event = event, .to = to};
    if (*data != '{' || !json_read_object(data, tell_member, &t, &fault))
        text_add(to, data);
}

static void add_member(void *context, const char *key, const char *value)
{
    struct telling_state *t = context;
    if (!value)
        return;
    separate(t);
    text_add_format(t->to, "%s：%s", key, value);
}

void story_add_members(struct text *to, const char *json)
{
    struct fault fault = {""};
    struct telling_state t = {.to = to};
    if (*json != '{' || !json_read_object(json, add_member, &t, &fault))
        text_add(to, json);
}
