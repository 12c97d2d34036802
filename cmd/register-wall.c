/* register-wall: a register (台账) by who answers for its entries, on one page: how far they have
 * come, what is late in red (挂图作战). */
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/die.h"
#include "center/program.h"
#include "cli/sheet.h"
#include "register/list.h"

enum { KEY_ORG = ARGS_LONG, KEY_OPEN, BAR = 10 };

static const struct args_option options[] = {
    {KEY_ORG, "org", "ORG", "only that for which this organisation answers"},
    {KEY_OPEN, "open", NULL, "without what has ended"},
    {0, NULL, NULL, NULL},
};
static const char *const synopsis[] = {"[--org ORG] [--open] REGISTER", NULL};
static const struct args_program program = {
    .name = "register-wall",
    .title = "挂图作战",
    .synopsis = synopsis,
    .purpose = "Print a register (台账) by who answers, with bars, what is late in red.",
    .options = options,
    .formats = OUT_OF_DOCUMENTS | 1 << OUT_TABLE,
};

static const struct out_column sum_columns[] = {{"org", "牵头单位", OUT_TEXT},
                                                {"entries", "总数", OUT_NUMBER},
                                                {"ended", "已完成", OUT_NUMBER},
                                                {"late", "超期", OUT_NUMBER},
                                                {"share", "完成率", OUT_TEXT}};

/* How many an organisation answers for. */
struct sum {
    const char *code, *name; /* code NULL: nobody answers */
    int entries, ended, late;
};

struct wall {
    struct program p;
    const struct registry *registry;
    enum out_format format;
    struct arena arena;
    struct entry_filter filter;
    struct sum *sums, all;
    int count;
    struct out_column columns[REGISTRY_MOST_FIELDS + 3];
    int column_count;
    struct sheet sheet;
};

/* ---- who answers for how many */

static struct sum *sum_of(struct wall *w, const char *code)
{
    for (int i = 0; i < w->count; i++)
        if (code == w->sums[i].code || (code && w->sums[i].code && !strcmp(code, w->sums[i].code)))
            return &w->sums[i];
    int64_t org = code ? org_find(w->p.center.db, code) : 0;
    w->sums = mem_grow(w->sums, (size_t)w->count, sizeof *w->sums);
    w->sums[w->count] = (struct sum){.code = org ? org_code(&w->p.orgs, org) : NULL,
                                     .name = org ? org_name(&w->p.orgs, org) : "未明确单位"};
    return &w->sums[w->count++];
}

static void add_to(const struct wall *w, struct sum *sum, const struct entry *entry)
{
    sum->entries++;
    sum->ended += entry->has_ended;
    sum->late += entry_is_late(entry, w->p.center.now);
}

static void count_one(void *context, const struct entry *entry)
{
    struct wall *w = context;
    const struct entry_values none = {NULL, 0};
    const struct entry_values *orgs =
        w->registry->answers == REGISTRY_NONE ? &none : &entry->fields[w->registry->answers];
    add_to(w, &w->all, entry);
    for (int i = 0; i < orgs->count; i++)
        if (!w->filter.org || !strcmp(w->filter.org, orgs->list[i].text))
            add_to(w, sum_of(w, orgs->list[i].text), entry);
    if (!orgs->count)
        add_to(w, sum_of(w, NULL), entry);
}

/* The most late first, then the most entries, then by code. */
static int compare(const void *a, const void *b)
{
    const struct sum *x = a, *y = b;
    if (x->late != y->late)
        return y->late - x->late;
    if (x->entries != y->entries)
        return y->entries - x->entries;
    return strcmp(x->code ? x->code : "", y->code ? y->code : "");
}

/* ---- the page */

/* ██████░░░░ 60% */
static void add_bar(struct text *to, int thousandths)
{
    int full = thousandths >= 1000 ? BAR : thousandths * BAR / 1000;
    for (int i = 0; i < BAR; i++)
        text_add(to, i < full ? "█" : "░");
    text_add_format(to, " %d%%", thousandths / 10);
}

static int share_of(const struct sum *sum)
{
    return sum->entries ? sum->ended * 1000 / sum->entries : 0;
}

static void print_sums(struct wall *w)
{
    struct sheet sheet = sheet_open(w->format, OUT_COLUMNS(sum_columns));
    for (int i = 0; i < w->count; i++) {
        const struct sum *sum = &w->sums[i];
        const int numbers[] = {sum->entries, sum->ended, sum->late};
        struct text bar = {0};
        add_bar(&bar, share_of(sum));
        if (sum->late)
            sheet_mark(&sheet);
        sheet_cell(&sheet, sum->name);
        for (int j = 0; j < 3; j++)
            sheet_cell(&sheet, arena_format(&w->arena, "%d", numbers[j]));
        sheet_cell(&sheet, bar.data);
        text_free(&bar);
    }
    sheet_close(&sheet);
}

