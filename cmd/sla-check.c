/* sla-check: the clock of every open ticket: when it is due, how late it is, and why. */
#include <string.h>

#include "args.h"
#include "center.h"
#include "clock.h"
#include "config.h"
#include "day.h"
#include "die.h"
#include "ledger.h"
#include "org.h"
#include "recompute.h"
#include "ticket.h"
#include "ticketclock.h"

enum {
    KEY_OVERDUE = ARGS_LONG,
    KEY_DUE_WITHIN,
    KEY_LEVEL,
    KEY_ORG,
    KEY_EXPLAIN,
    KEY_RECOMPUTE,
    BATCH = 500
};

static const struct args_option options[] = {
    {KEY_OVERDUE, "overdue", NULL, "only what is past its deadline"},
    {KEY_DUE_WITHIN, "due-within", "N", "only what is due within N working days (0: today)"},
    {KEY_LEVEL, "level", "LEVEL", "only what stands at this level"},
    {KEY_ORG, "org", "ORG", "only what this organisation leads or assists"},
    {'e', "exit-status", NULL, "exit with 1 when a ticket was printed"},
    {KEY_EXPLAIN, "explain", NULL, "print each ticket's deadline day by day"},
    {KEY_RECOMPUTE, "recompute", NULL, "compute open deadlines again, list what differs"},
    {0, NULL, NULL, NULL},
};
static const char *const synopsis[] = {
    "[-e] [--overdue | --due-within N] [--level LEVEL] [--org ORG] [ID ... | -]",
    "--explain ID ... | -", "[-n] --recompute", NULL};
static const struct args_program program = {
    .name = "sla-check",
    .synopsis = synopsis,
    .purpose = "Show the clock of open tickets: due time, level, working days overdue or left.",
    .options = options,
};

static const struct out_column clock_columns[] = {
    {"id", "编号", OUT_NUMBER},          {"level", "级别", OUT_TEXT},
    {"due", "答复期限", OUT_TEXT},       {"overdue", "超期工作日", OUT_NUMBER},
    {"lead", "主办", OUT_TEXT},          {"kind", "类型", OUT_TEXT},
    {"title", "标题", OUT_TEXT},         {"provisional", "暂定", OUT_TEXT}};
static const struct out_column ledger_columns[] = {
    {"id", "编号", OUT_NUMBER},   {"date", "日期", OUT_TEXT},   {"weekday", "星期", OUT_TEXT},
    {"counted", "计入", OUT_TEXT}, {"count", "累计", OUT_NUMBER}, {"reason", "缘由", OUT_TEXT},
    {"notice", "通知", OUT_TEXT}, {"mark", "节点", OUT_TEXT}};
static const struct out_column difference_columns[] = {{"id", "编号", OUT_NUMBER},
                                                       {"was", "原期限", OUT_TEXT},
                                                       {"due", "现期限", OUT_TEXT},
                                                       {"provisional", "暂定", OUT_TEXT},
                                                       {"title", "标题", OUT_TEXT}};

struct check {
    struct center center;
    struct org_table orgs;
    struct out *out;
    bool overdue, explain, recompute, exit_status;
    int due_within; /* -1: not asked */
    const char *level, *org;
    long shown, bad;
};

static bool is_asked_for(const struct check *c, const struct ticket *ticket, int level, int overdue)
{
    bool late = c->center.now > ticket->due_at;
    if (c->overdue && !late)
        return false;
    if (c->due_within >= 0 && (late || -overdue > c->due_within))
        return false;
    return !c->level || (level >= 0 && !strcmp(c->center.config->levels[level].term.code, c->level));
}

static void show_clock(void *context, const struct ticket *ticket)
{
    struct check *c = context;
    const struct config *config = c->center.config;
    if (ticket->answered_at || ticket->closed_at)
        return;
    int level = ticketclock_level_now(&c->center, ticket, c->center.now);
    int overdue = ticketclock_overdue(&c->center, ticket, c->center.now);
    if (!is_asked_for(c, ticket, level, overdue))
        return;
    c->shown++;
    out_number(c->out, ticket->id);
    out_code(c->out, level < 0 ? NULL : config->levels[level].term.code,
             level < 0 ? NULL : config->levels[level].term.name);
    out_moment(c->out, ticket->due_at);
    out_number(c->out, overdue);
    out_code(c->out, org_code(&c->orgs, ticket->lead), org_name(&c->orgs, ticket->lead));
    out_code(c->out, ticket->kind, config_kind_name(config, ticket->kind));
    out_text(c->out, ticket->title);
    out_code(c->out, ticket->provisional ? "provisional" : NULL, "暂定");
    out_row(c->out);
}

/* What happens on a day of the ledger: receipt with the rule, deadline, the levels' moments. */
static void add_marks(struct check *c, const struct ticket *ticket, int start_day, int day,
                      struct text *mark)
{
    const struct config *config = c->center.config;
    const struct kind *kind = config_kind(config, ticket->kind);
    char iso[CLOCK_TEXT_SIZE];
    if (day == start_day)
        text_add_format(mark, "受理 %s；%s：%d 个工作日（当日不计，民法典第201条；day_end %02d:%02d；"
                              "rest_day_receipt %s；日历 %s）",
                        clock_print(ticket->received_at, iso),
                        config_kind_name(config, ticket->kind), kind ? kind->days : 0,
                        (config->rule.day_end + 1) / 3600, (config->rule.day_end + 1) / 60 % 60,
                        config->rule.receipt_rolls ? "next-working-day" : "counts-as-is",
                        config->calendar);
    if (day == clock_day(ticket->due_at))
        text_add_format(mark, "%s期限 %s", mark->length ? "；" : "",
                        clock_print(ticket->due_at, iso));
    for (int i = 0; i < config->level_count; i++) {
        int64_t at = ticketclock_level_at(&c->center, ticket, i);
        if (at != INT64_MAX && clock_day(at) == day)
            text_add_format(mark, "%s%s自 %s", mark->length ? "；" : "",
                            config->levels[i].term.name, clock_print(at, iso));
    }
}

