#include "register/entry_private.h"

#include <stdlib.h>
#include <string.h>

#include "base/decimal.h"
#include "base/mask.h"
#include "center/org.h"

/* ---- values ---- */

const struct entry_value *entry_first(const struct entry *entry, int field)
{
    return field == REGISTRY_NONE || !entry->fields[field].count ? NULL : entry->fields[field].list;
}

bool entry_has(const struct entry_values *values, const char *text)
{
    for (int i = 0; i < values->count; i++)
        if (!strcmp(values->list[i].text, text))
            return true;
    return false;
}

void entry_put(struct entry *entry, struct arena *arena, int field, const char *text,
               int64_t number)
{
    struct entry_values *values = &entry->fields[field];
    struct entry_value *list = arena_zero(arena, ((size_t)values->count + 1) * sizeof *list);
    if (values->count)
        memcpy(list, values->list, (size_t)values->count * sizeof *list);
    list[values->count] = (struct entry_value){arena_string(arena, text), number};
    values->list = list;
    values->count++;
}

int entry_share(const struct entry *entry)
{
    const struct entry_value *have = entry_first(entry, entry->registry->have);
    const struct entry_value *target = entry_first(entry, entry->registry->target);
    if (!target || target->number <= 0)
        return -1;
    double share = have ? (double)have->number / (double)target->number * 1000 : 0;
    return share < 0 ? 0 : share > 1e6 ? 1000000 : (int)share;
}

bool entry_is_late(const struct entry *entry, int64_t now)
{
    return !entry->has_ended && entry->due_at && entry->due_at < now;
}

/* ---- reading ---- */

/* The state as the registry's own list has it, where it still has it. */
static const char *find_state(const struct registry *registry, const char *state,
                              struct arena *arena)
{
    const char *const *known = registry->record.states;
    while (*known && strcmp(*known, state) != 0)
        known++;
    return *known ? *known : arena_string(arena, state);
}

void entry_read_row(struct db_query *q, const struct registry *registry, struct arena *arena,
                    struct entry *entry)
{
    *entry = (struct entry){.id = db_number(q, 0),
                            .registry = registry,
                            .key = arena_string(arena, db_text(q, 2)),
                            .state = find_state(registry, db_text(q, 3), arena),
                            .has_ended = db_number(q, 4) != 0,
                            .org = db_number(q, 5),
                            .added_at = db_number(q, 6),
                            .moved_at = db_number(q, 7),
                            .due_at = db_number(q, 8),
                            .ticket = db_number(q, 9)};
}

void entry_read_value(struct db_query *q, struct arena *arena, struct entry *entry)
{
    const char *code = db_text(q, 10);
    int field = code ? registry_field(entry->registry, code) : REGISTRY_NONE;
    if (field != REGISTRY_NONE)
        entry_put(entry, arena, field, db_text(q, 11), db_number(q, 12));
}

bool entry_load(struct center *center, int64_t id, struct arena *arena, struct entry *entry)
{
    struct db_query *q =
        db_query(center->db, "SELECT " ENTRY_COLUMNS " FROM entry e LEFT JOIN entry_value v"
                             " ON v.entry_id = e.id WHERE e.id = ?1 ORDER BY v.field, v.place");
    const struct registry *registry = NULL;
    db_bind(q, 1, id);
    while (db_step(q)) {
        if (!registry && (registry = registry_find(center->config, db_text(q, 1))))
            entry_read_row(q, registry, arena, entry);
        if (registry)
            entry_read_value(q, arena, entry);
    }
    return registry != NULL;
}

int64_t entry_find(struct db *db, const struct registry *registry, const char *key)
{
    struct db_query *q = db_query(db, "SELECT id FROM entry WHERE register = ?1 AND key = ?2");
    db_bind_text(q, 1, registry->code);
    db_bind_text(q, 2, key);
    return db_first(q);
}

void entry_moves(struct db *db, int64_t id,
                 void (*take)(void *context, const struct entry_move *move), void *context)
{
    struct db_query *q = db_query(db, "SELECT act, state, text, at, org_id FROM entry_move"
                                      " WHERE entry_id = ?1 ORDER BY number");
    db_bind(q, 1, id);
    while (db_step(q))
        take(context, &(struct entry_move){db_text(q, 0), db_text(q, 1), db_text(q, 2),
                                           db_number(q, 3), db_number(q, 4)});
}

/* ---- what is shown ---- */

/* The name of what a code is of; the code itself where nothing is. */
static void add_name(struct text *to, struct db *db, const char *sql, const char *code)
{
    struct db_query *q = db_query(db, sql);
    db_bind_text(q, 1, code);
    text_add(to, db_step(q) ? db_text(q, 0) : code);
    db_reset(q);
}

static const char NAME_OF_ORG[] = "SELECT name FROM org WHERE code = ?1";
static const char NAME_OF_FIRM[] = "SELECT name FROM enterprise WHERE code = ?1";
static const char NAME_OF_POLICY[] = "SELECT title FROM policy WHERE code = ?1";

static void add_masked(struct text *to, enum registry_type type, const char *value)
{
    if (type == REGISTRY_PERSON)
        mask_name(to, value);
    else if (type == REGISTRY_PHONE)
        mask_phone(to, value);
    else if (type == REGISTRY_TEXT)
        mask_text(to, value);
    else
        text_add(to, value);
}

static void add_one(struct text *to, struct center *center, const struct registry_field *field,
                    const struct entry_value *value, bool unmask)
{
    char digits[DECIMAL_TEXT_SIZE];
    switch (field->type) {
    case REGISTRY_NUMBER:
        text_add(to, decimal_print(value->number, field->unit ? field->unit : NULL, digits));
        break;
    case REGISTRY_MONEY: text_add(to, decimal_print(value->number, "元", digits)); break;
    case REGISTRY_CHOICE: text_add(to, registry_choice_name(field, value->text)); break;
    case REGISTRY_ORG:
    case REGISTRY_ASSOCIATION: add_name(to, center->db, NAME_OF_ORG, value->text); break;
    case REGISTRY_ENTERPRISE: add_name(to, center->db, NAME_OF_FIRM, value->text); break;
    case REGISTRY_POLICY: add_name(to, center->db, NAME_OF_POLICY, value->text); break;
    default: add_masked(to, unmask ? REGISTRY_TYPES : field->type, value->text);
    }
}

void entry_add_shown(struct text *to, struct center *center, const struct entry *entry, int field,
                     bool unmask)
{
    const struct entry_values *values = &entry->fields[field];
    for (int i = 0; i < values->count; i++) {
        text_add(to, i ? "、" : "");
        add_one(to, center, &entry->registry->fields[field], &values->list[i], unmask);
    }
}

void entry_add_plain(struct text *to, const struct entry *entry, int field, bool unmask)
{
    const struct entry_values *values = &entry->fields[field];
    enum registry_type type = entry->registry->fields[field].type;
    for (int i = 0; i < values->count; i++) {
        text_add(to, i ? " " : "");
        add_masked(to, unmask ? REGISTRY_TYPES : type, values->list[i].text);
    }
}
