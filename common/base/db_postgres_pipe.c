/* Sending ahead. In a write transaction what only writes is sent without waiting for the server's
 * word; and what will be read can be asked for before, many questions in one message. What comes
 * back is taken in order, when somebody waits for an answer, and at the commit. libpq has it since
 * its version of 2021; where it is older each statement is waited for.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/db_postgres_private.h"
#include "base/mem.h"

enum {
    MOST_SENT = 1000, /* what waits in libpq and in the server */
    BUCKETS = 1024
};

/* What was asked ahead: by which statement, with which values; the first is what it is about. */
struct answer {
    const void *query;
    const char *sql; /* of the statement */
    int64_t about;
    char *values;
    struct pg_result *result; /* NULL: it has not come */
    bool dropped;             /* when it comes nobody wants it */
    struct answer *next;
};

/* Each statement that was sent, in order, with the answer that it brings or NULL. */
struct pipe {
    struct answer *sent[MOST_SENT];
    int first, count;
    struct answer *answers[BUCKETS];
    int waiting; /* how many they are */
};

static void free_answer(struct server *server, struct answer *answer)
{
    if (answer->result)
        server->pq->PQclear(answer->result);
    free(answer->values);
    free(answer);
}

static struct answer **bucket(struct pipe *pipe, int64_t about)
{
    return &pipe->answers[(uint64_t)about % BUCKETS];
}

/* ---- in and out */

bool db_postgres_can_pipe(const struct server *server)
{
    return server->pq->PQenterPipelineMode && !server->shadowed;
}

void db_postgres_pipe(struct server *server)
{
    if (server->piping)
        return;
    if (!server->pipe)
        server->pipe = mem_zero(1, sizeof *server->pipe);
    server->piping = server->pq->PQenterPipelineMode(server->connection) == 1;
    if (!server->piping)
        db_postgres_fail(server, NULL, "send ahead");
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
        struct answer *answer = pipe->sent[pipe->first];
        struct pg_result *result = next_result(server);
        *failed = !db_postgres_is_done(server, result);
        if (*failed)
            return result;
        if (answer)
            answer->result = result;
        else
            server->changes = strtoll(server->pq->PQcmdTuples(result), NULL, 10);
        if (answer && answer->dropped)
            free_answer(server, answer);
        if (!answer)
            server->pq->PQclear(result);
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

bool db_postgres_leave_pipe(struct server *server, struct pg_result **failure)
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

void db_postgres_quiet(struct server *server)
{
    struct pg_result *failure;
    if (!db_postgres_leave_pipe(server, &failure))
        db_postgres_fail(server, failure, "write");
}

/* Outside a transaction what was asked is an end of its own. */
void db_postgres_settle(struct server *server)
{
    bool failed;
    if (!server->piping || server->pipe->first == server->pipe->count)
        return;
    if (!server->in_transaction) {
        db_postgres_quiet(server);
        return;
    }
    flush(server);
    struct pg_result *result = take_sent(server, &failed);
    if (failed)
        db_postgres_fail(server, result, "write");
}

static void note(struct server *server, struct answer *answer)
{
    struct pipe *pipe = server->pipe;
    pipe->sent[pipe->count++] = answer;
    if (pipe->count == MOST_SENT)
        db_postgres_settle(server);
}

void db_postgres_sent(struct server *server)
{
    note(server, NULL);
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

/* ---- what is asked ahead */

static struct answer *find(struct pipe *pipe, const void *query, int64_t about, const char *values,
                           struct answer ***place)
{
    *place = bucket(pipe, about);
    for (struct answer *a; (a = **place); *place = &a->next)
        if (a->query == query && !strcmp(a->values, values))
            return a;
    return NULL;
}

bool db_postgres_is_asked(struct server *server, const void *query, int64_t about,
                          const char *values)
{
    struct answer **place;
    return server->pipe && find(server->pipe, query, about, values, &place);
}

void db_postgres_asked(struct server *server, const void *query, const char *sql, int64_t about,
                       const char *values)
{
    struct answer *answer = mem_zero(1, sizeof *answer), **first = bucket(server->pipe, about);
    *answer = (struct answer){
        .query = query, .sql = sql, .about = about, .values = mem_string(values), .next = *first};
    *first = answer;
    server->pipe->waiting++;
    note(server, answer);
}

struct pg_result *db_postgres_answer(struct server *server, const void *query, int64_t about,
                                     const char *values)
{
    struct answer **place;
    struct answer *answer = server->pipe ? find(server->pipe, query, about, values, &place) : NULL;
    if (!answer)
        return NULL;
    if (!answer->result)
        db_postgres_settle(server);
    struct pg_result *result = answer->result;
    *place = answer->next;
    server->pipe->waiting--;
    answer->result = NULL;
    free_answer(server, answer);
    return result;
}

/* What has not come yet is waited for by its place in the order. */
static void drop(struct server *server, struct answer **place)
{
    struct answer *answer = *place;
    *place = answer->next;
    server->pipe->waiting--;
    answer->dropped = true;
    if (answer->result)
        free_answer(server, answer);
}

void db_postgres_doubt(struct server *server, int64_t about)
{
    struct answer **place = server->pipe ? bucket(server->pipe, about) : NULL;
    while (place && *place)
        if ((*place)->about == about)
            drop(server, place);
        else
            place = &(*place)->next;
}

/* True where SQL has the word anywhere. */
static bool reads(const char *sql, const char *table, size_t length)
{
    for (const char *p = sql; *p; p++) {
        size_t word = strspn(p, "abcdefghijklmnopqrstuvwxyz_");
        if (word == length && !strncmp(p, table, length))
            return true;
        p += word ? word - 1 : 0;
    }
    return false;
}

void db_postgres_doubt_table(struct server *server, const char *table, size_t length)
{
    for (int i = 0; server->pipe && server->pipe->waiting && i < BUCKETS; i++)
        for (struct answer **place = &server->pipe->answers[i]; *place;)
            if (reads((*place)->sql, table, length))
                drop(server, place);
            else
                place = &(*place)->next;
}

void db_postgres_forget(struct server *server)
{
    for (int i = 0; server->pipe && server->pipe->waiting && i < BUCKETS; i++)
        while (server->pipe->answers[i])
            drop(server, &server->pipe->answers[i]);
}

void db_postgres_free_pipe(struct server *server)
{
    struct pipe *pipe = server->pipe;
    if (!pipe)
        return;
    for (int i = pipe->first; i < pipe->count; i++)
        if (pipe->sent[i] && pipe->sent[i]->dropped)
            free_answer(server, pipe->sent[i]);
    for (int i = 0; i < BUCKETS; i++)
        for (struct answer *a; (a = pipe->answers[i]);) {
            pipe->answers[i] = a->next;
            free_answer(server, a);
        }
    free(pipe);
}
