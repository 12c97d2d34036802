/* Loading rows into a table: a server has a way of its own, a file takes a statement for each. */
#include <stdlib.h>
#include <string.h>

#include "base/db_private.h"
#include "base/mem.h"

static bool is_of_bytes(struct db *db, const char *table, const char *column)
{
    struct db_query *q = db_query(db, "SELECT count(*) FROM pragma_table_info(?1)"
                                      " WHERE name = ?2 AND type = 'BLOB'");
    db_bind_text(q, 1, table);
    db_bind_text(q, 2, column);
    return db_first(q) != 0;
}

/* A reference may point to a row that comes later; the commit looks at it. */
static void start(struct db_load *load)
{
    struct text sql = {0};
    load->bytes = mem_zero((size_t)load->count, sizeof *load->bytes);
    db_run(db_query(load->db, "PRAGMA defer_foreign_keys=ON"));
    text_add_format(&sql, "INSERT INTO %s (", load->table);
    for (int i = 0; i < load->count; i++) {
        text_add_format(&sql, "%s%s", i ? ", " : "", load->columns[i]);
        if (is_of_bytes(load->db, load->table, load->columns[i]))
            text_add(&load->bytes[i], "");
    }
    text_add(&sql, ") VALUES (");
    for (int i = 0; i < load->count; i++)
        text_add_format(&sql, "%s?%d", i ? ", " : "", i + 1);
    text_add(&sql, ")");
    load->insert = db_query_built(load->db, sql.data);
    text_free(&sql);
}

static int nibble(char digit)
{
    const char *digits = "0123456789abcdef", *found = strchr(digits, digit);
    return found ? (int)(found - digits) : 0;
}

/* The bytes that HEX stands for: \x, two digits for each. */
static void read_hex(struct text *bytes, const char *hex)
{
    text_clear(bytes);
    for (hex += 2; hex[0] && hex[1]; hex += 2)
        text_add_char(bytes, (char)(nibble(hex[0]) << 4 | nibble(hex[1])));
}

static void insert(struct db_load *load, const char *const *values)
{
    db_reset(load->insert);
    for (int i = 0; i < load->count; i++) {
        struct text *bytes = &load->bytes[i];
        if (values[i] && bytes->data) {
            read_hex(bytes, values[i]);
            db_bind_bytes(load->insert, i + 1, bytes->data, bytes->length);
        } else {
            db_bind_text(load->insert, i + 1, values[i]);
        }
    }
    db_run(load->insert);
}

struct db_load *db_load(struct db *db, const char *table, const char *const *columns)
{
    struct db_load *load = mem_zero(1, sizeof *load);
    *load = (struct db_load){.db = db, .table = table, .columns = columns};
    while (columns[load->count])
        load->count++;
    if (db->engine->load)
        db->engine->load(load);
    else
        start(load);
    return load;
}

void db_load_row(struct db_load *load, const char *const *values)
{
    if (load->db->engine->load_row)
        load->db->engine->load_row(load, values);
    else
        insert(load, values);
}

void db_load_end(struct db_load *load)
{
    if (load->db->engine->load_end)
        load->db->engine->load_end(load);
    for (int i = 0; load->bytes && i < load->count; i++)
        text_free(&load->bytes[i]);
    free(load->bytes);
    free(load);
}
