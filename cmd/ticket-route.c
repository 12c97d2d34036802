/* ticket-route: dispatches tickets, by the catalogue or by hand. */
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/die.h"
#include "base/fault.h"
#include "base/progress.h"
#include "center/program.h"
#include "ticket/act.h"
#include "ticket/dispatcher.h"
#include "ticket/named.h"
#include "ticket/route.h"
#include "ticket/ticket.h"

enum { KEY_TO = ARGS_LONG, KEY_ASSIST, KEY_BASIS, KEY_EXPLAIN, BATCH = 500 };

static const struct args_option options[] = {
    {KEY_TO, "to", "ORG", "dispatch by hand to this organisation"},
    {KEY_ASSIST, "assist", "ORG", "with --to: an organisation that assists; may be repeated"},
    {KEY_BASIS, "basis", "TEXT", "with --to: why it answers for this"},
    {KEY_EXPLAIN, "explain", NULL, "change nothing, say what decides"},
    {0, NULL, NULL, NULL},
};
static const char *const synopsis[] = {
    "[-nq] [--explain] [ID ... | -]", "[-nq] --to ORG [--assist ORG ...] [--basis TEXT] ID ... | -",
    NULL};
static const struct args_program program = {
    .name = "ticket-route",
    .synopsis = synopsis,
    .purpose = "Dispatch tickets by the catalogue; without an operand, all that wait in the pool.",
    .options = options,
};

static const struct out_column columns[] = {
    {"id", "编号", OUT_NUMBER}, {"lead", "主办", OUT_TEXT},  {"assist", "协办", OUT_TEXT},
    {"rule", "规则", OUT_TEXT}, {"basis", "依据", OUT_TEXT}, {"why", "理由", OUT_TEXT}};

struct routing {
    struct program p;
    struct dispatcher dispatcher; /* unless by hand */
    struct route by_hand;
    bool is_by_hand, explain;
    long pooled, done;
};

static void print_route(struct routing *r, int64_t id, const struct route *route, const char *why)
{
    struct text assists = {0};
    for (int i = 0; i < route->assist_count; i++)
        text_add_format(&assists, "%s%s", i ? " " : "",
                        out_in_words(r->p.out) ? org_name(&r->p.orgs, route->assists[i])
                                               : org_code(&r->p.orgs, route->assists[i]));
    out_number(r->p.out, id);
    out_code(r->p.out, org_code(&r->p.orgs, route->lead), org_name(&r->p.orgs, route->lead));
    out_text(r->p.out, assists.data);
    out_text(r->p.out, route->rule);
    out_text(r->p.out, *route->basis ? route->basis : NULL);
    if (r->explain)
        out_text(r->p.out, why);
    out_row(r->p.out);
    text_free(&assists);
}

/* Dispatches one ticket, or says why not. A ticket that was dispatched before keeps its lead. */
static void route_ticket(struct routing *r, int64_t id)
{
    struct arena arena = {0};
    struct text why = {0};
    struct route route;
    struct ticket *ticket = ticket_get(r->p.center.db, id, &arena);
    if (!ticket) {
        warn("%lld: no such ticket", (long long)id);
        r->p.bad++;
        return;
    }
    bool waits = !strcmp(ticket->state, "received");
    if (!waits && r->is_by_hand) {
        struct fault fault = {""};
        act_explain_state(ACT_ROUTE, ticket->state, &fault);
        if (act_allowed(ACT_ACCEPT, ticket->state))
            warn("%lld: already dispatched to %s", (long long)id,
                 org_name(&r->p.orgs, ticket->lead));
        else
            warn("%lld: %s", (long long)id, fault.text);
        r->p.bad++;
        arena_free(&arena);
        return;
    }
    if (r->is_by_hand)
        route = r->by_hand;
    else if (waits || r->explain)
        route = dispatcher_decide(&r->dispatcher, ticket, r->explain ? &why : NULL);
    else
        route = route_of(r->p.center.db, ticket, &arena);
    if (waits && route.lead && !r->explain)
        route_dispatch(&r->p.center, ticket, &arena, &route, r->p.center.now);
    r->pooled += !route.lead;
    progress_step(++r->done, 0, "tickets");
    print_route(r, id, &route, text_string(&why));
    text_free(&why);
    arena_free(&arena);
}

/* One transaction; what it did is printed once it is committed. */
static void route_batch(struct routing *r, const int64_t *ids, int count)
{
    program_begin(&r->p);
    for (int i = 0; i < count; i++)
        route_ticket(r, ids[i]);
    program_commit(&r->p);
    out_flush(r->p.out);
}

static void route_pooled(struct routing *r)
{
    int64_t ids[BATCH], after = 0;
    for (int count; (count = route_pool(r->p.center.db, after, ids, BATCH)); after = ids[count - 1])
        route_batch(r, ids, count);
}

static void route_operands(struct routing *r)
{
    struct args_ids loop = ticket_ids(&r->p.args, r->p.center.db);
    int64_t ids[BATCH];
    for (int count; (count = args_next_ids(&loop, ids, BATCH));)
        route_batch(r, ids, count);
    r->p.bad += args_ids_end(&loop);
}

struct request {
    const char *to, *assists[ROUTE_MOST_ASSISTS], *basis;
    int assist_count;
    bool explain;
};

static struct request read_options(struct args *args)
{
    struct request request = {0};
    for (int key; (key = args_next(args));) {
        if (key == KEY_TO) {
            request.to = args->value;
        } else if (key == KEY_BASIS) {
            request.basis = args->value;
        } else if (key == KEY_EXPLAIN) {
            request.explain = true;
        } else if (key == KEY_ASSIST) {
            if (request.assist_count == ROUTE_MOST_ASSISTS)
                args_usage(args, "more than %d --assist", ROUTE_MOST_ASSISTS);
            request.assists[request.assist_count++] = args->value;
        }
    }
    if (!request.to && (request.assist_count || request.basis))
        args_usage(args, "%s goes with --to", request.assist_count ? "--assist" : "--basis");
    if (request.to && request.explain)
        args_usage(args, "--explain is about the catalogue, not about --to");
    if (request.to && !args->operand_count)
        args_usage(args, "--to needs the tickets' ids");
    return request;
}

int main(int argc, char **argv)
{
    struct routing r = {.p = program_start(&program, argc, argv)};
    struct request request = read_options(&r.p.args);
    r.explain = request.explain;
    r.is_by_hand = request.to != NULL;
    r.by_hand.basis = request.basis ? request.basis : "人工派发";
    r.p.args.dry_run = r.p.args.dry_run || request.explain;

    program_open(&r.p, columns, r.explain ? 6 : 5);
    if (r.is_by_hand)
        route_name(&r.by_hand, r.p.center.db, request.to, request.assists, request.assist_count);
    else
        r.dispatcher = dispatcher_new(&r.p.center);
    if (r.p.args.operand_count)
        route_operands(&r);
    else
        route_pooled(&r);
    if (!r.is_by_hand)
        dispatcher_free(&r.dispatcher);
    return program_end(&r.p, r.pooled ? EXIT_NO : EXIT_DONE);
}
