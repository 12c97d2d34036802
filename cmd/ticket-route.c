/* ticket-route: dispatches tickets, by the catalogue or by hand. */
#include "act/apply.h"
#include "base/die.h"
#include "base/fault.h"
#include "base/progress.h"
#include "center/county.h"
#include "center/permit.h"
#include "center/program.h"
#include "center/role.h"
#include "ticket/dispatching.h"
#include "ticket/named.h"
#include "ticket/sending.h"

enum {
    KEY_TO = ARGS_LONG,
    KEY_ASSIST,
    KEY_BASIS,
    KEY_REDISPATCH,
    KEY_REASON,
    KEY_BY,
    KEY_AT,
    KEY_EXPLAIN,
    KEY_MODEL,
    KEY_CENTER,
    BATCH = 500
};

static const struct args_option options[] = {
    {KEY_TO, "to", "ORG", "dispatch by hand to this organisation"},
    {KEY_ASSIST, "assist", "ORG", "with --to: an organisation that assists; may be repeated"},
    {KEY_BASIS, "basis", "TEXT", "with --to: why it answers for this"},
    {KEY_REDISPATCH, "redispatch", NULL, "with --to: the center sent it wrong; send it on (改派)"},
    {KEY_REASON, "reason", "TEXT", "with --redispatch: why"},
    {KEY_BY, "by", "ORG", "with --to: the convener who names the lead (else the center)"},
    {KEY_AT, "at", "TIME", "with --to: when it was done (else now)"},
    {KEY_EXPLAIN, "explain", NULL, "change nothing, say what decides"},
    {KEY_MODEL, "model", "FILE", "with --explain: by this model, not the one in force"},
    {KEY_CENTER, "center", "ORG", "without an operand: the pool of this county's center"},
    {0, NULL, NULL, NULL},
};
static const char *const synopsis[] = {
    "[-nq] [--explain [--model FILE]] [--center ORG | ID ... | -]",
    "[-nq] --to ORG [--assist ORG] [--basis TEXT] [--by ORG] [--at TIME] ID ... | -",
    "[-nq] --redispatch --to ORG [--assist ORG ...] --reason TEXT ID ... | -", NULL};
static const struct args_program program = {
    .name = "ticket-route",
    .title = "工单派发",
    .synopsis = synopsis,
    .purpose = "Dispatch tickets by the catalogue; without an operand, all that wait in the pool.",
    .options = options,
};

static const struct out_column columns[] = {
    {"id", "编号", OUT_NUMBER},      {"lead", "主办", OUT_TEXT},  {"assist", "协办", OUT_TEXT},
    {"rule", "规则", OUT_TEXT},      {"basis", "依据", OUT_TEXT}, {"why", "理由", OUT_TEXT},
    {"candidates", "候选", OUT_TEXT}};

struct routing {
    struct program p;
    struct dispatchers dispatchers; /* by the catalogue */
    int64_t pool;                   /* whose: a county's center, 0 the city's */
    struct acting acting;           /* by hand */
    struct act act;
    bool is_by_hand, explain;
    long pooled, done;
};

/* Organisations by name or code, divided by blanks. */
static void print_orgs(struct routing *r, const int64_t *orgs, int count)
{
    struct text list = {0};
    org_add_list(&list, &r->p.orgs, orgs, count, out_in_words(r->p.out));
    out_text(r->p.out, list.data);
    text_free(&list);
}

static void print_route(struct routing *r, int64_t id, const struct route *route,
                        const struct reasons *reasons)
{
    r->pooled += !route->lead;
    progress_step(++r->done, 0, "tickets");
    out_number(r->p.out, id);
    out_code(r->p.out, org_code(&r->p.orgs, route->lead), org_name(&r->p.orgs, route->lead));
    print_orgs(r, route->assists, route->assist_count);
    out_text(r->p.out, route->rule);
    out_text(r->p.out, *route->basis ? route->basis : NULL);
    if (r->explain) {
        out_text(r->p.out, text_string(&reasons->why));
        print_orgs(r, reasons->candidates, reasons->count);
    }
    out_row(r->p.out);
}

/* By hand: as any act. */
static bool dispatch_by_hand(struct routing *r, struct ticket *ticket, struct arena *arena,
                             struct route *route)
{
    struct fault fault = {""};
    struct act act = r->act;
    act.at = act.at_given ? act.at : r->p.center.now;
    if (act.kind == ACT_ROUTE && act_allowed(ACT_ACCEPT, ticket->state, NULL))
        fault_add(&fault, "already dispatched to %s; --redispatch --reason sends it elsewhere",
                  org_name(&r->p.orgs, ticket->lead));
    else if (act_perform(&r->acting, ticket, arena, &act, &fault) == GATE_DONE)
        *route = sending_of(r->p.center.db, ticket, arena);
    if (*fault.text)
        warn("%lld: %s", (long long)ticket->id, fault.text);
    return !*fault.text;
}

/* Of one that the catalogue dispatched. */
static void take_dispatched(void *context, const struct dispatched *d)
{
    struct routing *r = context;
    r->p.bad += !d->found;
    if (d->found)
        print_route(r, d->id, &d->route, d->reasons);
    else
        warn("%lld: no such ticket", (long long)d->id);
}

