/* What the files of the PostgreSQL body of the door share. */
#ifndef QIFU_BASE_DB_POSTGRES_PRIVATE_H
#define QIFU_BASE_DB_POSTGRES_PRIVATE_H

#include "base/db_private.h"
#include "base/libpq.h"
#include "base/text.h"

struct server {
    struct db shared;
    const struct libpq *pq;
    struct pg_conn *connection;
    int64_t changes;     /* rows changed by the last statement */
    char *user;          /* the role that is connected; NULL: the database's owner */
    int version;         /* of the schema when the connection was made; 0: there was none */
    int prepared;        /* statements, so far: each has its number for a name */
    bool in_transaction; /* a write transaction is open */
    bool shadowed;       /* db_shadow */
    bool piping;         /* libpq sends ahead */
    struct pipe *pipe;   /* what was sent, and came; NULL: nothing ever was */
    struct tally *tallies;
};

struct server *db_postgres_of(struct db *db);

/* Opens a connection and sets it up. Dies where that fails. */
struct server *db_postgres_connect(const char *path);
void db_postgres_disconnect(struct db *db);

/* True for a result, which may be NULL, that is none of a failure; for one of a failure of the kind
 * whose SQLSTATE begins so. */
bool db_postgres_is_done(const struct server *server, const struct pg_result *result);
bool db_postgres_is_state(const struct server *server, const struct pg_result *result,
                          const char *state);

/* Runs SQL, which may be several statements and has no parameters; dies where one fails. The result
 * is the last one's; the caller clears it. */
struct pg_result *db_postgres_execute(struct server *server, const char *sql, const char *doing);
/* The same without a result. */
void db_postgres_run(struct server *server, const char *sql, const char *doing);
/* The only number that SQL gives; 0 for NULL. */
int64_t db_postgres_number(struct server *server, const char *sql);
/* Adds SQL's first column to OUT, each row after the other. */
void db_postgres_add(struct server *server, const char *sql, struct text *out);

/* MESSAGE, which is libpq's, as one line. */
const char *db_postgres_one_line(char *message);

/* Dies of a result that is a failure; RESULT may be NULL. */
_Noreturn void db_postgres_fail(struct server *server, struct pg_result *result, const char *doing);

/* The text of postgres.sql. */
extern const char db_postgres_functions[];

/* The schema: db_postgres_schema.c. */
bool db_postgres_make(struct server *server, const char *schema);
void db_postgres_upgrade(struct server *server, const char *schema, int wanted);
void db_postgres_check_keys(struct db *db, db_take *take, void *context);
void db_postgres_compare(struct db *db, const char *schema, db_take *take, void *context);
/* Sending ahead: db_postgres_pipe.c. False where libpq or what is under way does not let. */
bool db_postgres_can_pipe(const struct server *server);
/* Sends what is held, and waits for all that was sent; dies where some of it failed. */
void db_postgres_settle(struct server *server);
/* Waits for what was sent, and for the result of the statement behind it. */
struct pg_result *db_postgres_receive(struct server *server);
/* As settle, and sends no more ahead. False where some of it failed: FAILURE is its
 * result, or NULL. */
bool db_postgres_leave_pipe(struct server *server, struct pg_result **failure);
/* The same; dies where some of it failed. */
void db_postgres_quiet(struct server *server);
void db_postgres_free_pipe(struct server *server);
/* Answers: db_postgres_answer.c. Those that are about a number and read the table are old; all that
 * read it are; all are. */
void db_postgres_doubt(struct server *server, int64_t about, const char *table);
void db_postgres_doubt_table(struct server *server, const char *table);
void db_postgres_forget(struct server *server);

/* What the server knows of tables: db_postgres_statistics.c. ROWS were put into TABLE, whose name
 * is LENGTH long; all that were are committed, or undone. */
void db_postgres_tally(struct server *server, const char *table, size_t length, int64_t rows);
void db_postgres_tally_committed(struct server *server);
void db_postgres_tally_undone(struct server *server);
void db_postgres_free_tallies(struct server *server);

/* Loading tables: db_postgres_load.c. */
void db_postgres_load(struct db_load *load);
void db_postgres_load_row(struct db_load *load, const char *const *values);
void db_postgres_load_end(struct db_load *load);

/* The version of the schema that is there now, or 0 for none. */
int db_postgres_version(struct server *server);

#endif
