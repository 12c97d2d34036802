/* What goes together. Statements that nobody waits for are held until somebody does, and those that
 * are alike are sent as one, for many rows (db_postgres_many.c). A row goes with an earlier one of
 * its statement where it may stand before all that was held in between:
 *
 *   - a question stands behind all that was written before it, and what is written behind it;
 *   - rows of one table stay in order, but for changes of different rows;
 *   - a change stays behind what was inserted before it, which a trigger may look for;
 *   - a row stays behind those of a table that it may point to.
 */
#include <stdlib.h>
#include <string.h>

#include "base/db_postgres_pipe_private.h"
#include "base/mem.h"

enum {
    MOST_BYTES = 256 * 1024, /* of a bundle: then all are sent, as when it has its most rows */
    SEVERAL = 16             /* bundles: from then on it pays to know which tables point to which */
};

static void free_bundle(const struct libpq *pq, struct bundle *b)
{
    if (b->asking)
        db_postgres_asking_release(pq, b->asking);
    text_free(&b->values);
    free(b->columns);
    free(b);
}

/* Of what nobody wants to know any more nothing is sent. */
void db_postgres_send_bundles(struct server *server)
{
    struct pipe *pipe = server->pipe;
    struct bundle *held[MOST_BUNDLES];
    int count = 0, wanted = 0;
    for (; pipe && count < pipe->bundle_count; count++) {
        struct bundle *b = pipe->bundles[count];
        if (!b->asking || b->asking->holders > 1)
            held[wanted++] = b;
        else
            free_bundle(server->pq, b);
    }
    if (!count)
        return;
    pipe->bundle_count = 0;
    if (server->shadowed)
        db_postgres_send_aside(server, held, wanted);
    for (int i = 0; i < wanted; i++) {
        if (!server->shadowed)
            db_postgres_send_bundle(server, held[i]);
        free_bundle(server->pq, held[i]);
    }
}

bool db_postgres_may_overtake(const struct query *query)
{
    const struct pipe *pipe = query->server->pipe;
    for (int i = 0; pipe && i < pipe->bundle_count; i++) {
        const struct many *many = pipe->bundles[i]->many;
        if (many->table && db_postgres_names(query->sql, many->table, many->table_length))
            return false;
    }
    return query->server->shadowed && db_postgres_is_reading(query);
}

void db_postgres_free_bundles(struct pipe *pipe, const struct libpq *pq)
{
    while (pipe->bundle_count)
        free_bundle(pq, pipe->bundles[--pipe->bundle_count]);
}

/* ---- which go together */

#define REFERENCES                                                                                 \
    "SELECT ' ' || string_agg(DISTINCT conrelid::regclass || '>' || confrelid::regclass, ' ')"     \
    " || ' ' FROM pg_constraint WHERE contype = 'f'"

/* True where a row of the one may point to one of the other, as far as is known. */
static bool points(const struct pipe *pipe, const struct many *from, const struct many *to)
{
    struct text pair = {0};
    if (!pipe->references)
        return true;
    text_add_char(&pair, ' ');
    text_add_bytes(&pair, from->table, from->table_length);
    text_add_char(&pair, '>');
    text_add_bytes(&pair, to->table, to->table_length);
    text_add_char(&pair, ' ');
    bool found = strstr(pipe->references, pair.data);
    text_free(&pair);
    return found;
}

static bool has_key(const struct bundle *b, uint64_t key)
{
    for (int row = 0; row < b->rows; row++)
        if (b->keys[row] == key)
            return true;
    return false;
}

/* True where keys of both are of the same columns: changes are of the row that has an id. */
static bool is_alike(const struct many *many, const struct many *other)
{
    return many == other || (many->does == DOES_UPDATE && other->does == DOES_UPDATE &&
                             many->key_count && other->key_count);
}

/* True where a row of MANY, with KEY, stays behind those of the bundle. */
static bool stays_behind(const struct pipe *pipe, const struct many *many, uint64_t key,
                         const struct bundle *b)
{
    const struct many *before = b->many;
    if (many->does == DOES_ASK || before->does == DOES_ASK)
        return many->does != before->does;
    if (!before->query)
        return true; /* it may read anything */
    if (many->table_length == before->table_length &&
        !strncmp(many->table, before->table, many->table_length))
        return !many->key_count || !is_alike(many, before) || has_key(b, key);
    return before->does == DOES_INSERT && (many->does == DOES_UPDATE || points(pipe, many, before));
}

