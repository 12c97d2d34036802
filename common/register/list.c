#include "register/list.h"

#include "register/entry_private.h"

enum { MOST_BOUND = 64 };

/* A statement that is being put together, and what is bound to it. */
struct asking {
    struct text sql;
    struct {
        const char *text; /* NULL: the number */
        int64_t number;
    } bound[MOST_BOUND];
    int count;
};

/* A condition, whose last character is the parameter's question mark. */
static void add_text(struct asking *a, const char *condition, const char *text)
{
    if (!text)
        return;
    a->bound[a->count++].text = text;
    text_add_format(&a->sql, " AND %s%d", condition, a->count);
}

static void add_number(struct asking *a, const char *condition, int64_t number)
{
    if (!number)
        return;
    a->bound[a->count++].number = number;
    text_add_format(&a->sql, " AND %s%d", condition, a->count);
}

#define HAS " AND EXISTS (SELECT 1 FROM entry_value w WHERE w.entry_id = e.id AND w.field = "

/* Codes of fields are ours: small letters, digits, hyphens. */
static void add_where(struct asking *a, const struct registry *registry,
                      const struct entry_where *where)
{
    const struct registry_field *field = &registry->fields[where->field];
    if (!where->text) {
        text_add_format(&a->sql,
                        " AND NOT EXISTS (SELECT 1 FROM entry_value w"
                        " WHERE w.entry_id = e.id AND w.field = '%s')",
                        field->term.code);
        return;
    }
    text_add_format(&a->sql, HAS "'%s'", field->term.code);
    a->bound[a->count++].text = where->text;
    text_add_format(&a->sql,
                    field->type == REGISTRY_TEXT ? " AND instr(w.text, ?%d) > 0)"
                                                 : " AND w.text = ?%d)",
                    a->count);
}

/* Who answers or helps. */
static void add_org(struct asking *a, const struct registry *registry, const char *org)
{
    const int fields[] = {registry->answers, registry->helps};
    const char *comma = "";
    if (!org)
        return;
    text_add(&a->sql, " AND EXISTS (SELECT 1 FROM entry_value w WHERE w.entry_id = e.id"
                      " AND w.field IN (");
    for (int i = 0; i < 2; i++)
        if (fields[i] != REGISTRY_NONE) {
            text_add_format(&a->sql, "%s'%s'", comma, registry->fields[fields[i]].term.code);
            comma = ", ";
        }
    a->bound[a->count++].text = org;
    text_add_format(&a->sql, "%s) AND w.text = ?%d)", *comma ? "" : "''", a->count);
}

static void add_conditions(struct asking *a, const struct entry_filter *f)
{
    add_text(a, "e.register = ?", f->registry->code);
    add_text(a, "e.state = ?", f->state);
    add_org(a, f->registry, f->org);
    for (int i = 0; i < f->where_count; i++)
        add_where(a, f->registry, &f->where[i]);
    if (f->open || f->late_at)
        text_add(&a->sql, " AND e.ended = 0");
    add_number(a, "e.due_at < ?", f->late_at);
    add_number(a, "e.added_at >= ?", f->added_from);
    add_number(a, "e.added_at <= ?", f->added_to);
    add_number(a, "e.due_at >= ?", f->due_from);
    add_number(a, "e.due_at <= ?", f->due_to);
    text_add(&a->sql, " ORDER BY e.id");
}

static struct db_query *ask(struct center *center, const struct entry_filter *filter)
{
    struct asking a = {.count = 0};
    text_add(&a.sql, "SELECT " ENTRY_COLUMNS " FROM (SELECT * FROM entry e WHERE true");
    add_conditions(&a, filter);
    text_add(&a.sql, ") e LEFT JOIN entry_value v ON v.entry_id = e.id"
                     " ORDER BY e.id, v.field, v.place");
    struct db_query *q = db_query_built(center->db, a.sql.data);
    for (int i = 0; i < a.count; i++)
        if (a.bound[i].text)
            db_bind_text(q, i + 1, a.bound[i].text);
        else
            db_bind(q, i + 1, a.bound[i].number);
    text_free(&a.sql);
    return q;
}

void entry_each(struct center *center, const struct entry_filter *filter,
                void (*take)(void *context, const struct entry *entry), void *context)
{
    struct arena arena = {0};
    struct entry entry = {.id = 0};
    struct db_query *q = ask(center, filter);
    while (db_step(q)) {
        if (entry.id != db_number(q, 0)) {
            if (entry.id)
                take(context, &entry);
            arena_free(&arena);
            entry_read_row(q, filter->registry, &arena, &entry);
        }
        entry_read_value(q, &arena, &entry);
    }
    if (entry.id)
        take(context, &entry);
    arena_free(&arena);
}

static void take_entry(struct center *center, int64_t id,
                       void (*take)(void *context, const struct entry *entry), void *context)
{
    struct arena arena = {0};
    struct entry entry;
    if (entry_load(center, id, &arena, &entry))
        take(context, &entry);
    arena_free(&arena);
}

static bool is_of_type(const struct registry *registry, const char *field, enum registry_type type)
{
    int number = registry ? registry_field(registry, field) : REGISTRY_NONE;
    return number != REGISTRY_NONE && registry->fields[number].type == type;
}

void entry_each_naming(struct center *center, enum registry_type type, const char *code,
                       void (*take)(void *context, const struct entry *entry), void *context)
{
    int64_t last = 0;
    struct db_query *q = db_query(center->db, "SELECT e.id, e.register, v.field FROM entry_value v"
                                              " JOIN entry e ON e.id = v.entry_id WHERE v.text = ?1"
                                              " ORDER BY e.register, e.id");
    db_bind_text(q, 1, code);
    while (db_step(q)) {
        int64_t id = db_number(q, 0);
        if (id == last ||
            !is_of_type(registry_find(center->config, db_text(q, 1)), db_text(q, 2), type))
            continue;
        take_entry(center, id, take, context);
        last = id;
    }
}

struct entry_counts entry_count(struct center *center, const struct registry *registry)
{
    struct db_query *q =
        db_query(center->db, "SELECT count(*), coalesce(sum(1 - ended), 0),"
                             " coalesce(sum(CASE WHEN ended = 0 AND due_at < ?2 THEN 1 ELSE 0 END),"
                             " 0) FROM entry WHERE register = ?1");
    db_bind_text(q, 1, registry->code);
    db_bind(q, 2, center->now);
    db_step(q);
    struct entry_counts counts = {db_number(q, 0), db_number(q, 1), db_number(q, 2)};
    db_reset(q);
    return counts;
}
