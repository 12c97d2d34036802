/* The door to PostgreSQL. One connection, closed with the program: opening it, its transactions,
 * its tables aside. What is asked of it is in db_postgres_query.c.
 */
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/db_postgres_pipe_private.h"
#include "base/db_steps.h"
#include "base/die.h"
#include "base/text.h"

enum { LONG_WAIT = 1 /* second: from then on somebody at a terminal is told */ };

static bool exists(const char *path)
{
    struct server *server = db_postgres_connect(path);
    bool there = server->version > 0;
    db_postgres_disconnect(&server->shared);
    return there;
}

/* Lists are in the order of their bytes, whatever the engine; the server sorts by its locale. */
#define SORTS_BY_BYTES                                                                             \
    "SELECT (string_agg(x, ',' ORDER BY x) = string_agg(x, ',' ORDER BY convert_to(x, 'UTF8')))"   \
    "::int FROM (VALUES ('a'), ('B'), ('_'), ('a b'), ('ab'), ('中'), ('阿'), ('é')) v(x)"

static void check_server(struct server *server)
{
    struct text encoding = {0};
    int version = server->pq->PQserverVersion(server->connection);
    if (version < 130000)
        die("%s: the server is PostgreSQL %d; 13 or later is needed", server->shared.path,
            version / 10000);
    db_postgres_add(server,
                    "SELECT pg_encoding_to_char(encoding) FROM pg_database"
                    " WHERE datname = current_database()",
                    &encoding);
    if (strcmp(text_string(&encoding), "UTF8") != 0)
        die("%s: the database's encoding is %s, it must be UTF8", server->shared.path,
            encoding.data);
    text_free(&encoding);
    if (!db_postgres_number(server, SORTS_BY_BYTES))
        die("%s: the database does not sort by bytes: make it by createdb -T template0 -E UTF8"
            " --locale=C.UTF-8 NAME",
            server->shared.path);
}

static bool create(const char *path, const char *schema)
{
    struct server *server = db_postgres_connect(path);
    check_server(server);
    bool made = db_postgres_make(server, schema);
    db_postgres_disconnect(&server->shared);
    return made;
}

static struct db *open_existing(const char *path, const char *schema)
{
    struct server *server = db_postgres_connect(path);
    int version = server->version, wanted = db_steps_last(schema);
    if (version == 0)
        die("%s: not a center's database; center-init makes it one", server->shared.path);
    if (version > wanted)
        die("%s: its schema is version %d, this program knows %d: install the newer qifu",
            server->shared.path, version, wanted);
    if (version < wanted)
        db_postgres_upgrade(server, schema, wanted);
    server->shared.engine = &db_postgres;
    return &server->shared;
}

static const char *user_of(struct db *db)
{
    return db_postgres_of(db)->user;
}

static int schema_version(struct db *db)
{
    return db_postgres_version(db_postgres_of(db));
}

/* ---- transactions ---- */

/* The one row of `qifu_schema` is the lock of all writers: the log's chain needs an order. */
#define LOCK "SELECT version FROM qifu_schema FOR UPDATE"

/* At a terminal it is said after a second what is waited for. */
static bool lock_soon(struct server *server)
{
    char sql[160];
    snprintf(sql, sizeof sql,
             "BEGIN; SET LOCAL lock_timeout = '%ds'; " LOCK "; SET LOCAL lock_timeout = '%ds'",
             LONG_WAIT, DB_WAIT_SECONDS);
    db_postgres_quiet(server);
    struct pg_result *result = server->pq->PQexec(server->connection, sql);
    bool locked = db_postgres_is_done(server, result);
    if (!locked && !db_postgres_is_state(server, result, "55P03"))
        db_postgres_fail(server, result, "begin to write");
    server->pq->PQclear(result);
    if (locked)
        return true;
    db_postgres_run(server, "ROLLBACK", "begin to write");
    warn("%s: waiting for another program to finish writing", server->shared.path);
    return false;
}

static void begin(struct db *db)
{
    struct server *server = db_postgres_of(db);
    db_postgres_forget(server);
    if (!isatty(STDERR_FILENO) || !lock_soon(server))
        db_postgres_run(server, "BEGIN; " LOCK, "begin to write");
    server->in_transaction = true;
}

static void end_transaction(struct server *server)
{
    server->in_transaction = false;
    db_postgres_forget(server);
}

/* COMMIT behind what was sent ahead; NULL where all of it was done. */
static bool send_commit(struct server *server, struct pg_result **failure)
{
    const struct libpq *pq = server->pq;
    if (server->piping) {
        db_postgres_send_bundles(server);
        if (pq->PQsendQueryParams(server->connection, "COMMIT", 0, NULL, NULL, NULL, NULL, 0) == 1)
            db_postgres_sent(server, NULL);
        return db_postgres_leave_pipe(server, failure);
    }
    *failure = pq->PQexec(server->connection, "COMMIT");
    bool done = db_postgres_is_done(server, *failure);
    if (done)
        pq->PQclear(*failure);
    return done;
}

