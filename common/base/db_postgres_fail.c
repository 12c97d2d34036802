/* What a server's result says, and what is said where it is a failure. */
#include <string.h>

#include "base/db_postgres_private.h"
#include "base/die.h"
#include "base/tongue.h"

bool db_postgres_is_state(const struct server *server, const struct pg_result *result,
                          const char *state)
{
    const char *found = result ? server->pq->PQresultErrorField(result, PQ_SQLSTATE) : NULL;
    return found && !strncmp(found, state, strlen(state));
}

/* Another has the lock too long, or the two of us could not go on. */
static bool is_busy(const struct server *server, const struct pg_result *result)
{
    return db_postgres_is_state(server, result, "55P03") ||
           db_postgres_is_state(server, result, "40001") ||
           db_postgres_is_state(server, result, "40P01");
}

const char *db_postgres_one_line(char *message)
{
    size_t length = strlen(message);
    while (length && message[length - 1] == '\n')
        message[--length] = '\0';
    for (char *p = message; (p = strpbrk(p, "\n\t"));)
        *p = ' ';
    return message;
}

void db_postgres_fail(struct server *server, struct pg_result *result, const char *doing)
{
    const char *path = server->shared.path;
    const char *kept = server->in_transaction ? tongue("; nothing of this was kept") : "";
    if (is_busy(server, result))
        die_status(EXIT_BUSY, "%s: the database is busy; try again later", path);
    if (db_postgres_is_state(server, result, "57P") ||
        server->pq->PQstatus(server->connection) != PQ_CONNECTION_OK)
        die("%s: cannot %s: the connection to the server was lost%s", path, tongue(doing), kept);
    if (db_postgres_is_state(server, result, "53100"))
        die("%s: the disk is full; nothing of this was kept", path);
    if (db_postgres_is_state(server, result, "25006"))
        die("%s: cannot %s: the server only reads (it is a standby, or set so)", path,
            tongue(doing));
    const char *said = result ? server->pq->PQresultErrorField(result, PQ_MESSAGE) : NULL;
    die("%s: cannot %s: %s", path, tongue(doing),
        said ? said : db_postgres_one_line(server->pq->PQerrorMessage(server->connection)));
}

bool db_postgres_is_done(const struct server *server, const struct pg_result *result)
{
    unsigned status = result ? server->pq->PQresultStatus(result) : UINT32_MAX;
    return status == PQ_COMMAND_OK || status == PQ_TUPLES_OK || status == PQ_EMPTY_QUERY;
}
