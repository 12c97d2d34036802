#include "opinion/consultation_show.h"

#include <stdio.h>

#include "base/clock.h"
#include "base/day.h"
#include "base/die.h"
#include "base/mask.h"
#include "base/text.h"
#include "center/log.h"
#include "cli/sheet.h"
#include "opinion/opinion.h"

const struct out_column consultpage_list[CONSULTPAGE_LIST] = {
    {"id", "编号", OUT_NUMBER},         {"title", "征求意见稿", OUT_TEXT},
    {"drafter", "起草单位", OUT_TEXT},  {"until", "截止", OUT_TEXT},
    {"addressees", "征求", OUT_NUMBER}, {"answered", "已反馈", OUT_NUMBER},
    {"opinions", "意见", OUT_NUMBER},   {"adopted", "采纳", OUT_NUMBER},
    {"declined", "未采纳", OUT_NUMBER}, {"undecided", "待定", OUT_NUMBER},
    {"public", "公开征求", OUT_TEXT},   {"urgent", "缩短期限理由", OUT_TEXT}};
const struct out_column consultpage_opinions[CONSULTPAGE_OPINIONS] = {
    {"id", "编号", OUT_NUMBER},         {"by", "单位", OUT_TEXT},
    {"at", "反馈时间", OUT_TEXT},       {"decision", "采纳情况", OUT_TEXT},
    {"reason", "理由", OUT_TEXT},       {"decided", "答复时间", OUT_TEXT},
    {"reported", "告知时间", OUT_TEXT}, {"text", "意见", OUT_TEXT}};
const struct out_column consultpage_feedback[CONSULTPAGE_FEEDBACK] = {
    {"id", "编号", OUT_NUMBER},         {"consultation", "征求意见", OUT_NUMBER},
    {"title", "征求意见稿", OUT_TEXT},  {"org", "代码", OUT_TEXT},
    {"name", "单位", OUT_TEXT},         {"contact", "联系人", OUT_TEXT},
    {"phone", "电话", OUT_TEXT},        {"text", "意见", OUT_TEXT},
    {"decision", "采纳情况", OUT_TEXT}, {"reason", "理由", OUT_TEXT}};

static const char *decision_code(const struct opinion *opinion)
{
    return opinion->adopted < 0 ? NULL : opinion->adopted ? "adopted" : "declined";
}

static const char *decision_name(const struct opinion *opinion)
{
    return opinion->adopted < 0 ? "待定" : opinion->adopted ? "采纳" : "未采纳";
}

static void print_org(struct consultpage *page, int64_t org)
{
    out_code(page->out, org_code(page->orgs, org), org_name(page->orgs, org));
}

void consultpage_add(void *context, const struct consultation *c)
{
    struct consultpage *page = context;
    char day[DAY_TEXT_SIZE];
    page->count++;
    out_number(page->out, c->id);
    out_text(page->out, c->title);
    print_org(page, c->org);
    out_text(page->out, day_print(c->until, day));
    out_number(page->out, c->addressees);
    out_number(page->out, c->answered);
    out_number(page->out, c->opinions);
    out_number(page->out, c->adopted);
    out_number(page->out, c->declined);
    out_number(page->out, c->opinions - c->adopted - c->declined);
    out_text(page->out, c->public_at ? day_print(clock_day(c->public_at), day) : NULL);
    out_text(page->out, c->urgent);
    out_row(page->out);
}

static void add_to_list(void *context, const struct opinion *o)
{
    struct consultpage *page = context;
    page->count++;
    out_number(page->out, o->id);
    out_code(page->out, opinion_giver(o, page->orgs), opinion_giver_name(o, page->orgs));
    out_moment(page->out, o->at);
    out_code(page->out, decision_code(o), decision_name(o));
    out_private(page->out, mask_text, o->reason);
    out_moment(page->out, o->decided_at);
    out_moment(page->out, o->reported_at);
    out_private(page->out, mask_text, o->text);
    out_row(page->out);
}

long consultpage_show(struct consultpage *page, struct args *args)
{
    struct args_ids loop = args_ids(args, 0);
    long bad = 0;
    for (long long id; args_next_id(&loop, &id);) {
        struct arena arena = {0};
        struct consultation consultation;
        if (consult_load(page->center->db, id, &arena, &consultation)) {
            opinion_each(page->center->db, id, add_to_list, page);
        } else {
            warn("%lld: no such consultation", id);
            bad++;
        }
        arena_free(&arena);
    }
    return bad + args_ids_end(&loop);
}

static void add_feedback(void *context, const struct opinion *o)
{
    struct consultpage *page = context;
    const struct org *org = o->org ? org_of(page->orgs, o->org) : NULL;
    page->count++;
    out_number(page->out, o->id);
    out_number(page->out, o->consultation);
    out_text(page->out, page->consultation->title);
    out_text(page->out, opinion_giver(o, page->orgs));
    out_text(page->out, opinion_giver_name(o, page->orgs));
    out_private(page->out, page->unmask ? NULL : mask_name, org ? org->contact : o->contact);
    out_private(page->out, page->unmask ? NULL : mask_phone, org ? org->phone : o->phone);
    out_private(page->out, page->unmask ? NULL : mask_text, o->text);
    out_code(page->out, decision_code(o), decision_name(o));
    out_private(page->out, page->unmask ? NULL : mask_text, o->reason);
    out_row(page->out);
}

