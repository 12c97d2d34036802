/* db: the door to the database, which is SQLite's one file, or one of a PostgreSQL server: the name
 * says which. It opens it with the settings that qifu(7) promises, and dies for its callers: a busy
 * database is EXIT_BUSY, everything else that fails is EXIT_BAD, so that a caller reads like prose.
 * Statements are prepared once and kept until db_close. Their SQL is what both engines take; what
 * PostgreSQL lacks of it is in postgres.sql.
 */
#ifndef QIFU_BASE_DB_H
#define QIFU_BASE_DB_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct db;
struct db_query;

/* PATH is a file's path, or what libpq takes: an address (postgresql://..., postgres://...), or
 * words (host=... dbname=...). True where it is one of a server's, whose database somebody else
 * makes. */
bool db_is_served(const char *path);

/* PATH as messages name it, never with a password; the caller frees. */
char *db_name(const char *path);

/* True where there is a center's database, or a file that may be one. */
bool db_exists(const char *path);

/* Makes the file at PATH unless it is there (a server's database must be), and brings it to the
 * present schema. SCHEMA holds numbered steps, each headed by a line `-- step N: ...`. True
 * where it was made now. */
bool db_create(const char *path, const char *schema);

/* Opens an existing database; an older schema is upgraded in one transaction, a newer one
 * refused by name. What is not a center's database is refused. */
struct db *db_open(const char *path, const char *schema);
void db_close(struct db *db);
/* As messages name it (db_name). */
const char *db_path(const struct db *db);
/* The role as which a server knows this connection, unless it is the database's owner; NULL then,
 * and of a file. */
const char *db_user(struct db *db);
int db_schema_version(struct db *db);

/* A write transaction, which keeps other writers out from its start. Waiting for the lock ends
 * after ten seconds. Until its end the messages of die.h wait: nobody who does not read them keeps
 * others from writing. */
void db_begin(struct db *db);
/* Before this transaction is committed HOOK is called with CONTEXT, and may write. */
void db_before_commit(struct db *db, void (*hook)(void *context), void *context);
void db_commit(struct db *db);
void db_rollback(struct db *db);
/* A part of a transaction that can be undone by itself: keeps or undoes what came since db_mark. */
void db_mark(struct db *db);
void db_keep(struct db *db);
void db_undo(struct db *db);
/* The number of the present or last transaction of this connection, from 1. */
int64_t db_transaction(const struct db *db);

/* Prepares SQL, or finds it already prepared (by the address of the text, so pass literals). The
 * query is reset and its parameters are empty; owned by DB. */
struct db_query *db_query(struct db *db, const char *sql);

/* The query that db_query_keep prepared under KEY, in the same state; NULL: none yet. So SQL that
 * is always the same is put together once. KEY is the address of an object, and not of a literal,
 * which may be another's too. */
struct db_query *db_query_kept(struct db *db, const void *key);
struct db_query *db_query_keep(struct db *db, const void *key, const char *sql);

/* The same for SQL that was put together for this run; SQL need not outlive the call. */
struct db_query *db_query_built(struct db *db, const char *sql);

/* The same, of a query whose rows come one by one, however many there are: until its last row, or
 * db_reset, nothing else is asked of DB. */
struct db_query *db_query_stream(struct db *db, const char *sql);

/* Binds parameter ?INDEX. Texts must stay as they are until the query has run; NULL is NULL, of a
 * text. What is not bound is NULL, of a number. */
void db_bind(struct db_query *query, int index, int64_t number);
/* The same, and NULL for 0. */
void db_bind_some(struct db_query *query, int index, int64_t number);
void db_bind_text(struct db_query *query, int index, const char *text);
void db_bind_bytes(struct db_query *query, int index, const void *bytes, size_t size);

/* Says that QUERY, as it is bound, will soon be run: a server is asked with what else is asked
 * ahead, and the next run with these values takes the answer, unless a transaction begins or ends
 * in between. Inside one later runs do so too, where the first value is a number. What is written
 * in between to one of its tables takes it back; where the rows that are written say of which
 * ticket they are, only what is asked about that ticket (its first value). A file does nothing. */
void db_ahead(struct db_query *query);
/* True where that helps: where an answer takes its time. */
bool db_looks_ahead(const struct db *db);

/* The id of the next row of TABLE, for an INSERT whose answer nobody waits for: as the database
 * would give it. In a write transaction all rows of that TABLE get theirs so, or none. */
