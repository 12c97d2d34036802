/* A statement that is sent for many rows at once: its parameters are lists, whose elements are the
 * columns of a table called many. The server then prepares, checks and plans once for all of them,
 * which costs it several times what a row does.
 *
 *     INSERT INTO t (a, b) VALUES ($1, $2)
 *     INSERT INTO t (a, b) SELECT many.p1, many.p2 FROM unnest($1, $2) AS many (p1, p2)
 *
 *     UPDATE t SET a = $3 WHERE id = $1
 *     UPDATE t SET a = many.p3 FROM unnest($1, $2) AS many (p1, p3) WHERE t.id = many.p1
 *
 *     SELECT a FROM t WHERE b = $1
 *     SELECT many.number, one.* FROM unnest($1) WITH ORDINALITY AS many (p1, number),
 *            LATERAL (SELECT a FROM t WHERE b = many.p1) AS one
 */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "base/db_postgres_pipe_private.h"
#include "base/mem.h"

const char *db_postgres_written_table(const char *sql, size_t *length)
{
    static const char *const verbs[] = {"INSERT INTO ", "UPDATE ", "DELETE FROM "};
    for (size_t i = 0; i < sizeof verbs / sizeof *verbs; i++) {
        size_t verb = strlen(verbs[i]);
        if (!strncmp(sql, verbs[i], verb)) {
            *length = strcspn(sql + verb, " (");
            return sql + verb;
        }
    }
    return NULL;
}

static bool is_in_word(char c)
{
    return c == '_' || (c >= 'a' && c <= 'z');
}

bool db_postgres_names(const char *sql, const char *table, size_t length)
{
    for (const char *p = sql; *p; p++)
        if (!strncmp(p, table, length) && (p == sql || !is_in_word(p[-1])) &&
            !is_in_word(p[length]))
            return true;
    return false;
}

/* Adds LENGTH of SQL with the columns of many as its parameters, which are marked in USED. */
static void add_columns(struct text *out, const char *sql, size_t length, bool *used)
{
    char quote = '\0';
    for (const char *p = sql; p < sql + length; p++) {
        if (quote ? *p == quote : *p == '\'' || *p == '"')
            quote = quote ? '\0' : *p;
        if (quote || *p != '$' || !isdigit((unsigned char)p[1])) {
            text_add_char(out, *p);
            continue;
        }
        char *end;
        long number = strtol(p + 1, &end, 10);
        used[number - 1] = true;
        text_add_format(out, "many.p%ld", number);
        p = end - 1;
    }
}

/* Adds the table of the parameters that are used, and notes in MANY which they are. */
static void add_table(struct text *out, const bool *used, int count, struct many *many)
{
    int columns = 0;
    many->which = mem_zero((size_t)count, sizeof *many->which);
    for (int i = 0; i < count; i++)
        if (used[i])
            many->which[columns++] = i;
    text_add(out, " FROM unnest(");
    for (int i = 0; i < columns; i++)
        text_add_format(out, "%s?%d", i ? ", " : "", i + 1);
    text_add(out, many->does == DOES_ASK ? ") WITH ORDINALITY AS many (" : ") AS many (");
    for (int i = 0; i < columns; i++)
        text_add_format(out, "%sp%d", i ? ", " : "", many->which[i] + 1);
    text_add(out, many->does == DOES_ASK ? ", number)" : ")");
}

/* The item of LIST that stands where NAME does in NAMES; both are divided by ", ". */
static const char *item_of(const char *names, const char *name, size_t length, const char *list)
{
    while (strncmp(names, name, length) != 0 || !strchr(",)", names[length])) {
        names += strcspn(names, ",)");
        list += strcspn(list, ",)");
        if (*names != ',' || *list != ',')
            return NULL;
        names += 2;
        list += 2;
    }
    return list;
}

/* Notes the parameters that are the values of the key's columns: NAME is its first, and they end by
 * a bracket. False where one is none. */
