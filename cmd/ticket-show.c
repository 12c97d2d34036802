/* ticket-show: a ticket whole, with its dispatch, its clock and its history. */
#include "base/clock.h"
#include "base/die.h"
#include "center/center.h"
#include "center/config.h"
#include "center/log.h"
#include "center/org.h"
#include "cli/args.h"
#include "ticket/act.h"
#include "ticket/explain.h"
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
    bool explain, acts;
    struct center center;
    struct org_table orgs;
    struct out *out;
    struct ticketfields fields;
    long bad;
};

/* One record for each act that STATE allows. */
static void print_acts(struct show *s, int64_t id, const char *state)
{
    static const char *const by[] = {"lead", "lead or assist", "center", "anyone"};
    for (int kind = 0; kind < ACT_KINDS; kind++) {
        if (!act_allowed((enum act_kind)kind, state))
            continue;
        if (id)
            out_number(s->out, id);
        else
            out_text(s->out, NULL);
        out_code(s->out, state, ticket_state_name(state));
        out_code(s->out, act_name((enum act_kind)kind), act_word((enum act_kind)kind));
        out_text(s->out, by[act_by((enum act_kind)kind)]);
        out_text(s->out, act_program((enum act_kind)kind));
        out_row(s->out);
    }
}

static void print_all_acts(struct show *s)
{
    for (int i = 0; ticket_state_code(i); i++)
        print_acts(s, 0, ticket_state_code(i));
}

static void show_operand(struct show *s, int64_t id)
{
    struct arena arena = {0};
    const struct ticket *ticket = ticket_get(s->center.db, id, &arena);
    if (!ticket) {
        warn("%lld: no such ticket", (long long)id);
        s->bad++;
    } else if (s->acts) {
        print_acts(s, id, ticket->state);
    } else if (s->explain) {
        explain_ticket(&s->center, &s->orgs, s->out, ticket, true);
    } else {
        ticketfields_print(&s->fields, ticket);
        if (s->fields.unmask) {
            center_begin(&s->center, false);
            event_add_unmasked(&s->center, id, program.name, NULL, NULL);
            db_commit(s->center.db);
        }
    }
    arena_free(&arena);
}

static struct show read_options(struct args *args)
{
    struct show s = {.fields.format = args->format};
    for (int key; (key = args_next(args));) {
        s.fields.unmask = s.fields.unmask || key == KEY_UNMASK;
        s.explain = s.explain || key == KEY_EXPLAIN;
        s.acts = s.acts || key == KEY_ACTS;
    }
    if (s.acts + s.explain + s.fields.unmask > 1)
        args_usage(args, "one of --acts, --explain and --unmask");
    if (!args->operand_count && !s.acts)
        args_usage(args, "name the tickets to show");
    return s;
}

static struct out *open_output(const struct show *s, const struct args *args)
{
    if (s->acts)
        return out_open(act_columns, 5, args->format, args->header);
    if (s->explain)
        return out_open(explain_columns, EXPLAIN_COLUMNS, args->format, args->header);
    return out_open(ticketfields_columns, TICKETFIELDS_COLUMNS, args->format, args->header);
}

int main(int argc, char **argv)
{
    struct args args = args_start(&program, argc, argv);
    struct config *config = config_load(args_config(&args));
    struct show s = read_options(&args);
    s.center = center_open(args_database(&args), config, args_user(), clock_now());
    s.orgs = org_table_load(s.center.db);
    s.out = open_output(&s, &args);
    s.fields.center = &s.center;
    s.fields.orgs = &s.orgs;
    s.fields.out = s.out;
    if (!args.operand_count)
        print_all_acts(&s);
    struct args_ids loop = ticket_ids(&args, s.center.db);
    for (long long id; args_next_id(&loop, &id);)
        show_operand(&s, id);
    s.bad += args_ids_end(&loop);

    center_close(&s.center);
    out_print("%s", text_string(&s.fields.json));
    out_close(s.out);
    text_free(&s.fields.json);
    org_table_free(&s.orgs);
    config_free(config);
    args_free(&args);
    out_finish();
    return s.bad ? EXIT_BAD : EXIT_DONE;
}