/* The columns are of the types that they have had, where they are not NULL. */
static bool has_types(const struct bundle *b, const struct query *query)
{
    for (int column = 0; column < db_postgres_column_count(b); column++) {
        const struct parameter *p = db_postgres_parameter_of(b, query, column);
        if (p->value && b->columns[column].has_value && b->columns[column].type != p->type)
            return false;
    }
    return true;
}

static bool takes(const struct bundle *b, const struct query *query, uint64_t key)
{
    return b->query == query && b->many->query && b->rows < MOST_ROWS &&
           (!b->many->key_count || !has_key(b, key)) && has_types(b, query);
}

static struct bundle *new_bundle(struct pipe *pipe, struct query *query, const struct many *many)
{
    struct bundle *b = mem_zero(1, sizeof *b);
    b->query = query;
    b->many = many;
    b->columns = mem_zero((size_t)db_postgres_column_count(b) + 1, sizeof *b->columns);
    pipe->bundles[pipe->bundle_count++] = b;
    return b;
}

static struct bundle *bundle_for(struct pipe *pipe, struct query *query, const struct many *many)
{
    uint64_t key = db_postgres_key_of(many, query);
    for (int i = pipe->bundle_count - 1; i >= 0; i--) {
        if (takes(pipe->bundles[i], query, key))
            return pipe->bundles[i];
        if (stays_behind(pipe, many, key, pipe->bundles[i]))
            break;
    }
    return new_bundle(pipe, query, many);
}

static bool is_full(const struct bundle *b)
{
    return b->rows == MOST_ROWS || b->values.length >= MOST_BYTES;
}

static void read_references(struct server *server)
{
    const struct libpq *pq = server->pq;
    db_postgres_quiet(server);
    struct pg_result *result = pq->PQexec(server->connection, REFERENCES);
    if (!db_postgres_is_done(server, result))
        db_postgres_fail(server, result, "read");
    server->pipe->references = mem_string(pq->PQgetvalue(result, 0, 0));
    pq->PQclear(result);
    if (!server->shadowed)
        db_postgres_pipe(server);
}

/* A program that writes much asks once what lets it send much together. */
static void make_room(struct server *server)
{
    struct pipe *pipe = server->pipe;
    if (pipe->bundle_count == SEVERAL && !pipe->references) {
        read_references(server);
    }
    if (pipe->bundle_count == MOST_BUNDLES)
        db_postgres_send_bundles(server);
}

bool db_postgres_bundle_write(struct query *query)
{
    const struct many *many = db_postgres_many(query);
    if (!many->query && !query->server->shadowed)
        return false;
    make_room(query->server);
    struct bundle *b = bundle_for(query->server->pipe, query, many);
    db_postgres_add_row(b, query);
    if (is_full(b))
        db_postgres_send_bundles(query->server);
    return true;
}

void db_postgres_bundle_ask(struct query *query, struct asking **asking, int *number)
{
    make_room(query->server);
    struct bundle *b = bundle_for(query->server->pipe, query, db_postgres_many(query));
    if (!b->asking)
        b->asking = db_postgres_asking();
    *asking = b->asking;
    b->asking->holders++;
    *number = b->asking->count++;
    db_postgres_add_row(b, query);
    if (is_full(b))
        db_postgres_send_bundles(query->server);
}

/* ---- waiting */

bool db_postgres_leave_pipe(struct server *server, struct pg_result **failure)
{
    db_postgres_send_bundles(server);
    return db_postgres_end_pipe(server, failure);
}

void db_postgres_quiet(struct server *server)
{
    struct pg_result *failure;
    if (!db_postgres_leave_pipe(server, &failure))
        db_postgres_fail(server, failure, "write");
}

void db_postgres_settle(struct server *server)
{
    db_postgres_send_bundles(server);
    db_postgres_take_sent(server);
}
