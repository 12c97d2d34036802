#include "web/orders.h"

#include "supervision/owed.h"
#include "web/casefile.h"

enum { MOST_LISTED = 50 };

struct listing {
    struct web *web;
    int64_t org;
    int count;
};

static void take_order(void *context, const struct owed *owed)
{
    struct listing *listing = context;
    struct web *web = listing->web;
    char due[PAGE_MOMENT_SIZE];
    if ((listing->org && owed->lead != listing->org) || listing->count == MOST_LISTED)
        return;
    if (!listing->count++)
        page_add(&web->page, "<ul class=\"list\">\n", "", "");
    casefile_add_link(web, owed->ticket.id,
                      arena_format(&web->p.config->arena, "%s（%s）", owed->document,
                                   config_level_name(web->p.config, owed->level)));
    page_add(&web->page, "<p>", org_name(&web->p.orgs, owed->lead), "，");
    page_add(&web->page, "应于 ", page_moment(owed->reply_due_at, due), " 前回复");
    if (owed_state(owed, web->p.center.now) == OWED_LATE)
        page_add(&web->page, "，<span class=\"late\">", "已逾期", "</span>");
    page_add(&web->page, "</p></li>\n", "", "");
}

void orders_add(struct web *web, int64_t org)
{
    struct listing listing = {web, org, 0};
    struct page *page = &web->page;
    size_t before = page->html.length;
    page_add(page, "<h2 id=\"orders\">", "督办未回复", "</h2>\n");
    owed_each(web->p.center.db, OWED_WITHOUT_REPLY, take_order, &listing);
    page_add(page, listing.count ? "</ul>\n" : "<p>没有。</p>\n", "", "");
    if (!listing.count && org)
        page->html.data[page->html.length = before] = '\0';
}
