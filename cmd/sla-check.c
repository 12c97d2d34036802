/* sla-check: the clock of every open ticket: when it is due, how late it is, and why. */
#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "base/die.h"
#include "center/center.h"
#include "center/config.h"
#include "center/option.h"
#include "center/org.h"
#include "cli/args.h"
#include "ticket/clock.h"
#include "ticket/explain.h"
#include "ticket/masked.h"
#include "ticket/named.h"
#include "ticket/recompute.h"
#include "ticket/ticket.h"

enum {
    KEY_OVERDUE = ARGS_LONG,
    KEY_DUE_WITHIN,
    KEY_REMIND,
    KEY_ACCEPT,
    KEY_LEVEL,
    KEY_ORG,
    KEY_EXPLAIN,
    KEY_RECOMPUTE,
    BATCH = 500
};

static const struct args_option options[] = {
    {KEY_OVERDUE, "overdue", NULL, "only what is past its deadline"},
    {KEY_DUE_WITHIN, "due-within", "N", "only what is due within N working days (0: today)"},
    {KEY_REMIND, "remind", NULL, "only what is owed a reminder (催办): due so soon as configured"},
    {KEY_ACCEPT, "accept-overdue", NULL,
     "what should have been signed in (签收) by now, and is not"},
    {KEY_LEVEL, "level", "LEVEL", "only what stands at this level"},
    {KEY_ORG, "org", "ORG", "only what this organisation leads or assists"},
    {'e', "exit-status", NULL, "exit with 1 when a ticket was printed"},
    {KEY_EXPLAIN, "explain", NULL, "print each ticket's deadline day by day"},
    {KEY_RECOMPUTE, "recompute", NULL, "compute open deadlines again, list what differs"},
    {0, NULL, NULL, NULL},
};
static const char *const synopsis[] = {
    "[-e] [--overdue | --due-within N | --remind] [--level LEVEL] [--org ORG]",
    "[-e] [--overdue | --due-within N | --remind] [--level LEVEL] ID ... | -",
    "[-e] --accept-overdue [--org ORG]",
    "--explain ID ... | -",
    "[-n] --recompute",
    NULL};
static const struct args_program program = {
    .name = "sla-check",
    .synopsis = synopsis,
    .purpose = "Show the clock of open tickets: due time, level, working days overdue or left.",
    .options = options,
};

static const struct out_column clock_columns[] = {
    {"id", "编号", OUT_NUMBER},    {"level", "级别", OUT_TEXT},
    {"due", "答复期限", OUT_TEXT}, {"overdue", "时限", OUT_TEXT},
    {"lead", "主办", OUT_TEXT},    {"kind", "类型", OUT_TEXT},
    {"title", "标题", OUT_TEXT},   {"provisional", "暂定", OUT_TEXT}};
static const struct out_column accept_columns[] = {{"id", "编号", OUT_NUMBER},
                                                   {"accept_due", "签收期限", OUT_TEXT},
                                                   {"lead", "主办", OUT_TEXT},
                                                   {"kind", "类型", OUT_TEXT},
                                                   {"title", "标题", OUT_TEXT}};
static const struct out_column difference_columns[] = {{"id", "编号", OUT_NUMBER},
                                                       {"was", "原期限", OUT_TEXT},
                                                       {"due", "现期限", OUT_TEXT},
                                                       {"provisional", "暂定", OUT_TEXT},
                                                       {"title", "标题", OUT_TEXT}};

struct check {
    struct center center;
    struct org_table table;
    struct out *out;
    bool overdue, unaccepted, explain, recompute, exit_status;
    int due_within;             /* -1: not asked */
    struct wanted levels, orgs; /* orgs as they were written */
    long shown, bad;
};

static bool is_asked_for(const struct check *c, const struct ticket *ticket, int level)
{
    bool late = c->center.now > ticket->due_at;
    if (c->overdue && !late)
        return false;
    if (c->due_within >= 0 &&
        (late || calendar_count(center_calendar(&c->center), clock_day(c->center.now),
                                clock_day(ticket->due_at)) > c->due_within))
        return false;
    return wanted_allows(&c->levels, level >= 0 ? c->center.config->levels[level].term.code : NULL);
}

static void print_subject(const struct check *c, const struct ticket *ticket)
{
    out_code(c->out, org_code(&c->table, ticket->lead), org_name(&c->table, ticket->lead));
    out_code(c->out, ticket->kind, config_kind_name(c->center.config, ticket->kind));
    shown_title(c->out, ticket);
}

/* A number below 0 is what is left; 0 is today, or late by less than a working day. */
static void print_overdue(struct out *out, int overdue, bool late)
{
    char words[64];
    if (!out_in_words(out)) {
        out_number(out, overdue);
        return;
    }
    if (overdue)
        snprintf(words, sizeof words, "%s%d个工作日", late ? "超期" : "剩余",
                 overdue < 0 ? -overdue : overdue);
    out_text(out, overdue ? words : late ? "超期不足1个工作日" : "今日到期");
}

static void show_clock(void *context, const struct ticket *ticket)
{
    struct check *c = context;
    const struct config *config = c->center.config;
    if (ticket->answered_at || ticket->closed_at)
        return;
    int level = ticketclock_level_now(&c->center, ticket, c->center.now);
    int overdue = ticketclock_overdue(&c->center, ticket, c->center.now);
    if (!is_asked_for(c, ticket, level))
        return;
    c->shown++;
    out_number(c->out, ticket->id);
    out_code(c->out, level < 0 ? NULL : config->levels[level].term.code,
             level < 0 ? NULL : config->levels[level].term.name);
    out_moment(c->out, ticket->due_at);
    print_overdue(c->out, overdue, c->center.now > ticket->due_at);
    print_subject(c, ticket);
    out_code(c->out, ticket->provisional ? "provisional" : NULL, "暂定");
    out_row(c->out);
}

