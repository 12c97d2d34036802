/* A connection to a PostgreSQL server: opening it, and running what has no parameters.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/db_postgres_private.h"
#include "base/die.h"
#include "base/mem.h"

/* ---- running ---- */

struct pg_result *db_postgres_execute(struct server *server, const char *sql, const char *doing)
{
    db_postgres_quiet(server);
    struct pg_result *result = server->pq->PQexec(server->connection, sql);
    if (!db_postgres_is_done(server, result))
        db_postgres_fail(server, result, doing);
    return result;
}

void db_postgres_run(struct server *server, const char *sql, const char *doing)
{
    server->pq->PQclear(db_postgres_execute(server, sql, doing));
}

int64_t db_postgres_number(struct server *server, const char *sql)
{
    struct pg_result *result = db_postgres_execute(server, sql, "read");
    int64_t number = strtoll(server->pq->PQgetvalue(result, 0, 0), NULL, 10);
    server->pq->PQclear(result);
    return number;
}

void db_postgres_add(struct server *server, const char *sql, struct text *out)
{
    struct pg_result *result = db_postgres_execute(server, sql, "read");
    for (int row = 0; row < server->pq->PQntuples(result); row++)
        text_add(out, server->pq->PQgetvalue(result, row, 0));
    server->pq->PQclear(result);
}

/* ---- the connection ---- */

struct server *db_postgres_of(struct db *db)
{
    return (struct server *)db;
}

bool db_postgres_is_meant(const char *path)
{
    if (!strncmp(path, "postgresql://", 13) || !strncmp(path, "postgres://", 11))
        return true;
    size_t word = strspn(path, "abcdefghijklmnopqrstuvwxyz_");
    return word && path[word + strspn(path + word, " ")] == '=';
}

/* The words of PATH save what libpq hides: a password is in no message. */
char *db_postgres_name(const char *path)
{
    const struct libpq *pq = libpq();
    struct text name = {0};
    bool hides = false;
    struct pg_option *options = pq->PQconninfoParse(path, NULL);
    /* libpq's own message would quote from it, a password perhaps */
    if (!options)
        die("the name of the database (-d or QIFU_DB) is no connection string of PostgreSQL:"
            " postgresql://HOST/NAME, or host=HOST dbname=NAME; signs like @ and %% in its parts"
            " are written %%40 and %%25");
    for (const struct pg_option *o = options; o->keyword; o++)
        if (o->val && *o->val && strchr(o->dispchar, '*'))
            hides = true;
        else if (o->val && *o->val)
            text_add_format(&name, "%s%s=%s", name.length ? " " : "", o->keyword, o->val);
    pq->PQconninfoFree(options);
    if (hides)
        return name.data ? name.data : mem_string("postgresql://");
    text_free(&name);
    return mem_string(path);
}

static void ignore_notice(void *context, const struct pg_result *notice)
{
    (void)context;
    (void)notice;
}

/* The version of the schema, and who is connected. */
#define VERSION                                                                                    \
    " SELECT version, nullif(session_user, pg_get_userbyid(relowner)) FROM qifu_schema,"           \
    " pg_class WHERE oid = 'public.qifu_schema'::regclass"

/* And reads the version of the schema, all in one round trip where there is one. */
static void set_up(struct server *server)
{
    char sql[640];
    int length = snprintf(sql, sizeof sql,
                          "SET search_path = public, pg_catalog; SET lock_timeout = '%ds';"
                          "SET default_transaction_isolation = 'read committed';"
                          "SET bytea_output = hex; SET timezone = 'UTC'; SET datestyle = ISO;"
                          "SET jit = off; SET standard_conforming_strings = on;",
                          DB_WAIT_SECONDS);
    snprintf(sql + length, sizeof sql - (size_t)length, VERSION);
    struct pg_result *result = server->pq->PQexec(server->connection, sql);
    bool none = db_postgres_is_state(server, result, "42P01");
    if (!none && !db_postgres_is_done(server, result))
        db_postgres_fail(server, result, "set up the connection");
    if (!none && server->pq->PQntuples(result) == 1) {
        server->version = (int)strtol(server->pq->PQgetvalue(result, 0, 0), NULL, 10);
        if (!server->pq->PQgetisnull(result, 0, 1))
            server->user = mem_string(server->pq->PQgetvalue(result, 0, 1));
    }
    server->pq->PQclear(result);
    sql[length] = '\0';
    if (none)
        db_postgres_run(server, sql, "set up the connection");
}

struct server *db_postgres_connect(const char *path)
{
    struct server *server = mem_zero(1, sizeof *server);
    const struct libpq *pq = server->pq = libpq();
    server->shared.path = db_postgres_name(path);
    /* what stands before the name may be said otherwise in it, what stands behind may not */
    const char *const words[] = {"connect_timeout", "dbname", "fallback_application_name",
                                 "client_encoding", NULL};
    const char *const values[] = {"10", path, die_program(), "UTF8", NULL};
    server->connection = pq->PQconnectdbParams(words, values, 1);
    if (pq->PQstatus(server->connection) != PQ_CONNECTION_OK)
        die("%s: cannot connect: %s", server->shared.path,
            db_postgres_one_line(pq->PQerrorMessage(server->connection)));
    pq->PQsetNoticeReceiver(server->connection, ignore_notice, NULL);
    set_up(server);
    return server;
}

void db_postgres_disconnect(struct db *db)
{
    struct server *server = db_postgres_of(db);
    db_postgres_free_pipe(server);
    db_postgres_free_tallies(server);
    server->pq->PQfinish(server->connection);
    free(db->path);
    free(server->user);
    free(server);
}
