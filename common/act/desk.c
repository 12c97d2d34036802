#include "act/desk.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/die.h"
#include "base/fault.h"
#include "center/permit.h"
#include "center/rating.h"
#include "supervision/horizon.h"
#include "supervision/owed.h"
#include "ticket/masked.h"
#include "ticket/named.h"

enum { BATCH = 200, MOST_DAYS = 1000 };

enum row_field {
    ROW_ID,
    ROW_REF,
    ROW_SOURCE,
    ROW_AT,
    ROW_BY,
    ROW_TEXT,
    ROW_REASON,
    ROW_BASIS,
    ROW_DAYS,
    ROW_SCORE,
    ROW_OUTCOME,
    ROW_WITHOUT,
    ROW_NUMBER,
    ROW_ORDER,
    ROW_TO,
    ROW_DOCUMENT,
    ROW_FIGURES,
    ROW_CORRECTED /* the first of corrected */
};
const char *const act_fields[] = {
    "id",      "ref",      "source",   "at",      "by",      "text",    "reason",     "basis",
    "days",    "score",    "outcome",  "without", "number",  "order",   "to",         "document",
    "figures", "channel",  "kind",     "title",   "contact", "phone",   "enterprise", "uscc",
    "region",  "category", "received", "policy",  "entry",   "liaison", NULL};
static const enum ticket_field corrected[] = {
    TICKET_CHANNEL,    TICKET_KIND,  TICKET_TITLE,  TICKET_CONTACT,  TICKET_PHONE,
    TICKET_ENTERPRISE, TICKET_USCC,  TICKET_REGION, TICKET_CATEGORY, TICKET_RECEIVED,
    TICKET_POLICY,     TICKET_ENTRY, TICKET_LIAISON};

static const struct out_column act_columns[] = {
    {"id", "编号", OUT_NUMBER},    {"act", "事项", OUT_TEXT},  {"state", "状态", OUT_TEXT},
    {"due", "答复期限", OUT_TEXT}, {"lead", "主办", OUT_TEXT}, {"title", "标题", OUT_TEXT}};

struct desk desk_start(const struct args_program *program, int argc, char **argv)
{
    struct desk desk = {.p = program_start(program, argc, argv)};
    desk.file.quiet = desk.p.args.quiet;
    desk.file.dry_run = desk.p.args.dry_run;
    return desk;
}

int desk_next(struct desk *desk)
{
    struct args *args = &desk->p.args;
    for (int key; (key = args_next(args));) {
        if (text_valid_utf8(args->value, strlen(args->value)) != strlen(args->value))
            args_usage(args, "an option's value is not UTF-8");
        switch (key) {
        case DESK_BY: desk->by = args->value; break;
        case DESK_AT:
            desk->act.at = args_moment(args);
            desk->act.at_given = true;
            break;
        case DESK_CSV: desk->file.path = args->value; break;
        case DESK_ENCODING: desk->file.encoding = args->value; break;
        case DESK_REJECTS: desk->file.rejects = args->value; break;
        case DESK_SOURCE: desk->source = args->value; break;
        case DESK_TEXT: desk->act.text = *args->value ? args->value : NULL; break;
        case DESK_REASON: desk->act.reason = *args->value ? args->value : NULL; break;
        case DESK_BASIS: desk->act.basis = *args->value ? args->value : NULL; break;
        case DESK_APPROVE:
        case DESK_REJECT:
            desk->act.kind = key == DESK_APPROVE ? desk->acts.grant : desk->acts.refuse;
            desk->decided++;
            break;
        default: return key;
        }
    }
    if (desk->decided > 1)
        args_usage(args, "one of --approve and --refuse");
    if (desk->file.path && args->operand_count)
        args_usage(args, "tickets are named by --csv or by operands, not both");
    if (!desk->file.path && (desk->file.encoding || desk->file.rejects || desk->source))
        args_usage(args, "--source, --encoding and --rejects go with --csv");
    return 0;
}

void desk_open(struct desk *desk, const struct out_column *columns, int count)
{
    if (columns)
        program_open(&desk->p, columns, count);
    else
        program_open(&desk->p, OUT_COLUMNS(act_columns));
    desk->acting = acting_new(&desk->p.center);
    desk->act.by = permit_by(&desk->p.center, desk->by);
}

/* Begins to write; what is said to happen now happens when the lock is there. */
static void begin(struct desk *desk)
{
    program_begin(&desk->p);
    if (!desk->act.at_given)
        desk->act.at = desk->p.center.now;
}