/* Where the answer to COMMIT is lost, nobody here knows it. */
static void commit(struct db *db)
{
    struct server *server = db_postgres_of(db);
    struct pg_result *failure;
    bool done = send_commit(server, &failure);
    if (!done && server->pq->PQstatus(server->connection) != PQ_CONNECTION_OK)
        die("%s: cannot commit: the connection to the server was lost; whether this was kept is"
            " not known: run it again",
            db->path);
    if (!done)
        db_postgres_fail(server, failure, "commit");
    end_transaction(server);
    db_postgres_tally_committed(server);
}

static void rollback(struct db *db)
{
    struct server *server = db_postgres_of(db);
    db_postgres_run(server, "ROLLBACK", "roll back");
    end_transaction(server);
    db_postgres_tally_undone(server);
}

/* The server rolls back what a connection leaves. */
static void let_go(struct db *db)
{
    struct server *server = db_postgres_of(db);
    server->pq->PQfinish(server->connection);
    server->connection = NULL;
}

static int64_t changes(struct db *db)
{
    db_postgres_settle(db_postgres_of(db));
    return db_postgres_of(db)->changes;
}

/* The server looks after its files: data checksums, pg_amcheck. */
static void check_file(struct db *db, db_take *take, void *context)
{
    (void)db;
    (void)take;
    (void)context;
}

static bool forget(struct db *db)
{
    struct server *server = db_postgres_of(db);
    struct pg_result *tables =
        db_postgres_execute(server,
                            "SELECT oid::regclass FROM pg_class WHERE relkind = 'r'"
                            " AND relnamespace = 'public'::regnamespace ORDER BY relname",
                            "read");
    for (int row = 0; row < server->pq->PQntuples(tables); row++) {
        struct text sql = {0};
        text_add_format(&sql, "VACUUM (FULL) %s", server->pq->PQgetvalue(tables, row, 0));
        db_postgres_run(server, sql.data, "write the database anew");
        text_free(&sql);
    }
    server->pq->PQclear(tables);
    return true;
}

/* ---- tables aside ---- */

/* A table of the connection comes before one of the database where neither is said. */
static void shadow(struct db *db, const char *const *tables)
{
    struct server *server = db_postgres_of(db);
    db_postgres_run(server, "BEGIN ISOLATION LEVEL REPEATABLE READ", "begin to read");
    for (; *tables; tables++) {
        struct text sql = {0};
        text_add_format(&sql, "CREATE TEMP TABLE %s (LIKE public.%s INCLUDING ALL)", *tables,
                        *tables);
        db_postgres_run(server, sql.data, "make a table aside");
        text_free(&sql);
    }
    server->shadowed = true;
}

static void unshadow(struct db *db)
{
    struct server *server = db_postgres_of(db);
    db_postgres_settle(server);
    server->shadowed = false;
    db_postgres_run(server, "ROLLBACK", "end reading");
    db_postgres_tally_undone(server);
}

/* The columns of a table, and whether they are of its key. */
#define COLUMNS                                                                                    \
    "SELECT a.attname, coalesce(a.attnum = ANY (i.indkey), false), a.attname FROM pg_attribute a"  \
    " JOIN pg_class c ON c.oid = a.attrelid AND c.relnamespace = 'public'::regnamespace"           \
    " LEFT JOIN pg_index i ON i.indrelid = c.oid AND i.indisprimary"                               \
    " WHERE c.relname = ?1 AND a.attnum > 0 AND NOT a.attisdropped ORDER BY a.attnum"

const struct db_engine db_postgres = {
    .exists = exists,
    .create = create,
    .open = open_existing,
    .close = db_postgres_disconnect,
    .user = user_of,
    .schema_version = schema_version,
    .begin = begin,
    .commit = commit,
    .rollback = rollback,
    .let_go = let_go,
    .prepare = db_postgres_query_prepare,
    .finalize = db_postgres_query_finalize,
    .bind = db_postgres_query_bind_number,
    .bind_text = db_postgres_query_bind_text,
    .bind_bytes = db_postgres_query_bind_bytes,
    .stream = db_postgres_query_stream,
    .ahead = db_postgres_query_ahead,
    .run = db_postgres_query_run,
    .step = db_postgres_query_step,
    .reset = db_postgres_query_reset,
    .number = db_postgres_query_number,
    .text = db_postgres_query_text,
    .is_null = db_postgres_query_is_null,
    .bytes = db_postgres_query_bytes,
    .changes = changes,
    .check_file = check_file,
    .forget = forget,
    .check_keys = db_postgres_check_keys,
    .compare_schema = db_postgres_compare,
    .shadow = shadow,
    .unshadow = unshadow,
    .load = db_postgres_load,
    .load_row = db_postgres_load_row,
    .load_end = db_postgres_load_end,
    .sides = {"public", "pg_temp"},
    .columns = COLUMNS,
};