void consultpage_feed_back(struct consultpage *page, const struct gate_who *who, bool again,
                           bool dry_run)
{
    struct fault fault = {""};
    struct center *center = page->center;
    center_begin(center, dry_run);
    if (!opinion_feedback(center, page->consultation->id, who, again, dry_run, add_feedback, page,
                          &fault))
        die("%s", fault.text);
    if (page->unmask && page->count)
        event_add_unmasked(center, 0, "consult-report", "consultation", page->consultation->title);
    db_commit(center->db);
}

/* ---- the report ---- */

struct report {
    const struct org_table *orgs;
    struct sheet sheet;
    struct text text;
};

static void number_cell(struct sheet *sheet, int64_t number)
{
    char digits[24];
    snprintf(digits, sizeof digits, "%lld", (long long)number);
    sheet_cell(sheet, digits);
}

static void text_cell(struct report *r, const char *value)
{
    text_clear(&r->text);
    if (value)
        mask_text(&r->text, value);
    sheet_cell(&r->sheet, value ? text_string(&r->text) : NULL);
}

/* Since when everybody may say something, for how long, and why not longer. */
static void print_public(struct report *r, const struct consultation *c)
{
    char day[DAY_TEXT_SIZE];
    int since = clock_day(c->public_at);
    if (!c->public_at)
        return;
    text_clear(&r->text);
    text_add_format(&r->text, "自%s起%d日%s%s", day_print(since, day), c->until - since,
                    c->urgent ? "，理由：" : "", c->urgent ? c->urgent : "");
    sheet_cell(&r->sheet, "向社会公开征求");
    sheet_cell(&r->sheet, r->text.data);
}

static void print_asked(struct report *r, const struct consultation *c, enum out_format format)
{
    static const struct out_column columns[] = {{"name", "项目", OUT_TEXT},
                                                {"value", "内容", OUT_TEXT}};
    char opened[DAY_TEXT_SIZE], until[DAY_TEXT_SIZE], line[128];
    const char *const rows[][2] = {{"起草单位", org_name(r->orgs, c->org)},
                                   {"发出", day_print(clock_day(c->opened_at), opened)},
                                   {"截止", day_print(c->until, until)}};
    sheet_heading(format, 2, "一、征求情况");
    r->sheet = sheet_open(format, columns, 2);
    for (int i = 0; i < 3; i++) {
        sheet_cell(&r->sheet, rows[i][0]);
        sheet_cell(&r->sheet, rows[i][1]);
    }
    sheet_cell(&r->sheet, "结果");
    snprintf(line, sizeof line, "征求%lld家，反馈%lld家", (long long)c->addressees,
             (long long)c->answered);
    sheet_cell(&r->sheet, line);
    sheet_cell(&r->sheet, "意见");
    snprintf(line, sizeof line, "%lld条：采纳%lld，未采纳%lld，待定%lld", (long long)c->opinions,
             (long long)c->adopted, (long long)c->declined,
             (long long)(c->opinions - c->adopted - c->declined));
    sheet_cell(&r->sheet, line);
    print_public(r, c);
    sheet_close(&r->sheet);
}

static void print_draft(struct report *r, const struct consultation *c, enum out_format format)
{
    sheet_heading(format, 2, "四、征求意见稿");
    text_clear(&r->text);
    mask_text(&r->text, c->draft);
    sheet_text(format, text_string(&r->text));
}

static void add_addressee(void *context, const struct consultee *consultee)
{
    struct report *r = context;
    char iso[CLOCK_TEXT_SIZE];
    sheet_cell(&r->sheet, consultee->firm ? consultee->firm : org_name(r->orgs, consultee->org));
    if (consultee->ticket)
        number_cell(&r->sheet, consultee->ticket);
    else
        sheet_cell(&r->sheet, NULL);
    sheet_cell(&r->sheet,
               consultee->answered_at ? clock_print(consultee->answered_at, iso) : "未反馈");
    number_cell(&r->sheet, consultee->opinions);
}

static void add_opinion(void *context, const struct opinion *opinion)
{
    struct report *r = context;
    number_cell(&r->sheet, opinion->id);
    sheet_cell(&r->sheet, opinion_giver_name(opinion, r->orgs));
    text_cell(r, opinion->text);
    sheet_cell(&r->sheet, decision_name(opinion));
    text_cell(r, opinion->reason);
}

void consultpage_report(struct center *center, const struct org_table *orgs,
                        const struct consultation *c, enum out_format format)
{
    static const struct out_column addressees[] = {{"org", "单位", OUT_TEXT},
                                                   {"ticket", "工单", OUT_NUMBER},
                                                   {"answered", "反馈", OUT_TEXT},
                                                   {"opinions", "意见", OUT_NUMBER}};
    static const struct out_column opinions[] = {{"id", "编号", OUT_NUMBER},
                                                 {"by", "单位", OUT_TEXT},
                                                 {"text", "意见", OUT_TEXT},
                                                 {"decision", "采纳情况", OUT_TEXT},
                                                 {"reason", "理由", OUT_TEXT}};
    struct report r = {.orgs = orgs};
    text_add_format(&r.text, "《%s》征求意见采纳情况", c->title);
    sheet_begin(format, r.text.data);
    sheet_heading(format, 1, r.text.data);
    print_asked(&r, c, format);
    sheet_heading(format, 2, "二、反馈情况");
    r.sheet = sheet_open(format, addressees, 4);
    consult_addressees(center->db, c->id, add_addressee, &r);
    sheet_close(&r.sheet);
    sheet_heading(format, 2, "三、意见及采纳情况");
    r.sheet = sheet_open(format, opinions, 5);
    opinion_each(center->db, c->id, add_opinion, &r);
    sheet_close(&r.sheet);
    print_draft(&r, c, format);
    sheet_end(format);
    text_free(&r.text);
}
