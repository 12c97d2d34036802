/* Statements on a server. One that runs once is sent whole; one that runs again is prepared, so
 * that a single act has as few round trips as statements, and fewer where some are sent ahead
 * (db_postgres_ahead.c). A result comes whole: what a program reads while it writes does not change
 * under it.
 */
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/db_postgres_pipe_private.h"
#include "base/die.h"
#include "base/mem.h"
#include "base/progress.h"
#include "base/text.h"

enum { TICK = 100 /* milliseconds between two signs of life */ };

static struct query *query_of(struct db_query *query)
{
    return (struct query *)query;
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
    if (query->asking)
        db_postgres_asking_release(pq, query->asking);
    else if (query->result)
        pq->PQclear(query->result);
    query->result = NULL;
    query->asking = NULL;
    query->several = NULL;
    query->row = -1;
}

/* What is not bound is NULL, of a number. */
void db_postgres_query_reset(struct db_query *shared)
{
    struct query *query = query_of(shared);
    end_result(query);
    for (int i = 0; i < query->count; i++) {
        query->parameters[i].value = NULL;
        query->parameters[i].type = PQ_INT8;
    }
}

struct db_query *db_postgres_query_prepare(struct db *db, const char *sql)
{
    struct query *query = db_postgres_statement(db_postgres_of(db), sql);
    db_postgres_query_reset(&query->shared);
    return &query->shared;
}

void db_postgres_query_finalize(struct db_query *shared)
{
    struct query *query = query_of(shared);
    end_result(query);
    db_postgres_free_many(query->many);
    db_postgres_free_statement(query);
}

static struct parameter *parameter(struct db_query *query, int index)
{
    if (index < 1 || index > query_of(query)->count)
        die("%s: cannot bind a value: there is no parameter %d", query->db->path, index);
    return &query_of(query)->parameters[index - 1];
}

void db_postgres_query_bind_number(struct db_query *query, int index, int64_t number)
{
    struct parameter *p = parameter(query, index);
    snprintf(p->digits, sizeof p->digits, "%lld", (long long)number);
    p->value = p->digits;
    p->type = PQ_INT8;
}

void db_postgres_query_bind_text(struct db_query *query, int index, const char *text)
{
    struct parameter *p = parameter(query, index);
    p->value = text;
    p->type = PQ_TEXT;
}

void db_postgres_query_bind_bytes(struct db_query *query, int index, const void *bytes, size_t size)
{
    struct parameter *p = parameter(query, index);
    p->value = bytes;
    p->size = size;
    p->type = PQ_BYTEA;
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

static void send_statement(struct query *query)
{
    struct server *server = query->server;
    if (query->streams)
        db_postgres_quiet(server);
    if (!db_postgres_may_overtake(query))
        db_postgres_send_bundles(server);
    db_postgres_post(query, query->parameters);
    if (query->streams)
        server->pq->PQsetSingleRowMode(server->connection);
    else if (server->piping)
        query->result = db_postgres_receive(server);
    else
        query->result = wait_for_result(server);
}

void db_postgres_query_ahead(struct db_query *shared)
{
    struct query *query = query_of(shared);
    struct server *server = query->server;
    struct text values = {0};
    if (!db_postgres_can_pipe(server))
        return;
    int64_t about = db_postgres_ahead_values(query, &values);
    db_postgres_ask(query, about, text_string(&values));
    text_free(&values);
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

static void execute(struct query *query)
{
    struct server *server = query->server;
    bool reads = db_postgres_is_reading(query), aside = server->shadowed && !reads;
    query->rows = 0;
    if (!reads)
        db_postgres_ahead_doubt(query);
    if (reads && db_postgres_ahead_was_asked(query))
        return;
    if (aside) {
        db_postgres_send_bundles(server);
        db_postgres_guard(server);
    }
    send_statement(query);
    if (query->streams) {
        next_streamed(query);
        return;
    }
    if (aside && db_postgres_passed_over(server, query->result)) {
        end_result(query);
        return;
    }
    if (!db_postgres_is_done(server, query->result))
        db_postgres_fail(server, query->result, reads ? "read" : "write");
    query->rows = server->pq->PQntuples(query->result);
    if (!reads)
        server->changes = strtoll(server->pq->PQcmdTuples(query->result), NULL, 10);
}

bool db_postgres_query_step(struct db_query *shared)
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
void db_postgres_query_run(struct db_query *shared)
{
    struct query *query = query_of(shared);
    struct server *server = query->server;
    bool waits = !server->in_transaction && !server->shadowed;
    if (db_postgres_is_reading(query) || waits || !db_postgres_can_pipe(server)) {
        while (db_postgres_query_step(shared))
            ;
        return;
    }
    db_postgres_ahead_doubt(query);
    if (server->shadowed)
        db_postgres_hold(server);
    else
        db_postgres_pipe(server);
    if (db_postgres_bundle_write(query))
        return;
    db_postgres_send_bundles(server);
    db_postgres_post(query, query->parameters);
    db_postgres_sent(server, NULL);
}

void db_postgres_query_stream(struct db_query *query)
{
    query_of(query)->streams = true;
}

/* Where the present row is in the result, and a column: the number of the question comes first. */
static int row_of(const struct query *query)
{
    return query->several ? query->several[query->row] : query->row;
}

static int column_of(const struct query *query, int column)
{
    return query->several ? column + 1 : column;
}

bool db_postgres_query_is_null(struct db_query *shared, int column)
{
    const struct query *query = query_of(shared);
    return !query->result || query->row < 0 ||
           query->server->pq->PQgetisnull(query->result, row_of(query), column_of(query, column));
}

/* A truth is 1 or 0. */
const char *db_postgres_query_text(struct db_query *shared, int column)
{
    struct query *query = query_of(shared);
    if (db_postgres_query_is_null(shared, column))
        return NULL;
    const struct libpq *pq = query->server->pq;
    const char *value = pq->PQgetvalue(query->result, row_of(query), column_of(query, column));
    if (pq->PQftype(query->result, column_of(query, column)) == PQ_BOOL)
        return *value == 't' ? "1" : "0";
    return value;
}

int64_t db_postgres_query_number(struct db_query *query, int column)
{
    const char *value = db_postgres_query_text(query, column);
    return value ? strtoll(value, NULL, 10) : 0;
}

/* Bytes come as \x and two digits for each. */
void db_postgres_query_bytes(struct db_query *query, int column, void *bytes, size_t size)
{
    const char *value = db_postgres_query_text(query, column);
    uint8_t *out = bytes;
    memset(bytes, 0, size);
    if (!value || strlen(value) != 2 * size + 2)
        return;
    for (size_t i = 0; i < size; i++) {
        char pair[3] = {value[2 + 2 * i], value[3 + 2 * i], '\0'};
        out[i] = (uint8_t)strtoul(pair, NULL, 16);
    }
}
