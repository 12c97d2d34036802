#include "base/db.h"

#include <stdlib.h>
#include <string.h>

#include "base/db_private.h"
#include "base/die.h"
#include "base/mem.h"
#include "base/text.h"

static const struct db_engine *engine_of(const char *path)
{
    return db_postgres_is_meant(path) ? &db_postgres : &db_sqlite;
}

bool db_is_served(const char *path)
{
    return db_postgres_is_meant(path);
}

char *db_name(const char *path)
{
    return db_postgres_is_meant(path) ? db_postgres_name(path) : mem_string(path);
}

bool db_exists(const char *path)
{
    return engine_of(path)->exists(path);
}

bool db_create(const char *path, const char *schema)
{
    return engine_of(path)->create(path, schema);
}

struct db *db_open(const char *path, const char *schema)
{
    return engine_of(path)->open(path, schema);
}

static void free_objects(struct db *db)
{
    for (struct db_object *next, *o = db->objects; o; o = next) {
        next = o->next;
        o->free(o->object);
        free(o);
    }
    db->objects = NULL;
}

void db_attach(struct db *db, const void *key, void *object, void (*free_object)(void *))
{
    struct db_object **place = &db->objects, *o;
    while ((o = *place) && o->key != key)
        place = &o->next;
    if (o) {
        *place = o->next;
        o->free(o->object);
        free(o);
    }
    if (!object)
        return;
    o = mem_zero(1, sizeof *o);
    *o = (struct db_object){key, object, free_object, db->objects};
    db->objects = o;
}

void *db_attached(const struct db *db, const void *key)
{
    const struct db_object *o = db->objects;
    while (o && o->key != key)
        o = o->next;
    return o ? o->object : NULL;
}

void db_close(struct db *db)
{
    free_objects(db);
    for (struct db_query *next, *query = db->queries; query; query = next) {
        next = query->next;
        free(query->built);
        db->engine->finalize(query);
    }
    db->queries = NULL;
    for (struct db_last *next, *last = db->lasts; last; last = next) {
        next = last->next;
        free(last);
    }
    db->engine->close(db);
}

const char *db_path(const struct db *db)
{
    return db->path;
}

const char *db_user(struct db *db)
{
    return db->engine->user ? db->engine->user(db) : NULL;
}

int db_schema_version(struct db *db)
{
    return db->engine->schema_version(db);
}

/* Of a process that ends: other writers go on. */
static void let_go(void *context)
{
    struct db *db = context;
    db->engine->let_go(db);
}

void db_begin(struct db *db)
{
    db->engine->begin(db);
    db->transactions++;
    db->before_commit = NULL;
    die_hold(let_go, db);
}

void db_before_commit(struct db *db, void (*hook)(void *), void *context)
{
    db->before_commit = hook;
    db->commit_context = context;
}

void db_commit(struct db *db)
{
    if (db->before_commit)
        db->before_commit(db->commit_context);
    db->engine->commit(db);
    die_release();
}

void db_rollback(struct db *db)
{
    db->engine->rollback(db);
    die_release();
}

void db_mark(struct db *db)
{
    db_run(db_query(db, "SAVEPOINT part"));
}

void db_keep(struct db *db)
{
    db_run(db_query(db, "RELEASE part"));
}

void db_undo(struct db *db)
{
    db_run(db_query(db, "ROLLBACK TO part"));
    db_run(db_query(db, "RELEASE part"));
    db->transactions++; /* what was read of the part is no longer so */
}

int64_t db_transaction(const struct db *db)
{
    return db->transactions;
}

struct db_query *db_query_keep(struct db *db, const void *key, const char *sql)
{
    struct db_query *query = db->engine->prepare(db, sql);
    query->db = db;
    query->key = key;
    query->built = key ? NULL : mem_string(sql);
    query->next = db->queries;
    db->queries = query;
    return query;
}

struct db_query *db_query_kept(struct db *db, const void *key)
{
    struct db_query *query = db->queries;
    while (query && query->key != key)
        query = query->next;
    if (query)
        db_reset(query);
    return query;
}

struct db_query *db_query(struct db *db, const char *sql)
{
    struct db_query *query = db_query_kept(db, sql);
    return query ? query : db_query_keep(db, sql, sql);
}

struct db_query *db_query_built(struct db *db, const char *sql)
{
    for (struct db_query *query = db->queries; query; query = query->next)
        if (query->built && !strcmp(query->built, sql)) {
            db_reset(query);
            return query;
        }
    return db_query_keep(db, NULL, sql);
}

struct db_query *db_query_stream(struct db *db, const char *sql)
{
    struct db_query *query = db_query_built(db, sql);
    if (db->engine->stream)
        db->engine->stream(query);
    return query;
}

void db_bind(struct db_query *query, int index, int64_t number)
{
    query->db->engine->bind(query, index, number);
}

void db_bind_some(struct db_query *query, int index, int64_t number)
{
    if (number)
        db_bind(query, index, number);
}

void db_bind_text(struct db_query *query, int index, const char *text)
{
    query->db->engine->bind_text(query, index, text);
}

