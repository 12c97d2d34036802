#include "center/replay.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/progress.h"

static void shadow(struct db *db, const struct projected *const *records)
{
    const char **tables = NULL;
    size_t count = 0;
    for (; *records; records++)
        for (const struct projected_table *table = (*records)->tables; table->name; table++) {
            tables = mem_grow(tables, count, sizeof *tables);
            tables[count++] = table->name;
        }
    tables = mem_grow(tables, count, sizeof *tables);
    tables[count] = NULL;
    db_shadow(db, tables);
    free(tables);
}

/* Applies all events to the first of RECORDS, up to one that makes its rows itself. */
static void apply_events(struct db *db, const struct projected *const *records)
{
    int64_t count = 0, total = db_count(db, "SELECT count(*) FROM event WHERE ticket_id IS NULL");
    struct db_query *q =
        db_query(db, "SELECT id, type, at, actor, data FROM event WHERE ticket_id IS NULL"
                     " UNION ALL SELECT 9223372036854775807, type, 0, '', data FROM upgrade_event"
                     " ORDER BY 1");
    while (db_step(q)) {
        const struct event event = {.id = db_number(q, 0),
                                    .type = db_text(q, 1),
                                    .at = db_number(q, 2),
                                    .actor = db_text(q, 3),
                                    .data = db_text(q, 4)};
        progress_step(++count, total, "events");
        for (int i = 0; event.type && event.data && records[i] && records[i]->effects; i++)
            projected_apply(db, records[i], &event);
    }
}

void replay_start(struct db *db, const struct projected *const *records,
                  void (*start)(void *context, const struct projected *record),
                  compare_report *report, void *context)
{
    bool applied = false;
    shadow(db, records);
    for (; *records; records++) {
        if ((*records)->replay && start)
            start(context, *records);
        if ((*records)->replay)
            (*records)->replay(db, report, context);
        else if (!applied)
            apply_events(db, records);
        applied = !(*records)->replay;
    }
}

void replay_end(struct db *db)
{
    db_unshadow(db);
}

/* The parts of the query that compares a table. */
struct comparing {
    const struct projected_table *table;
    struct text columns, keys, differs; /* both sides' values; the same row; any value is other */
    struct text order;                  /* that of the keys */
    const char *names[64], *key;
    int count;
    struct arena arena;
};

static void take_column(struct comparing *c, const char *name, bool is_key)
{
    if (is_key && !c->key)
        c->key = arena_string(&c->arena, name);
    if (is_key) {
        text_add_format(&c->order, "%sm.%s", c->order.length ? ", " : "", name);
        text_add_format(&c->keys, "%ss.%s = m.%s", c->keys.length ? " AND " : "", name, name);
    } else if (c->count < (int)(sizeof c->names / sizeof *c->names)) {
        text_add_format(&c->columns, ", m.%s, s.%s", name, name);
        text_add_format(&c->differs, " OR m.%s IS DISTINCT FROM s.%s", name, name);
        c->names[c->count++] = arena_string(&c->arena, name);
    }
}

static struct comparing compare_what(struct db *db, const struct projected_table *table)
{
    struct comparing c = {.table = table};
    struct db_query *q = db_columns(db, table->name);
    while (db_step(q))
        take_column(&c, db_text(q, 0), db_number(q, 1) != 0);
    return c;
}

/* The rows of SIDE that are other, or not there, on the OTHER side; their values are in the query's
 * columns from 3 on. */
static struct db_query *query(struct db *db, const struct comparing *c, const char *side,
                              const char *other, bool values)
{
    struct text sql = {0};
    text_add_format(&sql,
                    "SELECT %s, %s, s.%s IS NULL%s FROM %s.%s m LEFT JOIN %s.%s s ON %s"
                    " WHERE NOT (%s) AND (s.%s IS NULL%s) ORDER BY %s",
                    c->table->id, c->table->called, c->key, values ? text_string(&c->columns) : "",
                    side, c->table->name, other, c->table->name, c->keys.data,
                    c->table->but ? c->table->but : "false", c->key,
                    values ? text_string(&c->differs) : "", c->order.data);
    struct db_query *q = db_query_built(db, sql.data);
    text_free(&sql);
    return q;
}

static void compare_row(const struct comparing *c, struct comparison *comparison,
                        struct db_query *q)
{
    comparison->id = db_number(q, 0);
    comparison->record = db_text(q, 1) ? db_text(q, 1) : c->table->name;
    if (db_number(q, 2))
        compare_text(comparison, "the row", "there", NULL);
    for (int i = 0; i < c->count && !db_number(q, 2); i++)
        compare_text(comparison, c->names[i], db_text(q, 3 + 2 * i), db_text(q, 4 + 2 * i));
}

static void compare_table(struct db *db, const struct projected_table *table,
                          struct comparison *comparison)
{
    struct comparing c = compare_what(db, table);
    struct db_query *q = query(db, &c, db_side(db, false), db_side(db, true), true);
    while (db_step(q))
        compare_row(&c, comparison, q);
    q = query(db, &c, db_side(db, true), db_side(db, false), false);
    while (db_step(q)) {
        comparison->id = db_number(q, 0);
        comparison->record = db_text(q, 1) ? db_text(q, 1) : table->name;
        compare_text(comparison, "the row", NULL, "one");
    }
    text_free(&c.columns);
    text_free(&c.keys);
    text_free(&c.differs);
    text_free(&c.order);
    arena_free(&c.arena);
}

void replay_compare(struct db *db, const struct projected *record, compare_report *report,
                    void *context)
{
    struct comparison comparison = {report, context, 0, NULL};
    for (const struct projected_table *table = record->tables; table->name; table++)
        compare_table(db, table, &comparison);
}
