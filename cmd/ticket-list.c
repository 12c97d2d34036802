/* ticket-list: tickets that match filters. */
#include <string.h>

#include "base/die.h"
#include "center/county.h"
#include "center/log.h"
#include "center/option.h"
#include "register/origin.h"
#include "ticket/list.h"
#include "ticket/masked.h"
#include "ticket/story.h"

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
    KEY_ENTERPRISE,
    KEY_CONTACT,
    KEY_PHONE,
    KEY_REF,
    KEY_CLOSED_AS,
    KEY_PROBLEM,
    KEY_ACCEPT,
    KEY_WAITING,
    KEY_CENTER,
    KEY_OPEN,
    KEY_POLICY,
    KEY_ENTRY,
    KEY_LIAISON,
    KEY_INTERPRETER,
    LEAST_DIGITS = 4
};

static const struct args_option options[] = {
    {KEY_STATE, "state", "STATE",
     "received, conference, dispatched, accepted, answered, rated or closed"},
    {KEY_OPEN, "open", NULL, "neither answered nor closed"},
    {KEY_KIND, "kind", "KIND", "kind of request"},
    {KEY_CHANNEL, "channel", "CHANNEL", "channel it came by"},
    {KEY_REGION, "region", "REGION", "district"},
    {KEY_SOURCE, "source", "NAME", "source"},
    {KEY_ORG, "org", "ORG", "organisation that leads or assists"},
    {KEY_CENTER, "center", "ORG", "whose it is: a county's center, or the city's"},
    {KEY_LEVEL, "level", "LEVEL", "highest level that has fired"},
    {KEY_DUE_AFTER, "due-after", "TIME", "due then or later"},
    {KEY_DUE_BEFORE, "due-before", "TIME", "due then or earlier; a date means its end"},
    {KEY_RECEIVED_FROM, "received-from", "TIME", "received then or later"},
    {KEY_RECEIVED_TO, "received-to", "TIME", "received then or earlier; a date means its end"},
    {KEY_TEXT, "text", "TEXT", "these words in title or body"},
    {KEY_UNMASK, "unmask", NULL, "--text finds masked and confidential texts too; logged"},
    {KEY_ENTERPRISE, "enterprise", "TEXT",
     "this text in the enterprise's name, or its credit code"},
    {KEY_CONTACT, "contact", "TEXT", "this text in the contact's name; the log notes it"},
    {KEY_PHONE, "phone", "NUMBER", "this telephone, or its last digits; the log notes it"},
    {KEY_REF, "ref", "NUMBER", "the source's own number"},
    {KEY_POLICY, "policy", "POLICY", "asks about this policy"},
    {KEY_INTERPRETER, "interpreter", "NAME", "asks about a policy that this person interprets"},
    {KEY_ENTRY, "entry", "REGISTER:KEY", "came from this entry of a register"},
    {KEY_LIAISON, "liaison", "NAME", "this liaison brought it"},
    {KEY_CLOSED_AS, "closed-as", "HOW", "closed so: satisfied, declined, void and the like"},
    {KEY_PROBLEM, "problem", NULL,
     "done again or returned so often that it is a problem; not closed"},
    {KEY_ACCEPT, "accept-overdue", NULL,
     "what its lead should have signed in (签收) by now, and has not"},
    {KEY_WAITING, "waiting", NULL, "what waits for the center's decision, the oldest first"},
    {0, NULL, NULL, NULL},
};
static const char *const synopsis[] = {"[option ...]", "--waiting [--org ORG] [--center ORG]",
                                       NULL};
static const struct args_program program = {
    .name = "ticket-list",
    .title = "工单台账",
    .synopsis = synopsis,
    .purpose = "List the tickets that match every filter, any value of a repeated one; else all.",
    .options = options,
    .lists = true,
};

struct request {
    struct ticket_filter filter;
    struct wanted orgs; /* as they were written */
    const char *center, *origins[TICKET_ORIGINS];
    bool waiting, unaccepted, filtered;
    char phones[WANTED_MOST][32];
};

/* The digits of a telephone, or its last ones. */
static void take_phone(const struct args *args, struct request *request)
{
    char *digits = request->phones[request->filter.phones.count % WANTED_MOST];
    size_t used = 0;
    for (const char *c = args->value; *c; c++)
        if (*c >= '0' && *c <= '9' && used < sizeof *request->phones - 1)
            digits[used++] = *c;
        else if (!strchr("+-() ", *c))
            args_usage(args, "not a telephone number: \"%s\"", args->value);
    digits[used] = '\0';
    if (used < LEAST_DIGITS)
        args_usage(args, "at least %d digits of a telephone: \"%s\"", LEAST_DIGITS, args->value);
    wanted_add(&request->filter.phones, digits);
}

static const char *need_state(const struct args *args)
{
    char list[512];
    const char *state = ticket_state(args->value);
    if (!state && (!strcmp(args->value, "open") || !strcmp(args->value, "待办")))
        args_usage(args, "unknown state \"%s\" (did you mean --open?)", args->value);
    if (!state)
        args_unknown(args, "state", ticket_nearest_state(args->value),
                     ticket_list_states(list, sizeof list));
    return state;
}

static const char *need_closed_as(const struct args *args)
{
    char list[512];
    const char *code = story_find_closed_as(args->value);
    if (!code)
        args_unknown(args, "way of being closed", NULL, story_list_closed_as(list, sizeof list));
    return code;
}

