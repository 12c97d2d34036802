/* Loading rows into a table of a server, by COPY. */
#include <string.h>

#include "base/db_postgres_private.h"

enum { BLOCK = 64 * 1024 }; /* bytes that are sent at once */

void db_postgres_load(struct db_load *load)
{
    struct server *server = db_postgres_of(load->db);
    struct text sql = {0};
    db_postgres_run(server, "SET CONSTRAINTS ALL DEFERRED", "load a table");
    text_add_format(&sql, "COPY %s (", load->table);
    for (int i = 0; i < load->count; i++)
        text_add_format(&sql, "%s%s", i ? ", " : "", load->columns[i]);
    text_add(&sql, ") FROM STDIN");
    db_postgres_quiet(server);
    struct pg_result *result = server->pq->PQexec(server->connection, sql.data);
    if (!result || server->pq->PQresultStatus(result) != PQ_COPY_IN)
        db_postgres_fail(server, result, "load a table");
    server->pq->PQclear(result);
    text_free(&sql);
}

static void send(struct db_load *load)
{
    struct server *server = db_postgres_of(load->db);
    if (load->rows.length &&
        server->pq->PQputCopyData(server->connection, load->rows.data, (int)load->rows.length) != 1)
        db_postgres_fail(server, NULL, "load a table");
    text_clear(&load->rows);
}

/* Adds VALUE as COPY reads it. */
static void add_value(struct text *row, const char *value)
{
    if (!value) {
        text_add(row, "\\N");
        return;
    }
    for (size_t plain; *value; value += plain) {
        plain = strcspn(value, "\\\t\n\r");
        text_add_bytes(row, value, plain);
        if (value[plain]) {
            const char escaped[] = {'\\', value[plain] == '\\'   ? '\\'
                                          : value[plain] == '\t' ? 't'
                                          : value[plain] == '\n' ? 'n'
                                                                 : 'r'};
            text_add_bytes(row, escaped, sizeof escaped);
            plain++;
        }
    }
}

void db_postgres_load_row(struct db_load *load, const char *const *values)
{
    for (int i = 0; i < load->count; i++) {
        if (i)
            text_add_char(&load->rows, '\t');
        add_value(&load->rows, values[i]);
    }
    text_add_char(&load->rows, '\n');
    load->taken++;
    if (load->rows.length >= BLOCK)
        send(load);
}

void db_postgres_load_end(struct db_load *load)
{
    struct server *server = db_postgres_of(load->db);
    send(load);
    if (server->pq->PQputCopyEnd(server->connection, NULL) != 1)
        db_postgres_fail(server, NULL, "load a table");
    for (struct pg_result *result; (result = server->pq->PQgetResult(server->connection));) {
        if (!db_postgres_is_done(server, result))
            db_postgres_fail(server, result, "load a table");
        server->pq->PQclear(result);
    }
    text_free(&load->rows);
    db_postgres_tally(server, load->table, strlen(load->table), load->taken);
}
