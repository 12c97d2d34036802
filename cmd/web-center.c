/* web-center: the pages of the center's desk: how it stands, what waits for dispatch and for a
 * decision, what was ordered (平台工作台). */
#include <stdlib.h>
#include <string.h>

#include "center/role.h"
#include "report/status.h"
#include "ticket/dispatcher.h"
#include "ticket/masked.h"
#include "ticket/waiting.h"
#include "web/actform.h"
#include "web/casefile.h"
#include "web/orders.h"

enum { MOST_LISTED = 50 };

static const struct args_option options[] = {{0, NULL, NULL, NULL}};
static const char *const synopsis[] = {"[option ...]", NULL};
static const struct args_program program = {
    .name = "web-center",
    .synopsis = synopsis,
    .purpose = "Serve the pages of the center's desk, by CGI (see qifu-web(7)).",
    .options = options,
    .formats = 1U << OUT_HTML,
};

static const struct actform dispatch = {
    "route",
    ACT_ROUTE,
    {{.name = "to", .label = "主办单位", .required = true}, {.name = "basis", .label = "依据"}},
    true};

/* What is asked of the center, and the two words that it has for it. */
#define DECISION(code, kind, required_)                                                            \
    {                                                                                              \
        code, kind, {{.name = "text", .label = "意见", .required = required_}}, true               \
    }
static const struct decision_forms {
    const char *asked;
    struct actform forms[2];
} decisions[] = {
    {"return",
     {DECISION("grant-return", ACT_GRANT_RETURN, false),
      DECISION("refuse-return", ACT_REFUSE_RETURN, false)}},
    {"extension",
     {DECISION("grant-extension", ACT_GRANT_EXTENSION, false),
      DECISION("refuse-extension", ACT_REFUSE_EXTENSION, false)}},
    {"suspension",
     {DECISION("grant-suspension", ACT_GRANT_SUSPENSION, false),
      DECISION("refuse-suspension", ACT_REFUSE_SUSPENSION, false)}},
    {"close",
     {DECISION("grant-close", ACT_GRANT_CLOSE, false),
      DECISION("refuse-close", ACT_REFUSE_CLOSE, false)}},
};
enum { DECISIONS = sizeof decisions / sizeof *decisions };

struct desk {
    struct web web;
    struct dispatchers dispatchers;
    int64_t ticket; /* of which it is looked for what waits; 0: of all */
    int count;
    bool waits[DECISIONS];
};

static const char *number(struct web *web, int64_t id)
{
    return arena_format(&web->p.config->arena, "%lld", (long long)id);
}

/* ---- the desk as a whole ---- */

static void take_status(void *context, const struct status_line *line)
{
    struct web *web = &((struct desk *)context)->web;
    page_row(&web->page, line->name, number(web, line->count));
}

/* Where the catalogue would send TICKET, or whom it thinks of, and why. */
static void add_proposal(struct desk *desk, const struct ticket *ticket)
{
    struct web *web = &desk->web;
    struct reasons reasons = {.count = 0};
    struct text names = {0};
    dispatcher_decide(dispatchers_at(&desk->dispatchers, ticket->center), ticket, &reasons);
    org_add_list(&names, &web->p.orgs, reasons.candidates, reasons.count, true);
    page_add(&web->page, "<p>建议：", names.length ? names.data : "由人判断", "；");
    page_add(&web->page, "", text_string(&reasons.why), "</p>\n");
    text_free(&names);
    text_free(&reasons.why);
}

static void take_pooled(void *context, const struct ticket *ticket)
{
    struct desk *desk = context;
    desk->count++;
    casefile_add_item(&desk->web, ticket);
    add_proposal(desk, ticket);
    page_add(&desk->web.page, "</li>\n", "", "");
}

static void add_pool(struct desk *desk)
{
    struct ticket_filter filter = {
        .open_only = true, .sort = "due", .limit = MOST_LISTED, .whole = true};
    wanted_add(&filter.states, "received");
    desk->count = 0;
    page_add(&desk->web.page, "<h2 id=\"pool\">待派发</h2>\n<ul class=\"list\">\n", "", "");
    ticket_each(desk->web.p.center.db, &filter, take_pooled, desk);
    page_add(&desk->web.page, "</ul>\n", "", "");
    if (!desk->count)
        page_add(&desk->web.page, "<p>", "没有。", "</p>\n");
}

