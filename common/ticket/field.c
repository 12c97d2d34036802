#include "ticket/field.h"

#include <string.h>

#include "base/uscc.h"
#include "ticket/ticket.h"

#define AT(member) offsetof(struct ticket, member)
/* A text whose name, column and place are called the same. */
#define TEXT(called, title, event)                                                                 \
    {                                                                                              \
        .name = #called, .word = title, .column = #called, .member = event, .type = FIELD_TEXT,    \
        .offset = AT(called)                                                                       \
    }
/* What is printed under another name than its column. */
#define AS(called, title, place, event, kind)                                                      \
    {                                                                                              \
        .name = called, .word = title, .column = #place, .member = event, .type = kind,            \
        .offset = AT(place)                                                                        \
    }

static const struct field fields[] = {
    [TICKET_REF] = TEXT(ref, "来源编号", NULL),
    [TICKET_SOURCE] = TEXT(source, "来源", NULL),
    [TICKET_CHANNEL] = TEXT(channel, "渠道", NULL),
    [TICKET_KIND] = TEXT(kind, "类型", "kind"),
    [TICKET_TITLE] = TEXT(title, "标题", NULL),
    [TICKET_BODY] = {"body", "内容", "body", NULL, FIELD_TEXT, AT(body), 0, TICKET_LONG},
    [TICKET_CONTACT] = TEXT(contact, "联系人", NULL),
    [TICKET_PHONE] = TEXT(phone, "电话", NULL),
    [TICKET_ENTERPRISE] = TEXT(enterprise, "企业", NULL),
    [TICKET_USCC] = TEXT(uscc, "统一社会信用代码", NULL),
    [TICKET_REGION] = TEXT(region, "区域", NULL),
    [TICKET_CATEGORY] = TEXT(category, "类别", NULL),
    [TICKET_RECEIVED] = AS("received", "受理", received_at, NULL, FIELD_MOMENT),
    [TICKET_POLICY] = {"policy", "咨询政策", "policy_id", "policy", FIELD_ID, AT(policy), 0, 0},
    [TICKET_ENTRY] = {"entry", "来自台账", "entry_id", "entry", FIELD_ID, AT(entry), 0, 0},
    [TICKET_LIAISON] = {"liaison", "助企员", "liaison_id", "liaison", FIELD_ID, AT(liaison), 0, 0},
    [TICKET_KIND_BY] = TEXT(kind_by, "类型来自", NULL),
    [TICKET_EXTRA] = {"extra", "其他栏目", "extra", NULL, FIELD_TEXT, AT(extra), 0, TICKET_LONG},
    [TICKET_ERRAND] = AS("errand", "交办", errand, "errand", FIELD_FLAG),
    [TICKET_UNTIL_DAY] = AS("until_day", "最后一日", until_day, NULL, FIELD_SOME),
    [TICKET_STATE] = TEXT(state, "状态", NULL),
    [TICKET_CONFIDENTIAL] = AS("confidential", "保密", confidential, "confidential", FIELD_FLAG),
    [TICKET_ROUND] = AS("round", "轮次", round, NULL, FIELD_NUMBER),
    [TICKET_STARTED] = AS("started", "起算", started_at, NULL, FIELD_MOMENT),
    [TICKET_LIMIT] = AS("limit", "时限", limit_days, "limit", FIELD_NUMBER),
    [TICKET_LEAD] = AS("lead", "主办", lead, "lead", FIELD_ORG),
    [TICKET_CENTER] = AS("center", "归属平台", center, "center", FIELD_ORG),
    [TICKET_POOLED] = AS("pooled", "待派发", pooled_at, NULL, FIELD_MOMENT),
    [TICKET_DISPATCHED] = AS("dispatched", "派发", dispatched_at, NULL, FIELD_MOMENT),
    [TICKET_ACCEPT_DUE] = AS("accept_due", "签收期限", accept_due_at, "accept_due", FIELD_MOMENT),
    [TICKET_ACCEPTED] = AS("accepted", "签收", accepted_at, NULL, FIELD_MOMENT),
    [TICKET_SUSPENDED] = AS("suspended", "挂起", suspended_at, NULL, FIELD_MOMENT),
    [TICKET_SUSPENDED_UNTIL] =
        AS("suspended_until", "挂起至多到", suspended_until, "until", FIELD_MOMENT),
    [TICKET_ANSWERED] = AS("answered", "答复", answered_at, NULL, FIELD_MOMENT),
    [TICKET_FIRST_ANSWERED] =
        AS("first_answered", "首次答复", first_answered_at, NULL, FIELD_MOMENT),
    [TICKET_RATING] = AS("rating", "评价", rating, "rating", FIELD_SOME),
    [TICKET_RATED] = AS("rated", "评价时间", rated_at, NULL, FIELD_MOMENT),
    [TICKET_OUTCOME] = TEXT(outcome, "回访结果", "outcome"),
    [TICKET_CLOSED] = AS("closed", "办结", closed_at, NULL, FIELD_MOMENT),
    [TICKET_CLOSED_AS] = TEXT(closed_as, "办结方式", "closed_as"),
    [TICKET_RETURNS] = AS("returns", "退单次数", returns, NULL, FIELD_NUMBER),
    [TICKET_MERGED_INTO] = AS("merged_into", "并入", merged_into, "into", FIELD_ID),
    [TICKET_CALLERS] = AS("callers", "诉求人次", callers, "callers", FIELD_NUMBER),
    [TICKET_DUE] = AS("due", "答复期限", due_at, "due", FIELD_MOMENT),
    [TICKET_PROVISIONAL] = AS("provisional", "期限暂定", provisional, "provisional", FIELD_FLAG),
    [TICKET_CALENDAR] = AS("calendar", "日历", calendar_id, "calendar", FIELD_ID),
    [TICKET_LEVEL] = TEXT(level, "级别", "level"),
    [TICKET_NEXT_LEVEL] = AS("next_level", "下一级别", next_level_at, "next", FIELD_MOMENT),
};