static void route_by_hand(struct routing *r, int64_t id)
{
    struct arena arena = {0};
    struct route route = {.basis = ""};
    struct ticket *ticket = ticket_get(r->p.center.db, id, &arena);
    if (!ticket)
        warn("%lld: no such ticket", (long long)id);
    if (ticket && dispatch_by_hand(r, ticket, &arena, &route))
        print_route(r, id, &route, NULL);
    else
        r->p.bad++;
    arena_free(&arena);
}

/* One transaction; what it did is printed after. */
static void route_batch(struct routing *r, const int64_t *ids, int count)
{
    program_begin(&r->p);
    for (int i = 0; i < count && r->is_by_hand; i++)
        route_by_hand(r, ids[i]);
    if (!r->is_by_hand)
        dispatching_run(&r->p.center, &r->dispatchers, ids, count, r->explain, take_dispatched, r);
    program_commit(&r->p);
    out_flush(r->p.out);
}

static void route_pooled(struct routing *r)
{
    int64_t ids[BATCH], after = 0;
    for (int count; (count = route_pool(r->p.center.db, r->pool, after, ids, BATCH));
         after = ids[count - 1])
        route_batch(r, ids, count);
}

static void route_operands(struct routing *r)
{
    int64_t ids[BATCH];
    struct args_ids loop = ticket_ids(&r->p.args, r->p.center.db);
    for (int count; (count = args_next_ids(&loop, ids, BATCH));)
        route_batch(r, ids, count);
    r->p.bad += args_ids_end(&loop);
}

/* The options, as they were written. */
struct request {
    const char *to, *assists[ROUTE_MOST_ASSISTS], *by, *center, *model;
    int assist_count;
};

static void take_option(struct routing *r, int key, struct request *request)
{
    struct args *args = &r->p.args;
    const char *value = args->value && *args->value ? args->value : NULL;
    switch (key) {
    case KEY_TO: request->to = args->value; break;
    case KEY_BASIS: r->act.basis = value; break;
    case KEY_REASON: r->act.reason = value; break;
    case KEY_REDISPATCH: r->act.kind = ACT_REDISPATCH; break;
    case KEY_BY: request->by = args->value; break;
    case KEY_CENTER: request->center = args->value; break;
    case KEY_MODEL: request->model = args->value; break;
    case KEY_AT:
        r->act.at = args_moment(args);
        r->act.at_given = true;
        break;
    case KEY_EXPLAIN: r->explain = true; break;
    default:
        if (request->assist_count == ROUTE_MOST_ASSISTS)
            args_usage(args, "more than %d --assist", ROUTE_MOST_ASSISTS);
        request->assists[request->assist_count++] = args->value;
    }
}

/* What stands beside what it does not go with. */
static void check_options(const struct routing *r, const struct request *request)
{
    const struct args *args = &r->p.args;
    const char *stray = request->assist_count           ? "--assist"
                        : r->act.basis                  ? "--basis"
                        : r->act.kind == ACT_REDISPATCH ? "--redispatch"
                        : request->by                   ? "--by"
                        : r->act.at_given               ? "--at"
                                                        : NULL;
    if (!request->to && stray)
        args_usage(args, "%s goes with --to", stray);
    if (r->act.reason && r->act.kind != ACT_REDISPATCH)
        args_usage(args, "--reason goes with --redispatch");
    if (request->to && r->explain)
        args_usage(args, "--explain is about the catalogue, not about --to");
    if (request->model && !r->explain)
        args_usage(args, "--model goes with --explain");
    if (request->center && args->operand_count)
        args_usage(args, "--center is about a pool, and takes no ids");
    if (request->to && !args->operand_count)
        args_usage(args, "--to needs the tickets' ids");
}

static void open_all(struct routing *r, const struct request *request)
{
    program_open(&r->p, columns, r->explain ? 7 : 5);
    if (!r->is_by_hand) {
        permit_need(&r->p.center, "dispatch by the catalogue", ROLE_OPERATOR, true);
        const struct county_choice whose = {
            true, request->center ? county_need(&r->p.center, request->center) : NULL};
        r->pool = county_pool(&r->p.center, &whose);
        r->dispatchers = dispatchers_new(&r->p.center, request->model);
        return;
    }
    r->acting = acting_new(&r->p.center);
    route_name(&r->act.route, r->p.center.db, request->to, request->assists, request->assist_count);
    r->act.by = permit_by(&r->p.center, request->by);
}

int main(int argc, char **argv)
{
    struct routing r = {.p = program_start(&program, argc, argv), .act = {.kind = ACT_ROUTE}};
    struct request request = {0};
    for (int key; (key = args_next(&r.p.args));)
        take_option(&r, key, &request);
    check_options(&r, &request);
    r.is_by_hand = request.to != NULL;
    r.p.args.dry_run = r.p.args.dry_run || r.explain;
    open_all(&r, &request);
    (r.p.args.operand_count ? route_operands : route_pooled)(&r);
    acting_free(&r.acting);
    dispatchers_free(&r.dispatchers);
    return program_end(&r.p, r.pooled ? EXIT_NO : EXIT_DONE);
}
