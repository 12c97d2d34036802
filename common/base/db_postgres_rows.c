/* The rows of a bundle: how they are held, and how they are sent, by their statement for many or,
 * one alone, by its own.
 */
#include <stdlib.h>
#include <string.h>

#include "base/db_postgres_pipe_private.h"
#include "base/mem.h"

int db_postgres_column_count(const struct bundle *b)
{
    return b->many->query ? b->many->query->count : b->query->count;
}

struct parameter *db_postgres_parameter_of(const struct bundle *b, const struct query *query,
                                           int column)
{
    return &query->parameters[b->many->query ? b->many->which[column] : column];
}

/* Of different keys alike only by accident, which only costs that a row goes later. */
uint64_t db_postgres_key_of(const struct many *many, const struct query *query)
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

void db_postgres_add_row(struct bundle *b, const struct query *query)
{
    b->keys[b->rows++] = db_postgres_key_of(b->many, query);
    for (int column = 0; column < db_postgres_column_count(b); column++) {
        const struct parameter *p = db_postgres_parameter_of(b, query, column);
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
    for (int column = 0; column < db_postgres_column_count(b); column++) {
        int32_t length;
        struct parameter *p = &all[b->many->query ? b->many->which[column] : column];
        p->value = next_value(at, &length);
        p->size = (size_t)(p->value ? length : 0);
        p->type = b->columns[column].type;
    }
    db_postgres_post(b->query, all);
    free(all);
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
