/* The door to PostgreSQL. One connection, closed with the program. A statement that runs once is
 * sent whole; one that runs again is prepared, so that a single act has as few round trips as
 * statements, and fewer where some are sent ahead. A result comes whole: what a program reads while
 * it writes does not change under it.
 */
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/db_postgres_private.h"
#include "base/db_steps.h"
#include "base/die.h"
#include "base/mem.h"
#include "base/progress.h"
#include "base/text.h"

enum {
    NUMBER_SIZE = 24, /* a number's digits, its sign, its end */
    TICK = 100,       /* milliseconds between two signs of life */
    LONG_WAIT = 1     /* second: from then on somebody at a terminal is told */
};

/* A parameter: what is bound, and of which type; and of which it was when it was prepared. */
struct parameter {
    const char *value; /* NULL for NULL */
    size_t size;       /* of bytes */
    unsigned type, prepared;
    char digits[NUMBER_SIZE];
};

struct query {
    struct db_query shared;
    struct server *server;
    char *sql;
    struct parameter *parameters;
    int count;    /* of them */
    int name;     /* of the prepared statement, or 0 */
    bool again;   /* it has run before */
    bool streams; /* its result is one row of many */
    struct pg_result *result;
    int rows, row; /* the present one; -1 before the first */
};

static struct query *query_of(struct db_query *query)
{
    return (struct query *)query;
}

/* ---- the database ---- */

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
        if (pq->PQsendQueryParams(server->connection, "COMMIT", 0, NULL, NULL, NULL, NULL, 0) == 1)
            db_postgres_sent(server);
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
}

static void rollback(struct db *db)
{
    struct server *server = db_postgres_of(db);
    db_postgres_run(server, "ROLLBACK", "roll back");
    end_transaction(server);
}

/* The server rolls back what a connection leaves. */
static void let_go(struct db *db)
{
    struct server *server = db_postgres_of(db);
    server->pq->PQfinish(server->connection);
    server->connection = NULL;
}

/* ---- statements ---- */

/* SQL with its parameters ?, ?1, ?2 ... as $1, $2 ...; their number is COUNT. */
static char *number_parameters(const char *sql, int *count)
{
    struct text out = {0};
    char quote = '\0';
    *count = 0;
    for (const char *p = sql; *p; p++) {
        if (quote ? *p == quote : *p == '\'' || *p == '"')
            quote = quote ? '\0' : *p;
        if (quote || *p != '?') {
            text_add_char(&out, *p);
            continue;
        }
        char *end;
        long number = strtol(p + 1, &end, 10);
        if (end == p + 1)
            number = *count + 1;
        *count = number > *count ? (int)number : *count;
        text_add_format(&out, "$%ld", number);
        p = end - 1;
    }
    return out.data;
}

static void end_result(struct query *query)
{
    const struct libpq *pq = query->server->pq;
    for (struct pg_result *rest; query->result && query->streams;) {
        rest = pq->PQgetResult(query->server->connection);
        if (!rest)
            break;
        pq->PQclear(rest);
    }
    if (query->result)
        pq->PQclear(query->result);
    query->result = NULL;
    query->row = -1;
}

/* What is not bound is NULL, of a number. */
static void reset(struct db_query *shared)
{
    struct query *query = query_of(shared);
    end_result(query);
    for (int i = 0; i < query->count; i++) {
        query->parameters[i].value = NULL;
        query->parameters[i].type = PQ_INT8;
    }
}

static struct db_query *prepare(struct db *db, const char *sql)
{
    struct query *query = mem_zero(1, sizeof *query);
    query->server = db_postgres_of(db);
    query->sql = number_parameters(sql, &query->count);
    query->parameters = mem_zero((size_t)query->count + 1, sizeof *query->parameters);
    reset(&query->shared);
    return &query->shared;
}

/* What the server keeps of it goes with the connection. */
static void finalize(struct db_query *shared)
{
    struct query *query = query_of(shared);
    end_result(query);
    free(query->parameters);
    free(query->sql);
    free(query);
}

