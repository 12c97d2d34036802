/* address-list: the addresses to which notices go. */
#include <stdio.h>

#include "base/day.h"
#include "base/die.h"
#include "base/mask.h"
#include "center/log.h"
#include "center/option.h"
#include "center/program.h"
#include "notice/address.h"

enum { KEY_ORG = ARGS_LONG, KEY_ENTERPRISE, KEY_LIAISON, KEY_CHANNEL, KEY_ALL, KEY_UNMASK };

static const struct args_option options[] = {
    {KEY_ORG, "org", "ORG", "only this organisation's"},
    {KEY_ENTERPRISE, "enterprise", "CODE", "only this enterprise's"},
    {KEY_LIAISON, "liaison", "ID", "only this liaison's"},
    {KEY_CHANNEL, "channel", "CHANNEL", "only those of this channel"},
    {KEY_ALL, "all", NULL, "also those that are not used any more"},
    {KEY_UNMASK, "unmask", NULL, "with addresses and names as they are; the log notes it"},
    {0, NULL, NULL, NULL},
};
static const char *const synopsis[] = {
    "[--org ORG | --enterprise CODE | --liaison ID] [option ...]", NULL};
static const struct args_program program = {
    .name = "address-list",
    .title = "通知地址",
    .synopsis = synopsis,
    .purpose = "List the addresses to which notices go.",
    .lists = true,
    .options = options,
};

static const struct out_column columns[] = {
    {"id", "编号", OUT_NUMBER},         {"owner", "对象", OUT_TEXT},
    {"code", "代码", OUT_TEXT},         {"name", "名称", OUT_TEXT},
    {"channel", "通知方式", OUT_TEXT},  {"address", "地址", OUT_TEXT},
    {"person", "收件人", OUT_TEXT},     {"wants", "订阅", OUT_TEXT},
    {"how", "发送方式", OUT_TEXT},      {"hours", "值班时间", OUT_TEXT},
    {"deputy", "代收地址", OUT_NUMBER}, {"away_from", "离岗自", OUT_TEXT},
    {"away_until", "离岗至", OUT_TEXT}, {"used", "启用", OUT_TEXT},
    {"member", "人员", OUT_TEXT}};

struct listing {
    struct program p;
    struct address_filter filter;
    bool unmask;
    long found;
};

static void print_day(struct out *out, int day)
{
    char text[DAY_TEXT_SIZE];
    out_text(out, day == FIELD_NO_DAY ? NULL : day_print(day, text));
}

static void print_owner(struct listing *l, const struct address *address)
{
    const struct owner_kind *kind = owner_kind_coded(address->owner);
    struct arena arena = {0};
    struct db *db = l->p.center.db;
    out_code(l->p.out, address->owner, kind ? kind->word : NULL);
    out_text(l->p.out, kind ? kind->code_of(db, address->owner_id, &arena) : NULL);
    out_text(l->p.out, kind ? kind->name_of(db, address->owner_id, &arena) : NULL);
    arena_free(&arena);
}

static void print(void *context, const struct address *address)
{
    struct listing *l = context;
    struct out *out = l->p.out;
    out_number(out, address->id);
    print_owner(l, address);
    out_code(out, address->channel, config_notice_channel_name(l->p.config, address->channel));
    out_private(out, l->unmask ? NULL : mask_address, address->address);
    out_private(out, l->unmask ? NULL : mask_name, address->person);
    out_text(out, address->wants);
    out_text(out, address->how);
    out_text(out, address->hours);
    if (address->deputy)
        out_number(out, address->deputy);
    else
        out_text(out, NULL);
    print_day(out, address->away_from);
    print_day(out, address->away_until);
    out_text(out, address->used);
    out_text(out, address->member);
    out_row(out);
    l->found++;
}

/* Whose addresses are seen is noted before they are printed. */
static void list(struct listing *l)
{
    char count[24];
    if (l->unmask)
        center_begin(&l->p.center, false);
    address_each(l->p.center.db, &l->filter, print, l);
    snprintf(count, sizeof count, "%ld", l->found);
    if (l->unmask && l->found)
        event_add_unmasked(&l->p.center, 0, program.name, "addresses", count);
    if (l->unmask)
        db_commit(l->p.center.db);
}

int main(int argc, char **argv)
{
    struct listing l = {.p = program_start(&program, argc, argv)};
    const struct args *args = &l.p.args;
    const char *whose = NULL;
    int kind = 0;
    for (int key; (key = args_next(&l.p.args));)
        switch (key) {
        case KEY_CHANNEL: l.filter.channel = option_notice_channel(args, l.p.config); break;
        case KEY_ALL: l.filter.all = true; break;
        case KEY_UNMASK: l.unmask = true; break;
        default:
            if (whose)
                args_usage(args, "one of --org, --enterprise and --liaison, once");
            whose = args->value;
            kind = key - KEY_ORG;
        }
    if (args->operand_count)
        args_usage(args, "no operand is expected");
    program_open(&l.p, OUT_COLUMNS(columns));
    struct fault fault = {""};
    if (whose && !owner_find(l.p.center.db, owner_kind(kind), whose, &l.filter.owner, &fault))
        die("%s", fault.text);
    list(&l);
    return program_end(&l.p, l.found ? EXIT_DONE : EXIT_NO);
}
