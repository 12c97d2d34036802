/* policy-source: the places where policies are looked for (政策来源), when each was looked through
 * last, and by whom it is to be; records that they were looked through today. */
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/day.h"
#include "base/die.h"
#include "base/fault.h"
#include "base/text.h"
#include "calendar/calendar.h"
#include "center/permit.h"
#include "center/program.h"
#include "policy/source.h"
#include "policy/source_file.h"

enum {
    KEY_LOOKED = ARGS_LONG,
    KEY_ALL,
    KEY_MISSING,
    KEY_MONTH,
    KEY_GROUP,
    KEY_PERSON,
    KEY_BY,
    KEY_AT
};

static const struct args_option options[] = {
    {KEY_LOOKED, "looked", NULL, "record that the sources named were looked through today"},
    {KEY_ALL, "all", NULL, "with --looked: every source"},
    {KEY_MISSING, "missing", NULL, "only those that were not looked through today"},
    {KEY_MONTH, "month", "YYYY-MM", "working days of the month on which nobody looked"},
    {KEY_GROUP, "group", "GROUP", "only national, province, city, department or news"},
    {KEY_PERSON, "person", "NAME", "only those that this person is to look through"},
    {KEY_BY, "by", "ORG", "with --looked: whose site it is (else the center)"},
    {KEY_AT, "at", "TIME", "with --looked: when it was (else now)"},
    {0, NULL, NULL, NULL},
};
static const char *const synopsis[] = {
    "[--missing | --month YYYY-MM] [--group GROUP] [--person NAME] [SOURCE ... | -]",
    "[-nq] --looked [--by ORG] [--at TIME] --all | SOURCE ... | -", NULL};
static const struct args_program program = {
    .name = "policy-source",
    .title = "政策来源检索",
    .synopsis = synopsis,
    .purpose = "List the sources of policies with their last look, or record today's.",
    .options = options,
};

static const struct out_column list_columns[] = {
    {"source", "来源", OUT_TEXT},   {"name", "名称", OUT_TEXT},     {"group", "分组", OUT_TEXT},
    {"address", "网址", OUT_TEXT},  {"person", "责任人", OUT_TEXT}, {"last", "上次检索", OUT_TEXT},
    {"days", "距今天数", OUT_TEXT}, {"org", "单位", OUT_TEXT}};
static const struct out_column month_columns[] = {
    {"source", "来源", OUT_TEXT},  {"name", "名称", OUT_TEXT},
    {"group", "分组", OUT_TEXT},   {"person", "责任人", OUT_TEXT},
    {"month", "月份", OUT_TEXT},   {"missed", "未检索天数", OUT_NUMBER},
    {"days", "工作日", OUT_NUMBER}};
static const struct out_column looked_columns[] = {{"source", "来源", OUT_TEXT},
                                                   {"name", "名称", OUT_TEXT},
                                                   {"result", "结果", OUT_TEXT},
                                                   {"day", "检索日期", OUT_TEXT}};

struct listing {
    struct program p;
    struct sources sources;
    bool looked, all, missing;
    const char *month, *group, *person, *by;
    struct gate_who who;
    int first, last; /* days of the month */
    const struct source **named;
    int count;
    long printed;
};

static void take_group(struct listing *l)
{
    char list[256];
    l->group = sourcefile_group(l->p.args.value);
    if (!l->group)
        args_unknown(&l->p.args, "group", sourcefile_nearest_group(l->p.args.value),
                     sourcefile_list_groups(list, sizeof list));
}

static void take_month(struct listing *l)
{
    l->month = l->p.args.value;
    if (!day_parse_month(l->month, &l->first, &l->last))
        args_usage(&l->p.args, "not a month: \"%s\" (write 2020-05)", l->month);
    if (!calendar_in_range(l->first))
        args_usage(&l->p.args, "month %s: outside 1990 to 2119", l->month);
}

static void take_options(struct listing *l)
{
    for (int key; (key = args_next(&l->p.args));)
        switch (key) {
        case KEY_LOOKED: l->looked = true; break;
        case KEY_ALL: l->all = true; break;
        case KEY_MISSING: l->missing = true; break;
        case KEY_MONTH: take_month(l); break;
        case KEY_GROUP: take_group(l); break;
        case KEY_PERSON: l->person = l->p.args.value; break;
        case KEY_BY: l->by = l->p.args.value; break;
        case KEY_AT: l->who.at = args_moment(&l->p.args); break;
        }
    if (l->missing && l->month)
        args_usage(&l->p.args, "--missing and --month exclude each other");
    if (l->looked && (l->missing || l->month || l->group || l->person))
        args_usage(&l->p.args, "--looked goes without --missing, --month, --group and --person");
    if (!l->looked && (l->by || l->who.at))
        args_usage(&l->p.args, "--by and --at go with --looked");
    if (l->all && !l->looked)
        args_usage(&l->p.args, "--all goes with --looked");
    if (l->looked && l->all == (l->p.args.operand_count > 0))
        args_usage(&l->p.args, "--looked: name the sources, or give --all");
}

