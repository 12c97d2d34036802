/* sla-check: every clock that runs: whose, when it is due, how late it is, and why. */
#include <stdlib.h>

#include "base/clock.h"
#include "base/die.h"
#include "center/option.h"
#include "center/permit.h"
#include "center/role.h"
#include "supervision/clock_list.h"
#include "supervision/explain.h"
#include "supervision/horizon.h"
#include "supervision/running.h"
#include "ticket/named.h"
#include "ticket/turn.h"

enum {
    KEY_OVERDUE = ARGS_LONG,
    KEY_DUE_WITHIN,
    KEY_REMIND,
    KEY_LEVEL,
    KEY_ORG,
    KEY_EXPLAIN,
    KEY_RECOMPUTE,
    KEY_CENTER,
    BATCH = 500
};

static const struct args_option options[] = {
    {KEY_OVERDUE, "overdue", NULL, "only what is past its deadline"},
    {KEY_DUE_WITHIN, "due-within", "N", "only what is due within N working days (0: today)"},
    {KEY_REMIND, "remind", NULL, "only what is owed a reminder (催办): due so soon as configured"},
    {KEY_LEVEL, "level", "LEVEL", "only what stands at this level"},
    {KEY_ORG, "org", "ORG", "only what this organisation leads or assists"},
    {KEY_CENTER, "center", "ORG", "only a county's center and its bureaus, or the city's own"},
    {'e', "exit-status", NULL, "exit with 1 when a ticket was printed"},
    {KEY_EXPLAIN, "explain", NULL, "print each ticket's deadline day by day"},
    {KEY_RECOMPUTE, "recompute", NULL, "compute open deadlines again, list what differs"},
    {0, NULL, NULL, NULL},
};
static const char *const synopsis[] = {
    "[-e] [--overdue | --due-within N | --remind] [--level L] [--org ORG] [--center C]",
    "[-e] [--overdue | --due-within N | --remind] [--level LEVEL] ID ... | -",
    "--explain ID ... | -", "[-n] --recompute", NULL};
static const struct args_program program = {
    .name = "sla-check",
    .title = "时限监测",
    .synopsis = synopsis,
    .purpose = "Show the clock of open tickets: due time, level, working days overdue or left.",
    .options = options,
    .lists = true,
};

struct check {
    struct program p;
    bool overdue, explain, recompute, exit_status;
    int due_within;             /* -1: not asked */
    struct wanted levels, orgs; /* orgs as they were written */
    const char *center;         /* as it was written */
    struct county_choice whose;
    long shown;
};

static bool is_asked_for(const struct check *c, const struct turn *turn, int level)
{
    int64_t due = turn->deadline.due_at;
    bool late = c->p.center.now > due;
    if (c->overdue && !late)
        return false;
    if (c->due_within >= 0 &&
        (late || calendar_count(center_calendar(&c->p.center), clock_day(c->p.center.now),
                                clock_day(due)) > c->due_within))
        return false;
    return wanted_allows(&c->levels, level >= 0 ? c->p.config->levels[level].term.code : NULL);
}

static void show_turn(struct check *c, const struct ticket *ticket, const struct turns *turns,
                      const struct turn *turn)
{
    int level = judgment_level(&c->p.center, ticket, turns, turn);
    if (!is_asked_for(c, turn, level))
        return;
    c->shown++;
    clocklist_print(&c->p, ticket, turn, level);
}

/* Every clock of the ticket that runs. */
static void show_ticket(struct check *c, const struct ticket *ticket)
{
    struct turns turns;
    turns_read(&c->p.center, ticket, false, &turns);
    for (int i = 0; i < turns.count; i++)
        if (!turns.list[i].until && !ticket->closed_at)
            show_turn(c, ticket, &turns, &turns.list[i]);
}

static void take_running(void *context, const struct ticket *ticket, const struct turns *turns,
                         const struct turn *turn)
{
    show_turn(context, ticket, turns, turn);
}

static void check_operands(struct check *c)
{
    struct args_ids loop = ticket_ids(&c->p.args, c->p.center.db);
    long long id;
    while (args_next_id(&loop, &id)) {
        struct arena arena = {0};
        const struct ticket *ticket = ticket_get(c->p.center.db, id, &arena);
        if (!ticket) {
            warn("%lld: no such ticket", id);
            c->p.bad++;
        } else if (c->explain) {
            c->shown++;
            explain_ticket(&c->p.center, &c->p.orgs, c->p.out, ticket, false);
        } else {
            show_ticket(c, ticket);
        }
        arena_free(&arena);
    }
    c->p.bad += args_ids_end(&loop);
}