void db_bind_bytes(struct db_query *query, int index, const void *bytes, size_t size)
{
    query->db->engine->bind_bytes(query, index, bytes, size);
}

bool db_step(struct db_query *query)
{
    return query->db->engine->step(query);
}

void db_ahead(struct db_query *query)
{
    if (query->db->engine->ahead)
        query->db->engine->ahead(query);
}

bool db_looks_ahead(const struct db *db)
{
    return db->engine->ahead;
}

static struct db_last *last_of(struct db *db, const char *table)
{
    struct db_last *last = db->lasts;
    while (last && strcmp(last->table, table) != 0)
        last = last->next;
    if (!last) {
        last = mem_zero(1, sizeof *last);
        *last = (struct db_last){.table = table, .transaction = -1, .next = db->lasts};
        db->lasts = last;
    }
    return last;
}

int64_t db_next_id(struct db *db, const char *table)
{
    struct db_last *last = last_of(db, table);
    if (last->transaction != db->transactions) {
        struct text sql = {0};
        text_add_format(&sql, "SELECT coalesce(max(id), 0) FROM %s", table);
        last->id = db_first(db_query_built(db, sql.data));
        last->transaction = db->transactions;
        text_free(&sql);
    }
    return ++last->id;
}

void db_run(struct db_query *query)
{
    if (query->db->engine->run) {
        query->db->engine->run(query);
        return;
    }
    while (db_step(query))
        ;
}

void db_reset(struct db_query *query)
{
    query->db->engine->reset(query);
}

int64_t db_number(struct db_query *query, int column)
{
    return query->db->engine->number(query, column);
}

const char *db_text(struct db_query *query, int column)
{
    return query->db->engine->text(query, column);
}

bool db_is_null(struct db_query *query, int column)
{
    return query->db->engine->is_null(query, column);
}

void db_bytes(struct db_query *query, int column, void *bytes, size_t size)
{
    query->db->engine->bytes(query, column, bytes, size);
}

int64_t db_first(struct db_query *query)
{
    int64_t number = db_step(query) ? db_number(query, 0) : 0;
    db_reset(query);
    return number;
}

char *db_nearest(struct db_query *query, const char *word)
{
    struct arena arena = {0};
    const char **words = NULL;
    size_t count = 0;
    while (db_step(query)) {
        words = mem_grow(words, count, sizeof *words);
        words[count++] = arena_string(&arena, db_text(query, 0));
    }
    const char *nearest = text_nearest(word, words, count);
    char *copy = nearest ? mem_string(nearest) : NULL;
    free(words);
    arena_free(&arena);
    return copy;
}

int64_t db_changes(struct db *db)
{
    return db->engine->changes(db);
}

int64_t db_count(struct db *db, const char *sql)
{
    struct db_query *query = db_query(db, sql);
    if (!db_step(query))
        die("%s: a count without a row", db->path);
    int64_t number = db_number(query, 0);
    db_reset(query);
    return number;
}

void db_shadow(struct db *db, const char *const *tables)
{
    free_objects(db);
    db->engine->shadow(db, tables);
}

void db_unshadow(struct db *db)
{
    free_objects(db);
    db->engine->unshadow(db);
}

/* A view of the connection's own comes before a table of the database. */
void db_narrow(struct db *db, const char *table, const char *condition)
{
    struct text sql = {0};
    text_add_format(&sql, "CREATE TEMP VIEW %s AS SELECT n.* FROM %s.%s n WHERE %s", table,
                    db_side(db, false), table, condition);
    db_run(db_query_built(db, sql.data));
    text_free(&sql);
}

void db_widen(struct db *db, const char *table)
{
    struct text sql = {0};
    text_add_format(&sql, "DROP VIEW %s.%s", db_side(db, true), table);
    db_run(db_query_built(db, sql.data));
    text_free(&sql);
}

const char *db_side(const struct db *db, bool shadow)
{
    return db->engine->sides[shadow];
}

struct db_query *db_columns(struct db *db, const char *table)
{
    struct db_query *q = db_query(db, db->engine->columns);
    db_bind_text(q, 1, table);
    return q;
}

struct each_table {
    void (*take)(void *, const char *);
    void *context;
};

static void take_object(void *context, const char *type, const char *name, const char *table,
                        const char *sql)
{
    const struct each_table *each = context;
    (void)table;
    (void)sql;
    if (!strcmp(type, "table"))
        each->take(each->context, name);
}

void db_each_table(const char *schema, void (*take)(void *, const char *), void *context)
{
    db_sqlite_model(schema, take_object, &(struct each_table){take, context});
}

void db_check_file(struct db *db, db_take *take, void *context)
{
    db->engine->check_file(db, take, context);
}

bool db_forget(struct db *db)
{
    return db->engine->forget(db);
}

void db_check_keys(struct db *db, db_take *take, void *context)
{
    db->engine->check_keys(db, take, context);
}

void db_compare_schema(struct db *db, const char *schema, db_take *take, void *context)
{
    db->engine->compare_schema(db, schema, take, context);
}
