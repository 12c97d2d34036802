/* What the two bodies of the door (db.h) share: db.c does what is the same for both, each body the
 * rest. A body's own record begins with one of these. */
#ifndef QIFU_BASE_DB_PRIVATE_H
#define QIFU_BASE_DB_PRIVATE_H

#include "base/db.h"
#include "base/text.h"

enum {
    DB_WAIT_SECONDS = 10 /* for the lock, then EXIT_BUSY */
};

/* What check_keys says, of two tables. */
#define DB_LOST_KEY "a row of %s points to a row of %s that is not there"

/* A body, function by function as db.h has them; it dies for its callers. */
struct db_engine {
    bool (*exists)(const char *path);
    bool (*create)(const char *path, const char *schema);
    struct db *(*open)(const char *path, const char *schema);
    void (*close)(struct db *db); /* frees all but what db.c keeps of it; its queries are gone */
    const char *(*user)(struct db *db); /* NULL: it knows none */
    int (*schema_version)(struct db *db);
    void (*begin)(struct db *db);
    void (*commit)(struct db *db);
    void (*rollback)(struct db *db);
    void (*let_go)(struct db *db); /* of a process that dies: others go on; never dies itself */
    struct db_query *(*prepare)(struct db *db, const char *sql);
    void (*finalize)(struct db_query *query); /* and frees it */
    void (*bind)(struct db_query *query, int index, int64_t number);
    void (*bind_text)(struct db_query *query, int index, const char *text);
    void (*bind_bytes)(struct db_query *query, int index, const void *bytes, size_t size);
    void (*stream)(struct db_query *query); /* its rows come one by one; NULL: they do anyhow */
    void (*ahead)(struct db_query *query);  /* NULL: a question is no message */
    void (*run)(struct db_query *query);    /* NULL: by step */
    bool (*step)(struct db_query *query);
    void (*reset)(struct db_query *query);
    int64_t (*number)(struct db_query *query, int column);
    const char *(*text)(struct db_query *query, int column);
    bool (*is_null)(struct db_query *query, int column);
    void (*bytes)(struct db_query *query, int column, void *bytes, size_t size);
    int64_t (*changes)(struct db *db);
    void (*check_file)(struct db *db, db_take *take, void *context);
    void (*check_keys)(struct db *db, db_take *take, void *context);
    void (*compare_schema)(struct db *db, const char *schema, db_take *take, void *context);
    bool (*forget)(struct db *db);
    void (*shadow)(struct db *db, const char *const *tables);
    void (*unshadow)(struct db *db);
    void (*load)(struct db_load *load); /* NULL: by statements, row for row */
    void (*load_row)(struct db_load *load, const char *const *values);
    void (*load_end)(struct db_load *load);
    const char *sides[2]; /* the table's, its shadow's */
    const char *columns;  /* SQL of db_columns; the table is ?1 */
};

/* The last id of a table, as a transaction knows it. */
struct db_last {
    const char *table;
    int64_t id, transaction;
    struct db_last *next;
};

struct db_object {
    const void *key;
    void *object;
    void (*free)(void *object);
    struct db_object *next;
};

struct db {
    const struct db_engine *engine;
    char *path; /* as messages name it */
    struct db_query *queries;
    struct db_object *objects;
    struct db_last *lasts;
    int64_t transactions; /* begun so far */
    void (*before_commit)(void *context);
    void *commit_context;
};

struct db_query {
    struct db *db;
    const void *key; /* by which it is found, or NULL: */
    char *built;     /* its text is */
    struct db_query *next;
};

/* What db_load gives: the table, its columns, and what a body keeps. */
struct db_load {
    struct db *db;
    const char *table;
    const char *const *columns;
    int count;
    struct db_query *insert; /* of a file, which has no other way */
    struct text *bytes;      /* and the value of each column that is no text */
    struct text rows;        /* of a server: what is not sent yet; */
    int64_t taken;           /* and how many they were, all in all */
};

extern const struct db_engine db_sqlite;
extern const struct db_engine db_postgres;

/* True where PATH is no file's name: postgresql://..., postgres://... or words of libpq. */
bool db_postgres_is_meant(const char *path);
/* Such a PATH without what libpq hides of it, a password; the caller frees. */
char *db_postgres_name(const char *path);

/* An object of the present schema; TYPE is table, index, trigger or view. */
typedef void db_model_take(void *context, const char *type, const char *name, const char *table,
                           const char *sql);
/* Gives what the steps of SCHEMA come to, as SQLite has it: tables, each after those that it points
 * to, then indexes, triggers and views in the order in which they were made. */
void db_sqlite_model(const char *schema, db_model_take *take, void *context);

#endif