static void check_all(struct check *c)
{
    size_t count, chosen = 0;
    int64_t due_to = c->overdue || c->levels.count ? c->p.center.now - 1 : 0;
    struct running_clock *clocks = running_clocks(&c->p.center, due_to, &count);
    for (size_t i = 0; i < count; i++)
        if (wanted_allows(&c->orgs, org_code(&c->p.orgs, clocks[i].org)) &&
            county_chosen(&c->p.center, &c->whose, clocks[i].org))
            clocks[chosen++] = clocks[i];
    running_each(&c->p.center, clocks, chosen, take_running, c);
    free(clocks);
}

/* The organisations that were asked for, by their codes. */
static void find_orgs(struct check *c)
{
    for (int i = 0; i < c->orgs.count; i++)
        c->orgs.list[i] = org_code(&c->p.orgs, org_need(c->p.center.db, c->orgs.list[i]));
    c->whose = county_choose(&c->p.center, c->center);
}

static void print_change(void *context, const struct recomputed *change)
{
    struct check *c = context;
    c->shown++;
    clocklist_print_change(&c->p, change);
}

static void print_level(void *context, const struct firing *firing)
{
    struct check *c = context;
    c->shown++;
    clocklist_print_level(&c->p, firing);
}

/* Batch by batch, so that nobody waits long for the database. A dry run is one transaction. */
static void recompute_all(struct check *c)
{
    const struct recompute_takes takes = {print_change, print_level, c};
    struct ladder ladder = ladder_new(&c->p.center);
    bool dry_run = c->p.args.dry_run;
    int64_t last = 0;
    if (dry_run)
        program_begin(&c->p);
    do {
        if (!dry_run)
            program_begin(&c->p);
        last = recompute_batch(&ladder, last, BATCH, &takes, &c->p.bad);
        if (!dry_run)
            program_commit(&c->p);
    } while (last);
    if (dry_run)
        program_commit(&c->p);
}

/* CHOSEN is how many of the filters were given of which one is enough. */
static void check_options(const struct check *c, int chosen)
{
    const struct args *args = &c->p.args;
    bool filtered =
        c->overdue || c->due_within >= 0 || c->orgs.count || c->levels.count || c->center;
    if (c->explain && !args->operand_count)
        args_usage(args, "--explain needs the tickets' ids");
    if (c->recompute && (c->explain || filtered || args->operand_count))
        args_usage(args, "--recompute computes all open tickets and takes nothing else");
    if (c->explain && filtered)
        args_usage(args, "--explain takes ids, not filters");
    if (chosen > 1)
        args_usage(args, "one of --overdue, --due-within and --remind");
    if ((c->orgs.count || c->center) && args->operand_count)
        args_usage(args, "%s goes without ids", c->center ? "--center" : "--org");
}

static void read_options(struct check *c)
{
    struct args *args = &c->p.args;
    bool within = false, reminds = false;
    c->due_within = -1;
    for (int key; (key = args_next(args));)
        switch (key) {
        case KEY_OVERDUE: c->overdue = true; break;
        case KEY_DUE_WITHIN:
            within = true;
            c->due_within = args_number(args, 0, 10000);
            break;
        case KEY_REMIND:
            reminds = true;
            c->due_within = c->p.config->remind_before;
            break;
        case KEY_CENTER: c->center = args->value; break;
        case KEY_ORG: wanted_add(&c->orgs, args->value); break;
        case KEY_EXPLAIN: c->explain = true; break;
        case KEY_RECOMPUTE: c->recompute = true; break;
        case 'e': c->exit_status = true; break;
        case KEY_LEVEL: wanted_add(&c->levels, option_level(args, c->p.config)); break;
        }
    check_options(c, c->overdue + within + reminds);
}

static void open_all(struct check *c)
{
    if (c->explain)
        program_open(&c->p, OUT_COLUMNS(explain_columns));
    else if (c->recompute)
        program_open(&c->p, OUT_COLUMNS(clocklist_change_columns));
    else
        program_open(&c->p, OUT_COLUMNS(clocklist_columns));
}

int main(int argc, char **argv)
{
    struct check c = {.p = program_start(&program, argc, argv)};
    read_options(&c);
    open_all(&c);
    find_orgs(&c);
    if (c.recompute)
        permit_need(&c.p.center, "recompute", ROLE_OPERATOR, true);
    if (c.recompute)
        recompute_all(&c);
    else if (c.p.args.operand_count)
        check_operands(&c);
    else
        check_all(&c);
    if (!c.p.args.quiet)
        supervision_horizon_warn(&c.p.center);
    return program_end(&c.p, c.exit_status && c.shown ? EXIT_NO : EXIT_DONE);
}
