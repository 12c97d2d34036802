/* supervision-list: orders of supervision (督办) that are still owed a reply. */
#include "base/clock.h"
#include "base/die.h"
#include "center/center.h"
#include "center/config.h"
#include "center/option.h"
#include "center/org.h"
#include "cli/args.h"
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
    struct config *config;
    struct org_table orgs;
    struct out *out;
    struct wanted of, levels; /* orgs as they were written, then their codes */
    long count;
};

static void print_org(struct listing *l, int64_t org)
{
    out_code(l->out, org_code(&l->orgs, org), org_name(&l->orgs, org));
}

static void print_owed(void *context, const struct owed *owed)
{
    struct listing *l = context;
    if (!wanted_allows(&l->levels, owed->level) ||
        !wanted_allows(&l->of, org_code(&l->orgs, owed->lead)))
        return;
    l->count++;
    out_number(l->out, owed->ticket.id);
    out_code(l->out, owed->level, config_level_name(l->config, owed->level));
    print_org(l, owed->supervisor);
    print_org(l, owed->lead);
    out_moment(l->out, owed->reply_due_at);
    out_moment(l->out, owed->acknowledged_at);
    out_text(l->out, owed->document);
    shown_title(l->out, &owed->ticket);
    out_row(l->out);
}

int main(int argc, char **argv)
{
    struct args args = args_start(&program, argc, argv);
    struct listing l = {.config = config_load(args_config(&args))};
    for (int key; (key = args_next(&args));) {
        if (key == KEY_ORG)
            wanted_add(&l.of, args.value);
        else
            wanted_add(&l.levels, option_level(&args, l.config));
    }
    if (args.operand_count)
        args_usage(&args, "no operand is expected");
    struct center center = center_open(args_database(&args), l.config, args_user(), clock_now());
    l.orgs = org_table_load(center.db);
    l.out = out_open(columns, 8, args.format, args.header);
    for (int i = 0; i < l.of.count; i++)
        l.of.list[i] = org_code(&l.orgs, org_need(center.db, l.of.list[i]));
    owed_each(center.db, print_owed, &l);
    center_close(&center);
    out_close(l.out);
    org_table_free(&l.orgs);
    config_free(l.config);
    args_free(&args);
    out_finish();
    return l.count ? EXIT_DONE : EXIT_NO;
}
