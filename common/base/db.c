#include "base/db.h"

#include <errno.h>
#include <fcntl.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/die.h"
#include "base/file.h"
#include "base/mask.h"
#include "base/mem.h"
#include "base/progress.h"
#include "base/text.h"

enum {
    WAIT_MILLISECONDS = 10000, /* for the lock, then EXIT_BUSY */
    WAIT_STEP = 20,
    CACHE_KIB = 32 * 1024,
    OPERATIONS = 20000,         /* of SQLite between two signs of life: about a millisecond */
    APPLICATION_ID = 0x71696675 /* "qifu": file(1) and db_open know the file by it */
};

struct db_query {
    sqlite3_stmt *statement;
    const void *key; /* NULL: it is found by its text */
    struct db *db;
    struct db_query *next;
};

struct db {
    sqlite3 *handle;
    char *path;
    struct db_query *queries;
    int64_t transactions; /* begun so far */
    int waited;           /* milliseconds, for the lock of the present statement */
    bool shadowed;        /* db_shadow */
};

static _Noreturn void fail(struct db *db, const char *doing)
{
    int code = sqlite3_errcode(db->handle), primary = code & 0xff;
    if (primary == SQLITE_BUSY || primary == SQLITE_LOCKED)
        die_status(EXIT_BUSY, "%s: the database is busy; try again later", db->path);
    int cause = primary == SQLITE_IOERR ? sqlite3_system_errno(db->handle) : 0;
    if (primary == SQLITE_FULL || cause == ENOSPC)
        die("%s: the disk is full; nothing of this was kept", db->path);
    if (cause)
        die("%s: cannot %s: %s (%s)", db->path, doing, sqlite3_errmsg(db->handle), strerror(cause));
    die("%s: cannot %s: %s", db->path, doing, sqlite3_errmsg(db->handle));
}

/* Called by SQLite while another process holds the lock. */
static int wait_for_lock(void *context, int calls)
{
    struct db *db = context;
    if (calls == 0)
        db->waited = 0;
    if (db->waited >= WAIT_MILLISECONDS)
        return 0;
    if (db->waited == 1000 && isatty(STDERR_FILENO))
        warn("%s: waiting for another program to finish writing", db->path);
    nanosleep(&(struct timespec){.tv_nsec = WAIT_STEP * 1000000L}, NULL);
    db->waited += WAIT_STEP;
    return 1;
}

/* A long query goes on. Who writes counts the rows. */
static int sign_of_life(void *context)
{
    struct db *db = context;
    if (sqlite3_txn_state(db->handle, NULL) != SQLITE_TXN_WRITE)
        progress_tick();
    return 0;
}

static void execute(struct db *db, const char *sql, const char *doing)
{
    if (sqlite3_exec(db->handle, sql, NULL, NULL, NULL) != SQLITE_OK)
        fail(db, doing);
}

/* What SQL may call: masked_text(x) and its like, so that a step of the schema, a record that is
 * added and the check of both use the one way of masking. */
struct masking {
    const char *name;
    void (*mask)(struct text *, const char *);
};

static void run_masking(sqlite3_context *context, int count, sqlite3_value **values)
{
    const struct masking *masking = sqlite3_user_data(context);
    const char *value = (const char *)sqlite3_value_text(values[0]);
    struct text masked = {0};
    (void)count;
    if (!value)
        return; /* NULL */
    masking->mask(&masked, value);
    sqlite3_result_text(context, text_string(&masked), (int)masked.length, SQLITE_TRANSIENT);
    text_free(&masked);
}

static void add_functions(struct db *db)
{
    static const struct masking maskings[] = {{"masked_text", mask_text},
                                              {"masked_json", mask_json},
                                              {"masked_name", mask_name},
                                              {"masked_phone", mask_phone}};
    enum { FLAGS = SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_DIRECTONLY };
    for (size_t i = 0; i < sizeof maskings / sizeof *maskings; i++)
        if (sqlite3_create_function_v2(db->handle, maskings[i].name, 1, FLAGS, (void *)&maskings[i],
                                       run_masking, NULL, NULL, NULL) != SQLITE_OK)
            fail(db, "add a function");
}

