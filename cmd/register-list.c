/* register-list: the entries of a register (台账) that meet filters. */
#include <string.h>

#include "base/die.h"
#include "center/log.h"
#include "register/intake.h"
#include "register/list.h"
#include "register/option.h"
#include "register/print.h"

enum {
    KEY_STATE = ARGS_LONG,
    KEY_OPEN,
    KEY_LATE,
    KEY_ORG,
    KEY_WHERE,
    KEY_ADDED_FROM,
    KEY_ADDED_TO,
    KEY_DUE_FROM,
    KEY_DUE_TO,
    KEY_ACTS,
    KEY_UNMASK,
    MOST_WHERE = 16
};

static const struct args_option options[] = {
    {KEY_STATE, "state", "STATE", "in this state"},
    {KEY_OPEN, "open", NULL, "that have not ended"},
    {KEY_LATE, "late", NULL, "that should have ended by now, and have not"},
    {KEY_ORG, "org", "ORG", "for which this organisation answers, or helps"},
    {KEY_WHERE, "where", "NAME=VALUE", "of which a field has this value, or a text contains it"},
    {KEY_ADDED_FROM, "added-from", "TIME", "added at this moment or later"},
    {KEY_ADDED_TO, "added-to", "TIME", "added at this moment, on this day, or earlier"},
    {KEY_DUE_FROM, "due-from", "TIME", "due at this moment or later"},
    {KEY_DUE_TO, "due-to", "TIME", "due at this moment, on this day, or earlier"},
    {KEY_ACTS, "acts", NULL, "its states and acts instead"},
    {KEY_UNMASK, "unmask", NULL, "with personal data; the log notes it"},
    {0, NULL, NULL, NULL},
};
static const char *const synopsis[] = {"[-H] [-F FORMAT]", "[option ...] REGISTER",
                                       "--acts REGISTER", NULL};
static const struct args_program program = {
    .name = "register-list",
    .title = "台账",
    .synopsis = synopsis,
    .purpose = "List the registers (台账), or the entries of one that meet every filter.",
    .options = options,
    .lists = true,
};

static const struct out_column register_columns[] = {{"register", "台账", OUT_TEXT},
                                                     {"name", "名称", OUT_TEXT},
                                                     {"entries", "条数", OUT_NUMBER},
                                                     {"open", "在办", OUT_NUMBER},
                                                     {"late", "超期", OUT_NUMBER}};
static const struct out_column act_columns[] = {{"state", "状态", OUT_TEXT},
                                                {"act", "事项", OUT_TEXT},
                                                {"by", "由", OUT_TEXT},
                                                {"to", "至", OUT_TEXT}};

struct listing {
    struct program p;
    const struct registry *registry;
    struct entry_filter filter;
    struct entry_where where[MOST_WHERE];
    const char *words[MOST_WHERE]; /* of --where, as they were given */
    const char *state, *org;
    struct arena arena;
    struct entryprint print;
    bool late, acts;
    long count;
};

static void print_one(void *context, const struct entry *entry)
{
    struct listing *l = context;
    l->count++;
    entryprint_row(&l->print, entry);
}

/* ---- all registers */

static void print_registers(struct listing *l)
{
    const struct registry_set *all = registry_all(l->p.config);
    program_print(&l->p, OUT_COLUMNS(register_columns));
    for (int i = 0; i < all->count; i++, l->count++) {
        struct entry_counts counts = entry_count(&l->p.center, all->list[i]);
        out_text(l->p.out, all->list[i]->code);
        out_text(l->p.out, all->list[i]->name);
        out_number(l->p.out, counts.all);
        out_number(l->p.out, counts.open);
        out_number(l->p.out, counts.late);
        out_row(l->p.out);
    }
}

/* ---- states and acts of one */

static void print_act(struct listing *l, int state, int act)
{
    const struct gate_record *record = &l->registry->record;
    const struct gate_act *gated = &record->acts[act];
    int to = l->registry->acts[act].to;
    const char *before = record->states[state],
               *after = to == REGISTRY_NONE ? before : record->states[to];
    out_code(l->p.out, before, record->name(before));
    out_code(l->p.out, gated->name, gated->word);
    out_code(l->p.out, gate_by_name(gated->by), gate_by_word(gated->by));
    out_code(l->p.out, after, record->name(after));
    out_row(l->p.out);
    l->count++;
}

