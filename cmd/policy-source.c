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
#include "center/center.h"
#include "center/config.h"
#include "cli/args.h"
#include "policy/source.h"
#include "policy/source_file.h"

enum { KEY_LOOKED = ARGS_LONG, KEY_ALL, KEY_MISSING, KEY_MONTH, KEY_GROUP, KEY_PERSON };

static const struct args_option options[] = {
    {KEY_LOOKED, "looked", NULL, "record that the sources named were looked through today"},
    {KEY_ALL, "all", NULL, "with --looked: every source"},
    {KEY_MISSING, "missing", NULL, "only those that were not looked through today"},
    {KEY_MONTH, "month", "YYYY-MM", "working days of the month on which nobody looked"},
    {KEY_GROUP, "group", "GROUP", "only national, province, city, department or news"},
    {KEY_PERSON, "person", "NAME", "only those that this person is to look through"},
    {0, NULL, NULL, NULL},
};
static const char *const synopsis[] = {
    "[--missing | --month YYYY-MM] [--group GROUP] [--person NAME] [SOURCE ... | -]",
    "[-nq] --looked --all | SOURCE ... | -", NULL};
static const struct args_program program = {
    .name = "policy-source",
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
    struct args *args;
    struct center center;
    struct sources sources;
    struct out *out;
    bool looked, all, missing;
    const char *month, *group, *person;
    int first, last; /* days of the month */
    const struct source **named;
    int count;
    long printed, bad;
};

static void take_group(struct listing *l)
{
    char list[256];
    l->group = sourcefile_group(l->args->value);
    if (!l->group)
        args_unknown(l->args, "group", sourcefile_nearest_group(l->args->value),
                     sourcefile_list_groups(list, sizeof list));
}

static void take_month(struct listing *l)
{
    l->month = l->args->value;
    if (!day_parse_month(l->month, &l->first, &l->last))
        args_usage(l->args, "not a month: \"%s\" (write 2020-05)", l->month);
    if (!calendar_in_range(l->first))
        args_usage(l->args, "month %s: outside 1990 to 2119", l->month);
}

static void take_options(struct listing *l)
{
    for (int key; (key = args_next(l->args));)
        switch (key) {
        case KEY_LOOKED: l->looked = true; break;
        case KEY_ALL: l->all = true; break;
        case KEY_MISSING: l->missing = true; break;
        case KEY_MONTH: take_month(l); break;
        case KEY_GROUP: take_group(l); break;
        case KEY_PERSON: l->person = l->args->value; break;
        }
    if (l->missing && l->month)
        args_usage(l->args, "--missing and --month exclude each other");
    if (l->looked && (l->missing || l->month || l->group || l->person))
        args_usage(l->args, "--looked goes without --missing, --month, --group and --person");
    if (l->all && !l->looked)
        args_usage(l->args, "--all goes with --looked");
    if (l->looked && l->all == (l->args->operand_count > 0))
        args_usage(l->args, "--looked: name the sources, or give --all");
}

/* ---- which sources ---- */

static void add_source(struct listing *l, const struct source *source)
{
    for (int i = 0; i < l->count; i++)
        if (l->named[i] == source)
            return;
    l->named[l->count++] = source;
}

static void report_unknown(struct listing *l, const char *word)
{
    struct fault fault = {""};
    warn("%s", fault_unknown(&fault, "source", word, sourcefile_nearest(&l->sources, word), NULL));
    l->bad++;
}

/* The operands', or all. Read before a transaction begins: a pipe may be slow. */
static void find_sources(struct listing *l)
{
    struct args_ids ids = args_ids(l->args, 0);
    l->named = mem_zero((size_t)l->sources.count + 1, sizeof *l->named);
    for (const char *word; (word = args_next_word(&ids));) {
        const struct source *source = sourcefile_find(&l->sources, word);
        if (source)
            add_source(l, source);
        else
            report_unknown(l, word);
    }
    l->bad += args_ids_end(&ids);
    for (int i = 0; !l->args->operand_count && i < l->sources.count; i++)
        add_source(l, &l->sources.list[i]);
}

