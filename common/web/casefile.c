#include "web/casefile.h"

#include "center/log.h"
#include "ticket/clock.h"
#include "ticket/masked.h"
#include "ticket/route.h"
#include "ticket/story.h"

struct telling {
    struct web *web;
    const struct ticket *ticket;
    bool unmask;
};

static void add_masked(struct telling *t, enum ticket_field field, enum masked_as as)
{
    struct text shown = {0};
    const char *value = field_text(ticket_field((int)field), t->ticket);
    if (value && *value)
        page_row(&t->web->page, ticket_field((int)field)->word,
                 masked_value(&shown, t->ticket, as, value, t->unmask));
    text_free(&shown);
}

static void add_moment(struct telling *t, enum ticket_field field)
{
    char minute[PAGE_MOMENT_SIZE];
    page_row(&t->web->page, ticket_field((int)field)->word,
             page_moment(field_number(ticket_field((int)field), t->ticket), minute));
}

/* Who has it, each on a clock of its own. */
static void add_parties(struct telling *t)
{
    struct web *web = t->web;
    struct party parties[ROUTE_MOST_ASSISTS + 1];
    int count = route_parties(web->p.center.db, t->ticket, parties);
    char due[PAGE_MOMENT_SIZE];
    for (int i = 0; i < count; i++) {
        const struct party *party = &parties[i];
        struct text row = {0};
        text_add_format(&row, "%s，期限 %s%s%s", org_name(&web->p.orgs, party->org),
                        page_moment(party->due_at, due),
                        party->accepted_at ? "，已签收" : "，未签收",
                        party->answered_at ? "，已答复" : "");
        page_row(&web->page, party->is_lead ? "主办" : "协办", row.data);
        text_free(&row);
    }
}

static void take_event(void *context, const struct event *event)
{
    struct telling *t = context;
    struct web *web = t->web;
    const struct story story = {web->p.config, &web->p.orgs, t->ticket};
    struct text masked = {0}, told = {0};
    char minute[STORY_MINUTE_SIZE];
    bool withheld = t->ticket->confidential && !t->unmask;
    const char *data = masked_value(&masked, t->ticket, MASKED_JSON, event->data, t->unmask);
    text_add_format(&told, "%s ", story_minute(event->at, minute));
    story_tell(&told, &story, event, withheld ? NULL : data);
    page_add(&web->page, "<li>", told.data, "</li>\n");
    text_free(&told);
    text_free(&masked);
}

void casefile_add(struct web *web, const struct ticket *ticket, bool unmask)
{
    struct telling t = {web, ticket, unmask};
    struct page *page = &web->page;
    page_add(page, "<dl>", "", "\n");
    page_row(page, "状态", ticket_state_name(ticket->state));
    page_row(page, "类型", config_kind_name(web->p.config, ticket->kind));
    page_row(page, "渠道", config_channel_name(web->p.config, ticket->channel));
    add_masked(&t, TICKET_TITLE, MASKED_TEXT);
    add_masked(&t, TICKET_BODY, MASKED_TEXT);
    add_masked(&t, TICKET_ENTERPRISE, MASKED_TEXT);
    add_masked(&t, TICKET_USCC, MASKED_TEXT);
    add_masked(&t, TICKET_CONTACT, MASKED_NAME);
    add_masked(&t, TICKET_PHONE, MASKED_PHONE);
    page_row(page, "区域", config_region_name(web->p.config, ticket->region));
    add_moment(&t, TICKET_RECEIVED);
    add_moment(&t, TICKET_DUE);
    add_parties(&t);
    page_add(page, "</dl>\n<details><summary>办理经过</summary>\n<ol>\n", "", "");
    event_each_by_time(web->p.center.db, ticket->id, take_event, &t);
    page_add(page, "</ol>\n</details>\n", "", "");
}

void casefile_add_link(struct web *web, int64_t id, const char *what)
{
    struct arena *arena = &web->p.config->arena;
    page_add(&web->page, "<li><h3><a href=\"", web_address(web), "?id=");
    page_add(&web->page, "", arena_format(arena, "%lld", (long long)id), "\">");
    page_add(&web->page, "", arena_format(arena, "%lld %s", (long long)id, what), "</a></h3>\n");
}

void casefile_add_item(struct web *web, const struct ticket *ticket)
{
    struct page *page = &web->page;
    struct text shown = {0};
    char due[PAGE_MOMENT_SIZE];
    const int64_t now = web->p.center.now;
    casefile_add_link(web, ticket->id,
                      masked_value(&shown, ticket, MASKED_TEXT, ticket->title, false));
    page_add(page, "<p>", ticket_state_name(ticket->state), "，");
    page_add(page, "", config_kind_name(web->p.config, ticket->kind), "，答复期限 ");
    page_add(page, "", page_moment(ticket->due_at, due), "");
    if (ticket->due_at < now && !ticket->answered_at)
        page_add(page, "<br><span class=\"late\">已超期",
                 arena_format(&web->p.config->arena, " %d 个工作日",
                              ticketclock_overdue(&web->p.center, ticket, now)),
                 "</span>");
    page_add(page, "</p>\n", "", "");
    text_free(&shown);
}
