/* escalate: the sweep of the ladder. Fires each level that an overdue ticket has reached, once. */
#include "base/clock.h"
#include "base/die.h"
#include "base/progress.h"
#include "center/center.h"
#include "center/config.h"
#include "center/org.h"
#include "cli/args.h"
#include "ticket/escalation.h"
#include "ticket/masked.h"
#include "ticket/named.h"
#include "ticket/ticket.h"

enum { BATCH = 500 };

static const char *const synopsis[] = {"[-nq] [ID ... | -]", NULL};
static const struct args_program program = {
    .name = "escalate",
    .synopsis = synopsis,
    .purpose = "Fire the yellow, orange and red levels that overdue tickets have reached.",
};

static const struct out_column columns[] = {{"id", "编号", OUT_NUMBER},
                                            {"level", "级别", OUT_TEXT},
                                            {"supervisor", "督办单位", OUT_TEXT},
                                            {"due", "答复期限", OUT_TEXT},
                                            {"overdue", "超期工作日", OUT_NUMBER},
                                            {"lead", "主办", OUT_TEXT},
                                            {"title", "标题", OUT_TEXT}};

struct sweep {
    struct center center;
    struct org_table orgs;
    struct ladder ladder;
    struct out *out;
    bool dry_run;
    long bad, fired;
};

static void print_firing(void *context, const struct firing *firing)
{
    struct sweep *s = context;
    const struct ticket *ticket = firing->ticket;
    progress_step(++s->fired, 0, "levels");
    out_number(s->out, ticket->id);
    out_code(s->out, firing->level->term.code, firing->level->term.name);
    out_code(s->out, org_code(&s->orgs, firing->supervisor),
             org_name(&s->orgs, firing->supervisor));
    out_moment(s->out, ticket->due_at);
    out_number(s->out, firing->overdue);
    out_code(s->out, org_code(&s->orgs, ticket->lead), org_name(&s->orgs, ticket->lead));
    shown_title(s->out, ticket);
    out_row(s->out);
}

/* Batch by batch, so that nobody waits long for the database. A dry run is one transaction,
 * undone at its end. */
static void sweep_all(struct sweep *s)
{
    int count;
    if (s->dry_run)
        center_begin(&s->center, s->dry_run);
    do {
        if (!s->dry_run)
            center_begin(&s->center, s->dry_run);
        count = supervision_sweep(&s->ladder, BATCH, print_firing, s);
        if (!s->dry_run) {
            db_commit(s->center.db);
            out_flush(s->out);
        }
    } while (count == BATCH);
    if (s->dry_run)
        db_rollback(s->center.db);
}

static void sweep_batch(struct sweep *s, const int64_t *ids, int count)
{
    center_begin(&s->center, s->dry_run);
    for (int i = 0; i < count; i++) {
        struct arena arena = {0};
        struct ticket *ticket = ticket_get(s->center.db, ids[i], &arena);
        if (ticket) {
            supervision_fire(&s->ladder, ticket, &arena, s->center.now, print_firing, s);
        } else {
            warn("%lld: no such ticket", (long long)ids[i]);
            s->bad++;
        }
        arena_free(&arena);
    }
    if (s->dry_run)
        db_rollback(s->center.db);
    else
        db_commit(s->center.db);
    out_flush(s->out);
}

static void sweep_operands(struct sweep *s, struct args *args)
{
    struct args_ids loop = ticket_ids(args, s->center.db);
    int64_t ids[BATCH];
    for (int count; (count = args_next_ids(&loop, ids, BATCH));)
        sweep_batch(s, ids, count);
    s->bad += args_ids_end(&loop);
}

int main(int argc, char **argv)
{
    struct args args = args_start(&program, argc, argv);
    struct config *config = config_load(args_config(&args));
    args_next(&args);

    struct sweep s = {.dry_run = args.dry_run};
    s.center = center_open(args_database(&args), config, args_user(), clock_now());
    s.orgs = org_table_load(s.center.db);
    s.ladder = ladder_new(&s.center);
    s.out = out_open(columns, 7, args.format, args.header);
    if (args.operand_count)
        sweep_operands(&s, &args);
    else
        sweep_all(&s);

    out_close(s.out);
    ladder_free(&s.ladder);
    org_table_free(&s.orgs);
    center_close(&s.center);
    config_free(config);
    args_free(&args);
    out_finish();
    return s.bad ? EXIT_BAD : EXIT_DONE;
}