static void take_option(const struct args *args, int key, const struct config *config,
                        struct request *request)
{
    struct ticket_filter *f = &request->filter;
    request->filtered =
        request->filtered || (key != KEY_ORG && key != KEY_WAITING && key != KEY_CENTER);
    switch (key) {
    case KEY_STATE: wanted_add(&f->states, need_state(args)); break;
    case KEY_OPEN: f->open_only = true; break;
    case KEY_KIND: wanted_add(&f->kinds, option_kind(args, config)); break;
    case KEY_CHANNEL: wanted_add(&f->channels, option_channel(args, config)); break;
    case KEY_REGION: wanted_add(&f->regions, option_region(args, config)); break;
    case KEY_SOURCE: wanted_add(&f->sources, args->value); break;
    case KEY_CENTER: request->center = args->value; break;
    case KEY_ORG: wanted_add(&request->orgs, args->value); break;
    case KEY_ENTERPRISE: wanted_add(&f->enterprises, args->value); break;
    case KEY_CONTACT: wanted_add(&f->contacts, args->value); break;
    case KEY_PHONE: take_phone(args, request); break;
    case KEY_REF: wanted_add(&f->refs, args->value); break;
    case KEY_POLICY:
    case KEY_ENTRY:
    case KEY_LIAISON: request->origins[key - KEY_POLICY] = args->value; break;
    case KEY_INTERPRETER: f->interpreter = args->value; break;
    case KEY_CLOSED_AS: wanted_add(&f->closed_as, need_closed_as(args)); break;
    case KEY_PROBLEM: f->problem_after = config->limits.problem_after; break;
    case KEY_ACCEPT: request->unaccepted = f->open_only = true; break;
    case KEY_WAITING: request->waiting = true; break;
    case KEY_LEVEL: wanted_add(&f->levels, option_level(args, config)); break;
    case KEY_DUE_AFTER: f->due_from = args_moment(args); break;
    case KEY_DUE_BEFORE: f->due_to = args_moment_end(args); break;
    case KEY_RECEIVED_FROM: f->received_from = args_moment(args); break;
    case KEY_RECEIVED_TO: f->received_to = args_moment_end(args); break;
    case KEY_TEXT: f->text = args->value; break;
    case KEY_UNMASK: f->whole_text = true; break;
    }
}

/* What an index serves the database sorts and cuts off. */
static void take_wish(struct out_wish *wish, struct ticket_filter *f)
{
    if (wish->sort && !ticket_can_sort(wish->sort))
        return;
    f->sort = wish->sort;
    f->reverse = wish->reverse;
    f->limit = wish->limit;
    wish->sort = NULL;
    wish->reverse = false;
}

static void check(const struct args *args, const struct request *request)
{
    const struct ticket_filter *f = &request->filter;
    if (args->operand_count)
        args_usage(args, "no operand is expected; ticket-show shows a ticket");
    if (request->waiting && request->filtered)
        args_usage(args, "--waiting goes only with --org and --center");
    if (f->whole_text && request->unaccepted)
        args_usage(args, "--unmask goes without --accept-overdue");
    if (f->whole_text && !f->text)
        args_usage(args, "--unmask goes with --text");
    if (args->dry_run && (f->contacts.count || f->phones.count))
        args_usage(args, "the log notes who looks for --contact or --phone, and -n writes nothing");
}

/* A search in what is masked is in the log before anything of it is printed. */
static void search_all(struct center *center, const struct ticket_filter *f, struct ticketlist *l)
{
    center_begin(center, false);
    ticket_each(center->db, f, ticketlist_print, l);
    ticket_log_search(center, program.name, f->text, l->count);
    db_commit(center->db);
}

static void list(struct request *request, struct ticketlist *l)
{
    struct center *center = &l->p->center;
    struct ticket_filter *f = &request->filter;
    for (int i = 0; i < request->orgs.count; i++)
        wanted_add(&f->orgs, org_code(&l->p->orgs, org_need(center->db, request->orgs.list[i])));
    const struct county_choice whose = county_choose(center, request->center);
    if (whose.one)
        wanted_add(&f->centers, whose.county ? whose.county->center : "");
    for (int i = 0; i < TICKET_ORIGINS; i++)
        if (request->origins[i])
            f->origins[i] =
                origin_need(center, (enum ticket_field)(TICKET_POLICY + i), request->origins[i]);
    if (request->unaccepted)
        f->accept_due_to = center->now - 1;
    ticket_log_lookup(center, program.name, f);
    if (request->waiting)
        waiting_each(center->db, &f->orgs, county_pool(center, &whose), ticketlist_print_waiting,
                     l);
    else if (f->whole_text)
        search_all(center, f, l);
    else
        ticket_each(center->db, f, request->unaccepted ? ticketlist_print_accept : ticketlist_print,
                    l);
}

int main(int argc, char **argv)
{
    struct program p = program_start(&program, argc, argv);
    struct ticketlist listing = {.p = &p};
    struct request request = {0};
    for (int key; (key = args_next(&p.args));)
        take_option(&p.args, key, p.config, &request);
    check(&p.args, &request);
    if (!request.waiting)
        take_wish(&p.args.wish, &request.filter);
    if (request.waiting)
        program_open(&p, OUT_COLUMNS(ticketlist_waiting_columns));
    else if (request.unaccepted)
        program_open(&p, OUT_COLUMNS(ticketlist_accept_columns));
    else
        program_open(&p, OUT_COLUMNS(ticketlist_columns));
    list(&request, &listing);
    return program_end(&p, listing.count ? EXIT_DONE : EXIT_NO);
}
