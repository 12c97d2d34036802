/* supervision-list: orders of supervision (督办): what is owed a reply, what has one, or all. */
#include <string.h>

#include "base/clock.h"
#include "base/die.h"
#include "center/county.h"
#include "center/option.h"
#include "center/program.h"
#include "supervision/owed.h"
#include "ticket/masked.h"
#include "ticket/named.h"

enum {
    KEY_LEVEL = ARGS_LONG,
    KEY_ORG,
    KEY_SUPERVISOR,
    KEY_TICKET,
    KEY_LATE,
    KEY_REPLIED,
    KEY_ALL,
    KEY_CENTER
};

static const struct args_option options[] = {
    {KEY_SUPERVISOR, "supervisor", "ORG", "only what this organisation ordered"},
    {KEY_ORG, "org", "ORG", "only what this organisation owes"},
    {KEY_CENTER, "center", "ORG", "only what this county's center and its bureaus owe"},
    {KEY_LEVEL, "level", "LEVEL", "only this level; order: those by hand"},
    {KEY_TICKET, "ticket", "ID", "only those on this ticket"},
    {KEY_LATE, "late", NULL, "only those whose reply is overdue, or came late"},
    {KEY_REPLIED, "replied", NULL, "those that have a reply"},
    {KEY_ALL, "all", NULL, "all, those that were revoked too"},
    {0, NULL, NULL, NULL},
};
static const char *const synopsis[] = {"[--late] [--replied | --all] [option ...]", NULL};
static const struct args_program program = {
    .name = "supervision-list",
    .title = "督办台账",
    .synopsis = synopsis,
    .purpose = "List orders of supervision: those that are owed a reply, that have one, or all.",
    .options = options,
    .lists = true,
};

static const struct out_column columns[] = {
    {"id", "工单", OUT_NUMBER},           {"level", "级别", OUT_TEXT},
    {"supervisor", "督办单位", OUT_TEXT}, {"lead", "承办单位", OUT_TEXT},
    {"reply_due", "回复期限", OUT_TEXT},  {"acknowledged", "签收", OUT_TEXT},
    {"document", "文书", OUT_TEXT},       {"title", "标题", OUT_TEXT},
    {"number", "督办编号", OUT_NUMBER},   {"role", "角色", OUT_TEXT},
    {"state", "状态", OUT_TEXT},          {"replied", "回复", OUT_TEXT},
    {"provisional", "暂定", OUT_TEXT}};

struct listing {
    struct program p;
    struct wanted of, supervisors; /* orgs as they were written, then their codes */
    struct wanted levels, tickets;
    int64_t ids[WANTED_MOST]; /* of the tickets */
    enum owed_which which;
    const char *center; /* as it was written */
    struct county_choice whose;
    bool late;
    long count;
};

static void print_org(struct listing *l, int64_t org)
{
    out_code(l->p.out, org_code(&l->p.orgs, org), org_name(&l->p.orgs, org));
}

static void print_row(struct listing *l, const struct owed *owed, enum owed_state state)
{
    struct out *out = l->p.out;
    l->count++;
    out_number(out, owed->ticket.id);
    out_code(out, owed->level, config_level_name(l->p.config, owed->level));
    print_org(l, owed->supervisor);
    print_org(l, owed->lead);
    out_moment(out, owed->reply_due_at);
    out_moment(out, owed->acknowledged_at);
    out_text(out, owed->document);
    masked_title(out, &owed->ticket);
    out_number(out, owed->number);
    out_code(out, owed->role, owed_role_name(owed->role));
    out_code(out, owed_state_code(state), owed_state_name(state));
    out_moment(out, owed->replied_at);
    out_code(out, owed->provisional ? "provisional" : NULL, "暂定");
    out_row(out);
}

/* What is provisional goes to no supervisor outside the center (qifu-rules(7)). */
static bool goes_to_supervisor(struct listing *l, const struct owed *owed)
{
    const char *code = org_code(&l->p.orgs, owed->supervisor);
    bool outside = code && strcmp(code, l->p.config->center_org) != 0 &&
                   !county_at(&l->p.center, owed->supervisor);
    return !l->supervisors.count || l->which == OWED_ALL || !owed->provisional || !outside;
}

static bool is_of_ticket(const struct listing *l, int64_t ticket)
{
    for (int i = 0; i < l->tickets.count; i++)
        if (l->ids[i] == ticket)
            return true;
    return !l->tickets.count;
}

static bool allows(struct listing *l, const struct owed *owed, enum owed_state state)
{
    bool late = state == OWED_LATE || state == OWED_REPLIED_LATE;
    return (!l->late || late) && wanted_allows(&l->levels, owed->level) &&
           wanted_allows(&l->of, org_code(&l->p.orgs, owed->lead)) &&
           wanted_allows(&l->supervisors, org_code(&l->p.orgs, owed->supervisor)) &&
           goes_to_supervisor(l, owed) && county_chosen(&l->p.center, &l->whose, owed->lead) &&
           is_of_ticket(l, owed->ticket.id);
}

static void print_owed(void *context, const struct owed *owed)
{
    struct listing *l = context;
    enum owed_state state = owed_state(owed, l->p.center.now);
    if (allows(l, owed, state))
        print_row(l, owed, state);
}

static void take_option(struct listing *l, int key)
{
    switch (key) {
    case KEY_CENTER: l->center = l->p.args.value; break;
    case KEY_ORG: wanted_add(&l->of, l->p.args.value); break;
    case KEY_SUPERVISOR: wanted_add(&l->supervisors, l->p.args.value); break;
    case KEY_LEVEL: wanted_add(&l->levels, option_order_level(&l->p.args, l->p.config)); break;
    case KEY_TICKET: wanted_add(&l->tickets, l->p.args.value); break;
    case KEY_LATE: l->late = true; break;
    default:
        if (l->which != OWED_WITHOUT_REPLY)
            args_usage(&l->p.args, "one of --replied and --all, once");
        l->which = key == KEY_ALL ? OWED_ALL : OWED_WITH_REPLY;
    }
}

/* Organisations by their codes, in the place of what was written. */
static void find_orgs(struct listing *l, struct wanted *orgs)
{
    for (int i = 0; i < orgs->count; i++)
        orgs->list[i] = org_code(&l->p.orgs, org_need(l->p.center.db, orgs->list[i]));
}

static void find_tickets(struct listing *l)
{
    struct fault fault = {""};
    for (int i = 0; i < l->tickets.count; i++)
        if (!(l->ids[i] = ticket_named(l->p.center.db, l->tickets.list[i], &fault)))
            die("--ticket: %s", fault.text);
}

int main(int argc, char **argv)
{
    struct listing l = {.p = program_start(&program, argc, argv)};
    for (int key; (key = args_next(&l.p.args));)
        take_option(&l, key);
    if (l.p.args.operand_count)
        args_usage(&l.p.args, "no operand is expected");
    program_open(&l.p, OUT_COLUMNS(columns));
    find_orgs(&l, &l.of);
    find_orgs(&l, &l.supervisors);
    find_tickets(&l);
    l.whose = county_choose(&l.p.center, l.center);
    owed_each(l.p.center.db, l.which, print_owed, &l);
    return program_end(&l.p, l.count ? EXIT_DONE : EXIT_NO);
}
