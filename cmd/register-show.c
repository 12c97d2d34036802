/* register-show: entries of registers (台账) whole: their fields, and what happened to them. */
#include <string.h>

#include "base/clock.h"
#include "base/die.h"
#include "base/json.h"
#include "base/mask.h"
#include "center/log.h"
#include "center/program.h"
#include "register/entry.h"
#include "ticket/ticket.h"

enum { KEY_UNMASK = ARGS_LONG };

static const struct args_option options[] = {
    {KEY_UNMASK, "unmask", NULL, "show personal data; the log notes it"},
    {0, NULL, NULL, NULL},
};
static const char *const synopsis[] = {"[--unmask] N ... | -", NULL};
static const struct args_program program = {
    .name = "register-show",
    .title = "台账详情",
    .synopsis = synopsis,
    .purpose = "Show entries of registers (台账) whole, by their numbers.",
    .options = options,
};

static const struct out_column columns[] = {
    {"id", "系统编号", OUT_NUMBER}, {"field", "项目", OUT_TEXT}, {"value", "内容", OUT_TEXT}};

struct showing {
    struct program p;
    const struct registry *registry;
    bool unmask;
};

static void print_field(struct showing *s, const struct entry *entry, int field)
{
    struct text shown = {0}, plain = {0};
    const struct term *term = &s->registry->fields[field].term;
    if (!entry->fields[field].count)
        return;
    entry_add_plain(&plain, entry, field, s->unmask);
    entry_add_shown(&shown, &s->p.center, entry, field, s->unmask);
    out_member(s->p.out, term->code, term->name, plain.data, shown.data);
    text_free(&shown);
    text_free(&plain);
}

static void print_moment(struct showing *s, const char *name, const char *title, int64_t moment)
{
    char at[CLOCK_TEXT_SIZE];
    out_member(s->p.out, name, title, moment ? clock_print(moment, at) : NULL, NULL);
}

/* 2026-03-02T09:00:00+08:00 报送进展：……（市政务办） */
static void print_move(void *context, const struct entry_move *move)
{
    struct showing *s = context;
    struct out *out = s->p.out;
    char at[CLOCK_TEXT_SIZE];
    struct text said = {0}, line = {0}, shown = {0};
    int act = registry_act(s->registry, move->act);
    const char *word = act == REGISTRY_NONE ? move->act : s->registry->record.acts[act].word;
    if (move->text && !s->unmask)
        mask_text(&said, move->text);
    else if (move->text)
        text_add(&said, move->text);
    clock_print(move->at, at);
    text_add_format(&line, "%s %s%s%s", at, move->act, said.length ? " " : "", text_string(&said));
    text_add_format(&shown, "%s %s%s%s", at, word, said.length ? "：" : "", text_string(&said));
    out_begin_item(out, line.data, shown.data);
    out_member(out, "at", NULL, at, NULL);
    out_member(out, "act", NULL, move->act, NULL);
    out_member(out, "state", NULL, move->state, NULL);
    out_member(out, "by", NULL, org_code(&s->p.orgs, move->org), NULL);
    out_member(out, "text", NULL, said.data, NULL);
    out_end_item(out);
    text_free(&said);
    text_free(&line);
    text_free(&shown);
}

static void print_ticket(void *context, const struct ticket *ticket)
{
    struct showing *s = context;
    struct text line = {0}, shown = {0};
    text_add_format(&line, "%lld %s", (long long)ticket->id, ticket->state);
    text_add_format(&shown, "%lld %s", (long long)ticket->id, ticket_state_name(ticket->state));
    out_begin_item(s->p.out, line.data, shown.data);
    out_member_number(s->p.out, "id", NULL, ticket->id, NULL);
    out_member(s->p.out, "state", NULL, ticket->state, NULL);
    out_end_item(s->p.out);
    text_free(&line);
    text_free(&shown);
}

/* The requests that came from it. */
static void print_tickets(struct showing *s, const struct entry *entry)
{
    out_begin_list(s->p.out, "requests", "request", "带来诉求");
    ticket_each(s->p.center.db, &(struct ticket_filter){.origins = {0, entry->id}}, print_ticket,
                s);
    out_end_list(s->p.out);
}

static void print_entry(struct showing *s, const struct entry *entry)
{
    struct out *out = s->p.out;
    struct text id = {0};
    text_add_number(&id, entry->id);
    s->registry = entry->registry;
    out_begin_record(out, id.data, true);
    out_member(out, "register", "台账", s->registry->code, s->registry->name);
    out_member(out, "state", "状态", entry->state, registry_state_name(s->registry, entry->state));
    print_moment(s, "added", "登记", entry->added_at);
    print_moment(s, "due", "期限", entry->due_at);
    for (int i = 0; i < s->registry->field_count; i++)
        print_field(s, entry, i);
    if (entry->ticket)
        out_member_number(out, "supervised", "督办工单", entry->ticket, NULL);
    print_tickets(s, entry);
    out_begin_list(out, "history", "history", "经过");
    entry_moves(s->p.center.db, entry->id, print_move, s);
    out_end_list(out);
    out_end_record(out);
    text_free(&id);
}

static void show(struct showing *s, int64_t id)
{
    struct arena arena = {0};
    struct entry entry;
    if (entry_load(&s->p.center, id, &arena, &entry)) {
        if (s->unmask)
            event_add_unmasked(&s->p.center, 0, program.name, "register", entry.registry->code);
        print_entry(s, &entry);
    } else {
        warn("%lld: no such entry", (long long)id);
        s->p.bad++;
    }
    arena_free(&arena);
}

int main(int argc, char **argv)
{
    enum { BATCH = 200 };
    struct showing s = {.p = program_start(&program, argc, argv)};
    int64_t ids[BATCH];
    while (args_next(&s.p.args))
        s.unmask = true;
    if (!s.p.args.operand_count)
        args_usage(&s.p.args, "name the entries by their numbers; register-list prints them");
    if (s.unmask && s.p.args.dry_run)
        args_usage(&s.p.args, "the log notes --unmask, and -n writes nothing");
    program_open(&s.p, OUT_COLUMNS(columns));
    struct args_ids loop = args_ids(&s.p.args, 0);
    for (int count; (count = args_next_ids(&loop, ids, BATCH));) {
        if (s.unmask)
            center_begin(&s.p.center, false);
        for (int i = 0; i < count; i++)
            show(&s, ids[i]);
        if (s.unmask)
            db_commit(s.p.center.db);
    }
    s.p.bad += args_ids_end(&loop);
    return program_end(&s.p, EXIT_DONE);
}
