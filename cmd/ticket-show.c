/* ticket-show: a ticket whole, with its dispatch, its clock and its history. */
#include "act/act.h"
#include "base/die.h"
#include "center/log.h"
#include "center/program.h"
#include "register/origin.h"
#include "supervision/explain.h"
#include "ticket/named.h"
#include "ticket/show.h"
#include "ticket/ticket.h"

enum { KEY_UNMASK = ARGS_LONG, KEY_EXPLAIN, KEY_ACTS };

static const struct args_option options[] = {
    {KEY_EXPLAIN, "explain", NULL,
     "print each ticket's days, of all rounds: counted or not, whose"},
    {KEY_ACTS, "acts", NULL, "print which acts each ticket's state allows; without ids, the table"},
    {KEY_UNMASK, "unmask", NULL, "show personal data and confidential texts; the log notes it"},
    {0, NULL, NULL, NULL},
};
static const char *const synopsis[] = {"[--unmask] ID ... | -", "--explain ID ... | -",
                                       "--acts [ID ... | -]", NULL};
static const struct args_program program = {
    .name = "ticket-show",
    .title = "工单详情",
    .synopsis = synopsis,
    .purpose = "Show tickets whole: what was asked, who answers, the clock, the history.",
    .options = options,
};

static const struct out_column act_columns[] = {{"id", "编号", OUT_NUMBER},
                                                {"state", "状态", OUT_TEXT},
                                                {"act", "事项", OUT_TEXT},
                                                {"by", "由", OUT_TEXT},
                                                {"program", "程序", OUT_TEXT}};

struct show {
    struct program p;
    bool explain, acts;
    struct ticketfields fields;
};

/* One record for each act that TICKET allows, or, where it is NULL, that STATE does. */
static void print_acts(struct show *s, const struct ticket *ticket, const char *state)
{
    for (int kind = 0; kind < ACT_KINDS; kind++) {
        if (ticket ? !act_fits((enum act_kind)kind, ticket)
                   : !act_allowed((enum act_kind)kind, state, NULL))
            continue;
        if (ticket)
            out_number(s->p.out, ticket->id);
        else
            out_text(s->p.out, NULL);
        out_code(s->p.out, state, ticket_state_name(state));
        out_code(s->p.out, act_name((enum act_kind)kind), act_word((enum act_kind)kind));
        out_code(s->p.out, gate_by_name(act_by((enum act_kind)kind)),
                 gate_by_word(act_by((enum act_kind)kind)));
        out_text(s->p.out, act_program((enum act_kind)kind));
        out_row(s->p.out);
    }
}

static void print_all_acts(struct show *s)
{
    for (int i = 0; ticket_state_code(i); i++)
        print_acts(s, NULL, ticket_state_code(i));
}

static void show_operand(struct show *s, int64_t id)
{
    struct arena arena = {0};
    const struct ticket *ticket = ticket_get(s->p.center.db, id, &arena);
    if (!ticket) {
        warn("%lld: no such ticket", (long long)id);
        s->p.bad++;
    } else if (s->acts) {
        print_acts(s, ticket, ticket->state);
    } else if (s->explain) {
        explain_ticket(&s->p.center, &s->p.orgs, s->p.out, ticket, true);
    } else {
        ticketfields_print(&s->fields, ticket);
        if (s->fields.unmask) {
            center_begin(&s->p.center, false);
            event_add_unmasked(&s->p.center, id, program.name, NULL, NULL);
            db_commit(s->p.center.db);
        }
    }
    arena_free(&arena);
}

static void read_options(struct show *s)
{
    struct args *args = &s->p.args;
    for (int key; (key = args_next(args));) {
        s->fields.unmask = s->fields.unmask || key == KEY_UNMASK;
        s->explain = s->explain || key == KEY_EXPLAIN;
        s->acts = s->acts || key == KEY_ACTS;
    }
    if (s->acts + s->explain + s->fields.unmask > 1)
        args_usage(args, "one of --acts, --explain and --unmask");
    if (!args->operand_count && !s->acts)
        args_usage(args, "name the tickets to show");
}

static void open_all(struct show *s)
{
    struct program *p = &s->p;
    if (s->acts)
        program_open(p, OUT_COLUMNS(act_columns));
    else if (s->explain)
        program_open(p, OUT_COLUMNS(explain_columns));
    else
        program_open(p, OUT_COLUMNS(ticketfields_columns));
    s->fields.center = &p->center;
    s->fields.orgs = &p->orgs;
    s->fields.origin = origin_print;
    s->fields.out = p->out;
}

int main(int argc, char **argv)
{
    struct show s = {.p = program_start(&program, argc, argv)};
    read_options(&s);
    open_all(&s);
    if (!s.p.args.operand_count)
        print_all_acts(&s);
    struct args_ids loop = ticket_ids(&s.p.args, s.p.center.db);
    for (long long id; args_next_id(&loop, &id);)
        show_operand(&s, id);
    s.p.bad += args_ids_end(&loop);

    return program_end(&s.p, EXIT_DONE);
}
