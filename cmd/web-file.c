/* web-file: the page on which an enterprise files a request (诉求提交), and its receipt. */
#include <stdlib.h>
#include <string.h>

#include "base/phone.h"
#include "base/qrencode.h"
#include "base/uscc.h"
#include "center/permit.h"
#include "center/role.h"
#include "ticket/ticket.h"
#include "web/holder.h"
#include "web/web.h"

enum { LONGEST_BODY = 5000 };

static const struct args_option options[] = {{0, NULL, NULL, NULL}};
static const char *const synopsis[] = {"[option ...]", NULL};
static const struct args_program program = {
    .name = "web-file",
    .synopsis = synopsis,
    .purpose = "Serve the page on which enterprises file requests, by CGI (see qifu-web(7)).",
    .options = options,
    .formats = 1U << OUT_HTML,
};

static const struct attempts_rule filings = {"file", 30, 3600};

/* The fields of the form, in its order, and of which field of a ticket each is. */
enum { KIND, TITLE, BODY, FIRM, CODE, CONTACT, PHONE, REGION, FIELDS };
static const enum ticket_field field_of[FIELDS] = {TICKET_KIND,       TICKET_TITLE, TICKET_BODY,
                                                   TICKET_ENTERPRISE, TICKET_USCC,  TICKET_CONTACT,
                                                   TICKET_PHONE,      TICKET_REGION};
static const struct page_field fields[FIELDS] = {
    {.name = "kind", .label = "诉求类型", .required = true},
    {.name = "title", .label = "标题", .hint = "一句话说明是什么事", .required = true},
    {.name = "body",
     .label = "具体内容",
     .hint = "时间、地点、经过，找过哪些单位，希望怎样解决；5000 字以内",
     .required = true,
     .rows = 8,
     .most = LONGEST_BODY},
    {.name = "enterprise", .label = "企业名称", .required = true, .autocomplete = "organization"},
    {.name = "uscc", .label = "统一社会信用代码", .hint = "18 位，可以不填", .most = 18},
    {.name = "contact", .label = "联系人", .required = true, .autocomplete = "name"},
    {.name = "phone",
     .label = "联系电话",
     .hint = "查询办理情况时要用它的后四位",
     .type = "tel",
     .required = true,
     .autocomplete = "tel"},
    {.name = "region", .label = "所在区域"},
};

/* ---- the form ---- */

/* What a kind is for, how many days it has, and which day that is. */
static void add_kind(struct web *web, const struct kind *kind, const struct page_field *field)
{
    struct deadline deadline;
    char due[PAGE_MOMENT_SIZE];
    struct text hint = {0};
    const struct center *center = &web->p.center;
    if (!config_deadline(center->config, center_calendar(center), kind, center->now, &deadline))
        return;
    text_add_format(&hint, "%s。%d 个%s内答复，现在提交，不晚于 %s%s", kind->about, kind->days,
                    kind->natural ? "自然日" : "工作日", page_moment(deadline.due_at, due),
                    deadline.provisional ? "，以国务院放假通知为准" : "");
    page_choice(&web->page, field, false, kind->term.code, kind->term.name, hint.data);
    text_free(&hint);
}

static void add_kinds(struct web *web, const struct page_field *field)
{
    const struct config *config = web->p.config;
    page_choices(&web->page, field, false);
    for (int i = 0; i < config->kind_count; i++)
        if (config->kinds[i].about)
            add_kind(web, &config->kinds[i], field);
    page_choices_end(&web->page, false);
}

static void add_regions(struct web *web, const struct page_field *field)
{
    const struct config *config = web->p.config;
    page_choices(&web->page, field, true);
    page_choice(&web->page, field, true, "", "不填", NULL);
    for (int i = 0; i < config->region_count; i++)
        page_choice(&web->page, field, true, config->regions[i].code, config->regions[i].name,
                    NULL);
    page_choices_end(&web->page, true);
}

static void show_form(struct web *web)
{
    struct page *page = &web->page;
    char nonce[TOKEN_NONCE_SIZE];
    const char *form = form_value(&web->request.form, "form");
    page->title = "提交诉求";
    page_add(page, "<p>", "企业遇到的困难、疑问和建议，都可以在这里提交。已经提交过的，", "");
    page_add(page, "<a href=\"", web_beside(web, "web-track"), "\">查询办理情况</a>。</p>\n");
    page_form(page, web_address(web));
    if (!form)
        form = token_nonce(nonce);
    page_hidden(page, "form", form);
    web_add_seal(web, form);
    for (int i = 0; i < FIELDS; i++) {
        struct page_field field = fields[i];
        field.value = web_given(web, &fields[i]);
        if (i == KIND)
            add_kinds(web, &field);
        else if (i == REGION)
            add_regions(web, &field);
        else
            page_input(page, &field);
    }
    page_tick(page,
              &(struct page_field){.name = "confidential",
                                   .label = "请为本企业保密",
                                   .hint = "内容和联系方式只有承办人员能看到；网上查询时不显示",
                                   .value = form_value(&web->request.form, "confidential")});
    page_submit(page, "提交");
}

