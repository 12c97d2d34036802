/* What will be asked soon is asked now, and taken back where what is written may change the answer.
 */
#include <stdlib.h>
#include <string.h>

#include "base/db_postgres_pipe_private.h"
#include "base/mem.h"

/* What QUERY is bound to; its first value, where that is a number, is what it is about. */
int64_t db_postgres_ahead_values(const struct query *query, struct text *values)
{
    for (int i = 0; i < query->count; i++) {
        const struct parameter *p = &query->parameters[i];
        text_add_char(values, p->value ? '=' : '-');
        if (p->value && p->type != PQ_BYTEA)
            text_add_format(values, "%zu:%s", strlen(p->value), p->value);
    }
    const char *first = query->count ? query->parameters[0].value : NULL;
    return first && query->parameters[0].type == PQ_INT8 ? strtoll(first, NULL, 10) : ABOUT_NOTHING;
}

/* True where the answer is there. */
bool db_postgres_ahead_was_asked(struct query *query)
{
    struct text values = {0};
    if (!query->server->pipe)
        return false;
    int64_t about = db_postgres_ahead_values(query, &values);
    bool asked = db_postgres_answer(query, about, text_string(&values));
    text_free(&values);
    return asked;
}

/* Answers that what is written may change are old: those that read its table, and where it says of
 * which ticket its rows are, of them those about one of its numbers. */
void db_postgres_ahead_doubt(const struct query *query)
{
    size_t length = 0;
    const char *written = db_postgres_written_table(query->sql, &length);
    if (!strncmp(query->sql, "ROLLBACK", 8))
        db_postgres_forget(query->server);
    if (!written)
        return;
    char *table = mem_string(written);
    table[length] = '\0';
    bool of_ticket = strstr(query->sql, "ticket_id") || !strcmp(table, "ticket");
    if (!of_ticket)
        db_postgres_doubt_table(query->server, table);
    for (int i = 0; of_ticket && i < query->count; i++) {
        const struct parameter *p = &query->parameters[i];
        if (p->value && p->type == PQ_INT8)
            db_postgres_doubt(query->server, strtoll(p->value, NULL, 10), table);
    }
    free(table);
}
