#include "supervision/dossier.h"

#include <stdio.h>

#include "base/clock.h"
#include "center/log.h"
#include "cli/sheet.h"
#include "supervision/accountability.h"
#include "supervision/explain.h"
#include "supervision/owed.h"
#include "ticket/masked.h"
#include "ticket/story.h"

struct printing {
    struct center *center;
    const struct org_table *orgs;
    const struct ticket *ticket;
    enum out_format format;
    bool unmask;
    struct sheet sheet;
    struct text text;
};

static void row(struct printing *p, const char *name, const char *value)
{
    if (!value || !*value)
        return;
    sheet_cell(&p->sheet, name);
    sheet_cell(&p->sheet, value);
}

static void private_row(struct printing *p, const char *name, enum masked_as as, const char *value)
{
    row(p, name, masked_value(&p->text, p->ticket, as, value, p->unmask));
}

static void moment_row(struct printing *p, const char *name, int64_t moment)
{
    char minute[STORY_MINUTE_SIZE];
    if (moment)
        row(p, name, story_minute(moment, minute));
}

static void print_request(struct printing *p)
{
    static const struct out_column columns[] = {{"name", "项目", OUT_TEXT},
                                                {"value", "内容", OUT_TEXT}};
    const struct ticket *t = p->ticket;
    const struct config *config = p->center->config;
    sheet_heading(p->format, 2, "一、诉求");
    p->sheet = sheet_open(p->format, columns, 2);
    private_row(p, "标题", MASKED_TEXT, t->title);
    private_row(p, "内容", MASKED_TEXT, t->body);
    private_row(p, "企业", MASKED_TEXT, t->enterprise);
    private_row(p, "联系人", MASKED_NAME, t->contact);
    private_row(p, "电话", MASKED_PHONE, t->phone);
    row(p, "类型", config_kind_name(config, t->kind));
    row(p, "渠道", config_channel_name(config, t->channel));
    row(p, "来源编号", t->ref);
    row(p, "状态", ticket_state_name(t->state));
    row(p, "主办", org_name(p->orgs, t->lead));
    moment_row(p, "受理", t->received_at);
    moment_row(p, "派发", t->dispatched_at);
    moment_row(p, "签收", t->accepted_at);
    moment_row(p, "答复期限", t->due_at);
    moment_row(p, "答复", t->answered_at);
    moment_row(p, "办结", t->closed_at);
    sheet_close(&p->sheet);
}

/* What never began, or may yet change, is marked beside its level. */
static void level_cell(struct printing *p, const struct owed *owed)
{
    struct text cell = {0};
    text_add(&cell, config_level_name(p->center->config, owed->level));
    text_add(&cell, owed->provisional ? "（暂定）" : "");
    text_add(&cell, owed->revoked_at ? "（撤销）" : "");
    sheet_cell(&p->sheet, cell.data);
    text_free(&cell);
}

static void number_cell(struct printing *p, int64_t number)
{
    char digits[24];
    snprintf(digits, sizeof digits, "%lld", (long long)number);
    sheet_cell(&p->sheet, digits);
}

static void moment_cell(struct printing *p, int64_t moment)
{
    char minute[STORY_MINUTE_SIZE];
    sheet_cell(&p->sheet, moment ? story_minute(moment, minute) : NULL);
}

static void text_cell(struct printing *p, enum masked_as as, const char *value)
{
    sheet_cell(&p->sheet, masked_value(&p->text, p->ticket, as, value, p->unmask));
}

static void print_supervision(void *context, const struct owed *owed)
{
    struct printing *p = context;
    enum owed_state state = owed_state(owed, p->center->now);
    level_cell(p, owed);
    sheet_cell(&p->sheet, org_name(p->orgs, owed->supervisor));
    sheet_cell(&p->sheet, org_name(p->orgs, owed->lead));
    sheet_cell(&p->sheet, owed->document);
    moment_cell(p, owed->level_at);
    moment_cell(p, owed->reply_due_at);
    moment_cell(p, owed->replied_at);
    text_cell(p, MASKED_TEXT, owed->reply);
    sheet_cell(&p->sheet, owed->accountability && !owed->revoked_at ? "启动" : NULL);
    number_cell(p, owed->number);
    sheet_cell(&p->sheet, owed_state_name(state));
    text_cell(p, MASKED_TEXT, owed->reason);
}

static void print_supervisions(struct printing *p)
{
    static const struct out_column columns[] = {{"level", "级别", OUT_TEXT},
                                                {"supervisor", "督办单位", OUT_TEXT},
                                                {"lead", "当时主办", OUT_TEXT},
                                                {"document", "文书", OUT_TEXT},
                                                {"at", "起算", OUT_TEXT},
                                                {"reply_due", "回复期限", OUT_TEXT},
                                                {"replied", "回复", OUT_TEXT},
                                                {"reply", "回复内容", OUT_TEXT},
                                                {"accountability", "问责", OUT_TEXT},
                                                {"number", "督办编号", OUT_TEXT},
                                                {"state", "状态", OUT_TEXT},
                                                {"reason", "事由", OUT_TEXT}};
    sheet_heading(p->format, 2, "三、督办与问责");
    p->sheet = sheet_open(p->format, columns, 12);
    owed_of_ticket(p->center->db, p->ticket->id, print_supervision, p);
    sheet_close(&p->sheet);
}

