/* What a server knows of a table. It plans by what it counted last, which it does by itself, within
 * a minute or so; until then a table that was just filled is empty for it, and what it plans then
 * can take a time that grows with the square of the rows. So a program that has put in more rows
 * than the server knows of has it count them, when they are committed.
 */
#include <stdlib.h>
#include <string.h>

#include "base/db_postgres_private.h"
#include "base/mem.h"

enum {
    MANY_ROWS = 1000, /* fewer do not matter */
    GROWN = 4         /* times as many as when it was last asked: then it is again */
};

struct tally {
    char *table;
    int64_t rows;    /* that this program has put in */
    int64_t looked;  /* how many they were when it was last asked what the server knows */
    int64_t pending; /* of the present transaction */
    struct tally *next;
};

void db_postgres_tally(struct server *server, const char *table, size_t length, int64_t rows)
{
    struct tally *t = server->tallies;
    while (t && (strlen(t->table) != length || strncmp(t->table, table, length) != 0))
        t = t->next;
    if (!t) {
        t = mem_zero(1, sizeof *t);
        t->table = mem_zero(length + 1, 1);
        memcpy(t->table, table, length);
        t->next = server->tallies;
        server->tallies = t;
    }
    t->pending += rows;
}

void db_postgres_tally_undone(struct server *server)
{
    for (struct tally *t = server->tallies; t; t = t->next)
        t->pending = 0;
}

/* Tables that have grown since it was last asked. */
static void add_grown(struct server *server, struct text *out)
{
    for (struct tally *t = server->tallies; t; t = t->next) {
        t->rows += t->pending;
        t->pending = 0;
        if (t->rows < MANY_ROWS || t->rows < GROWN * t->looked)
            continue;
        t->looked = t->rows;
        text_add_format(out, "%s('%s', %lld)", out->length ? ", " : "", t->table,
                        (long long)t->rows);
    }
}

/* Adds those of them of which the server knows less rows. What fails here is none of the program's,
 * which has stored what it had to: the connection is lost, perhaps. */
static void add_unknown(struct server *server, const char *grown, struct text *out)
{
    struct text sql = {0};
    text_add_format(&sql,
                    "SELECT string_agg(name, ', ') FROM (VALUES %s) v(name, rows)"
                    " JOIN pg_class c ON c.oid = to_regclass(name) WHERE reltuples < rows",
                    grown);
    struct pg_result *result = server->pq->PQexec(server->connection, sql.data);
    if (db_postgres_is_done(server, result))
        text_add(out, server->pq->PQgetvalue(result, 0, 0));
    server->pq->PQclear(result);
    text_free(&sql);
}

void db_postgres_tally_committed(struct server *server)
{
    struct text grown = {0}, unknown = {0};
    add_grown(server, &grown);
    if (grown.length)
        add_unknown(server, grown.data, &unknown);
    if (unknown.length) {
        struct text sql = {0};
        text_add_format(&sql, "ANALYZE (SKIP_LOCKED) %s", unknown.data);
        server->pq->PQclear(server->pq->PQexec(server->connection, sql.data));
        text_free(&sql);
    }
    text_free(&grown);
    text_free(&unknown);
}

void db_postgres_free_tallies(struct server *server)
{
    for (struct tally *t; (t = server->tallies);) {
        server->tallies = t->next;
        free(t->table);
        free(t);
    }
}