const struct fields ticket_table = {"ticket", "source, ref", fields,
                                    sizeof fields / sizeof *fields};

const struct field *ticket_field(int field)
{
    return &fields[field];
}

const char *const *ticket_fields(void)
{
    static const char *names[TICKET_FIELD_COUNT + 1];
    for (int i = 0; i < TICKET_FIELD_COUNT; i++)
        names[i] = fields[i].name;
    return names;
}

enum { LONGEST_BODY = 1024 * 1024, LONGEST_VALUE = 300 }; /* bytes; characters */

const char *field_one_line(struct text *out, const char *s)
{
    bool blank = false;
    text_clear(out);
    text_add(out, "");
    for (; *s; s++) {
        if (strchr(" \t\r\n", *s)) {
            blank = true;
            continue;
        }
        if (blank && out->length)
            text_add_char(out, ' ');
        blank = false;
        text_add_char(out, *s);
    }
    return out->data;
}

bool field_check_length(enum ticket_field field, const char *value, struct fault *fault)
{
    if (strlen(value) <= LONGEST_VALUE)
        return true;
    if (field == TICKET_BODY)
        return strlen(value) <= LONGEST_BODY ||
               fault_add(fault, "%s longer than 1 MiB", fields[field].name);
    return text_characters(value) <= LONGEST_VALUE ||
           fault_add(fault, "%s longer than 300 characters", fields[field].name);
}

void field_check_uscc(const char *code, struct fault *fault, struct fault *note)
{
    enum uscc_result result = code ? uscc_check(code) : USCC_GOOD;
    if (result == USCC_WRONG_CHECK)
        fault_add(note, "credit code %s is kept, but %s", code, uscc_fault(result));
    else if (result != USCC_GOOD)
        fault_add(fault, "credit code \"%s\": %s", code, uscc_fault(result));
}

const struct term *field_channel(const struct config *config, const char *word, struct fault *fault)
{
    char list[CONFIG_LIST_SIZE];
    const struct term *channel = config_channel(config, word);
    if (!channel)
        fault_unknown(fault, "channel", word, config_nearest_channel(config, word),
                      config_list_channels(config, list, sizeof list));
    return channel;
}

const struct term *field_region(const struct config *config, const char *word, struct fault *fault)
{
    char list[CONFIG_LIST_SIZE];
    const struct term *region = config_region(config, word);
    if (!region)
        fault_unknown(fault, "region", word, config_nearest_region(config, word),
                      config_list_regions(config, list, sizeof list));
    return region;
}

const struct kind *field_kind(const struct config *config, const char *word, struct fault *fault)
{
    char list[CONFIG_LIST_SIZE];
    const struct kind *kind = config_kind(config, word);
    if (!kind)
        fault_unknown(fault, "kind", word, config_nearest_kind(config, word),
                      config_list_kinds(config, list, sizeof list));
    return kind;
}
