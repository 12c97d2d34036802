/* Sending ahead. In a write transaction what only writes is sent without waiting for the server's
 * word; and what will be read can be asked for before, many questions in one message. What comes
 * back is taken in order, when somebody waits for an answer, and at the commit. libpq has it since
 * its version of 2021; where it is older each statement is waited for.
 */
#include <stdlib.h>

#include "base/db_postgres_pipe_private.h"
#include "base/mem.h"

/* ---- what questions bring */

struct asking *db_postgres_asking(void)
{
    struct asking *asking = mem_zero(1, sizeof *asking);
    asking->holders = 1;
    return asking;
}

void db_postgres_asking_release(const struct libpq *pq, struct asking *asking)
{
    if (--asking->holders)
        return;
    if (asking->result)
        pq->PQclear(asking->result);
    free(asking->rows);
    free(asking->starts);
    free(asking);
}

/* The question of ROW, from 0: the first column, which counts from 1. */
static int question_of(const struct libpq *pq, const struct pg_result *result, int row)
{
    return atoi(pq->PQgetvalue(result, row, 0)) - 1;
}

/* Rows of a question stay in their order; the server need not give those of one together. */
static void sort_rows(const struct libpq *pq, struct asking *asking)
{
    int count = pq->PQntuples(asking->result);
    asking->starts = mem_zero((size_t)asking->count + 2, sizeof *asking->starts);
    asking->rows = mem_zero((size_t)count + 1, sizeof *asking->rows);
    for (int row = 0; row < count; row++)
        asking->starts[question_of(pq, asking->result, row) + 2]++;
    for (int i = 2; i < asking->count + 2; i++)
        asking->starts[i] += asking->starts[i - 1];
    for (int row = 0; row < count; row++)
        asking->rows[asking->starts[question_of(pq, asking->result, row) + 1]++] = row;
}

static void take_answers(const struct libpq *pq, struct asking *asking, struct pg_result *result)
{
    asking->result = result;
    if (asking->count > 1 && asking->holders > 1)
        sort_rows(pq, asking);
    db_postgres_asking_release(pq, asking);
}

/* ---- the pipe */

bool db_postgres_can_pipe(const struct server *server)
{
    return server->pq->PQenterPipelineMode;
}

/* The result of the next statement that was sent. */
static struct pg_result *next_result(struct server *server)
{
    struct pg_result *result = server->pq->PQgetResult(server->connection);
    struct pg_result *end = result ? server->pq->PQgetResult(server->connection) : NULL;
    if (end)
        server->pq->PQclear(end);
    return result;
}

/* Takes what has been sent, to the first failure, which it returns. */
static struct pg_result *take_sent(struct server *server, bool *failed)
{
    struct pipe *pipe = server->pipe;
    *failed = false;
    for (; pipe->first < pipe->count; pipe->first++) {
        struct asking *asking = pipe->sent[pipe->first];
        struct pg_result *result = next_result(server);
        *failed = !db_postgres_is_done(server, result);
        if (*failed)
            return result;
        if (asking) {
            take_answers(server->pq, asking, result);
        } else {
            server->changes = strtoll(server->pq->PQcmdTuples(result), NULL, 10);
            server->pq->PQclear(result);
        }
    }
    pipe->first = pipe->count = 0;
    return NULL;
}

static void flush(struct server *server)
{
    if (server->pq->PQsendFlushRequest(server->connection) != 1 ||
        server->pq->PQflush(server->connection) < 0)
        db_postgres_fail(server, NULL, "write");
}

/* Behind the Sync; true where all is well and nothing is sent ahead any more. */
static bool leave(struct server *server)
{
    struct pg_result *sync = server->pq->PQgetResult(server->connection);
    if (sync)
        server->pq->PQclear(sync);
    server->piping = server->pq->PQexitPipelineMode(server->connection) != 1;
    return sync && !server->piping;
}

bool db_postgres_end_pipe(struct server *server, struct pg_result **failure)
{
    bool failed = false;
    *failure = NULL;
    if (!server->piping)
        return true;
    if (server->pq->PQpipelineSync(server->connection) != 1)
        return false;
    *failure = take_sent(server, &failed);
    return !failed && leave(server);
}

/* The server answers each statement behind a failure, to the Sync, that it did nothing. */
bool db_postgres_drain(struct server *server)
{
    struct pipe *pipe = server->pipe;
    while (++pipe->first < pipe->count) {
        struct pg_result *result = next_result(server);
        if (result)
            server->pq->PQclear(result);
    }
    pipe->first = pipe->count = 0;
    return leave(server);
}

/* Outside a transaction what was asked is an end of its own. */
void db_postgres_take_sent(struct server *server)
{
    struct pg_result *failure = NULL;
    bool failed;
    if (!server->piping || server->pipe->first == server->pipe->count)
        return;
    if (server->in_transaction) {
        flush(server);
        failure = take_sent(server, &failed);
    } else {
        failed = !db_postgres_end_pipe(server, &failure);
    }
    if (failed)
        db_postgres_fail(server, failure, "write");
}

void db_postgres_hold(struct server *server)
{
    if (!server->pipe)
        server->pipe = mem_zero(1, sizeof *server->pipe);
}

void db_postgres_pipe(struct server *server)
{
    db_postgres_hold(server);
    if (server->piping && server->pipe->count > MOST_SENT - ROOM)
        db_postgres_take_sent(server);
    if (!server->piping)
        server->piping = server->pq->PQenterPipelineMode(server->connection) == 1;
    if (!server->piping)
        db_postgres_fail(server, NULL, "send ahead");
}

void db_postgres_sent(struct server *server, struct asking *asking)
{
    server->pipe->sent[server->pipe->count++] = asking;
}

struct pg_result *db_postgres_receive(struct server *server)
{
    bool failed, ends = !server->in_transaction;
    if (!ends)
        flush(server);
    else if (server->pq->PQpipelineSync(server->connection) != 1)
        db_postgres_fail(server, NULL, "read");
    struct pg_result *result = take_sent(server, &failed);
    if (failed)
        db_postgres_fail(server, result, "write");
    result = next_result(server);
    if (ends && !leave(server))
        db_postgres_fail(server, result, "read");
    return result;
}