static void print_ticket(struct desk *desk, const struct act *act, const struct ticket *t)
{
    out_number(desk->p.out, t->id);
    out_code(desk->p.out, act_name(act->kind), act_word(act->kind));
    out_code(desk->p.out, t->state, ticket_state_name(t->state));
    out_moment_marked(desk->p.out, t->due_at, t->provisional ? "暂定" : NULL);
    desk->provisional += t->provisional;
    out_code(desk->p.out, org_code(&desk->p.orgs, t->lead), org_name(&desk->p.orgs, t->lead));
    masked_title(desk->p.out, t);
    out_row(desk->p.out);
}

/* Does ASKED to the ticket with this id; false with a fault where it is refused. */
static bool do_one(struct desk *desk, int64_t id, const struct act *asked, struct fault *fault)
{
    struct act known = *asked, *act = &known;
    struct arena arena = {0};
    if (desk->knows && !desk->knows(desk, act, fault))
        return false;
    struct ticket *ticket = ticket_get(desk->p.center.db, id, &arena);
    enum gate_result result = GATE_REFUSED;
    if (!ticket || !permit_sees(&desk->p.center, id))
        fault_add(fault, "no such ticket");
    else
        result = act_perform(&desk->acting, ticket, &arena, act, fault);
    if (result == GATE_DONE)
        print_ticket(desk, act, ticket);
    desk->known += result == GATE_KNOWN;
    arena_free(&arena);
    return result != GATE_REFUSED;
}

/* The ticket of the order NUMBER, or 0 with a fault. */
static int64_t ticket_of_order(struct desk *desk, int64_t number, struct fault *fault)
{
    struct arena arena = {0};
    struct owed order;
    int64_t id = 0;
    if (number && owed_get(desk->p.center.db, number, &arena, &order))
        id = order.ticket.id;
    else
        fault_add(fault, "no such order");
    arena_free(&arena);
    return id;
}

/* Does the act to the order NUMBER. */
static bool do_order(struct desk *desk, int64_t number, struct fault *fault)
{
    struct act act = desk->act;
    act.order = number;
    int64_t ticket = ticket_of_order(desk, number, fault);
    return ticket && do_one(desk, ticket, &act, fault);
}

void desk_batch(struct desk *desk, const int64_t *ids, int count)
{
    struct fault fault = {""};
    begin(desk);
    for (int i = 0; i < count; i++) {
        fault_clear(&fault);
        if ((desk->names_orders ? do_order(desk, ids[i], &fault)
                                : do_one(desk, ids[i], &desk->act, &fault)) ||
            desk->sweeps)
            continue;
        warn("%lld: %s", (long long)ids[i], fault.text);
        desk->p.bad++;
    }
    program_commit(&desk->p);
    out_flush(desk->p.out);
}

/* What is not to be seen is, by its number too, as what is not there. */
static int64_t find_named(struct desk *desk, const char *word, struct fault *fault)
{
    int64_t id = ticket_named(desk->p.center.db, word, fault);
    if (!id || permit_sees(&desk->p.center, id))
        return id;
    ticket_not_named(word, fault);
    return 0;
}

static int64_t find_ticket(struct desk *desk, char *const *values, struct fault *fault)
{
    if (values[ROW_ORDER] && !values[ROW_ID] && !values[ROW_REF])
        return ticket_of_order(desk, args_id(values[ROW_ORDER]), fault);
    if (values[ROW_ID])
        return find_named(desk, values[ROW_ID], fault);
    const char *source = values[ROW_SOURCE] ? values[ROW_SOURCE]
                         : desk->source     ? desk->source
                                            : desk->p.config->default_source;
    int64_t id = values[ROW_REF] ? ticket_find(desk->p.center.db, source, values[ROW_REF]) : 0;
    if (!id || !permit_sees(&desk->p.center, id))
        fault_add(fault, "no ticket has source \"%s\" and ref \"%s\"", source,
                  values[ROW_REF] ? values[ROW_REF] : "");
    return id;
}

static const char *or_else(const char *value, const char *otherwise)
{
    return value ? value : otherwise;
}

static int64_t read_org(struct desk *desk, const char *word, struct fault *fault)
{
    int64_t org = org_find(desk->p.center.db, word);
    if (!org)
        org_unknown(desk->p.center.db, word, fault);
    return org;
}

static int read_days(const char *word, struct fault *fault)
{
    char *end;
    long days = strtol(word, &end, 10);
    if (!*end && days >= 1 && days <= MOST_DAYS)
        return (int)days;
    fault_add(fault, "not a number of days: \"%s\"", word);
    return 0;
}

/* True where the file comes from a source whose word on the past is believed. */
static bool is_trusted(const struct desk *desk, const char *source)
{
    const char *const *trusted = desk->p.config->trusted_sources;
    const char *name = source         ? source
                       : desk->source ? desk->source
                                      : desk->p.config->default_source;
    while (*trusted && strcmp(*trusted, name) != 0)
        trusted++;
    return *trusted != NULL;
}

