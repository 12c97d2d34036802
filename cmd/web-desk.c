/* web-desk: the pages on which those who handle tickets work on them (承办工作台). */
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "center/log.h"
#include "center/role.h"
#include "knowledge/find.h"
#include "ticket/route.h"
#include "web/actform.h"
#include "web/casefile.h"
#include "web/orders.h"

enum { MOST_LISTED = 200, MOST_HITS = 3 };

static const struct args_option options[] = {{0, NULL, NULL, NULL}};
static const char *const synopsis[] = {"[option ...]", NULL};
static const struct args_program program = {
    .name = "web-desk",
    .synopsis = synopsis,
    .purpose = "Serve the pages of those who handle tickets, by CGI (see qifu-web(7)).",
    .options = options,
    .formats = 1U << OUT_HTML,
};

/* The acts of these pages. */
static const struct actform forms[] = {
    {"accept", ACT_ACCEPT, {{.name = NULL}}, true},
    {"answer",
     ACT_ANSWER,
     {{.name = "text", .label = "答复内容", .required = true, .rows = 8, .most = 5000},
      {.name = "without", .label = "不等协办的理由", .hint = "协办单位还没有答复时填写"}},
     true},
    {"extend",
     ACT_EXTEND,
     {{.name = "days", .label = "延期天数", .required = true, .most = 3},
      {.name = "reason", .label = "延期理由", .required = true}},
     false},
    {"return",
     ACT_RETURN,
     {{.name = "reason", .label = "退单理由", .required = true},
      {.name = "basis", .label = "退单依据", .required = true}},
     false},
    {"suspend",
     ACT_SUSPEND,
     {{.name = "reason", .label = "挂起理由", .required = true},
      {.name = "basis", .label = "挂起依据", .required = true}},
     false},
    {"resume", ACT_RESUME, {{.name = NULL}}, false},
    {"reply",
     ACT_REPLY,
     {{.name = "text", .label = "督办回复", .required = true, .rows = 6, .most = 5000}},
     true},
};
enum { FORMS = sizeof forms / sizeof *forms };

/* True where the one who is signed in handles tickets for ORG. */
static bool is_own(struct web *web, int64_t org)
{
    const struct membership *self = &web->p.center.self;
    for (int i = 0; i < self->count; i++)
        if (self->of[i].org == org && self->of[i].roles & (ROLE_HANDLER | ROLE_OPERATOR))
            return true;
    return false;
}

/* For whom the one who is signed in acts on TICKET: the lead, else an assist; 0: none of them. */
static int64_t acts_for(struct web *web, const struct ticket *ticket)
{
    struct party parties[ROUTE_MOST_ASSISTS + 1];
    int count = route_parties(web->p.center.db, ticket, parties);
    for (int i = 0; i < count; i++)
        if (is_own(web, parties[i].org))
            return parties[i].org;
    return 0;
}

/* ---- the list ---- */

struct listing {
    struct web *web;
    int count;
};

static void take_ticket(void *context, const struct ticket *ticket)
{
    struct listing *listing = context;
    if (listing->count++ == MOST_LISTED)
        return;
    casefile_add_item(listing->web, ticket);
    page_add(&listing->web->page, "</li>\n", "", "");
}

static void show_list(struct web *web)
{
    struct page *page = &web->page;
    struct listing listing = {web, 0};
    struct ticket_filter filter = {.open_only = true, .sort = "due", .limit = MOST_LISTED + 1};
    const struct membership *self = &web->p.center.self;
    for (int i = 0; i < self->count; i++)
        if (is_own(web, self->of[i].org))
            wanted_add(&filter.orgs, org_code(&web->p.orgs, self->of[i].org));
    page->title = "承办工作台";
    page_add(page, "<h2>", "待办工单", "</h2>\n<ul class=\"list\">\n");
    if (filter.orgs.count || !self->ruled)
        ticket_each(web->p.center.db, &filter, take_ticket, &listing);
    page_add(page, "</ul>\n", "", "");
    if (!listing.count)
        page_add(page, "<p>", "没有待办的工单。", "</p>\n");
    if (listing.count > MOST_LISTED)
        page_add(page, "<p class=\"note\">", "只列出期限最早的 200 件。", "</p>\n");
    for (int i = 0; i < self->count; i++)
        if (is_own(web, self->of[i].org))
            orders_add(web, self->of[i].org);
}

/* ---- one ticket ---- */

/* What the knowledge base has on it, to answer with. */
static void add_hits(struct web *web, const struct ticket *ticket)
{
    struct kb_hit hits[MOST_HITS];
    struct text question = {0};
    struct kb_entry entry;
    struct arena *arena = &web->p.config->arena;
    text_add_format(&question, "%s %s", ticket->title, ticket->body);
    int count = ticket->confidential ? 0
                                     : kbfind_best(web->p.center.db, question.data,
                                                   clock_day(web->p.center.now), hits, MOST_HITS);
    page_add(&web->page, count > 0 ? "<h2>知识库</h2>\n<ul class=\"list\">\n" : "", "", "");
    for (int i = 0; i < count; i++) {
        kb_load(web->p.center.db, hits[i].id, arena, &entry);
        page_add(&web->page, "<li><h3>", entry.title, "</h3>\n");
        page_add(&web->page, "<p>", entry.text, "</p>\n<p>");
        page_add(&web->page, "<a href=\"", web_address(web), "");
        page_add(&web->page, "?id=",
                 arena_format(arena, "%lld&kb=%lld", (long long)ticket->id, (long long)entry.id),
                 "#answer-text\">用这一条起草答复</a></p></li>\n");
    }
    page_add(&web->page, count > 0 ? "</ul>\n" : "", "", "");
    text_free(&question);
}

static void show_ticket(struct web *web, const struct ticket *ticket, bool unmask)
{
    struct arena *arena = &web->p.config->arena;
    struct kb_entry entry = {.text = NULL};
    long long kb = form_number(&web->request.query, "kb");
    web->page.title = arena_format(arena, "工单 %lld", (long long)ticket->id);
    web->page.back = web_address(web);
    if (kb)
        kb_load(web->p.center.db, kb, arena, &entry);
    casefile_add(web, ticket, unmask);
    if (!unmask) {
        actform_start(web, ticket, "unmask");
        page_submit(&web->page, "显示个人信息（记入日志）");
    }
    page_add(&web->page, "<h2>办理</h2>\n", "", "");
    actform_add(web, ticket, forms, FORMS, acts_for(web, ticket), entry.text);
    add_hits(web, ticket);
}

/* ---- what was sent ---- */

static void take_sent(struct web *web, struct ticket *ticket)
{
    const char *code = form_value(&web->request.form, "do");
    bool unmask = code && !strcmp(code, "unmask");
    web_need_seal(web, "act");
    if (unmask) {
        program_begin(&web->p);
        event_add_unmasked(&web->p.center, ticket->id, program.name, NULL, NULL);
        program_commit(&web->p);
    }
    actform_do(web, ticket, forms, FORMS, acts_for(web, ticket));
    show_ticket(web, ticket, unmask);
}

int main(int argc, char **argv)
{
    struct web web = web_start(&program, argc, argv);
    web_sign_in(&web);
    long long id = form_number(web.request.posts ? &web.request.form : &web.request.query, "id");
    struct ticket *ticket = id ? ticket_get(web.p.center.db, id, &web.p.config->arena) : NULL;
    if (id && !ticket)
        web_refuse(&web, 404, "没有这件工单");
    if (web.request.posts && ticket)
        take_sent(&web, ticket);
    else if (ticket)
        show_ticket(&web, ticket, false);
    else
        show_list(&web);
    return web_end(&web);
}
