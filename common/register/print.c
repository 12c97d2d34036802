#include "register/print.h"

#include <stdio.h>

static const struct out_column last[] = {{"state", "状态", OUT_TEXT},
                                         {"due", "期限", OUT_TEXT},
                                         {"late", "超期", OUT_TEXT},
                                         {"share", "完成率", OUT_TEXT},
                                         {"added", "登记", OUT_TEXT}};
enum { LAST = sizeof last / sizeof *last };

static bool is_number(const struct registry_field *field)
{
    return field->type == REGISTRY_NUMBER || field->type == REGISTRY_MONEY ||
           (field->type == REGISTRY_TICKET && !field->many);
}

void entryprint_begin(struct entryprint *print, struct program *program,
                      const struct registry *registry, struct arena *arena)
{
    int count = registry->field_count + 1 + LAST;
    struct out_column *columns = arena_zero(arena, (size_t)count * sizeof *columns);
    columns[0] = (struct out_column){"id", "系统编号", OUT_NUMBER};
    for (int i = 0; i < registry->field_count; i++)
        columns[i + 1] =
            (struct out_column){registry->fields[i].term.code, registry->fields[i].term.name,
                                is_number(&registry->fields[i]) ? OUT_NUMBER : OUT_TEXT};
    for (int i = 0; i < LAST; i++)
        columns[registry->field_count + 1 + i] = last[i];
    print->p = program;
    print->registry = registry;
    program_print(program, columns, count);
}

static void print_field(struct entryprint *print, const struct entry *entry, int field)
{
    struct out *out = print->p->out;
    struct text shown = {0}, plain = {0};
    if (!entry->fields[field].count) {
        out_text(out, NULL);
        return;
    }
    entry_add_plain(&plain, entry, field, print->unmask);
    entry_add_shown(&shown, &print->p->center, entry, field, print->unmask);
    if (is_number(&print->registry->fields[field]))
        out_digits(out, plain.data);
    else
        out_code(out, plain.data, shown.data);
    text_free(&shown);
    text_free(&plain);
}

void entryprint_row(struct entryprint *print, const struct entry *entry)
{
    struct out *out = print->p->out;
    char share[16];
    int done = entry_share(entry);
    if (entry_is_late(entry, print->p->center.now))
        out_mark(out);
    out_number(out, entry->id);
    for (int i = 0; i < print->registry->field_count; i++)
        print_field(print, entry, i);
    out_code(out, entry->state, registry_state_name(print->registry, entry->state));
    out_moment(out, entry->due_at);
    out_code(out, entry_is_late(entry, print->p->center.now) ? "yes" : NULL, "超期");
    snprintf(share, sizeof share, "%d.%d%%", done / 10, done % 10);
    out_text(out, done < 0 ? NULL : share);
    out_moment(out, entry->added_at);
    out_row(out);
}