static void print_entry(void *context, const struct entry *entry)
{
    struct wall *w = context;
    bool late = entry_is_late(entry, w->p.center.now);
    int share = entry_share(entry);
    struct text cell = {0};
    if (late)
        sheet_mark(&w->sheet);
    for (const int *field = w->registry->wall; *field != REGISTRY_NONE; field++) {
        text_clear(&cell);
        entry_add_shown(&cell, &w->p.center, entry, *field, false);
        sheet_cell(&w->sheet, text_string(&cell));
    }
    text_clear(&cell);
    text_add_format(&cell, "%s%s", registry_state_name(w->registry, entry->state),
                    late ? "（超期）" : "");
    sheet_cell(&w->sheet, cell.data);
    char due[CLOCK_TEXT_SIZE] = "";
    if (entry->due_at)
        clock_print(entry->due_at, due)[10] = '\0';
    sheet_cell(&w->sheet, due);
    text_clear(&cell);
    if (share >= 0 || entry->has_ended)
        add_bar(&cell, share >= 0 ? share : 1000);
    sheet_cell(&w->sheet, text_string(&cell));
    text_free(&cell);
}

static void make_columns(struct wall *w)
{
    static const struct out_column last[] = {
        {"state", "状态", OUT_TEXT}, {"due", "期限", OUT_TEXT}, {"share", "进度", OUT_TEXT}};
    for (const int *field = w->registry->wall; *field != REGISTRY_NONE; field++) {
        const struct term *term = &w->registry->fields[*field].term;
        w->columns[w->column_count++] = (struct out_column){term->code, term->name, OUT_TEXT};
    }
    memcpy(w->columns + w->column_count, last, sizeof last);
    w->column_count += 3;
}

/* The entries of one organisation, under its name. */
static void print_group(struct wall *w, const struct sum *sum)
{
    struct entry_filter filter = w->filter;
    const struct entry_where where = {w->registry->answers, sum->code};
    struct text heading = {0};
    filter.where = &where;
    filter.where_count = w->registry->answers != REGISTRY_NONE;
    filter.org = NULL;
    text_add_format(&heading, "%s（%d项，完成%d，超期%d）", sum->name, sum->entries, sum->ended,
                    sum->late);
    sheet_heading(w->format, 2, heading.data);
    w->sheet = sheet_open(w->format, w->columns, w->column_count);
    entry_each(&w->p.center, &filter, print_entry, w);
    sheet_close(&w->sheet);
    text_free(&heading);
}

static void print_wall(struct wall *w)
{
    struct text title = {0}, note = {0};
    char now[CLOCK_TEXT_SIZE];
    text_add_format(&title, "%s挂图作战", w->registry->name);
    clock_print(w->p.center.now, now)[10] = '\0';
    text_add_format(&note, "%s，截至%s：共%d项，已完成%d项，超期%d项。", center_title(&w->p.center),
                    now, w->all.entries, w->all.ended, w->all.late);
    sheet_begin(w->format, title.data);
    sheet_heading(w->format, 1, title.data);
    sheet_note(w->format, 1, note.data);
    sheet_heading(w->format, 2, "各单位");
    print_sums(w);
    for (int i = 0; i < w->count; i++)
        print_group(w, &w->sums[i]);
    sheet_end(w->format);
    text_free(&title);
    text_free(&note);
}

int main(int argc, char **argv)
{
    struct wall w = {.p = program_start(&program, argc, argv)};
    const char *org = NULL;
    for (int key; (key = args_next(&w.p.args));)
        if (key == KEY_ORG)
            org = w.p.args.value;
        else
            w.filter.open = true;
    if (w.p.args.operand_count != 1)
        args_usage(&w.p.args, "name one register");
    w.registry = w.filter.registry = registry_need(w.p.config, w.p.args.operands[0]);
    w.format = w.p.args.format == OUT_TABLE || w.p.args.format == OUT_DEFAULT ? OUT_PLAIN
                                                                              : w.p.args.format;
    program_open(&w.p, NULL, 0);
    w.filter.org = org ? org_code(&w.p.orgs, org_need(w.p.center.db, org)) : NULL;
    make_columns(&w);
    entry_each(&w.p.center, &w.filter, count_one, &w);
    if (w.count)
        qsort(w.sums, (size_t)w.count, sizeof *w.sums, compare);
    print_wall(&w);
    free(w.sums);
    arena_free(&w.arena);
    return program_end(&w.p, w.all.entries ? EXIT_DONE : EXIT_NO);
}