static struct parameter *parameter(struct db_query *query, int index)
{
    if (index < 1 || index > query_of(query)->count)
        die("%s: cannot bind a value: there is no parameter %d", query->db->path, index);
    return &query_of(query)->parameters[index - 1];
}

static void bind_number(struct db_query *query, int index, int64_t number)
{
    struct parameter *p = parameter(query, index);
    snprintf(p->digits, sizeof p->digits, "%lld", (long long)number);
    p->value = p->digits;
    p->type = PQ_INT8;
}

static void bind_text(struct db_query *query, int index, const char *text)
{
    struct parameter *p = parameter(query, index);
    p->value = text;
    p->type = PQ_TEXT;
}

static void bind_bytes(struct db_query *query, int index, const void *bytes, size_t size)
{
    struct parameter *p = parameter(query, index);
    p->value = bytes;
    p->size = size;
    p->type = PQ_BYTEA;
}

static bool is_word(const char *at, size_t length, const char *word)
{
    return length == strlen(word) && !strncmp(at, word, length);
}

static bool is_reading(const struct query *query)
{
    return !strncmp(query->sql, "SELECT", 6);
}

/* True where it is prepared, and for values of the present types. */
static bool is_prepared(const struct query *query)
{
    for (int i = 0; i < query->count; i++) {
        const struct parameter *p = &query->parameters[i];
        if (p->type != p->prepared)
            return false;
    }
    return query->name != 0;
}

struct arguments {
    unsigned *types;
    const char **values;
    int *sizes, *formats;
};

static struct arguments arguments_of(const struct query *query)
{
    size_t count = (size_t)query->count + 1;
    struct arguments a = {mem_zero(count, sizeof *a.types), mem_zero(count, sizeof *a.values),
                          mem_zero(count, sizeof *a.sizes), mem_zero(count, sizeof *a.formats)};
    for (int i = 0; i < query->count; i++) {
        const struct parameter *p = &query->parameters[i];
        a.types[i] = p->type;
        a.values[i] = p->value;
        a.sizes[i] = (int)p->size;
        a.formats[i] = p->type == PQ_BYTEA;
    }
    return a;
}

static void free_arguments(struct arguments *a)
{
    free(a->types);
    free(a->values);
    free(a->sizes);
    free(a->formats);
}

static void prepare_on_server(struct query *query, const struct arguments *a)
{
    struct server *server = query->server;
    const struct libpq *pq = server->pq;
    char name[NUMBER_SIZE];
    query->name = ++server->prepared;
    snprintf(name, sizeof name, "q%d", query->name);
    for (int i = 0; i < query->count; i++)
        query->parameters[i].prepared = a->types[i];
    if (server->piping) {
        if (!pq->PQsendPrepare(server->connection, name, query->sql, query->count, a->types))
            db_postgres_fail(server, NULL, "prepare a statement");
        db_postgres_sent(server);
        return;
    }
    struct pg_result *result =
        pq->PQprepare(server->connection, name, query->sql, query->count, a->types);
    if (!db_postgres_is_done(server, result))
        db_postgres_fail(server, result, "prepare a statement");
    pq->PQclear(result);
}

/* A long query goes on. Who writes counts the rows. */
static struct pg_result *wait_for_result(struct server *server)
{
    const struct libpq *pq = server->pq;
    struct pollfd socket = {.fd = pq->PQsocket(server->connection), .events = POLLIN};
    bool ticks = progress_wanted() && !server->in_transaction;
    while (ticks && pq->PQisBusy(server->connection)) {
        if (poll(&socket, 1, TICK) == 0)
            progress_tick();
        else if (!pq->PQconsumeInput(server->connection))
            break;
    }
    struct pg_result *last = NULL;
    for (struct pg_result *next; (next = pq->PQgetResult(server->connection));) {
        if (last)
            pq->PQclear(last);
        last = next;
    }
    return last;
}