/* A line for the unit, and one for each person. */
static void accountability_row(struct printing *p, const struct accountability *a,
                               const struct accountable *person)
{
    int64_t to = a->handed_to ? org_find(p->center->db, a->handed_to) : 0;
    number_cell(p, a->number);
    number_cell(p, a->supervision);
    if (person)
        text_cell(p, MASKED_NAME, person->name);
    else
        sheet_cell(&p->sheet, org_name(p->orgs, a->org));
    text_cell(p, MASKED_TEXT, person ? person->post : NULL);
    sheet_cell(&p->sheet, person ? person->liability : NULL);
    moment_cell(p, a->opened_at);
    moment_cell(p, a->handed_at);
    text_cell(p, MASKED_TEXT, to ? org_name(p->orgs, to) : a->handed_to);
    text_cell(p, MASKED_TEXT, person ? person->result : a->result);
    moment_cell(p, person ? 0 : a->result_at);
    moment_cell(p, a->published_at);
    moment_cell(p, a->ended_at);
}

static void print_accountability(void *context, const struct accountability *a)
{
    static const struct out_column columns[] = {
        {"number", "问责编号", OUT_TEXT},  {"order", "督办编号", OUT_TEXT},
        {"who", "单位、责任人", OUT_TEXT}, {"post", "职务", OUT_TEXT},
        {"liability", "责任", OUT_TEXT},   {"opened", "启动时间", OUT_TEXT},
        {"handed", "移交", OUT_TEXT},      {"handed_to", "移交单位", OUT_TEXT},
        {"result", "结果", OUT_TEXT},      {"decided", "处理", OUT_TEXT},
        {"published", "公开", OUT_TEXT},   {"ended", "终止", OUT_TEXT}};
    struct printing *p = context;
    p->sheet = sheet_open(p->format, columns, 12);
    accountability_row(p, a, NULL);
    for (const struct accountable *person = a->persons; person; person = person->next)
        accountability_row(p, a, person);
    sheet_close(&p->sheet);
}

static void print_event(void *context, const struct event *event)
{
    struct printing *p = context;
    char minute[STORY_MINUTE_SIZE];
    const struct story story = {p->center->config, p->orgs, p->ticket};
    struct text told = {0};
    story_tell(&told, &story, event,
               masked_value(&p->text, p->ticket, MASKED_JSON, event->data, p->unmask));
    sheet_cell(&p->sheet, story_minute(event->at, minute));
    sheet_cell(&p->sheet, event_word(event->type));
    sheet_cell(&p->sheet, event->actor);
    sheet_cell(&p->sheet, text_string(&told));
    text_free(&told);
}

static void print_events(struct printing *p)
{
    static const struct out_column columns[] = {{"at", "时间", OUT_TEXT},
                                                {"type", "事项", OUT_TEXT},
                                                {"actor", "操作人", OUT_TEXT},
                                                {"told", "经过", OUT_TEXT}};
    sheet_heading(p->format, 2, "四、经过");
    p->sheet = sheet_open(p->format, columns, 4);
    event_each_by_time(p->center->db, p->ticket->id, print_event, p);
    sheet_close(&p->sheet);
}

static void print_ledger(struct printing *p)
{
    sheet_heading(p->format, 2, "二、期限逐日核算");
    bool is_md = p->format == OUT_MD, is_own = p->format == OUT_HTML || p->format == OUT_XLSX;
    struct out *out =
        out_open(explain_columns, EXPLAIN_COLUMNS, is_own ? p->format : OUT_TABLE, true);
    if (is_md)
        out_print("```\n");
    explain_ticket(p->center, p->orgs, out, p->ticket, true);
    out_close(out);
    if (!is_own)
        out_print(is_md ? "```\n\n" : "\n");
}

void dossier_print(struct center *center, const struct org_table *orgs, const struct ticket *ticket,
                   enum out_format format, bool unmask)
{
    struct printing p = {
        .center = center, .orgs = orgs, .ticket = ticket, .format = format, .unmask = unmask};
    struct text title = {0};
    if (unmask) { /* before anything is shown */
        center_begin(center, false);
        event_add_unmasked(center, ticket->id, "supervision-dossier", NULL, NULL);
        db_commit(center->db);
    }
    text_add_format(&title, "%s 工单 %lld 案卷", center_title(center), (long long)ticket->id);
    sheet_heading(format, 1, title.data);
    text_free(&title);
    print_request(&p);
    print_ledger(&p);
    print_supervisions(&p);
    accountability_of_ticket(center->db, ticket->id, print_accountability, &p);
    print_events(&p);
    text_free(&p.text);
}
