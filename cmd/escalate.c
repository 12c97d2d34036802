/* escalate: the sweep of the ladder. Fires each level that an overdue ticket has reached, once. */
#include <stdlib.h>

#include "base/clock.h"
#include "base/die.h"
#include "base/progress.h"
#include "center/permit.h"
#include "center/program.h"
#include "center/role.h"
#include "register/late.h"
#include "supervision/escalation.h"
#include "ticket/masked.h"
#include "ticket/named.h"
#include "ticket/ticket.h"

enum { BATCH = 500 };

static const char *const synopsis[] = {"[-nq] [ID ... | -]", NULL};
static const struct args_program program = {
    .name = "escalate",
    .title = "预警",
    .synopsis = synopsis,
    .purpose = "Fire the yellow, orange and red levels that overdue tickets have reached.",
};

static const struct out_column columns[] = {{"id", "编号", OUT_NUMBER},
                                            {"level", "级别", OUT_TEXT},
                                            {"supervisor", "督办单位", OUT_TEXT},
                                            {"due", "答复期限", OUT_TEXT},
                                            {"overdue", "超期工作日", OUT_NUMBER},
                                            {"lead", "主办", OUT_TEXT},
                                            {"title", "标题", OUT_TEXT},
                                            {"role", "职责", OUT_TEXT},
                                            {"provisional", "暂定", OUT_TEXT}};

struct sweep {
    struct program p;
    struct ladder ladder;
    long fired;
};

static void print_firing(void *context, const struct firing *firing)
{
    struct sweep *s = context;
    const struct ticket *ticket = firing->ticket;
    progress_step(++s->fired, 0, "levels");
    out_number(s->p.out, ticket->id);
    out_code(s->p.out, firing->level->term.code, firing->level->term.name);
    out_code(s->p.out, org_code(&s->p.orgs, firing->supervisor),
             org_name(&s->p.orgs, firing->supervisor));
    out_moment(s->p.out, firing->due_at);
    out_number(s->p.out, firing->overdue);
    out_code(s->p.out, org_code(&s->p.orgs, firing->org), org_name(&s->p.orgs, firing->org));
    masked_title(s->p.out, ticket);
    out_code(s->p.out, config_role(firing->role), config_role_name(firing->role));
    out_code(s->p.out, firing->provisional ? "provisional" : NULL, "暂定");
    out_row(s->p.out);
}

/* Batch by batch, so that nobody waits long for the database. A dry run is one transaction,
 * undone at its end. */
static void sweep_all(struct sweep *s)
{
    bool dry_run = s->p.args.dry_run;
    int count;
    bool first = true;
    if (dry_run)
        program_begin(&s->p);
    do {
        if (!dry_run)
            program_begin(&s->p);
        if (first)
            late_supervise(&s->p.center);
        first = false;
        count = supervision_sweep(&s->ladder, BATCH, print_firing, s);
        if (!dry_run) {
            program_commit(&s->p);
            out_flush(s->p.out);
        }
    } while (count == BATCH);
    if (dry_run)
        program_commit(&s->p);
}

/* Tickets that are all different. */
static void sweep_some(struct sweep *s, const int64_t *ids, int count)
{
    struct arena arena = {0};
    struct ticket **tickets = ticket_get_all(s->p.center.db, ids, count, &arena);
    for (int i = 0; i < count; i++)
        if (!tickets[i]) {
            warn("%lld: no such ticket", (long long)ids[i]);
            s->p.bad++;
        }
    supervision_fire_all(&s->ladder, tickets, count, &arena, print_firing, s);
    free(tickets);
    arena_free(&arena);
}

static void sweep_batch(struct sweep *s, const int64_t *ids, int count)
{
    program_begin(&s->p);
    for (int some; count; ids += some, count -= some)
        sweep_some(s, ids, some = ticket_distinct(ids, count));
    program_commit(&s->p);
    out_flush(s->p.out);
}

static void sweep_operands(struct sweep *s)
{
    struct args_ids loop = ticket_ids(&s->p.args, s->p.center.db);
    int64_t ids[BATCH];
    for (int count; (count = args_next_ids(&loop, ids, BATCH));)
        sweep_batch(s, ids, count);
    s->p.bad += args_ids_end(&loop);
}

int main(int argc, char **argv)
{
    struct sweep s = {.p = program_start(&program, argc, argv)};
    args_next(&s.p.args);

    program_open(&s.p, OUT_COLUMNS(columns));
    permit_need(&s.p.center, "sweep", ROLE_OPERATOR, true);
    s.ladder = ladder_new(&s.p.center);
    if (s.p.args.operand_count)
        sweep_operands(&s);
    else
        sweep_all(&s);
    return program_end(&s.p, EXIT_DONE);
}