/* ---- the receipt ---- */

/* Where the pages are reached from outside is for the server to say: what a request names as its
 * host may be anybody's. */
static void add_code(struct web *web, const struct ticket *ticket)
{
    const char *site = getenv("QIFU_WEB_URL");
    if (site && *site)
        qrencode_add(&web->page.html,
                     arena_format(&web->p.config->arena, "%s%s", site, holder_address(web, ticket)),
                     "查询办理情况的二维码");
}

/* What an enterprise keeps: it alone gets the word by which the request is looked up. */
static void show_receipt(struct web *web, int64_t id)
{
    struct page *page = &web->page;
    struct arena *arena = &web->p.config->arena;
    char due[PAGE_MOMENT_SIZE], received[PAGE_MOMENT_SIZE];
    const struct ticket *ticket = ticket_get(web->p.center.db, id, arena);
    page->title = "诉求已经收到";
    page_add(page, "<p class=\"good\">",
             "请记下编号和查询码（或打印、截图本页），查询和评价时要用。", "</p>\n<dl>\n");
    page_add(page, "<dt>编号</dt><dd class=\"word\">", arena_format(arena, "%lld", (long long)id),
             "</dd>\n");
    page_add(page, "<dt>查询码</dt><dd class=\"word\">", holder_word(web, ticket), "</dd>\n");
    page_row(page, "收到时间", page_moment(ticket->received_at, received));
    page_row(page, "类型", config_kind_name(web->p.config, ticket->kind));
    page_row(page, ticket->provisional ? "答复期限（以国务院放假通知为准）" : "答复期限",
             page_moment(ticket->due_at, due));
    page_add(page, "</dl>\n<p><a href=\"", holder_address(web, ticket),
             "\">查询办理情况</a>：还要填写联系电话的后四位。</p>\n");
    add_code(web, ticket);
}

/* ---- what was sent ---- */

/* What must be more than there. */
static void check_meant(struct web *web)
{
    struct page_errors *errors = &web->page.errors;
    struct fault fault = {""};
    const char *phone = web_given(web, &fields[PHONE]), *code = web_given(web, &fields[CODE]),
               *kind = web_given(web, &fields[KIND]);
    const struct kind *known = kind ? config_kind(web->p.config, kind) : NULL;
    if (kind && (!known || !known->about))
        page_error(errors, fields[KIND].name, "请从所列的类型中选择");
    phone_check(phone, &fault);
    if (phone && (*fault.text || !phone[strcspn(phone, "0123456789")]))
        page_error(errors, fields[PHONE].name, "请填写能打通的电话号码，例如 0516-80801234");
    if (code && text_characters(code) <= 18 && uscc_check(code) != USCC_GOOD &&
        uscc_check(code) != USCC_WRONG_CHECK)
        page_error(errors, fields[CODE].name, "统一社会信用代码是 18 位数字和大写字母");
    if (web_given(web, &fields[REGION]) &&
        !config_region(web->p.config, web_given(web, &fields[REGION])))
        page_error(errors, fields[REGION].name, "请从所列的区域中选择");
}

/* Takes it in, as ticket-new does. A form that is sent again is the request that it was. */
static bool take_in(struct web *web, struct intake *intake, struct ticket *ticket)
{
    struct fault fault, note;
    char *values[TICKET_FIELD_COUNT] = {NULL};
    struct arena *arena = &web->p.config->arena;
    for (int i = 0; i < FIELDS; i++)
        if (web_given(web, &fields[i]))
            values[field_of[i]] = arena_string(arena, web_given(web, &fields[i]));
    values[TICKET_SOURCE] = arena_string(arena, "web");
    values[TICKET_CHANNEL] = arena_string(arena, "platform");
    values[TICKET_REF] = arena_string(arena, form_value(&web->request.form, "form"));
    program_begin(&web->p);
    bool taken = intake_ticket(intake, values, NULL, ticket, &fault, &note) &&
                 ticket_add(intake, ticket, &fault) != TICKET_OTHER;
    program_commit(&web->p);
    if (!taken)
        web_add_refusal(web, fault.text);
    return taken;
}

static void file_request(struct web *web)
{
    struct intake intake = intake_new(&web->p.center);
    struct ticket ticket;
    web_need_seal(web, form_value(&web->request.form, "form"));
    permit_need(&web->p.center, "take in requests", ROLE_OPERATOR, true);
    intake.confidential = form_value(&web->request.form, "confidential") != NULL;
    web_check(web, fields, FIELDS);
    check_meant(web);
    if (!web->page.errors.count) {
        web_need_attempt(web, &filings, NULL);
        if (take_in(web, &intake, &ticket))
            show_receipt(web, ticket.id);
    }
    if (web->page.errors.count)
        show_form(web);
    intake_free(&intake);
}

int main(int argc, char **argv)
{
    struct web web = web_start(&program, argc, argv);
    web_open(&web);
    if (web.request.posts)
        file_request(&web);
    else
        show_form(&web);
    return web_end(&web);
}