static void take_waiting(void *context, const struct waiting *waiting)
{
    struct desk *desk = context;
    struct web *web = &desk->web;
    const struct ticket *ticket = &waiting->ticket;
    struct text shown = {0};
    char since[PAGE_MOMENT_SIZE];
    for (int i = 0; i < DECISIONS; i++)
        if (ticket->id == desk->ticket && !strcmp(decisions[i].asked, waiting->act))
            desk->waits[i] = true;
    if (desk->ticket)
        return;
    desk->count++;
    casefile_add_link(web, ticket->id, waiting_word(waiting->act));
    page_add(&web->page, "<p>", masked_value(&shown, ticket, MASKED_TEXT, ticket->title, false),
             "；");
    page_add(&web->page, "", org_name(&web->p.orgs, waiting->org), "，");
    page_add(&web->page, "", page_moment(waiting->asked_at, since), "");
    page_add(&web->page, "：", masked_value(&shown, ticket, MASKED_TEXT, waiting->reason, false),
             "");
    page_add(&web->page, "</p></li>\n", "", "");
    text_free(&shown);
}

static void add_waiting(struct desk *desk)
{
    struct wanted anybody = {.count = 0};
    desk->count = 0;
    page_add(&desk->web.page, "<h2 id=\"waiting\">待决定</h2>\n<ul class=\"list\">\n", "", "");
    waiting_each(desk->web.p.center.db, &anybody, -1, take_waiting, desk);
    page_add(&desk->web.page, "</ul>\n", "", "");
    if (!desk->count)
        page_add(&desk->web.page, "<p>", "没有。", "</p>\n");
}

static void show_desk(struct desk *desk)
{
    struct page *page = &desk->web.page;
    page->title = "平台工作台";
    page_add(page, "<p><a href=\"#pool\">待派发</a> <a href=\"#waiting\">待决定</a> ", "",
             "<a href=\"#orders\">督办未回复</a></p>\n<dl class=\"counts\">\n");
    status_each(&desk->web.p.center, &(struct county_choice){.one = false}, take_status, desk);
    page_add(page, "</dl>\n", "", "");
    add_pool(desk);
    add_waiting(desk);
    orders_add(&desk->web, 0);
}

/* ---- one ticket ---- */

static void find_waiting(struct desk *desk, int64_t ticket)
{
    struct wanted anybody = {.count = 0};
    desk->ticket = ticket;
    memset(desk->waits, 0, sizeof desk->waits);
    waiting_each(desk->web.p.center.db, &anybody, -1, take_waiting, desk);
}

static void show_ticket(struct desk *desk, const struct ticket *ticket)
{
    struct web *web = &desk->web;
    struct reasons reasons = {.count = 0};
    web->page.title = arena_format(&web->p.config->arena, "工单 %lld", (long long)ticket->id);
    web->page.back = web_address(web);
    casefile_add(web, ticket, false);
    page_add(&web->page, "<h2>办理</h2>\n", "", "");
    if (act_fits(ACT_ROUTE, ticket)) {
        dispatcher_decide(dispatchers_at(&desk->dispatchers, ticket->center), ticket, &reasons);
        add_proposal(desk, ticket);
    }
    actform_add(web, ticket, &dispatch, 1, 0,
                reasons.count ? org_code(&web->p.orgs, reasons.candidates[0]) : NULL);
    find_waiting(desk, ticket->id);
    for (int i = 0; i < DECISIONS; i++)
        if (desk->waits[i])
            actform_add(web, ticket, decisions[i].forms, 2, 0, NULL);
    text_free(&reasons.why);
}

static void take_sent(struct desk *desk, struct ticket *ticket)
{
    web_need_seal(&desk->web, "act");
    actform_do(&desk->web, ticket, &dispatch, 1, 0);
    for (int i = 0; i < DECISIONS; i++)
        actform_do(&desk->web, ticket, decisions[i].forms, 2, 0);
    show_ticket(desk, ticket);
}

int main(int argc, char **argv)
{
    struct desk desk = {.web = web_start(&program, argc, argv)};
    struct web *web = &desk.web;
    web_sign_in(web);
    long long id = form_number(web->request.posts ? &web->request.form : &web->request.query, "id");
    const unsigned roles = ROLE_OPERATOR | ROLE_APPROVER | ROLE_SUPERVISOR | ROLE_AUDITOR;
    if (web->p.center.self.ruled && !(membership_roles(&web->p.center.self) & roles))
        web_refuse(web, 403, "这里是平台的工作台，您没有权限");
    struct ticket *ticket = id ? ticket_get(web->p.center.db, id, &web->p.config->arena) : NULL;
    if (id && !ticket)
        web_refuse(web, 404, "没有这件工单");
    desk.dispatchers = dispatchers_new(&web->p.center, NULL);
    if (web->request.posts && ticket)
        take_sent(&desk, ticket);
    else if (ticket)
        show_ticket(&desk, ticket);
    else
        show_desk(&desk);
    dispatchers_free(&desk.dispatchers);
    return web_end(web);
}