/* Sends it, as it is bound. */
static void post(struct query *query)
{
    struct server *server = query->server;
    const struct libpq *pq = server->pq;
    struct arguments a = arguments_of(query);
    char name[NUMBER_SIZE];
    if (query->again && !is_prepared(query))
        prepare_on_server(query, &a);
    snprintf(name, sizeof name, "q%d", query->name);
    int sent = query->again ? pq->PQsendQueryPrepared(server->connection, name, query->count,
                                                      a.values, a.sizes, a.formats, 0)
                            : pq->PQsendQueryParams(server->connection, query->sql, query->count,
                                                    a.types, a.values, a.sizes, a.formats, 0);
    query->again = true;
    free_arguments(&a);
    if (sent != 1)
        db_postgres_fail(server, NULL, is_reading(query) ? "read" : "write");
}

static void send_statement(struct query *query)
{
    struct server *server = query->server;
    if (query->streams)
        db_postgres_quiet(server);
    post(query);
    if (query->streams)
        server->pq->PQsetSingleRowMode(server->connection);
    else if (server->piping)
        query->result = db_postgres_receive(server);
    else
        query->result = wait_for_result(server);
}

/* ---- sending ahead ---- */

/* What QUERY is bound to; its first value, where that is a number, is what it is about. */
static int64_t add_values(const struct query *query, struct text *values)
{
    for (int i = 0; i < query->count; i++) {
        const struct parameter *p = &query->parameters[i];
        text_add_char(values, p->value ? '=' : '-');
        if (p->value && p->type != PQ_BYTEA)
            text_add_format(values, "%zu:%s", strlen(p->value), p->value);
    }
    const char *first = query->count ? query->parameters[0].value : NULL;
    return first && query->parameters[0].type == PQ_INT8 ? strtoll(first, NULL, 10) : INT64_MIN;
}

static void ahead(struct db_query *shared)
{
    struct query *query = query_of(shared);
    struct server *server = query->server;
    struct text values = {0};
    if (!db_postgres_can_pipe(server))
        return;
    int64_t about = add_values(query, &values);
    if (!db_postgres_is_asked(server, query, about, text_string(&values))) {
        db_postgres_pipe(server);
        query->again = true; /* it is one of many */
        post(query);
        db_postgres_asked(server, query, query->sql, about, text_string(&values));
    }
    text_free(&values);
}

/* True where the answer is there. */
static bool was_asked(struct query *query)
{
    struct text values = {0};
    if (!query->server->pipe)
        return false;
    int64_t about = add_values(query, &values);
    query->result = db_postgres_answer(query->server, query, about, text_string(&values));
    text_free(&values);
    return query->result;
}

/* The table that is written, ended by a blank or so; NULL: none is. */
static const char *written_table(const char *sql)
{
    static const char *const verbs[] = {"INSERT INTO ", "UPDATE ", "DELETE FROM "};
    for (size_t i = 0; i < sizeof verbs / sizeof *verbs; i++)
        if (!strncmp(sql, verbs[i], strlen(verbs[i])))
            return sql + strlen(verbs[i]);
    return NULL;
}

/* Answers that what is written may change are old. Where it says of which ticket its rows are, they
 * are those about one of its numbers; else those that read its table. */
static void doubt(const struct query *query)
{
    const char *table = written_table(query->sql);
    size_t length = table ? strcspn(table, " (") : 0;
    bool of_ticket = table && (strstr(query->sql, "ticket_id") || is_word(table, length, "ticket"));
    if (!strncmp(query->sql, "ROLLBACK", 8))
        db_postgres_forget(query->server);
    else if (table && !of_ticket)
        db_postgres_doubt_table(query->server, table, length);
    for (int i = 0; of_ticket && i < query->count; i++) {
        const struct parameter *p = &query->parameters[i];
        if (p->value && p->type == PQ_INT8)
            db_postgres_doubt(query->server, strtoll(p->value, NULL, 10));
    }
}

/* Rows come one by one; a result without one is the end, or a failure. */
static void next_streamed(struct query *query)
{
    struct server *server = query->server;
    if (query->result)
        server->pq->PQclear(query->result);
    query->result = server->pq->PQgetResult(server->connection);
    query->row = -1;
    query->rows = query->result ? server->pq->PQntuples(query->result) : 0;
    if (!query->rows && !db_postgres_is_done(server, query->result))
        db_postgres_fail(server, query->result, "read");
}

