/* org-list: the organisations that answer for tickets or supervise them. */
#include "args.h"
#include "center.h"
#include "clock.h"
#include "config.h"
#include "die.h"
#include "org.h"
#include "text.h"

enum { KEY_GROUP = ARGS_LONG };

static const struct args_option options[] = {
    {KEY_GROUP, "group", "GROUP", "only this peer group"},
    {0, NULL, NULL, NULL},
};
static const char *const synopsis[] = {"[--group GROUP] [ORG ...]", NULL};
static const struct args_program program = {
    .name = "org-list",
    .synopsis = synopsis,
    .purpose = "List organisations; ORG is a code, a name or a short name.",
    .options = options,
};

static const struct out_column columns[] = {
    {"code", "代码", OUT_TEXT},  {"name", "名称", OUT_TEXT},      {"group", "分组", OUT_TEXT},
    {"short", "简称", OUT_TEXT}, {"contact", "联系人", OUT_TEXT}, {"phone", "电话", OUT_TEXT}};

static void print_org(struct out *out, const struct org *org)
{
    struct text names = {0};
    for (const char *const *name = org->short_names; *name; name++)
        text_add_format(&names, "%s%s", names.length ? " " : "", *name);
    out_text(out, org->code);
    out_text(out, org->name);
    out_text(out, org->peer_group);
    out_text(out, names.data);
    out_text(out, org->contact);
    out_text(out, org->phone);
    out_row(out);
    text_free(&names);
}

/* Prints those of the group; returns how many. */
static long print_all(struct out *out, const struct org_table *orgs, const char *group)
{
    long count = 0;
    for (int64_t id = 1; id < orgs->size; id++)
        if (orgs->orgs[id].code && (!group || text_same(orgs->orgs[id].peer_group, group))) {
            print_org(out, &orgs->orgs[id]);
            count++;
        }
    return count;
}

int main(int argc, char **argv)
{
    struct args args = args_start(&program, argc, argv);
    struct config *config = config_load(args_config(&args));
    const char *group = NULL;
    while (args_next(&args))
        group = args.value;
    if (group && args.operand_count)
        args_usage(&args, "--group goes without organisations");

    struct center center = center_open(args_database(&args), config, args_user(), clock_now());
    struct org_table orgs = org_table_load(center.db);
    struct out *out = out_open(columns, 6, args.format, args.header);
    long found = 0;
    for (int i = 0; i < args.operand_count; i++) {
        int64_t id = org_find(center.db, args.operands[i]);
        if (id)
            print_org(out, &orgs.orgs[id]);
        found += id != 0;
    }
    if (!args.operand_count)
        found = print_all(out, &orgs, group);

    center_close(&center);
    out_close(out);
    int status = found && found >= args.operand_count ? EXIT_DONE : EXIT_NO;
    org_table_free(&orgs);
    config_free(config);
    args_free(&args);
    out_finish();
    return status;
}
