/* What is sent ahead to a server, and what comes back: what the files of the pipe share. */
#ifndef QIFU_BASE_DB_POSTGRES_PIPE_PRIVATE_H
#define QIFU_BASE_DB_POSTGRES_PIPE_PRIVATE_H

#include "base/db_postgres_query_private.h"

enum {
    MOST_SENT = 1000, /* statements that wait in libpq and in the server */
    ROOM = 4,         /* for those that follow one upon db_postgres_pipe */
    MOST_BUNDLES = 64,
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

struct bundle;
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

/* QUERY's statement for many rows at once. */
enum does { DOES_ASK, DOES_INSERT, DOES_UPDATE };
struct many {
    enum does does;
    const char *table; /* that is written; ended by its length */
    size_t table_length;
    struct query *query; /* its parameters are lists; NULL: it goes by itself */
    int *which;          /* of which parameter of the one's, from 0, each is the list */
    int key;             /* the parameter, from 0, that no two rows share; -1: all may */
};
const struct many *db_postgres_many(struct query *query);
void db_postgres_free_many(struct many *many);

/* The table that SQL writes, LENGTH long; NULL: it writes none. */
const char *db_postgres_written_table(const char *sql, size_t *length);

/* Adds QUERY, as it is bound, to what will be sent with others like it; false where that cannot be.
 * Of what asks: ASKING is what it is a part of, its holder the caller, and NUMBER which question.
 */
bool db_postgres_bundle_write(struct query *query);
void db_postgres_bundle_ask(struct query *query, struct asking **asking, int *number);
/* Sends all of that, in order. */
void db_postgres_send_bundles(struct server *server);
void db_postgres_free_bundles(struct pipe *pipe, const struct libpq *pq);
void db_postgres_free_answers(struct pipe *pipe, const struct libpq *pq);

#endif
