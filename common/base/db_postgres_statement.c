/* A statement on a server: its text with the parameters as PostgreSQL writes them, and how it is
 * sent. One that runs once is sent whole; one that runs again is prepared.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/db_postgres_pipe_private.h"
#include "base/mem.h"
#include "base/text.h"

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

struct query *db_postgres_statement(struct server *server, const char *sql)
{
    struct query *query = mem_zero(1, sizeof *query);
    query->server = server;
    query->sql = number_parameters(sql, &query->count);
    query->parameters = mem_zero((size_t)query->count + 1, sizeof *query->parameters);
    query->prepared = mem_zero((size_t)query->count + 1, sizeof *query->prepared);
    return query;
}

/* What the server keeps of it goes with the connection. */
void db_postgres_free_statement(struct query *query)
{
    free(query->parameters);
    free(query->prepared);
    free(query->sql);
    free(query);
}

bool db_postgres_is_reading(const struct query *query)
{
    return !strncmp(query->sql, "SELECT", 6);
}

/* True where it is prepared for values of such types. */
static bool is_prepared(const struct query *query, const struct parameter *parameters)
{
    for (int i = 0; i < query->count; i++)
        if (parameters[i].type != query->prepared[i])
            return false;
    return query->name != 0;
}

struct arguments {
    unsigned *types;
    const char **values;
    int *sizes, *formats;
};

/* As a text, but for bytes and lists. */
static bool is_binary(unsigned type)
{
    return type != PQ_INT8 && type != PQ_TEXT;
}

static struct arguments arguments_of(const struct parameter *parameters, int parameter_count)
{
    size_t count = (size_t)parameter_count + 1;
    struct arguments a = {mem_zero(count, sizeof *a.types), mem_zero(count, sizeof *a.values),
                          mem_zero(count, sizeof *a.sizes), mem_zero(count, sizeof *a.formats)};
    for (int i = 0; i < parameter_count; i++) {
        const struct parameter *p = &parameters[i];
        a.types[i] = p->type;
        a.values[i] = p->value;
        a.sizes[i] = (int)p->size;
        a.formats[i] = is_binary(p->type);
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
        query->prepared[i] = a->types[i];
    if (server->piping) {
        if (!pq->PQsendPrepare(server->connection, name, query->sql, query->count, a->types))
            db_postgres_fail(server, NULL, "prepare a statement");
        db_postgres_sent(server, NULL);
        return;
    }
    struct pg_result *result =
        pq->PQprepare(server->connection, name, query->sql, query->count, a->types);
    if (!db_postgres_is_done(server, result))
        db_postgres_fail(server, result, "prepare a statement");
    pq->PQclear(result);
}

void db_postgres_post(struct query *query, const struct parameter *parameters)
{
    struct server *server = query->server;
    const struct libpq *pq = server->pq;
    struct arguments a = arguments_of(parameters, query->count);
    char name[NUMBER_SIZE];
    if (query->again && !is_prepared(query, parameters))
        prepare_on_server(query, &a);
    snprintf(name, sizeof name, "q%d", query->name);
    int sent = query->again ? pq->PQsendQueryPrepared(server->connection, name, query->count,
                                                      a.values, a.sizes, a.formats, 0)
                            : pq->PQsendQueryParams(server->connection, query->sql, query->count,
                                                    a.types, a.values, a.sizes, a.formats, 0);
    query->again = true;
    free_arguments(&a);
    if (sent != 1)
        db_postgres_fail(server, NULL, db_postgres_is_reading(query) ? "read" : "write");
}
