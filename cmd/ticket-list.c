/* ticket-list: tickets that match filters. */
#include "base/clock.h"
#include "base/die.h"
#include "center/center.h"
#include "center/config.h"
#include "center/option.h"
#include "center/org.h"
#include "cli/args.h"
#include "ticket/masked.h"
#include "ticket/ticket.h"

enum {
    KEY_STATE = ARGS_LONG,
    KEY_KIND,
    KEY_CHANNEL,
    KEY_REGION,
    KEY_SOURCE,
    KEY_ORG,
    KEY_LEVEL,
    KEY_DUE_AFTER,
    KEY_DUE_BEFORE,
    KEY_RECEIVED_FROM,
    KEY_RECEIVED_TO,
    KEY_TEXT,
    KEY_UNMASK,
    KEY_OPEN,
    KEY_SORT,
    KEY_REVERSE,
    KEY_LIMIT
};

static const struct args_option options[] = {
    {KEY_STATE, "state", "STATE", "received, dispatched, accepted, answered, rated or closed"},
    {KEY_OPEN, "open", NULL, "neither answered nor closed"},
    {KEY_KIND, "kind", "KIND", "kind of request"},
    {KEY_CHANNEL, "channel", "CHANNEL", "channel it came by"},
    {KEY_REGION, "region", "REGION", "district"},
    {KEY_SOURCE, "source", "NAME", "source"},
    {KEY_ORG, "org", "ORG", "organisation that leads or assists"},
    {KEY_LEVEL, "level", "LEVEL", "highest level that has fired"},
    {KEY_DUE_AFTER, "due-after", "TIME", "due then or later"},
    {KEY_DUE_BEFORE, "due-before", "TIME", "due then or earlier; a date means its end"},
    {KEY_RECEIVED_FROM, "received-from", "TIME", "received then or later"},
    {KEY_RECEIVED_TO, "received-to", "TIME", "received then or earlier; a date means its end"},
    {KEY_TEXT, "text", "TEXT", "these words in title or body"},
    {KEY_UNMASK, "unmask", NULL, "--text finds masked and confidential texts too; logged"},
    {KEY_SORT, "sort", "COLUMN", "id, due or received"},
    {KEY_REVERSE, "reverse", NULL, "the other way round"},
    {KEY_LIMIT, "limit", "N", "at most N tickets"},
    {0, NULL, NULL, NULL},
};
static const char *const synopsis[] = {"[option ...]", NULL};
static const struct args_program program = {
    .name = "ticket-list",
    .synopsis = synopsis,
    .purpose = "List the tickets that match every filter; without one, all.",
    .options = options,
};

static const struct out_column columns[] = {
    {"id", "编号", OUT_NUMBER},     {"state", "状态", OUT_TEXT},   {"level", "级别", OUT_TEXT},
    {"received", "受理", OUT_TEXT}, {"due", "答复期限", OUT_TEXT}, {"lead", "主办", OUT_TEXT},
    {"kind", "类型", OUT_TEXT},     {"channel", "渠道", OUT_TEXT}, {"region", "区域", OUT_TEXT},
    {"source", "来源", OUT_TEXT},   {"ref", "来源编号", OUT_TEXT}, {"title", "标题", OUT_TEXT}};

struct listing {
    const struct config *config;
    struct org_table orgs;
    struct out *out;
    long count;
};

static void print_ticket(void *context, const struct ticket *t)
{
    struct listing *l = context;
    l->count++;
    out_number(l->out, t->id);
    out_code(l->out, t->state, ticket_state_name(t->state));
    out_code(l->out, t->level, config_level_name(l->config, t->level));
    out_moment(l->out, t->received_at);
    out_moment(l->out, t->due_at);
    out_code(l->out, org_code(&l->orgs, t->lead), org_name(&l->orgs, t->lead));
    out_code(l->out, t->kind, config_kind_name(l->config, t->kind));
    out_code(l->out, t->channel, config_channel_name(l->config, t->channel));
    out_code(l->out, t->region, config_region_name(l->config, t->region));
    out_text(l->out, t->source);
    out_text(l->out, t->ref);
    shown_title(l->out, t);
    out_row(l->out);
}

struct request {
    struct ticket_filter filter;
    const char *org;
};

static const char *need_state(const struct args *args)
{
    char list[512];
    const char *state = ticket_state(args->value);
    if (!state)
        args_unknown(args, "state", ticket_nearest_state(args->value),
                     ticket_list_states(list, sizeof list));
    return state;
}

static void take_option(const struct args *args, int key, const struct config *config,
                        struct request *request)
{
    struct ticket_filter *f = &request->filter;
    switch (key) {
    case KEY_STATE: f->state = need_state(args); break;
    case KEY_OPEN: f->open_only = true; break;
    case KEY_KIND: f->kind = option_kind(args, config); break;
    case KEY_CHANNEL: f->channel = option_channel(args, config); break;
    case KEY_REGION: f->region = option_region(args, config); break;
    case KEY_SOURCE: f->source = args->value; break;
    case KEY_ORG: request->org = args->value; break;
    case KEY_LEVEL: f->level = option_level(args, config); break;
    case KEY_DUE_AFTER: f->due_from = args_moment(args); break;
    case KEY_DUE_BEFORE: f->due_to = args_moment_end(args); break;
    case KEY_RECEIVED_FROM: f->received_from = args_moment(args); break;
    case KEY_RECEIVED_TO: f->received_to = args_moment_end(args); break;
    case KEY_TEXT: f->text = args->value; break;
    case KEY_UNMASK: f->whole_text = true; break;
    case KEY_REVERSE: f->reverse = true; break;
    case KEY_LIMIT: f->limit = args_number(args, 1, 1000000000); break;
    case KEY_SORT:
        if (!ticket_can_sort(args->value))
            args_usage(args, "cannot sort by \"%s\" (id, due or received)", args->value);
        f->sort = args->value;
        break;
    }
}

/* Lists; a search in what is masked is in the log before anything of it is printed. */
static void list(struct center *center, const struct ticket_filter *filter, struct listing *l)
{
    if (!filter->whole_text) {
        ticket_each(center->db, filter, print_ticket, l);
        return;
    }
    center_begin(center, false);
    ticket_each(center->db, filter, print_ticket, l);
    ticket_log_search(center, program.name, filter->text, l->count);
    db_commit(center->db);
}

int main(int argc, char **argv)
{
    struct args args = args_start(&program, argc, argv);
    struct config *config = config_load(args_config(&args));
    struct request request = {0};
    for (int key; (key = args_next(&args));)
        take_option(&args, key, config, &request);
    if (args.operand_count)
        args_usage(&args, "no operand is expected; ticket-show shows a ticket");
    if (request.filter.whole_text && !request.filter.text)
        args_usage(&args, "--unmask goes with --text");

    struct center center = center_open(args_database(&args), config, args_user(), clock_now());
    struct listing listing = {.config = config, .orgs = org_table_load(center.db)};
    if (request.org)
        request.filter.org = org_need(center.db, request.org);
    listing.out = out_open(columns, 12, args.format, args.header);
    list(&center, &request.filter, &listing);

    center_close(&center);
    out_close(listing.out);
    org_table_free(&listing.orgs);
    config_free(config);
    args_free(&args);
    out_finish();
    return listing.count ? EXIT_DONE : EXIT_NO;
}