static bool take_keys(struct many *many, const char *name, const char *names, const char *values)
{
    for (;; name += 2) {
        size_t length = strcspn(name, ",)");
        const char *item = item_of(names, name, length, values);
        char *end = NULL;
        long number = item && *item == '$' ? strtol(item + 1, &end, 10) : 0;
        if (!end || (*end != ',' && *end != ')') || many->key_count == MOST_KEYS)
            return false;
        many->keys[many->key_count++] = (int)number - 1;
        name += length;
        if (*name != ',')
            return true;
    }
}

/* Behind the values: nothing, or that a row whose key is there is left out or changed. */
static bool fits_end(struct many *many, const char *rest, const char *names, const char *values)
{
    static const char conflict[] = " ON CONFLICT (", changes[] = ") DO UPDATE SET ";
    if (!*rest || !strcmp(rest, " ON CONFLICT DO NOTHING"))
        return true;
    if (strncmp(rest, conflict, sizeof conflict - 1) != 0 || strchr(rest, '$') ||
        strstr(rest, "RETURNING"))
        return false;
    const char *name = rest + sizeof conflict - 1, *end = name + strcspn(name, ")");
    if (!strcmp(end, ") DO NOTHING"))
        return true;
    return !strncmp(end, changes, sizeof changes - 1) && take_keys(many, name, names, values);
}

static bool say_insert(struct many *many, const char *sql, struct text *out, bool *used, int count)
{
    const char *names = many->table + many->table_length + 2, *values = strstr(sql, ") VALUES (");
    const char *rest = values ? values + 10 + strcspn(values + 10, "()") : "(";
    if (!values || *rest != ')' || !fits_end(many, rest + 1, names, values + 10))
        return false;
    text_add_bytes(out, sql, (size_t)(values + 1 - sql));
    text_add(out, " SELECT ");
    add_columns(out, values + 10, (size_t)(rest - values) - 10, used);
    add_table(out, used, count, many);
    text_add(out, rest + 1);
    return true;
}

static bool say_update(struct many *many, const char *sql, struct text *out, bool *used, int count)
{
    const char *where = strstr(sql, " WHERE ");
    if (!where || strcmp(where, " WHERE id = $1") != 0)
        return false;
    add_columns(out, sql, (size_t)(where - sql), used);
    many->keys[many->key_count++] = 0;
    used[0] = true;
    add_table(out, used, count, many);
    text_add(out, " WHERE ");
    text_add_bytes(out, many->table, many->table_length);
    text_add(out, ".id = many.p1");
    return true;
}

/* A limit cannot be a column. */
static bool say_question(struct many *many, const char *sql, struct text *out, bool *used,
                         int count)
{
    struct text one = {0};
    bool fits = count && !strstr(sql, "LIMIT $") && !strstr(sql, "OFFSET $");
    add_columns(&one, sql, strlen(sql), used);
    if (fits) {
        text_add(out, "SELECT many.number, one.*");
        add_table(out, used, count, many);
        text_add_format(out, ", LATERAL (%s) AS one", one.data);
    }
    text_free(&one);
    return fits;
}

static struct many *make(struct query *query)
{
    struct many *many = mem_zero(1, sizeof *many);
    struct text sql = {0};
    bool fits = false, *used = mem_zero((size_t)query->count + 1, sizeof *used);
    many->table = db_postgres_written_table(query->sql, &many->table_length);
    if (!many->table) {
        fits = !strncmp(query->sql, "SELECT ", 7) &&
               say_question(many, query->sql, &sql, used, query->count);
    } else if (*query->sql == 'I') {
        many->does = DOES_INSERT;
        fits = say_insert(many, query->sql, &sql, used, query->count);
    } else if (*query->sql == 'U') {
        many->does = DOES_UPDATE;
        fits = say_update(many, query->sql, &sql, used, query->count);
    } else {
        many->does = DOES_UPDATE; /* or deletes */
    }
    if (fits)
        many->query = db_postgres_statement(query->server, sql.data);
    text_free(&sql);
    free(used);
    return many;
}

const struct many *db_postgres_many(struct query *query)
{
    if (!query->many)
        query->many = make(query);
    return query->many;
}

void db_postgres_free_many(struct many *many)
{
    if (!many)
        return;
    if (many->query)
        db_postgres_free_statement(many->query);
    free(many->which);
    free(many);
}
