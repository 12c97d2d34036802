/* A statement of the PostgreSQL body of the door: what its files share. */
#ifndef QIFU_BASE_DB_POSTGRES_QUERY_PRIVATE_H
#define QIFU_BASE_DB_POSTGRES_QUERY_PRIVATE_H

#include "base/db_postgres_private.h"

enum { NUMBER_SIZE = 24 /* a number's digits, its sign, its end */ };

/* A parameter: what is bound, and of which type. */
struct parameter {
    const char *value; /* NULL for NULL */
    size_t size;       /* of bytes */
    unsigned type;
    char digits[NUMBER_SIZE];
};

struct query {
    struct db_query shared;
    struct server *server;
    char *sql;
    struct parameter *parameters;
    unsigned *prepared; /* the types of which they were when it was prepared */
    int count;          /* of them */
    int name;           /* of the prepared statement, or 0 */
    bool again;         /* it has run before */
    bool streams;       /* its result is one row of many */
    struct many *many;  /* its statement for many rows at once; NULL: not looked for */
    struct pg_result *result;
    struct asking *asking; /* whose the result is; NULL: its own */
    const int *several;    /* its rows in a result of several questions, whose numbers are the first
                              column; NULL: all are */
    int rows, row;         /* the present one; -1 before the first */
};

/* As the functions of the engine say (db_private.h). */
struct db_query *db_postgres_query_prepare(struct db *db, const char *sql);
void db_postgres_query_finalize(struct db_query *query);
void db_postgres_query_bind_number(struct db_query *query, int index, int64_t number);
void db_postgres_query_bind_text(struct db_query *query, int index, const char *text);
void db_postgres_query_bind_bytes(struct db_query *query, int index, const void *bytes,
                                  size_t size);
void db_postgres_query_stream(struct db_query *query);
void db_postgres_query_ahead(struct db_query *query);
void db_postgres_query_run(struct db_query *query);
bool db_postgres_query_step(struct db_query *query);
void db_postgres_query_reset(struct db_query *query);
int64_t db_postgres_query_number(struct db_query *query, int column);
const char *db_postgres_query_text(struct db_query *query, int column);
bool db_postgres_query_is_null(struct db_query *query, int column);
void db_postgres_query_bytes(struct db_query *query, int column, void *bytes, size_t size);

/* A statement, and what it owns: db_postgres_statement.c. It has no result. */
struct query *db_postgres_statement(struct server *server, const char *sql);
void db_postgres_free_statement(struct query *query);
bool db_postgres_is_reading(const struct query *query);
/* Sends it with PARAMETERS, as many as its own. */
void db_postgres_post(struct query *query, const struct parameter *parameters);

/* Asks QUERY, as it is bound, ahead: its first value is ABOUT, all are VALUES. */
void db_postgres_ask(struct query *query, int64_t about, const char *values);
/* True where that was asked: the answer is its result then. */
bool db_postgres_answer(struct query *query, int64_t about, const char *values);

/* Appends what QUERY is bound to; its first value, where that is a number, is what it is about. */
#define ABOUT_NOTHING INT64_MIN
int64_t db_postgres_ahead_values(const struct query *query, struct text *values);
/* True where the answer to QUERY, as it is bound, was asked ahead; it is its result then. */
bool db_postgres_ahead_was_asked(struct query *query);
/* Takes back the answers that what QUERY writes may change. */
void db_postgres_ahead_doubt(const struct query *query);

#endif
