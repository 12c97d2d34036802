/* What is sent ahead to a server, and what comes back: what the files of the pipe share. */
#ifndef QIFU_BASE_DB_POSTGRES_PIPE_PRIVATE_H
#define QIFU_BASE_DB_POSTGRES_PIPE_PRIVATE_H

#include "base/db_postgres_query_private.h"

enum {
    MOST_SENT = 1000, /* statements that wait in libpq and in the server */
    ROOM = 4,         /* for those that follow one upon db_postgres_pipe */
    MOST_BUNDLES = 64,
    MOST_KEYS = 4,   /* columns of a key; a statement with a longer one goes by itself */
    MOST_ROWS = 200, /* of a bundle: then all are sent, while the program goes on */
    ANSWER_BUCKETS = 1024,
    MOST_TAKEN = 10000 /* answers that are kept for who asks again */
};

/* Questions that go as one statement, and what came back. */
struct asking {
    int count;                /* of the questions */
    int holders;              /* the pipe until it has come, each answer, who reads one */
    struct pg_result *result; /* NULL: it has not come */
    int *rows, *starts; /* question N has rows[starts[N]] to rows[starts[N + 1] - 1]; NULL: there
                           is one, which has all */
};

struct asking *db_postgres_asking(void);
/* One of its holders is done with it. */
void db_postgres_asking_release(const struct libpq *pq, struct asking *asking);

/* What a column was bound as, and whether to any value. */
struct column {
    unsigned type;
    bool has_value;
};

/* Rows of one statement, each value as its length, its bytes and a zero. */
struct bundle {
    struct query *query;
    const struct many *many;
    struct text values;
    struct column *columns;
    int rows;
    struct asking *asking; /* that the questions are of; NULL: it writes */
    uint64_t keys[MOST_ROWS];
};

struct answer;

struct pipe {
    struct asking *sent[MOST_SENT]; /* what each statement asks, in order; NULL: it only writes */
    int first, count;
    struct bundle *bundles[MOST_BUNDLES]; /* not sent yet */
    int bundle_count;
    char *references; /* " route>org event>ticket ": which tables point to which; NULL: not read */
    struct answer *buckets[ANSWER_BUCKETS];
    int answers; /* how many they are; */
    int taken;   /* and about how many of them were taken */
};

/* There is a pipe, which holds what will be sent. */
void db_postgres_hold(struct server *server);
/* From now on libpq sends ahead, and there is room for a statement, its preparation and the commit;
 * dies where that cannot be. */
void db_postgres_pipe(struct server *server);
/* A statement was sent: what it asks, whose holder the pipe is then, or NULL. */
void db_postgres_sent(struct server *server, struct asking *asking);
/* Waits for all that was sent; dies where some of it failed. */
void db_postgres_take_sent(struct server *server);
/* The same, and sends no more ahead. False where some of it failed: FAILURE is its result, or NULL.
 */
bool db_postgres_end_pipe(struct server *server, struct pg_result **failure);
/* After that failed: takes what comes behind the failure, of statements that only write, and sends
 * no more ahead. False where the connection is lost. */
bool db_postgres_drain(struct server *server);

/* QUERY's statement for many rows at once. */
enum does { DOES_ASK, DOES_INSERT, DOES_UPDATE };
struct many {
    enum does does;
    const char *table; /* that is written; ended by its length */
    size_t table_length;
    struct query *query; /* its parameters are lists; NULL: it goes by itself */
    int *which;          /* of which parameter of the one's, from 0, each is the list */
    int keys[MOST_KEYS]; /* the parameters, from 0, of which no two rows share all; */
    int key_count;       /* 0: they may */
};
const struct many *db_postgres_many(struct query *query);
void db_postgres_free_many(struct many *many);

/* True where SQL has the name of the table, LENGTH long, anywhere. */
bool db_postgres_names(const char *sql, const char *table, size_t length);
/* True where QUERY, which reads or writes, may be sent before what is held: tables are shadowed,
 * and it names none that is written there. */
bool db_postgres_may_overtake(const struct query *query);

/* The table that SQL writes, LENGTH long; NULL: it writes none. */
const char *db_postgres_written_table(const char *sql, size_t *length);

/* The rows of a bundle (db_postgres_rows.c): how many values each has; the parameter of QUERY that
 * is the column; the hash of the values of the key of MANY. */
int db_postgres_column_count(const struct bundle *b);
struct parameter *db_postgres_parameter_of(const struct bundle *b, const struct query *query,
                                           int column);
uint64_t db_postgres_key_of(const struct many *many, const struct query *query);
/* Adds what QUERY is bound to. */
void db_postgres_add_row(struct bundle *b, const struct query *query);
/* Sends the bundle through the pipe; what it asks is the pipe's from now on. */
void db_postgres_send_bundle(struct server *server, struct bundle *b);
/* Sends the row of B whose values stand at *AT, as its statement by itself, and moves AT behind it.
 */
void db_postgres_send_row(const struct bundle *b, const char **at);

/* Adds QUERY, as it is bound, to what will be sent with others like it; false where that cannot be.
 * Of what asks: ASKING is what it is a part of, its holder the caller, and NUMBER which question.
 */
bool db_postgres_bundle_write(struct query *query);
void db_postgres_bundle_ask(struct query *query, struct asking **asking, int *number);
/* Sends all of that, in order. */
void db_postgres_send_bundles(struct server *server);
/* True where SQL has the name of the table, LENGTH long, anywhere. */
bool db_postgres_names(const char *sql, const char *table, size_t length);
/* True where QUERY, which reads or writes, may be sent before what is held: tables are shadowed,
 * and it names none that is written there. */
bool db_postgres_may_overtake(const struct query *query);

/* The table that SQL writes, LENGTH long; NULL: it writes none. */
const char *db_postgres_written_table(const char *sql, size_t *length);

/* Adds QUERY, as it is bound, to what will be sent with others like it; false where that cannot be.
 * Of what asks: ASKING is what it is a part of, its holder the caller, and NUMBER which question.
 */
bool db_postgres_bundle_write(struct query *query);
void db_postgres_bundle_ask(struct query *query, struct asking **asking, int *number);
/* Sends all of that, in order. */
void db_postgres_send_bundles(struct server *server);
/* Sends the bundle through the pipe; what it asks is the pipe's from now on. */
void db_postgres_send_bundle(struct server *server, struct bundle *b);
/* Sends the row of B whose values stand at *AT, as its statement by itself, and moves AT behind it.
 */
void db_postgres_send_row(const struct bundle *b, const char **at);
void db_postgres_free_bundles(struct pipe *pipe, const struct libpq *pq);
void db_postgres_free_answers(struct pipe *pipe, const struct libpq *pq);

/* While tables are shadowed (db_postgres_aside.c) a row that breaks a constraint is passed over,
 * for which the server would give up the whole transaction: a mark before a statement, and what
 * becomes of it by its RESULT. True where it was passed over. */
void db_postgres_guard(struct server *server);
bool db_postgres_passed_over(struct server *server, const struct pg_result *result);
/* Sends what was held, in order, and waits for all of it. */
void db_postgres_send_aside(struct server *server, struct bundle *const *held, int count);

#endif