int64_t db_next_id(struct db *db, const char *table);

/* Runs to the next row: true where there is one. At the end the query is reset. */
bool db_step(struct db_query *query);
/* Runs a query that returns no rows, to its end. In a write transaction a server gets it later,
 * with others like it, and is waited for at the next question or at the commit, which die then if
 * it failed. */
void db_run(struct db_query *query);
/* Ends a query before its last row. */
void db_reset(struct db_query *query);

/* Columns count from 0. A text is valid until the next step; NULL for NULL. */
int64_t db_number(struct db_query *query, int column);
const char *db_text(struct db_query *query, int column);
bool db_is_null(struct db_query *query, int column);

/* Copies a blob of exactly SIZE bytes; another size gives zeroes. */
void db_bytes(struct db_query *query, int column, void *bytes, size_t size);

/* Keeps OBJECT with DB under KEY, which is one as db_query_keep's, in place of the one before; FREE
 * is called with it when another is kept (NULL: none), when tables are shadowed or shown again, and
 * by db_close. */
void db_attach(struct db *db, const void *key, void *object, void (*free)(void *object));
/* The object, or NULL. */
void *db_attached(const struct db *db, const void *key);

/* Shadows TABLES (their names, ended by NULL): until db_unshadow these names mean empty tables of
 * this connection alone, made like those of the database. In between nothing is seen of what others
 * write, and a row that breaks a constraint of such a table is passed over. Not inside a
 * transaction. */
void db_shadow(struct db *db, const char *const *tables);
void db_unshadow(struct db *db);
/* Narrows TABLE to the rows of it, called n, that meet CONDITION, SQL: until db_widen its name
 * means these alone to whatever this connection reads. It cannot be written to meanwhile. Neither
 * inside a transaction. */
void db_narrow(struct db *db, const char *table, const char *condition);
void db_widen(struct db *db, const char *table);
/* What SQL writes before a table's name to mean its shadow, or the table itself: temp, main. */
const char *db_side(const struct db *db, bool shadow);
/* The columns of TABLE, in order: their names, whether they are of its key, and the SQL that gives
 * their value as a text: bytes as \x and two digits for each. */
struct db_query *db_columns(struct db *db, const char *table);

/* Calls TAKE with the name of each table that the steps of SCHEMA make, after those that it points
 * to. */
void db_each_table(const char *schema, void (*take)(void *context, const char *table),
                   void *context);

/* Puts many rows into the COLUMNS of TABLE (their names, ended by NULL), inside a write
 * transaction. References are looked at when the table is full, or when the transaction is
 * committed. Until db_load_end, which frees it, nothing else is asked of DB. */
struct db_load;
struct db_load *db_load(struct db *db, const char *table, const char *const *columns);
/* A row: its values as db_columns' SQL gives them, NULL for NULL. */
void db_load_row(struct db_load *load, const char *const *values);
void db_load_end(struct db_load *load);

/* Writes the database anew, so that nothing is left in it of what was overwritten: neither in free
 * pages nor in the side file. Outside a transaction. False where another process reads what was
 * there before, so that it is still in the side file. */
bool db_forget(struct db *db);

/* Called with a sentence for each fault; ID is that of a row, or 0. */
typedef void db_take(void *context, int64_t id, const char *what);
/* Looks for damage to the file; a server looks after its own. */
void db_check_file(struct db *db, db_take *take, void *context);
/* Looks for rows that point to rows that are not there. */
void db_check_keys(struct db *db, db_take *take, void *context);
/* Compares the tables, indexes, triggers and views with those that the steps of SCHEMA make: what
 * is missing, changed or unknown. */
void db_compare_schema(struct db *db, const char *schema, db_take *take, void *context);

/* The number in the first column of the first row, or 0; ends the query. Of an INSERT ... RETURNING
 * id it is the new row's, or 0 where there is none. */
int64_t db_first(struct db_query *query);

/* Of the texts in the first column of all rows the one nearest to WORD (text.h), or NULL; ends the
 * query. The caller frees. */
char *db_nearest(struct db_query *query, const char *word);

/* Rows changed by the last statement; it must not be one of those that a server gets together: an
 * INSERT of values, an UPDATE by an id alone. */
int64_t db_changes(struct db *db);

/* The first column of the only row of SQL, a number. */
int64_t db_count(struct db *db, const char *sql);

#endif
