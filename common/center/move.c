#include "center/move.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "base/die.h"
#include "base/mem.h"
#include "base/progress.h"
#include "base/text.h"
#include "center/draft.h"
#include "center/log.h"
#include "center/logtree.h"
#include "center/rebuild.h"
#include "center/replay.h"
#include "center/schema.h"

struct moving {
    struct db *from, *to;
    struct move *move;
    int64_t done, total;                    /* rows, read on either side */
    const struct projected *const *records; /* whose tables were made anew aside; NULL: none */
    bool has_events;
};

struct column {
    const char *name, *sql; /* sql gives its value as a text */
    bool is_key;
};

struct columns {
    struct arena arena;
    struct column *list;
    size_t count;
};

static struct columns columns_of(struct db *db, const char *table)
{
    struct columns c = {.list = NULL};
    struct db_query *q = db_columns(db, table);
    for (; db_step(q); c.count++) {
        c.list = mem_grow(c.list, c.count, sizeof *c.list);
        c.list[c.count] =
            (struct column){arena_string(&c.arena, db_text(q, 0)),
                            arena_string(&c.arena, db_text(q, 2)), db_number(q, 1) != 0};
    }
    return c;
}

static void free_columns(struct columns *c)
{
    free(c->list);
    arena_free(&c->arena);
}

static const struct column *find(const struct columns *c, const char *name)
{
    for (size_t i = 0; i < c->count; i++)
        if (!strcmp(c->list[i].name, name))
            return &c->list[i];
    return NULL;
}

/* How a side's rows are read: the columns in the order of WANTED, the rows in that of their key. */
static void add_select(struct text *sql, const char *of, const char *table,
                       const struct columns *side, const struct columns *wanted)
{
    const char *before = " ORDER BY";
    for (size_t i = 0; i < wanted->count; i++)
        text_add_format(sql, "%s %s", i ? "," : "SELECT", find(side, wanted->list[i].name)->sql);
    text_add_format(sql, " FROM %s%s%s", of, *of ? "." : "", table);
    for (size_t i = 0; i < wanted->count; i++)
        if (wanted->list[i].is_key) {
            text_add_format(sql, "%s %s", before, wanted->list[i].name);
            before = ",";
        }
}

/* A value with its length, so that no two rows give the same bytes. */
static void add_value(struct text *row, const char *value)
{
    if (value)
        text_add_format(row, "%zu:%s", strlen(value), value);
    else
        text_add_char(row, '-');
}

/* Reads what SQL gives of DB, COUNT columns, and puts it into LOAD unless that is NULL. */
static struct moved read_rows(struct moving *m, struct db *db, const char *sql, size_t count,
                              struct db_load *load)
{
    struct moved moved = {.name = NULL};
    struct text row = {0};
    uint8_t digest[DIGEST_SIZE] = {0};
    const char **values = mem_zero(count, sizeof *values);
    struct db_query *q = db_query_stream(db, sql);
    for (; db_step(q); moved.rows++) {
        text_clear(&row);
        for (size_t i = 0; i < count; i++)
            add_value(&row, values[i] = db_text(q, (int)i));
        digest_sm3(digest, row.data, row.length, digest);
        if (load)
            db_load_row(load, values);
        progress_step(++m->done, m->total, "rows");
    }
    digest_print(digest, moved.digest);
    free(values);
    text_free(&row);
    return moved;
}

static void check_columns(const struct moving *m, const char *table, const struct columns *from,
                          const struct columns *to)
{
    bool same = from->count == to->count;
    for (size_t i = 0; same && i < to->count; i++)
        same = find(from, to->list[i].name);
    if (!same)
        die("%s: table %s is not as the schema has it: see center-check(1)", db_path(m->from),
            table);
}

/* What is kept of the log's tree follows from the events up to the last head that was signed. */
static void make_tree(struct db *to)
{
    struct db_query *q = db_query(to, "SELECT CAST(json_extract(data, '$.size') AS BIGINT)"
                                      " FROM event WHERE type = 'head-signed'"
                                      " ORDER BY id DESC LIMIT 1");
    int64_t size = db_first(q);
    struct logtree *tree = logtree_open(to);
    logtree_doubt(tree);
    if (size && logtree_next(tree, size, INT_MAX))
        logtree_keep(tree);
    logtree_free(tree);
}

static bool is_aside(const struct moving *m, const char *name)
{
    for (const struct projected *const *record = m->records; record && *record; record++)
        for (const struct projected_table *table = (*record)->tables; table->name; table++)
            if (!strcmp(table->name, name))
                return true;
    return false;
}

static const char tree_table[] = "log_node";

static bool is_tree(const struct moving *m, const char *name)
{
    return m->records && !strcmp(name, tree_table);
}

/* What was sent, after it was loaded. */
static struct moved send_table(struct moving *m, const char *table, const struct columns *from,
                               const struct columns *to)
{
    struct text sql = {0};
    const char **names = mem_zero(to->count + 1, sizeof *names);
    for (size_t i = 0; i < to->count; i++)
        names[i] = to->list[i].name;
    add_select(&sql, is_aside(m, table) ? db_side(m->from, true) : "", table, from, to);
    struct db_load *load = db_load(m->to, table, names);
    struct moved sent = read_rows(m, m->from, sql.data, to->count, load);
    db_load_end(load);
    free(names);
    text_free(&sql);
    return sent;
}

