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

/* ---- rows */

static int column_count(const struct bundle *b)
{
    return b->many->query ? b->many->query->count : b->query->count;
}

/* The parameter of QUERY that is the column. */
static struct parameter *parameter_of(const struct bundle *b, const struct query *query, int column)
{
    return &query->parameters[b->many->query ? b->many->which[column] : column];
}

/* Of different keys alike only by accident, which only costs that a row goes later. */
static uint64_t key_of(const struct many *many, const struct query *query)
{
    uint64_t key = TEXT_HASH_START;
    for (int i = 0; i < many->key_count; i++) {
        const char *value = query->parameters[many->keys[i]].value;
        key = text_hash(key, value ? value : "", value ? strlen(value) + 1 : 0);
    }
    return key;
}

static void note_type(struct column *column, const struct parameter *p)
{
    if (p->value || !column->type)
        column->type = p->type;
    column->has_value = column->has_value || p->value;
}

static void add_row(struct bundle *b, const struct query *query)
{
    b->keys[b->rows++] = key_of(b->many, query);
    for (int column = 0; column < column_count(b); column++) {
        const struct parameter *p = parameter_of(b, query, column);
        int32_t length = !p->value             ? -1
                         : p->type == PQ_BYTEA ? (int32_t)p->size
                                               : (int32_t)strlen(p->value);
        text_add_bytes(&b->values, (const char *)&length, sizeof length);
        if (length >= 0)
            text_add_bytes(&b->values, p->value, (size_t)length);
        text_add_char(&b->values, '\0');
        note_type(&b->columns[column], p);
    }
}

/* The next value of a bundle, from AT on; NULL for NULL. */
static const char *next_value(const char **at, int32_t *length)
{
    memcpy(length, *at, sizeof *length);
    const char *value = *length < 0 ? NULL : *at + sizeof *length;
    *at += sizeof *length + (size_t)(value ? *length : 0) + 1;
    return value;
}

/* ---- sending */

static void add_big_endian(struct text *out, uint64_t number, int bytes)
{
    while (bytes--)
        text_add_char(out, (char)(number >> 8 * bytes));
}

/* A list as PostgreSQL has it in binary: of one dimension, with NULLs, elements of TYPE. */
static void begin_list(struct text *out, unsigned type, int count)
{
    add_big_endian(out, 1, 4);
    add_big_endian(out, 1, 4);
    add_big_endian(out, type, 4);
    add_big_endian(out, (uint64_t)count, 4);
    add_big_endian(out, 1, 4);
}

static void add_element(struct text *out, unsigned type, const char *value, int32_t length)
{
    if (!value) {
        add_big_endian(out, UINT32_MAX, 4);
    } else if (type == PQ_INT8) {
        add_big_endian(out, 8, 4);
        add_big_endian(out, (uint64_t)strtoll(value, NULL, 10), 8);
    } else {
        add_big_endian(out, (uint64_t)length, 4);
        text_add_bytes(out, value, (size_t)length);
    }
}

static unsigned list_type(unsigned type)
{
    return type == PQ_INT8 ? PQ_INT8_LIST : type == PQ_TEXT ? PQ_TEXT_LIST : PQ_BYTEA_LIST;
}

static void send_many(const struct bundle *b)
{
    struct query *query = b->many->query;
    struct text *lists = mem_zero((size_t)query->count, sizeof *lists);
    struct parameter *all = mem_zero((size_t)query->count, sizeof *all);
    const char *at = b->values.data;
    for (int column = 0; column < query->count; column++)
        begin_list(&lists[column], b->columns[column].type, b->rows);
    for (int row = 0; row < b->rows; row++)
        for (int column = 0; column < query->count; column++) {
            int32_t length;
            const char *value = next_value(&at, &length);
            add_element(&lists[column], b->columns[column].type, value, length);
        }
    for (int column = 0; column < query->count; column++)
        all[column] = (struct parameter){.value = lists[column].data,
                                         .size = lists[column].length,
                                         .type = list_type(b->columns[column].type)};
    db_postgres_post(query, all);
    for (int column = 0; column < query->count; column++)
        text_free(&lists[column]);
    free(lists);
    free(all);
}

/* It goes as if it had not been held. */
void db_postgres_send_row(const struct bundle *b, const char **at)
{
    struct parameter *all = mem_zero((size_t)b->query->count + 1, sizeof *all);
    for (int i = 0; i < b->query->count; i++)
        all[i].type = PQ_INT8;
    for (int column = 0; column < column_count(b); column++) {
        int32_t length;
        struct parameter *p = &all[b->many->query ? b->many->which[column] : column];
        p->value = next_value(at, &length);
        p->size = (size_t)(p->value ? length : 0);
        p->type = b->columns[column].type;
    }
    db_postgres_post(b->query, all);
    free(all);
}

static void free_bundle(const struct libpq *pq, struct bundle *b)
{
    if (b->asking)
        db_postgres_asking_release(pq, b->asking);
    text_free(&b->values);
    free(b->columns);
    free(b);
}

void db_postgres_send_bundle(struct server *server, struct bundle *b)
{
    struct asking *asking = b->asking;
    const char *at = b->values.data;
    db_postgres_pipe(server);
    if (b->rows > 1)
        send_many(b);
    else
        db_postgres_send_row(b, &at);
    b->asking = NULL;
    db_postgres_sent(server, asking);
    if (b->many->does == DOES_INSERT)
        db_postgres_tally(server, b->many->table, b->many->table_length, b->rows);
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
    for (int column = 0; column < column_count(b); column++) {
        const struct parameter *p = parameter_of(b, query, column);
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
    b->columns = mem_zero((size_t)column_count(b) + 1, sizeof *b->columns);
    pipe->bundles[pipe->bundle_count++] = b;
    return b;
}

static struct bundle *bundle_for(struct pipe *pipe, struct query *query, const struct many *many)
{
    uint64_t key = key_of(many, query);
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
    add_row(b, query);
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
    add_row(b, query);
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
