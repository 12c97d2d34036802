/* web-track: the page on which an enterprise looks up its request and rates the answer
 * (查询、评价).
 */
#include <stdlib.h>
#include <string.h>

#include "base/die.h"
#include "center/permit.h"
#include "center/rating.h"
#include "ticket/masked.h"
#include "ticket/said.h"
#include "ticket/story.h"
#include "web/holder.h"
#include "web/perform.h"

static const struct args_option options[] = {{0, NULL, NULL, NULL}};
static const char *const synopsis[] = {"[option ...]", NULL};
static const struct args_program program = {
    .name = "web-track",
    .synopsis = synopsis,
    .purpose = "Serve the page on which enterprises look up and rate, by CGI (see qifu-web(7)).",
    .options = options,
    .formats = 1U << OUT_HTML,
};

enum { NUMBER, WORD, DIGITS, FIELDS };
static const struct page_field fields[FIELDS] = {
    {.name = "n", .label = "编号", .required = true, .most = 18},
    {.name = "t", .label = "查询码", .hint = "24 位，大小写不限", .required = true, .most = 40},
    {.name = "d", .label = "联系电话的后四位", .type = "tel", .required = true, .most = 4},
};
static const struct page_field remark = {
    .name = "text", .label = "您的意见", .rows = 4, .most = 1000};

static void show_form(struct web *web)
{
    struct page *page = &web->page;
    const struct request *request = &web->request;
    page->title = "查询办理情况";
    page_form(page, web_address(web));
    for (int i = 0; i < FIELDS; i++) {
        struct page_field field = fields[i];
        field.value = form_value(request->posts ? &request->form : &request->query, field.name);
        page_input(page, &field);
    }
    page_submit(page, "查询");
    page_add(page, "<p><a href=\"", web_beside(web, "web-file"), "\">提交新的诉求</a></p>\n");
}

/* ---- the request and what came of it */

/* A text of the ticket as it may be shown where nobody has signed in. */
static void add_masked(struct web *web, const char *term, const struct ticket *ticket,
                       const char *value)
{
    struct text shown = {0};
    if (value)
        page_row(&web->page, term, masked_value(&shown, ticket, MASKED_TEXT, value, false));
    text_free(&shown);
}

static void add_state(struct web *web, const struct ticket *ticket)
{
    struct page *page = &web->page;
    char minute[PAGE_MOMENT_SIZE];
    const struct said said = said_read(web->p.center.db, ticket->id, &web->p.config->arena);
    page_add(page, "<dl>", "", "\n");
    page_row(page, "编号", arena_format(&web->p.config->arena, "%lld", (long long)ticket->id));
    page_row(page, "类型", config_kind_name(web->p.config, ticket->kind));
    add_masked(web, "标题", ticket, ticket->title);
    page_row(page, "状态", ticket_state_name(ticket->state));
    page_row(page, "办结方式", ticket->closed_as ? story_closed_as(ticket->closed_as) : NULL);
    add_masked(web, "理由", ticket, said.reason);
    page_row(page, "其他途径", said.way);
    page_row(page, "收到时间", page_moment(ticket->received_at, minute));
    page_row(page, "答复期限", ticket->answered_at ? NULL : page_moment(ticket->due_at, minute));
    page_row(page, "承办单位", org_name(&web->p.orgs, ticket->lead));
    page_row(page, "答复时间", page_moment(ticket->answered_at, minute));
    add_masked(web, "答复", ticket, said.answer);
    page_row(page, "您的评价", rating_name(ticket->rating));
    page_add(page, "</dl>\n", "", "");
}

static void add_rating(struct web *web, const struct ticket *ticket)
{
    struct page *page = &web->page;
    struct page_field score = {.name = "score",
                               .label = "您对办理结果满意吗",
                               .required = true,
                               .value = form_value(&web->request.form, "score")},
                      text = remark;
    text.value = web_given(web, &remark);
    page_add(page, "<h2>评价</h2>\n", "", "");
    page_form(page, web_address(web));
    page_hidden(page, "n", web_given(web, &fields[NUMBER]));
    page_hidden(page, "pass", holder_pass(web, ticket->id));
    page_choices(page, &score, false);
    for (int i = RATING_HIGHEST; i >= RATING_LOWEST; i--)
        page_choice(page, &score, false, (const char[]){(char)('0' + i), '\0'}, rating_name(i),
                    NULL);
    page_choices_end(page, false);
    page_input(page, &text);
    page_submit(page, "提交评价");
}

static void show_ticket(struct web *web, const struct ticket *ticket)
{
    web->page.title = "办理情况";
    web->page.back = web_address(web);
    add_state(web, ticket);
    if (act_fits(ACT_RATE, ticket) && !ticket->rating)
        add_rating(web, ticket);
}

/* ---- what was sent ---- */

/* Rates, as ticket-rate does. */
static bool rate(struct web *web, struct ticket *ticket)
{
    return perform_act(web, ticket,
                       &(struct act){.kind = ACT_RATE,
                                     .by = permit_by(&web->p.center, NULL),
                                     .score = rating_parse(form_value(&web->request.form, "score")),
                                     .text = web_given(web, &remark)});
}

static void take_rating(struct web *web, int64_t number, const char *pass)
{
    const struct form *form = &web->request.form;
    struct ticket *ticket = holder_again(web, number, pass);
    const char *score = form_value(form, "score");
    if (!ticket)
        web_refuse(web, 403, "查询已经过期，请返回后重新查询");
    web_check(web, &remark, 1);
    if (!score || strlen(score) != 1 || !rating_parse(score))
        page_error(&web->page.errors, "score", "请选择满意程度");
    if (!web->page.errors.count && rate(web, ticket))
        page_add(&web->page, "<p class=\"good\" role=\"status\">", "感谢您的评价。", "</p>\n");
    show_ticket(web, ticket);
}

static void look_up(struct web *web)
{
    const struct ticket *ticket = NULL;
    web_check(web, fields, FIELDS);
    if (!web->page.errors.count) {
        ticket = holder_find(web, form_number(&web->request.form, "n"),
                             web_given(web, &fields[WORD]), web_given(web, &fields[DIGITS]));
        if (!ticket)
            page_error(&web->page.errors, "n",
                       "编号、查询码或电话后四位不对，或查询码已经过期。请核对后再试");
    }
    if (ticket)
        show_ticket(web, ticket);
    else
        show_form(web);
}

int main(int argc, char **argv)
{
    struct web web = web_start(&program, argc, argv);
    const char *pass = form_value(&web.request.form, "pass");
    web_open(&web);
    if (!web.request.posts)
        show_form(&web);
    else if (pass)
        take_rating(&web, form_number(&web.request.form, "n"), pass);
    else
        look_up(&web);
    return web_end(&web);
}