/* What the row says stands above what the options say. Appends all that is wrong to FAULT. */
static void read_row(struct desk *desk, char *const *values, struct act *act, struct fault *fault)
{
    *act = desk->act;
    act->trusted = is_trusted(desk, values[ROW_SOURCE]);
    act->text = or_else(values[ROW_TEXT], act->text);
    act->reason = or_else(values[ROW_REASON], act->reason);
    act->basis = or_else(values[ROW_BASIS], act->basis);
    act->outcome = or_else(values[ROW_OUTCOME], act->outcome);
    act->without = or_else(values[ROW_WITHOUT], act->without);
    act->number = or_else(values[ROW_NUMBER], act->number);
    for (size_t i = 0; i < sizeof corrected / sizeof *corrected; i++)
        act->fields[corrected[i]] = or_else(values[ROW_CORRECTED + i], act->fields[corrected[i]]);
    act->document = or_else(values[ROW_DOCUMENT], act->document);
    act->figures = or_else(values[ROW_FIGURES], act->figures);
    if (values[ROW_AT]) {
        act->at_given = true;
        if (!clock_parse(values[ROW_AT], &act->at, NULL))
            clock_refuse(fault, values[ROW_AT]);
    }
    if (values[ROW_BY])
        act->by = read_org(desk, values[ROW_BY], fault);
    if (values[ROW_TO])
        act->ordered = read_org(desk, values[ROW_TO], fault);
    if (values[ROW_ORDER] && !(act->order = args_id(values[ROW_ORDER])))
        fault_add(fault, "not a number of an order: \"%s\"", values[ROW_ORDER]);
    if (values[ROW_SCORE] && !(act->score = rating_parse(values[ROW_SCORE])))
        rating_unknown(values[ROW_SCORE], fault);
    if (values[ROW_DAYS])
        act->days = read_days(values[ROW_DAYS], fault);
}

static void run_rows(struct desk *desk, struct bulk *bulk)
{
    struct bulk_row row;
    struct act act;
    struct fault fault = {""};
    while (bulk_next(bulk, &row)) {
        fault_clear(&fault);
        int64_t id = find_ticket(desk, row.values, &fault);
        read_row(desk, row.values, &act, &fault);
        if (*fault.text || !do_one(desk, id, &act, &fault))
            bulk_reject(bulk, fault.text);
    }
}

/* All or nothing, unless bad rows have somewhere to go. */
static void run_file(struct desk *desk)
{
    struct headers headers =
        headers_load(config_path(desk->p.config, "headers.yaml"), "act", act_fields);
    struct bulk *bulk = bulk_open(&desk->file, desk->p.center.db, &headers, act_fields,
                                  (struct column_need[]){{-1, NULL}});
    begin(desk);
    run_rows(desk, bulk);
    long bad = bulk_end(bulk, desk->p.out);
    if ((!bad || desk->file.rejects) && desk->known && !desk->p.args.quiet)
        warn("%ld already there", desk->known);
    desk->p.bad += bad;
    headers_free(&headers);
}

void desk_run(struct desk *desk)
{
    if (desk->file.path) {
        run_file(desk);
        return;
    }
    struct args_ids loop = desk->names_orders ? args_ids(&desk->p.args, 0)
                                              : ticket_ids(&desk->p.args, desk->p.center.db);
    int64_t ids[BATCH];
    for (int count; (count = args_next_ids(&loop, ids, BATCH));)
        desk_batch(desk, ids, count);
    desk->p.bad += args_ids_end(&loop);
}

int desk_finish(struct desk *desk, int status)
{
    acting_free(&desk->acting);
    if (!desk->p.args.quiet)
        supervision_horizon_tell(&desk->p.center, desk->provisional);
    return program_end(&desk->p, status);
}

int desk_do(struct desk *desk, struct desk_acts acts, void (*take)(struct desk *desk, int key))
{
    desk->acts = acts;
    desk->act.kind = acts.act;
    for (int key; (key = desk_next(desk));)
        take(desk, key);
    if (!desk->file.path && !desk->p.args.operand_count)
        args_usage(&desk->p.args, "name the tickets, or a file with --csv");
    desk_open(desk, NULL, 0);
    desk_run(desk);
    return desk_finish(desk, EXIT_DONE);
}

int desk_main(const struct args_program *program, struct desk_acts acts,
              void (*take)(struct desk *desk, int key), int argc, char **argv)
{
    struct desk desk = desk_start(program, argc, argv);
    return desk_do(&desk, acts, take);
}