static void print_acts(struct listing *l)
{
    const struct gate_record *record = &l->registry->record;
    program_print(&l->p, OUT_COLUMNS(act_columns));
    for (int state = 0; record->states[state]; state++)
        for (int act = 0; record->acts[act].name; act++)
            if (gate_allows(record, act, record->states[state]))
                print_act(l, state, act);
}

/* ---- entries */

/* The words of --where as the register's values; a text as it is. */
static void find_where(struct listing *l)
{
    for (int i = 0; i < l->filter.where_count; i++) {
        char *value, *values[REGISTRY_MOST_FIELDS] = {NULL};
        struct fault fault = {""};
        struct entry said = {.id = 0};
        int field =
            option_split(&l->p.args, l->registry, arena_string(&l->arena, l->words[i]), &value);
        if (l->registry->fields[field].is_private)
            args_usage(&l->p.args, "%s is personal: nothing is looked for in it",
                       l->registry->fields[field].term.code);
        values[field] = value;
        if (!entry_read(&l->p.center, l->registry, values, &l->arena, &said, &fault))
            die("%s", fault.text);
        const struct entry_value *found = entry_first(&said, field);
        l->where[i] = (struct entry_where){field, found ? found->text : ""};
    }
    l->filter.where = l->where;
}

static void find_state(struct listing *l)
{
    struct fault fault = {""};
    int state = l->state ? registry_state(l->registry, l->state) : 0;
    if (state == REGISTRY_NONE && !registry_unknown_state(l->registry, l->state, &fault))
        die("%s", fault.text);
    l->filter.state = state ? l->registry->record.states[state] : NULL;
}

/* Who looks at personal data is in the log before any are printed. */
static void note_unmasked(struct listing *l)
{
    center_begin(&l->p.center, false);
    event_add_unmasked(&l->p.center, 0, program.name, "register", l->registry->code);
    db_commit(l->p.center.db);
}

static void print_entries(struct listing *l)
{
    struct program *p = &l->p;
    find_where(l);
    find_state(l);
    if (l->org)
        l->filter.org = org_code(&p->orgs, org_need(p->center.db, l->org));
    l->filter.registry = l->registry;
    l->filter.late_at = l->late ? p->center.now : 0;
    if (l->print.unmask)
        note_unmasked(l);
    entryprint_begin(&l->print, p, l->registry, &l->arena);
    entry_each(&p->center, &l->filter, print_one, l);
}

static void take_option(struct listing *l, int key)
{
    const struct args *args = &l->p.args;
    switch (key) {
    case KEY_STATE: l->state = args->value; break;
    case KEY_OPEN: l->filter.open = true; break;
    case KEY_LATE: l->late = true; break;
    case KEY_ORG: l->org = args->value; break;
    case KEY_ADDED_FROM: l->filter.added_from = args_moment(args); break;
    case KEY_ADDED_TO: l->filter.added_to = args_moment_end(args); break;
    case KEY_DUE_FROM: l->filter.due_from = args_moment(args); break;
    case KEY_DUE_TO: l->filter.due_to = args_moment_end(args); break;
    case KEY_ACTS: l->acts = true; break;
    case KEY_UNMASK: l->print.unmask = true; break;
    case KEY_WHERE:
        if (l->filter.where_count == MOST_WHERE)
            args_usage(args, "--where at most %d times", MOST_WHERE);
        l->words[l->filter.where_count++] = args->value;
        break;
    }
}

static void check(const struct listing *l, bool any)
{
    const struct args *args = &l->p.args;
    if (args->operand_count > 1)
        args_usage(args, "one register");
    if (any && !args->operand_count)
        args_usage(args, "name the register whose entries are meant");
    if (l->print.unmask && args->dry_run)
        args_usage(args, "the log notes --unmask, and -n writes nothing");
}

int main(int argc, char **argv)
{
    struct listing l = {.p = program_start(&program, argc, argv)};
    bool any = false;
    for (int key; (key = args_next(&l.p.args)); any = true)
        take_option(&l, key);
    check(&l, any);
    if (l.p.args.operand_count)
        l.registry = registry_need(l.p.config, l.p.args.operands[0]);
    program_open(&l.p, NULL, 0);
    if (!l.registry)
        print_registers(&l);
    else if (l.acts)
        print_acts(&l);
    else
        print_entries(&l);
    int status = program_end(&l.p, l.count ? EXIT_DONE : EXIT_NO);
    arena_free(&l.arena);
    return status;
}
