/* supervision-list: orders of supervision (督办) that are still owed a reply. */
#include "base/clock.h"
#include "base/die.h"
#include "center/option.h"
#include "center/program.h"
#include "ticket/masked.h"
#include "ticket/owed.h"

enum { KEY_LEVEL = ARGS_LONG, KEY_ORG };

static const struct args_option options[] = {
    {KEY_ORG, "org", "ORG", "only what this organisation owes"},
    {KEY_LEVEL, "level", "LEVEL", "only this level"},
    {0, NULL, NULL, NULL},
};
static const char *const synopsis[] = {"[--org ORG] [--level LEVEL]", NULL};
static const struct args_program program = {
    .name = "supervision-list",
    .synopsis = synopsis,
    .purpose = "List orders of supervision that are still owed a reply.",
    .options = options,
};

static const struct out_column columns[] = {
    {"id", "编号", OUT_NUMBER},           {"level", "级别", OUT_TEXT},
    {"supervisor", "督办单位", OUT_TEXT}, {"lead", "主办", OUT_TEXT},
    {"reply_due", "回复期限", OUT_TEXT},  {"acknowledged", "签收", OUT_TEXT},
    {"document", "文书", OUT_TEXT},       {"title", "标题", OUT_TEXT}};

struct listing {
    struct program p;
    struct wanted of, levels; /* orgs as they were written, then their codes */
    long count;
};

static void print_org(struct listing *l, int64_t org)
{
    out_code(l->p.out, org_code(&l->p.orgs, org), org_name(&l->p.orgs, org));
}

static void print_owed(void *context, const struct owed *owed)
{
    struct listing *l = context;
    if (!wanted_allows(&l->levels, owed->level) ||
        !wanted_allows(&l->of, org_code(&l->p.orgs, owed->lead)))
        return;
    l->count++;
    out_number(l->p.out, owed->ticket.id);
    out_code(l->p.out, owed->level, config_level_name(l->p.config, owed->level));
    print_org(l, owed->supervisor);
    print_org(l, owed->lead);
    out_moment(l->p.out, owed->reply_due_at);
    out_moment(l->p.out, owed->acknowledged_at);
    out_text(l->p.out, owed->document);
    shown_title(l->p.out, &owed->ticket);
    out_row(l->p.out);
}

int main(int argc, char **argv)
{
    struct listing l = {.p = program_start(&program, argc, argv)};
    for (int key; (key = args_next(&l.p.args));)
        if (key == KEY_ORG)
            wanted_add(&l.of, l.p.args.value);
        else
            wanted_add(&l.levels, option_level(&l.p.args, l.p.config));
    if (l.p.args.operand_count)
        args_usage(&l.p.args, "no operand is expected");
    program_open(&l.p, OUT_COLUMNS(columns));
    struct db *db = l.p.center.db;
    for (int i = 0; i < l.of.count; i++)
        l.of.list[i] = org_code(&l.p.orgs, org_need(db, l.of.list[i]));
    owed_each(db, print_owed, &l);
    return program_end(&l.p, l.count ? EXIT_DONE : EXIT_NO);
}
