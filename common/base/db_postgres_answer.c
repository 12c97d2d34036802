/* What was asked ahead, and what came back: each answer is found by its statement and values, and
 * is taken back where what is written may change it. One that is about a number holds until the
 * transaction ends; others, and those outside a transaction, where others may write, are taken
 * once.
 */
#include <stdlib.h>
#include <string.h>

#include "base/db_postgres_pipe_private.h"
#include "base/mem.h"

/* What was asked ahead: by which statement, with which values; the first is what it is about. */
struct answer {
    const struct query *query;
    int64_t about;
    char *values;
    struct asking *asking;
    int number; /* of its questions */
    bool taken;
    struct answer *next;
};

/* What is about a number is found by it, else by its values. */
static struct answer **bucket(struct pipe *pipe, int64_t about, const char *values)
{
    uint64_t hash = about == ABOUT_NOTHING ? text_hash(TEXT_HASH_START, values, strlen(values))
                                           : (uint64_t)about;
    return &pipe->buckets[hash % ANSWER_BUCKETS];
}

/* Takes it out of the list. */
static void drop(const struct libpq *pq, struct pipe *pipe, struct answer **place)
{
    struct answer *answer = *place;
    *place = answer->next;
    pipe->answers--;
    db_postgres_asking_release(pq, answer->asking);
    free(answer->values);
    free(answer);
}

static struct answer **find(struct pipe *pipe, const struct query *query, int64_t about,
                            const char *values)
{
    struct answer **place = bucket(pipe, about, values);
    while (*place && ((*place)->query != query || strcmp((*place)->values, values) != 0))
        place = &(*place)->next;
    return place;
}

/* A program that goes through all tickets does not keep what it has read of them. */
static void drop_taken(const struct libpq *pq, struct pipe *pipe)
{
    for (int i = 0; i < ANSWER_BUCKETS; i++)
        for (struct answer **place = &pipe->buckets[i]; *place;)
            if ((*place)->taken)
                drop(pq, pipe, place);
            else
                place = &(*place)->next;
    pipe->taken = 0;
}

void db_postgres_ask(struct query *query, int64_t about, const char *values)
{
    struct pipe *pipe = query->server->pipe;
    if (pipe && *find(pipe, query, about, values))
        return;
    if (query->server->shadowed)
        db_postgres_hold(query->server);
    else
        db_postgres_pipe(query->server);
    pipe = query->server->pipe;
    if (pipe->taken > MOST_TAKEN)
        drop_taken(query->server->pq, pipe);
    struct answer *answer = mem_zero(1, sizeof *answer), **first = bucket(pipe, about, values);
    *answer = (struct answer){
        .query = query, .about = about, .values = mem_string(values), .next = *first};
    db_postgres_bundle_ask(query, &answer->asking, &answer->number);
    *first = answer;
    pipe->answers++;
}

bool db_postgres_answer(struct query *query, int64_t about, const char *values)
{
    struct server *server = query->server;
    struct answer **place = server->pipe ? find(server->pipe, query, about, values) : NULL;
    if (!place || !*place)
        return false;
    struct asking *asking = (*place)->asking;
    int number = (*place)->number;
    if (!asking->result)
        db_postgres_settle(server);
    asking->holders++;
    if (server->in_transaction && about != ABOUT_NOTHING) {
        server->pipe->taken += !(*place)->taken;
        (*place)->taken = true;
    } else {
        drop(server->pq, server->pipe, place);
    }
    query->asking = asking;
    query->result = asking->result;
    query->several = asking->rows ? asking->rows + asking->starts[number] : NULL;
    query->rows = asking->rows ? asking->starts[number + 1] - asking->starts[number]
                               : server->pq->PQntuples(asking->result);
    return true;
}

/* ---- what is old */

static bool reads(const char *sql, const char *table)
{
    return db_postgres_names(sql, table, strlen(table));
}

void db_postgres_doubt(struct server *server, int64_t about, const char *table)
{
    struct answer **place = server->pipe ? bucket(server->pipe, about, "") : NULL;
    while (place && *place)
        if ((*place)->about == about && reads((*place)->query->sql, table))
            drop(server->pq, server->pipe, place);
        else
            place = &(*place)->next;
}

void db_postgres_doubt_table(struct server *server, const char *table)
{
    for (int i = 0; server->pipe && server->pipe->answers && i < ANSWER_BUCKETS; i++)
        for (struct answer **place = &server->pipe->buckets[i]; *place;)
            if (reads((*place)->query->sql, table))
                drop(server->pq, server->pipe, place);
            else
                place = &(*place)->next;
}

void db_postgres_forget(struct server *server)
{
    if (server->pipe)
        db_postgres_free_answers(server->pipe, server->pq);
}

void db_postgres_free_answers(struct pipe *pipe, const struct libpq *pq)
{
    for (int i = 0; pipe->answers && i < ANSWER_BUCKETS; i++)
        while (pipe->buckets[i])
            drop(pq, pipe, &pipe->buckets[i]);
}

void db_postgres_free_pipe(struct server *server)
{
    struct pipe *pipe = server->pipe;
    if (!pipe)
        return;
    for (int i = pipe->first; i < pipe->count; i++)
        if (pipe->sent[i])
            db_postgres_asking_release(server->pq, pipe->sent[i]);
    db_postgres_free_bundles(pipe, server->pq);
    db_postgres_free_answers(pipe, server->pq);
    free(pipe->references);
    free(pipe);
}