static struct db *open_file(const char *path, int flags)
{
    struct db *db = mem_zero(1, sizeof *db);
    /* No program here has a second thread: no locks within SQLite, no count of its memory. The
     * second call for a process is refused, and changes nothing. */
    sqlite3_config(SQLITE_CONFIG_SINGLETHREAD);
    sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
    db->path = mem_string(path);
    if (sqlite3_open_v2(path, &db->handle, flags | SQLITE_OPEN_NOMUTEX, NULL) != SQLITE_OK)
        die("%s: cannot open: %s", path, sqlite3_errmsg(db->handle));
    sqlite3_extended_result_codes(db->handle, 1);
    sqlite3_busy_handler(db->handle, wait_for_lock, db);
    if (progress_wanted())
        sqlite3_progress_handler(db->handle, OPERATIONS, sign_of_life, db);
    char settings[160];
    snprintf(settings, sizeof settings,
             "PRAGMA foreign_keys=ON; PRAGMA cache_size=-%d; PRAGMA temp_store=MEMORY;"
             "PRAGMA synchronous=FULL",
             CACHE_KIB);
    /* No statement writes into the file past the tables. (trusted_schema cannot be off: SQLite 3.40
     * takes json_valid in our own CHECKs for unsafe then.) */
    sqlite3_db_config(db->handle, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
    execute(db, settings, "set up the connection");
    add_functions(db);
    return db;
}

static int64_t pragma(struct db *db, const char *sql)
{
    sqlite3_stmt *statement;
    if (sqlite3_prepare_v2(db->handle, sql, -1, &statement, NULL) != SQLITE_OK)
        fail(db, "read the file's version");
    if (sqlite3_step(statement) != SQLITE_ROW)
        fail(db, "read the file's version");
    int64_t value = sqlite3_column_int64(statement, 0);
    sqlite3_finalize(statement);
    return value;
}

int db_schema_version(struct db *db)
{
    return (int)pragma(db, "PRAGMA user_version");
}

/* Steps of a schema are headed by lines `-- step N`; the text after the last one of N, or NULL. */
static const char *find_step(const char *schema, int number)
{
    char head[24];
    snprintf(head, sizeof head, "-- step %d:", number);
    return strstr(schema, head);
}

static int last_step(const char *schema)
{
    int last = 0;
    while (find_step(schema, last + 1))
        last++;
    return last;
}

/* A step may make a table anew: what points to it goes on to do so, by name. To be called outside a
 * transaction. */
static void allow_renewal(struct db *db, bool allowed)
{
    execute(db,
            allowed ? "PRAGMA foreign_keys=OFF; PRAGMA legacy_alter_table=ON"
                    : "PRAGMA legacy_alter_table=OFF; PRAGMA foreign_keys=ON",
            "set up the connection");
}

static void run_step(struct db *db, const char *schema, int step)
{
    const char *start = find_step(schema, step), *end = find_step(schema, step + 1);
    size_t length = end ? (size_t)(end - start) : strlen(start);
    char *sql = mem_alloc(length + 64);
    memcpy(sql, start, length);
    snprintf(sql + length, 64, "\n;PRAGMA user_version=%d", step);
    execute(db, sql, "upgrade the database");
    free(sql);
}

/* Runs the steps that the file lacks. The version is read again under the lock, because another
 * process may have run them in the meantime; returns it. */
static int upgrade(struct db *db, const char *schema, int wanted)
{
    allow_renewal(db, true);
    db_begin(db);
    int found = db_schema_version(db);
    for (int step = found + 1; step <= wanted; step++)
        run_step(db, schema, step);
    char mark[64];
    snprintf(mark, sizeof mark, "PRAGMA application_id=%d", APPLICATION_ID);
    execute(db, mark, "mark the database");
    db_commit(db);
    allow_renewal(db, false);
    return found;
}

/* SQLite would wait for a fifo's other end. */
static void check_plain(const char *path)
{
    const char *fault = file_fault(path);
    if (fault)
        die("%s: %s", path, fault);
}

/* When many start at once the answer may be "busy" or the old mode: no harm, it is asked for at
 * every start. A backup by VACUUM INTO comes without WAL. */
static void set_wal(struct db *db)
{
    sqlite3_exec(db->handle, "PRAGMA journal_mode=WAL", NULL, NULL, NULL);
}

/* True for a file with tables that no qifu made. One statement, one state of the file: another
 * process may be making it now. */
static bool is_foreign(struct db *db)
{
    char sql[128];
    snprintf(sql, sizeof sql,
             "SELECT count(*) FROM sqlite_master"
             " WHERE (SELECT application_id FROM pragma_application_id) <> %d",
             APPLICATION_ID);
    return pragma(db, sql) != 0;
}

/* SQLite would make the file 0644 and its side files after it: then a umask of 007 could not let
 * a service group write. */
static void make_file(const char *path)
{
    int fd = open(path, O_RDWR | O_CREAT, 0666);
    if (fd >= 0)
        close(fd);
}

bool db_create(const char *path, const char *schema)
{
    check_plain(path);
    make_file(path);
    struct db *db = open_file(path, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE);
    if (is_foreign(db))
        die("%s: this is a database of something else", path);
    set_wal(db);
    int wanted = last_step(schema);
    bool made = db_schema_version(db) < wanted && upgrade(db, schema, wanted) == 0;
    db_close(db);
    return made;
}

struct db *db_open(const char *path, const char *schema)
{
    check_plain(path);
    if (access(path, F_OK) != 0)
        die("%s: no database there; center-init creates one", path);
    struct db *db = open_file(path, SQLITE_OPEN_READWRITE);
    int version = db_schema_version(db), wanted = last_step(schema);
    if (version == 0 || pragma(db, "PRAGMA application_id") != APPLICATION_ID)
        die("%s: not a center's database; center-init creates one", path);
    if (version > wanted)
        die("%s: its schema is version %d, this program knows %d: install the newer qifu", path,
            version, wanted);
    set_wal(db);
    if (version < wanted)
        upgrade(db, schema, wanted);
    return db;
}

const char *db_path(const struct db *db)
{
    return db->path;
}

/* Of a process that ends: other writers go on. */
static void let_go(void *context)
{
    struct db *db = context;
    sqlite3_exec(db->handle, "ROLLBACK", NULL, NULL, NULL);
}

void db_begin(struct db *db)
{
    execute(db, "BEGIN IMMEDIATE", "begin to write");
    db->transactions++;
    die_hold(let_go, db);
}

void db_mark(struct db *db)
{
    db_run(db_query(db, "SAVEPOINT part"));
}

void db_keep(struct db *db)
{
    db_run(db_query(db, "RELEASE part"));
}

void db_undo(struct db *db)
{
    db_run(db_query(db, "ROLLBACK TO part"));
    db_run(db_query(db, "RELEASE part"));
    db->transactions++; /* what was read of the part is no longer so */
}

int64_t db_transaction(const struct db *db)
{
    return db->transactions;
}

/* Lets go of the file, whatever is under way. */
static void close_file(struct db *db)
{
    for (struct db_query *next, *query = db->queries; query; query = next) {
        next = query->next;
        sqlite3_finalize(query->statement);
        free(query);
    }
    db->queries = NULL;
    sqlite3_close(db->handle);
    db->handle = NULL;
}

void db_close(struct db *db)
{
    close_file(db);
    free(db->path);
    free(db);
}

/* True where the write-ahead log is there and holds something. */
static bool has_log(const struct db *db)
{
    struct text path = {0};
    struct stat found;
    text_add_format(&path, "%s-wal", db->path);
    bool has = stat(path.data, &found) == 0 && found.st_size > 0;
    text_free(&path);
    return has;
}

/* A commit whose last write or fsync failed may stand whole in the write-ahead log, and whoever
 * opens the file next would take it for done. Who closes the file last writes back what was done
 * before and removes the log; where that cannot be, nobody knows what a later reader finds. */
static _Noreturn void fail_commit(struct db *db)
{
    int cause = sqlite3_system_errno(db->handle);
    if ((sqlite3_errcode(db->handle) & 0xff) != SQLITE_IOERR || cause == ENOSPC)
        fail(db, "commit");
    char *what = mem_string(sqlite3_errmsg(db->handle));
    sqlite3_exec(db->handle, "ROLLBACK", NULL, NULL, NULL);
    close_file(db);
    die("%s: cannot commit: %s%s%s%s; %s", db->path, what, cause ? " (" : "",
        cause ? strerror(cause) : "", cause ? ")" : "",
        has_log(db) ? "whether this was kept is not known: run it again"
                    : "nothing of this was kept");
}

void db_commit(struct db *db)
{
    /* COMMIT itself can be busy: then the transaction stands, and only the commit is retried. */
    for (int waited = 0; waited < WAIT_MILLISECONDS; waited += WAIT_STEP) {
        int code = sqlite3_exec(db->handle, "COMMIT", NULL, NULL, NULL);
        if (code == SQLITE_OK) {
            die_release();
            return;
        }
        if ((code & 0xff) != SQLITE_BUSY)
            break;
        nanosleep(&(struct timespec){.tv_nsec = WAIT_STEP * 1000000L}, NULL);
    }
    fail_commit(db);
}

void db_rollback(struct db *db)
{
    execute(db, "ROLLBACK", "roll back");
    die_release();
}

struct db_query *db_query_keep(struct db *db, const void *key, const char *sql)
{
    struct db_query *query = mem_zero(1, sizeof *query);
    query->db = db;
    query->key = key;
    if (sqlite3_prepare_v3(db->handle, sql, -1, SQLITE_PREPARE_PERSISTENT, &query->statement,
                           NULL) != SQLITE_OK)
        fail(db, "prepare a statement");
    query->next = db->queries;
    db->queries = query;
    return query;
}

struct db_query *db_query_kept(struct db *db, const void *key)
{
    struct db_query *query = db->queries;
    while (query && query->key != key)
        query = query->next;
    if (query)
        db_reset(query);
    return query;
}

struct db_query *db_query(struct db *db, const char *sql)
{
    struct db_query *query = db_query_kept(db, sql);
    return query ? query : db_query_keep(db, sql, sql);
}

struct db_query *db_query_built(struct db *db, const char *sql)
{
    for (struct db_query *query = db->queries; query; query = query->next)
        if (!query->key && !strcmp(sqlite3_sql(query->statement), sql)) {
            db_reset(query);
            return query;
        }
    return db_query_keep(db, NULL, sql);
}

static void check_bind(struct db_query *query, int code)
{
    if (code != SQLITE_OK)
        fail(query->db, "bind a value");
}

void db_bind(struct db_query *query, int index, int64_t number)
{
    check_bind(query, sqlite3_bind_int64(query->statement, index, number));
}

void db_bind_text(struct db_query *query, int index, const char *text)
{
    check_bind(query, sqlite3_bind_text(query->statement, index, text, -1, SQLITE_STATIC));
}

void db_bind_bytes(struct db_query *query, int index, const void *bytes, size_t size)
{
    check_bind(query, sqlite3_bind_blob(query->statement, index, bytes, (int)size, SQLITE_STATIC));
}

void db_bind_null(struct db_query *query, int index)
{
    check_bind(query, sqlite3_bind_null(query->statement, index));
}

bool db_step(struct db_query *query)
{
    int code = sqlite3_step(query->statement);
    if (code == SQLITE_ROW)
        return true;
    bool passed_over = query->db->shadowed && (code & 0xff) == SQLITE_CONSTRAINT;
    if (code != SQLITE_DONE && !passed_over)
        fail(query->db, sqlite3_stmt_readonly(query->statement) ? "read" : "write");
    sqlite3_reset(query->statement);
    return false;
}

void db_run(struct db_query *query)
{
    while (db_step(query))
        ;
}

void db_reset(struct db_query *query)
{
    sqlite3_reset(query->statement);
    sqlite3_clear_bindings(query->statement);
}

int64_t db_number(struct db_query *query, int column)
{
    return sqlite3_column_int64(query->statement, column);
}

const char *db_text(struct db_query *query, int column)
{
    return (const char *)sqlite3_column_text(query->statement, column);
}

bool db_is_null(struct db_query *query, int column)
{
    return sqlite3_column_type(query->statement, column) == SQLITE_NULL;
}

void db_bytes(struct db_query *query, int column, void *bytes, size_t size)
{
    const void *blob = sqlite3_column_blob(query->statement, column);
    if (blob && (size_t)sqlite3_column_bytes(query->statement, column) == size)
        memcpy(bytes, blob, size);
    else
        memset(bytes, 0, size);
}

int64_t db_first(struct db_query *query)
{
    int64_t number = db_step(query) ? db_number(query, 0) : 0;
    db_reset(query);
    return number;
}

char *db_nearest(struct db_query *query, const char *word)
{
    struct arena arena = {0};
    const char **words = NULL;
    size_t count = 0;
    while (db_step(query)) {
        words = mem_grow(words, count, sizeof *words);
        words[count++] = arena_string(&arena, db_text(query, 0));
    }
    const char *nearest = text_nearest(word, words, count);
    char *copy = nearest ? mem_string(nearest) : NULL;
    free(words);
    arena_free(&arena);
    return copy;
}

int64_t db_last_id(struct db *db)
{
    return sqlite3_last_insert_rowid(db->handle);
}

int64_t db_changes(struct db *db)
{
    return sqlite3_changes64(db->handle);
}

int64_t db_count(struct db *db, const char *sql)
{
    struct db_query *query = db_query(db, sql);
    if (!db_step(query))
        die("%s: a count without a row", db->path);
    int64_t number = db_number(query, 0);
    db_reset(query);
    return number;
}

/* The table's own words make its shadow. */
static void add_shadow(struct db *db, const char *table)
{
    static const char create[] = "CREATE TABLE";
    struct text sql = {0};
    struct db_query *q = db_query(
        db,
        "SELECT sql FROM main.sqlite_schema WHERE type = 'table' AND name = ?1 AND sql NOTNULL");
    db_bind_text(q, 1, table);
    if (db_step(q))
        text_add_format(&sql, "CREATE TEMP TABLE%s", db_text(q, 0) + sizeof create - 1);
    db_reset(q);
    if (sql.length)
        execute(db, sql.data, "make a table aside");
    text_free(&sql);
}

/* A shadow may be large: it is kept in a file. */
void db_shadow(struct db *db, const char *const *tables)
{
    execute(db, "PRAGMA foreign_keys=OFF; PRAGMA temp_store=FILE; BEGIN", "begin to read");
    for (; *tables; tables++)
        add_shadow(db, *tables);
    db->shadowed = true;
}

void db_unshadow(struct db *db)
{
    db->shadowed = false;
    execute(db, "ROLLBACK; PRAGMA temp_store=MEMORY; PRAGMA foreign_keys=ON", "end reading");
}

/* An object's text; a damaged file may have none. */
static const char *text_or_empty(struct db_query *object)
{
    return db_text(object, 2) ? db_text(object, 2) : "";
}

static struct db_query *list_objects(struct db *db)
{
    return db_query(db, "SELECT type, name, sql FROM sqlite_schema"
                        " WHERE name NOT LIKE 'sqlite~_%' ESCAPE '~' ORDER BY type, name");
}

/* Before, at or behind: the present row of LEFT beside that of RIGHT; one that is at its end is
 * behind. */
static int compare_objects(struct db_query *left, bool more_left, struct db_query *right,
                           bool more_right)
{
    if (!more_left || !more_right)
        return (int)more_right - (int)more_left;
    int order = strcmp(db_text(left, 0), db_text(right, 0));
    return order ? order : strcmp(db_text(left, 1), db_text(right, 1));
}

void db_compare_schema(struct db *db, const char *schema, void (*take)(void *, const char *),
                       void *context)
{
    struct db *model =
        open_file(":memory:", SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_MEMORY);
    allow_renewal(model, true);
    for (int step = 1; step <= last_step(schema); step++)
        run_step(model, schema, step);
    struct db_query *is = list_objects(db), *ought = list_objects(model);
    bool more_is = db_step(is), more_ought = db_step(ought);
    while (more_is || more_ought) {
        int order = compare_objects(is, more_is, ought, more_ought);
        struct db_query *named = order > 0 ? ought : is;
        const char *fault = order < 0   ? "is none of a center's"
                            : order > 0 ? "is missing"
                            : strcmp(text_or_empty(is), text_or_empty(ought)) != 0
                                ? "is not as the schema has it"
                                : NULL;
        if (fault) {
            struct text what = {0};
            text_add_format(&what, "%s %s %s", db_text(named, 0), db_text(named, 1), fault);
            take(context, what.data);
            text_free(&what);
        }
        more_is = order <= 0 ? db_step(is) : more_is;
        more_ought = order >= 0 ? db_step(ought) : more_ought;
    }
    db_close(model);
}