static bool is_meant(const struct listing *l, const struct source *source)
{
    return (!l->group || !strcmp(l->group, source->group)) &&
           (!l->person || (source->person && text_same(l->person, source->person)));
}

/* ---- printing ---- */

static void print_start(struct listing *l, const struct source *source)
{
    out_text(l->out, source->code);
    out_text(l->out, source->name);
    out_code(l->out, source->group, sourcefile_group_name(source->group));
}

static void print_source(struct listing *l, const struct source *source)
{
    int today = clock_day(l->center.now);
    int last = source_last_look(l->center.db, source->code, today);
    char date[DAY_TEXT_SIZE];
    if (l->missing && last == today)
        return;
    print_start(l, source);
    out_text(l->out, source->address);
    out_text(l->out, source->person);
    out_text(l->out, last == SOURCE_NEVER ? NULL : day_print(last, date));
    if (last == SOURCE_NEVER)
        out_text(l->out, NULL);
    else
        out_number(l->out, today - last);
    out_text(l->out, source->org);
    out_row(l->out);
    l->printed++;
}

static void print_month(struct listing *l, const struct source *source)
{
    struct source_month month = source_month(&l->center, source->code, l->first, l->last);
    print_start(l, source);
    out_text(l->out, source->person);
    out_text(l->out, l->month);
    out_number(l->out, month.missed);
    out_number(l->out, month.days);
    out_row(l->out);
    l->printed++;
}

static void print_looked(struct listing *l, const struct source *source, bool is_new)
{
    char date[DAY_TEXT_SIZE];
    out_text(l->out, source->code);
    out_text(l->out, source->name);
    out_code(l->out, is_new ? "looked" : "same", is_new ? "已登记" : "原已登记");
    out_text(l->out, day_print(clock_day(l->center.now), date));
    out_row(l->out);
    l->printed++;
}

static void look(struct listing *l)
{
    const char **codes = mem_zero((size_t)l->count + 1, sizeof *codes);
    bool *new = mem_zero((size_t)l->count + 1, sizeof *new);
    for (int i = 0; i < l->count; i++)
        codes[i] = l->named[i]->code;
    center_begin(&l->center, l->args->dry_run);
    source_look(&l->center, codes, l->count, new);
    if (l->args->dry_run)
        db_rollback(l->center.db);
    else
        db_commit(l->center.db);
    for (int i = 0; i < l->count; i++)
        print_looked(l, l->named[i], new[i]);
    free(codes);
    free(new);
}

static struct out *open_out(const struct listing *l)
{
    const struct args *args = l->args;
    if (l->looked)
        return out_open(looked_columns, 4, args->format, args->header);
    if (l->month)
        return out_open(month_columns, 7, args->format, args->header);
    return out_open(list_columns, 8, args->format, args->header);
}

int main(int argc, char **argv)
{
    struct args args = args_start(&program, argc, argv);
    struct config *config = config_load(args_config(&args));
    struct listing l = {.args = &args};
    take_options(&l);

    l.center = center_open(args_database(&args), config, args_user(), clock_now());
    l.sources = sourcefile_load(config);
    l.out = open_out(&l);
    find_sources(&l);
    if (l.looked)
        look(&l);
    for (int i = 0; !l.looked && i < l.count; i++)
        if (is_meant(&l, l.named[i]) && l.month)
            print_month(&l, l.named[i]);
        else if (is_meant(&l, l.named[i]))
            print_source(&l, l.named[i]);

    center_close(&l.center);
    out_close(l.out);
    free(l.named);
    sourcefile_free(&l.sources);
    config_free(config);
    args_free(&args);
    out_finish();
    return l.bad ? EXIT_BAD : l.printed ? EXIT_DONE : EXIT_NO;
}