static void show_unaccepted(void *context, const struct ticket *ticket)
{
    struct check *c = context;
    bool waits = ticket->accept_due_at && !ticket->accepted_at;
    if (!waits || c->center.now <= ticket->accept_due_at)
        return;
    c->shown++;
    out_number(c->out, ticket->id);
    out_moment(c->out, ticket->accept_due_at);
    print_subject(c, ticket);
    out_row(c->out);
}

static void check_operands(struct check *c, struct args *args)
{
    struct args_ids loop = ticket_ids(args, c->center.db);
    long long id;
    while (args_next_id(&loop, &id)) {
        struct arena arena = {0};
        const struct ticket *ticket = ticket_get(c->center.db, id, &arena);
        if (!ticket) {
            warn("%lld: no such ticket", id);
            c->bad++;
        } else if (c->explain) {
            c->shown++;
            explain_ticket(&c->center, &c->table, c->out, ticket, false);
        } else {
            show_clock(c, ticket);
        }
        arena_free(&arena);
    }
    c->bad += args_ids_end(&loop);
}

static void check_all(struct check *c)
{
    struct ticket_filter filter = {.open_only = true, .sort = "due", .received_to = c->center.now};
    for (int i = 0; i < c->orgs.count; i++)
        wanted_add(&filter.orgs, org_code(&c->table, org_need(c->center.db, c->orgs.list[i])));
    if (c->overdue || c->levels.count)
        filter.due_to = c->center.now - 1;
    if (c->due_within >= 0)
        filter.due_from = c->center.now;
    ticket_each(c->center.db, &filter, c->unaccepted ? show_unaccepted : show_clock, c);
}

static void print_difference(void *context, const struct recomputed *difference)
{
    struct check *c = context;
    c->shown++;
    out_number(c->out, difference->ticket->id);
    out_moment(c->out, difference->ticket->due_at);
    out_moment(c->out, difference->due_at);
    out_code(c->out, difference->provisional ? "provisional" : NULL, "暂定");
    shown_title(c->out, difference->ticket);
    out_row(c->out);
}

static void recompute_all(struct check *c, bool dry_run)
{
    int64_t last = 0;
    if (dry_run)
        center_begin(&c->center, dry_run);
    do {
        if (!dry_run)
            center_begin(&c->center, dry_run);
        last = recompute_batch(&c->center, last, BATCH, print_difference, c, &c->bad);
        if (!dry_run)
            db_commit(c->center.db);
    } while (last);
    if (dry_run)
        db_rollback(c->center.db);
}

static struct check read_options(struct args *args, struct config *config)
{
    struct check c = {.due_within = -1};
    bool within = false, reminds = false;
    for (int key; (key = args_next(args));)
        switch (key) {
        case KEY_OVERDUE: c.overdue = true; break;
        case KEY_DUE_WITHIN:
            within = true;
            c.due_within = args_number(args, 0, 10000);
            break;
        case KEY_REMIND:
            reminds = true;
            c.due_within = config->remind_before;
            break;
        case KEY_ACCEPT: c.unaccepted = true; break;
        case KEY_ORG: wanted_add(&c.orgs, args->value); break;
        case KEY_EXPLAIN: c.explain = true; break;
        case KEY_RECOMPUTE: c.recompute = true; break;
        case 'e': c.exit_status = true; break;
        case KEY_LEVEL: wanted_add(&c.levels, option_level(args, config)); break;
        }
    bool filtered =
        c.overdue || c.due_within >= 0 || c.orgs.count || c.levels.count || c.unaccepted;
    if (c.explain && !args->operand_count)
        args_usage(args, "--explain needs the tickets' ids");
    if (c.recompute && (c.explain || filtered || args->operand_count))
        args_usage(args, "--recompute is about all open tickets and takes nothing besides");
    if (c.explain && filtered)
        args_usage(args, "--explain takes ids, not filters");
    if (c.overdue + within + reminds + c.unaccepted > 1)
        args_usage(args, "one of --overdue, --due-within, --remind and --accept-overdue");
    if (c.unaccepted && (c.levels.count || args->operand_count))
        args_usage(args, "--accept-overdue goes with --org alone");
    if (c.orgs.count && args->operand_count)
        args_usage(args, "--org goes without ids");
    return c;
}

static struct out *open_output(const struct check *c, const struct args *args)
{
    if (c->explain)
        return out_open(explain_columns, EXPLAIN_COLUMNS, args->format, args->header);
    if (c->unaccepted)
        return out_open(accept_columns, 5, args->format, args->header);
    if (c->recompute)
        return out_open(difference_columns, 5, args->format, args->header);
    return out_open(clock_columns, 8, args->format, args->header);
}

int main(int argc, char **argv)
{
    struct args args = args_start(&program, argc, argv);
    struct config *config = config_load(args_config(&args));
    struct check c = read_options(&args, config);

    c.center = center_open(args_database(&args), config, args_user(), clock_now());
    c.table = org_table_load(c.center.db);
    c.out = open_output(&c, &args);
    if (c.recompute)
        recompute_all(&c, args.dry_run);
    else if (args.operand_count)
        check_operands(&c, &args);
    else
        check_all(&c);

    center_close(&c.center);
    out_close(c.out);
    org_table_free(&c.table);
    config_free(config);
    args_free(&args);
    out_finish();
    return c.bad ? EXIT_BAD : c.exit_status && c.shown ? EXIT_NO : EXIT_DONE;
}