static void explain_day(struct check *c, const struct ticket *ticket, int start_day, int day)
{
    struct ledger_day entry = ledger_day(center_calendar(&c->center), start_day, day);
    struct text mark = {0}, notice = {0};
    char date[DAY_TEXT_SIZE];
    if (entry.notice)
        text_add_format(&notice, "%s %s%s%s", entry.span->name,
                        entry.notice->number ? entry.notice->number : "",
                        entry.notice->number ? " " : "", entry.notice->title);
    else if (entry.provisional)
        text_add(&notice, "该年度安排未公布，暂定");
    add_marks(c, ticket, start_day, day, &mark);
    out_number(c->out, ticket->id);
    out_text(c->out, day_print(day, date));
    out_text(c->out, day_weekday_name(day));
    out_code(c->out, entry.counted ? "yes" : "no", entry.counted ? "计" : "不计");
    out_number(c->out, entry.count);
    out_text(c->out, ledger_reason_name(entry.reason));
    out_text(c->out, notice.data);
    out_text(c->out, mark.data);
    out_row(c->out);
    text_free(&mark);
    text_free(&notice);
}

static void explain(struct check *c, const struct ticket *ticket)
{
    const struct config *config = c->center.config;
    const struct calendar *calendar = center_calendar(&c->center);
    int start = clock_day(ticket->received_at), last = clock_day(ticket->due_at);
    if (config->rule.receipt_rolls)
        calendar_add(calendar, start, 0, &start);
    if (config->level_count) {
        int64_t at = ticketclock_level_at(&c->center, ticket, config->level_count - 1);
        if (at != INT64_MAX)
            last = clock_day(at);
    }
    c->shown++;
    for (int day = start; day <= last; day++)
        explain_day(c, ticket, start, day);
}

static void check_operands(struct check *c, struct args *args)
{
    struct args_ids loop = args_ids(args, 0);
    long long id;
    while (args_next_id(&loop, &id)) {
        struct arena arena = {0};
        const struct ticket *ticket = ticket_get(c->center.db, id, &arena);
        if (!ticket) {
            warn("%lld: no such ticket", id);
            c->bad++;
        } else if (c->explain) {
            explain(c, ticket);
        } else {
            show_clock(c, ticket);
        }
        arena_free(&arena);
    }
    c->bad += args_ids_end(&loop);
}

static void check_all(struct check *c)
{
    struct ticket_filter filter = {
        .open_only = true, .sort = "due", .received_to = c->center.now};
    if (c->org)
        filter.org = org_need(c->center.db, c->org);
    if (c->overdue || c->level)
        filter.due_to = c->center.now - 1;
    if (c->due_within >= 0)
        filter.due_from = c->center.now;
    ticket_each(c->center.db, &filter, show_clock, c);
}

static void print_difference(void *context, const struct recomputed *difference)
{
    struct check *c = context;
    c->shown++;
    out_number(c->out, difference->ticket->id);
    out_moment(c->out, difference->ticket->due_at);
    out_moment(c->out, difference->due_at);
    out_code(c->out, difference->provisional ? "provisional" : NULL, "暂定");
    out_text(c->out, difference->ticket->title);
    out_row(c->out);
}

static void recompute_all(struct check *c, bool dry_run)
{
    int64_t last = 0;
    if (dry_run)
        db_begin(c->center.db);
    do {
        if (!dry_run)
            db_begin(c->center.db);
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
    for (int key; (key = args_next(args));)
        switch (key) {
        case KEY_OVERDUE: c.overdue = true; break;
        case KEY_DUE_WITHIN: c.due_within = args_number(args, 0, 10000); break;
        case KEY_ORG: c.org = args->value; break;
        case KEY_EXPLAIN: c.explain = true; break;
        case KEY_RECOMPUTE: c.recompute = true; break;
        case 'e': c.exit_status = true; break;
        case KEY_LEVEL:
            if (!config_level(config, args->value))
                args_unknown(args, "level", config_nearest_level(config, args->value));
            c.level = config_level(config, args->value)->term.code;
            break;
        }
    bool filtered = c.overdue || c.due_within >= 0 || c.org || c.level;
    if (c.explain && !args->operand_count)
        args_usage(args, "--explain needs the tickets' ids");
    if (c.recompute && (c.explain || filtered || args->operand_count))
        args_usage(args, "--recompute is about all open tickets and takes nothing besides");
    if (c.explain && filtered)
        args_usage(args, "--explain takes ids, not filters");
    if (c.overdue && c.due_within >= 0)
        args_usage(args, "--overdue and --due-within exclude each other");
    if (c.org && args->operand_count)
        args_usage(args, "--org goes without ids");
    return c;
}

static struct out *open_output(const struct check *c, const struct args *args)
{
    if (c->explain)
        return out_open(ledger_columns, 8, args->format, args->header);
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
    c.orgs = org_table_load(c.center.db);
    c.out = open_output(&c, &args);
    if (c.recompute)
        recompute_all(&c, args.dry_run);
    else if (args.operand_count)
        check_operands(&c, &args);
    else
        check_all(&c);

    center_close(&c.center);
    out_close(c.out);
    org_table_free(&c.orgs);
    config_free(config);
    args_free(&args);
    out_finish();
    return c.bad ? EXIT_BAD : c.exit_status && c.shown ? EXIT_NO : EXIT_DONE;
}