/* While tables are shadowed a row that breaks a constraint is passed over; the server would give up
 * the whole transaction. True where it was so. */
static bool pass_over(struct query *query)
{
    struct server *server = query->server;
    bool broken = db_postgres_is_state(server, query->result, "23");
    if (broken)
        end_result(query);
    if (broken || db_postgres_is_done(server, query->result))
        db_postgres_run(server, broken ? "ROLLBACK TO aside; RELEASE aside" : "RELEASE aside",
                        "make a table aside");
    return broken;
}

static void execute(struct query *query)
{
    struct server *server = query->server;
    bool reads = is_reading(query), aside = server->shadowed && !reads;
    query->rows = 0;
    if (!reads)
        doubt(query);
    if (reads && was_asked(query)) {
        query->rows = server->pq->PQntuples(query->result);
        return;
    }
    if (aside)
        db_postgres_run(server, "SAVEPOINT aside", "make a table aside");
    send_statement(query);
    if (query->streams) {
        next_streamed(query);
        return;
    }
    if (aside && pass_over(query))
        return;
    if (!db_postgres_is_done(server, query->result))
        db_postgres_fail(server, query->result, reads ? "read" : "write");
    query->rows = server->pq->PQntuples(query->result);
    if (!reads)
        server->changes = strtoll(server->pq->PQcmdTuples(query->result), NULL, 10);
}

static bool step(struct db_query *shared)
{
    struct query *query = query_of(shared);
    if (!query->result)
        execute(query);
    else if (query->streams)
        next_streamed(query);
    if (++query->row < query->rows)
        return true;
    end_result(query);
    return false;
}

/* Runs what gives no row. */
static void run(struct db_query *shared)
{
    struct query *query = query_of(shared);
    struct server *server = query->server;
    if (is_reading(query) || !server->in_transaction || !db_postgres_can_pipe(server)) {
        while (step(shared))
            ;
        return;
    }
    doubt(query);
    db_postgres_pipe(server);
    post(query);
    db_postgres_sent(server);
}

static void stream(struct db_query *query)
{
    query_of(query)->streams = true;
}

static bool is_null(struct db_query *shared, int column)
{
    struct query *query = query_of(shared);
    return !query->result || query->row < 0 ||
           query->server->pq->PQgetisnull(query->result, query->row, column);
}

/* A truth is 1 or 0. */
static const char *text(struct db_query *shared, int column)
{
    struct query *query = query_of(shared);
    if (is_null(shared, column))
        return NULL;
    const char *value = query->server->pq->PQgetvalue(query->result, query->row, column);
    if (query->server->pq->PQftype(query->result, column) == PQ_BOOL)
        return *value == 't' ? "1" : "0";
    return value;
}

static int64_t number(struct db_query *query, int column)
{
    const char *value = text(query, column);
    return value ? strtoll(value, NULL, 10) : 0;
}

/* Bytes come as \x and two digits for each. */
static void read_bytes(struct db_query *query, int column, void *bytes, size_t size)
{
    const char *value = text(query, column);
    uint8_t *out = bytes;
    memset(bytes, 0, size);
    if (!value || strlen(value) != 2 * size + 2)
        return;
    for (size_t i = 0; i < size; i++) {
        char pair[3] = {value[2 + 2 * i], value[3 + 2 * i], '\0'};
        out[i] = (uint8_t)strtoul(pair, NULL, 16);
    }
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
    db_postgres_of(db)->shadowed = false;
    db_postgres_run(db_postgres_of(db), "ROLLBACK", "end reading");
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
    .schema_version = schema_version,
    .begin = begin,
    .commit = commit,
    .rollback = rollback,
    .let_go = let_go,
    .prepare = prepare,
    .finalize = finalize,
    .bind = bind_number,
    .bind_text = bind_text,
    .bind_bytes = bind_bytes,
    .stream = stream,
    .ahead = ahead,
    .run = run,
    .step = step,
    .reset = reset,
    .number = number,
    .text = text,
    .is_null = is_null,
    .bytes = read_bytes,
    .changes = changes,
    .check_file = check_file,
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
