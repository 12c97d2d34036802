/* ticket-calendar: the deadlines of tickets and of replies to orders as a calendar (RFC 5545). */
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/die.h"
#include "base/digest.h"
#include "base/ical.h"
#include "center/log.h"
#include "center/program.h"
#include "supervision/owed.h"
#include "supervision/running.h"
#include "ticket/masked.h"

enum { KEY_ORG = ARGS_LONG };

static const struct args_option options[] = {
    {KEY_ORG, "org", "ORG", "only what this organisation owes (else everybody's)"},
    {0, NULL, NULL, NULL},
};
static const char *const synopsis[] = {"[--org ORG]", NULL};
static const struct args_program program = {
    .name = "ticket-calendar",
    .title = "工单期限日历",
    .synopsis = synopsis,
    .purpose = "Print the deadlines of open tickets and orders as an iCalendar feed.",
    .options = options,
};

struct feed {
    struct program p;
    int64_t org; /* 0: everybody's */
    struct text text;
    char center[DIGEST_TEXT_SIZE]; /* tells its entries from another's */
    long found;
};

/* An entry of one day, which takes nobody's time. ID is its own as long as it is there, whenever it
 * is due. */
static void add_entry(struct feed *f, const char *id, int64_t due_at, bool provisional,
                      const char *summary, const char *description)
{
    struct text uid = {0};
    text_add_format(&uid, "%s.%.16s@qifu.invalid", id, f->center);
    ical_add(&f->text, "BEGIN", "VEVENT");
    ical_add_text(&f->text, "UID", uid.data);
    ical_add_moment(&f->text, "DTSTAMP", f->p.center.now);
    ical_add_day(&f->text, "DTSTART", clock_day(due_at));
    ical_add_text(&f->text, "SUMMARY", summary);
    ical_add_text(&f->text, "DESCRIPTION", description);
    ical_add(&f->text, "STATUS", provisional ? "TENTATIVE" : "CONFIRMED");
    ical_add(&f->text, "TRANSP", "TRANSPARENT");
    ical_add(&f->text, "END", "VEVENT");
    text_free(&uid);
    f->found++;
}

/* "2026-03-09 23:59", to the minute. */
static void add_time(struct text *to, int64_t moment)
{
    char iso[CLOCK_TEXT_SIZE];
    clock_print(moment, iso);
    text_add_format(to, "%.10s %.5s", iso, iso + 11);
}

static const char *lateness(const struct feed *f, int64_t due_at)
{
    return due_at < f->p.center.now ? "【超期】" : "";
}

static void take_clock(void *context, const struct ticket *ticket, const struct turns *turns,
                       const struct turn *turn)
{
    struct feed *f = context;
    struct text id = {0}, summary = {0}, description = {0}, title = {0};
    const char *org = org_code(&f->p.orgs, turn->org);
    int64_t due_at = turn->deadline.due_at;
    (void)turns;
    text_add_format(&id, "ticket-%lld-%s-%s", (long long)ticket->id, config_role(turn->role), org);
    text_add_format(&summary, "%s工单 %lld %s到期：%s", lateness(f, due_at), (long long)ticket->id,
                    turn->role == CLOCK_DISPATCH ? "派发" : "",
                    masked_value(&title, ticket, MASKED_TEXT, ticket->title, false));
    text_add_format(&description, "%s：%s\n诉求类型：%s\n期限：", config_role_name(turn->role),
                    org_name(&f->p.orgs, turn->org), config_kind_name(f->p.config, ticket->kind));
    add_time(&description, due_at);
    add_entry(f, id.data, due_at, turn->deadline.provisional, summary.data, description.data);
    text_free(&id);
    text_free(&summary);
    text_free(&description);
    text_free(&title);
}

static void take_order(void *context, const struct owed *owed)
{
    struct feed *f = context;
    struct text id = {0}, summary = {0}, description = {0}, title = {0};
    if (f->org && owed->lead != f->org)
        return;
    text_add_format(&id, "order-%lld", (long long)owed->number);
    text_add_format(&summary, "%s工单 %lld 督办回复到期：%s", lateness(f, owed->reply_due_at),
                    (long long)owed->ticket.id,
                    masked_value(&title, &owed->ticket, MASKED_TEXT, owed->ticket.title, false));
    text_add_format(&description, "%s（%s）\n期限：", owed->document,
                    org_name(&f->p.orgs, owed->supervisor));
    add_time(&description, owed->reply_due_at);
    add_entry(f, id.data, owed->reply_due_at, owed->provisional, summary.data, description.data);
    text_free(&id);
    text_free(&summary);
    text_free(&description);
    text_free(&title);
}

/* The clocks of the one that was asked for alone have their tickets read. */
static void add_clocks(struct feed *f)
{
    size_t count, kept = 0;
    struct running_clock *clocks = running_clocks(&f->p.center, 0, &count);
    for (size_t i = 0; i < count; i++)
        if (!f->org || clocks[i].org == f->org)
            clocks[kept++] = clocks[i];
    running_each(&f->p.center, clocks, kept, take_clock, f);
    free(clocks);
}

static void write_feed(struct feed *f)
{
    struct text name = {0};
    text_add_format(&name, "%s%s", f->org ? org_name(&f->p.orgs, f->org) : "", "工单期限");
    ical_add(&f->text, "BEGIN", "VCALENDAR");
    ical_add(&f->text, "VERSION", "2.0");
    ical_add(&f->text, "PRODID", "-//qifu//ticket-calendar//ZH");
    ical_add(&f->text, "CALSCALE", "GREGORIAN");
    ical_add(&f->text, "METHOD", "PUBLISH");
    ical_add_text(&f->text, "X-WR-CALNAME", name.data);
    add_clocks(f);
    owed_each(f->p.center.db, OWED_WITHOUT_REPLY, take_order, f);
    ical_add(&f->text, "END", "VCALENDAR");
    text_free(&name);
}

int main(int argc, char **argv)
{
    struct feed f = {.p = program_start(&program, argc, argv)};
    const char *org = NULL;
    while (args_next(&f.p.args))
        org = f.p.args.value;
    if (f.p.args.operand_count)
        args_usage(&f.p.args, "no operand is expected; --org names the organisation");
    program_open(&f.p, NULL, 0);
    f.org = org ? org_need(f.p.center.db, org) : 0;
    event_first_digest(f.p.center.db, f.center);
    write_feed(&f);
    program_close(&f.p);
    out_print_raw(&f.text);
    text_free(&f.text);
    return program_end(&f.p, f.found ? EXIT_DONE : EXIT_NO);
}