/* Whether the table that there was has other rows than the one that was made anew. */
static bool differs(struct moving *m, const char *table, const struct columns *from,
                    const struct columns *to, const struct moved *made)
{
    struct text sql = {0};
    if (!is_aside(m, table) && !is_tree(m, table))
        return false;
    add_select(&sql, db_side(m->from, false), table, from, to);
    struct moved was = read_rows(m, m->from, sql.data, to->count, NULL);
    text_free(&sql);
    return was.rows != made->rows || strcmp(was.digest, made->digest) != 0;
}

/* Notes what a table has, when it is there. */
static void note_table(struct moving *m, const char *table, const struct columns *from,
                       const struct columns *to, const struct moved *sent)
{
    struct move *move = m->move;
    struct text sql = {0};
    add_select(&sql, "", table, to, to);
    struct moved got = read_rows(m, m->to, sql.data, to->count, NULL);
    if (sent && (sent->rows != got.rows || strcmp(sent->digest, got.digest) != 0))
        die("%s: table %s does not hold what %s has; nothing of this was kept", db_path(m->to),
            table, db_path(m->from));
    got.name = mem_string(table);
    got.differs = differs(m, table, from, to, &got);
    move->tables = mem_grow(move->tables, move->count, sizeof *move->tables);
    move->tables[move->count++] = got;
    text_free(&sql);
}

/* The tree is made of the events, when they are there. */
static void move_table(void *context, const char *table)
{
    struct moving *m = context;
    if (is_tree(m, table) && !m->has_events)
        return;
    struct columns to = columns_of(m->to, table), from = columns_of(m->from, table);
    check_columns(m, table, &from, &to);
    if (is_tree(m, table)) {
        make_tree(m->to);
        note_table(m, table, &from, &to, NULL);
    } else {
        struct moved sent = send_table(m, table, &from, &to);
        note_table(m, table, &from, &to, &sent);
    }
    free_columns(&from);
    free_columns(&to);
}

struct counting {
    struct db *db;
    int64_t rows;
    bool first; /* one row is enough */
};

static void count_rows(void *context, const char *table)
{
    struct counting *c = context;
    struct text sql = {0};
    if (c->first && c->rows)
        return;
    text_add_format(&sql,
                    c->first ? "SELECT count(*) FROM (SELECT 1 FROM %s LIMIT 1) one"
                             : "SELECT count(*) FROM %s",
                    table);
    c->rows += db_first(db_query_built(c->db, sql.data));
    text_free(&sql);
}

bool move_is_empty(struct db *db)
{
    struct counting c = {.db = db, .first = true};
    db_each_table(schema, count_rows, &c);
    return !c.rows;
}

static void check_log(struct moving *m)
{
    bool found;
    int64_t wrong = event_verify(m->to, NULL, &found, m->move->head);
    if (wrong)
        die("%s: event %lld of its log does not follow from the one before it: see center-check(1);"
            " nothing of this was kept",
            db_path(m->from), (long long)wrong);
    m->move->events = db_count(m->to, "SELECT count(*) FROM event");
}

static void need_empty(struct db *to)
{
    if (!move_is_empty(to))
        die("%s: there is a center already; one is moved to where there is none", db_path(to));
}

static struct move move_tables(struct db *from, struct db *to,
                               const struct projected *const *records)
{
    struct move move = {.tables = NULL};
    struct counting counting = {.db = from};
    center_begin(&(struct center){.db = to}, true);
    need_empty(to);
    db_each_table(schema, count_rows, &counting);
    struct moving m = {
        .from = from, .to = to, .move = &move, .total = 2 * counting.rows, .records = records};
    db_each_table(schema, move_table, &m);
    m.has_events = true;
    if (records)
        move_table(&m, tree_table);
    check_log(&m);
    return move;
}

struct move move_center(struct db *from, struct db *to)
{
    center_begin(&(struct center){.db = from}, true);
    struct move move = move_tables(from, to, NULL);
    db_commit(to);
    db_rollback(from);
    return move;
}

struct move rebuild_center(struct db *from, struct db *to, const struct projected *const *records,
                           compare_report *report, void *context)
{
    replay_start(from, records, NULL, report, context);
    struct move move = move_tables(from, to, records);
    db_commit(to);
    for (; *records; records++)
        replay_compare(from, *records, report, context);
    replay_end(from);
    return move;
}

/* ---- where it goes ---- */

struct placing {
    void (*fill)(void *context, struct db *to);
    void *context;
};

static void fill_place(void *placing, const char *path)
{
    const struct placing *p = placing;
    db_create(path, schema);
    struct db *to = db_open(path, schema);
    need_empty(to);
    p->fill(p->context, to);
    db_close(to);
}

static void try_place(struct placing *p, const char *path)
{
    if (db_exists(path)) {
        struct db *to = db_open(path, schema);
        need_empty(to);
        db_close(to);
    }
    draft_try(fill_place, p);
}

void move_place(const char *path, bool dry_run, void (*fill)(void *, struct db *), void *context)
{
    struct placing placing = {fill, context};
    bool served = db_is_served(path);
    if (!served && db_exists(path))
        die("%s: is there already; a center is moved to a file that is not", path);
    if (dry_run)
        try_place(&placing, path);
    else if (served)
        fill_place(&placing, path);
    else if (!draft_make(path, true, fill_place, &placing))
        die("%s: is there already; another process came first", path);
}

void move_free(struct move *move)
{
    for (size_t i = 0; i < move->count; i++)
        free(move->tables[i].name);
    free(move->tables);
}