static void add_source(struct listing *l, const struct source *source)
{
    for (int i = 0; i < l->count; i++)
        if (l->named[i] == source)
            return;
    l->named[l->count++] = source;
}

/* The operands', or all. Read before a transaction begins: a pipe may be slow. */
static void find_sources(struct listing *l)
{
    struct args_ids ids = args_ids(&l->p.args, 0);
    l->named = mem_zero((size_t)l->sources.count + 1, sizeof *l->named);
    for (const char *word; (word = args_next_word(&ids));) {
        const struct source *source = sourcefile_find(&l->sources, word);
        struct fault fault = {""};
        if (source)
            add_source(l, source);
        else
            warn("%s", fault_unknown(&fault, "source", word, sourcefile_nearest(&l->sources, word),
                                     NULL));
        l->p.bad += !source;
    }
    l->p.bad += args_ids_end(&ids);
    for (int i = 0; !l->p.args.operand_count && i < l->sources.count; i++)
        add_source(l, &l->sources.list[i]);
}

static bool is_meant(const struct listing *l, const struct source *source)
{
    return (!l->group || !strcmp(l->group, source->group)) &&
           (!l->person || (source->person && text_same(l->person, source->person)));
}

static void print_start(struct listing *l, const struct source *source)
{
    out_text(l->p.out, source->code);
    out_text(l->p.out, source->name);
    out_code(l->p.out, source->group, sourcefile_group_name(source->group));
}

static void print_source(struct listing *l, const struct source *source)
{
    int today = clock_day(l->p.center.now);
    int last = source_last_look(l->p.center.db, source->code, today);
    char date[DAY_TEXT_SIZE];
    if (l->missing && last == today)
        return;
    print_start(l, source);
    out_text(l->p.out, source->address);
    out_text(l->p.out, source->person);
    out_text(l->p.out, last == SOURCE_NEVER ? NULL : day_print(last, date));
    if (last == SOURCE_NEVER)
        out_text(l->p.out, NULL);
    else
        out_number(l->p.out, today - last);
    out_text(l->p.out, source->org);
    out_row(l->p.out);
    l->printed++;
}

static void print_month(struct listing *l, const struct source *source)
{
    struct source_month month = source_month(&l->p.center, source->code, l->first, l->last);
    print_start(l, source);
    out_text(l->p.out, source->person);
    out_text(l->p.out, l->month);
    out_number(l->p.out, month.missed);
    out_number(l->p.out, month.days);
    out_row(l->p.out);
    l->printed++;
}

static void take_look(void *context, const struct source *source, enum gate_result result,
                      const struct fault *fault)
{
    struct listing *l = context;
    char date[DAY_TEXT_SIZE];
    if (result == GATE_REFUSED) {
        warn("%s: %s", source->code, fault->text);
        l->p.bad++;
        return;
    }
    out_text(l->p.out, source->code);
    out_text(l->p.out, source->name);
    out_code(l->p.out, result == GATE_DONE ? "looked" : "same",
             result == GATE_DONE ? "已登记" : "原已登记");
    out_text(l->p.out, day_print(clock_day(l->who.at ? l->who.at : l->p.center.now), date));
    out_row(l->p.out);
    l->printed++;
}

static void look(struct listing *l)
{
    l->who.by = permit_by(&l->p.center, l->by);
    program_begin(&l->p);
    source_look(&l->p.center, l->named, l->count, &l->who, take_look, l);
    program_commit(&l->p);
}

static void list(struct listing *l)
{
    for (int i = 0; i < l->count; i++)
        if (is_meant(l, l->named[i]))
            (l->month ? print_month : print_source)(l, l->named[i]);
}

static void open_all(struct listing *l)
{
    if (l->looked)
        program_open(&l->p, OUT_COLUMNS(looked_columns));
    else if (l->month)
        program_open(&l->p, OUT_COLUMNS(month_columns));
    else
        program_open(&l->p, OUT_COLUMNS(list_columns));
    l->sources = sourcefile_load(l->p.config);
}

int main(int argc, char **argv)
{
    struct listing l = {.p = program_start(&program, argc, argv)};
    take_options(&l);
    open_all(&l);
    find_sources(&l);
    if (l.looked)
        look(&l);
    else
        list(&l);
    free(l.named);
    sourcefile_free(&l.sources);
    return program_end(&l.p, l.printed ? EXIT_DONE : EXIT_NO);
}
