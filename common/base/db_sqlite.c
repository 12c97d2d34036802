#include "base/db_private.h"

#include <errno.h>
#include <fcntl.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/db_steps.h"
#include "base/die.h"
#include "base/file.h"
#include "base/mask.h"
#include "base/mem.h"
#include "base/progress.h"
#include "base/text.h"
#include "base/tongue.h"

enum {
    WAIT_MILLISECONDS = DB_WAIT_SECONDS * 1000,
    WAIT_STEP = 20,
    CACHE_KIB = 32 * 1024,
    OPERATIONS = 20000,         /* of SQLite between two signs of life: about a millisecond */
    APPLICATION_ID = 0x71696675 /* "qifu": file(1) and db_open know the file by it */
};

struct query {
    struct db_query shared;
    sqlite3_stmt *statement;
    bool gives_id; /* of the row that it inserts */
    bool has_id;   /* that is its present row */
    int64_t id;
};

struct file {
    struct db shared;
    sqlite3 *handle;
    int waited;    /* milliseconds, for the lock of the present statement */
    bool shadowed; /* db_shadow */
};

static struct file *file_of(struct db *db)
{
    return (struct file *)db;
}

static struct query *query_of(struct db_query *query)
{
    return (struct query *)query;
}

static sqlite3_stmt *statement_of(struct db_query *query)
{
    return query_of(query)->statement;
}

static _Noreturn void fail(struct file *db, const char *doing)
{
    int code = sqlite3_errcode(db->handle), primary = code & 0xff;
    if (primary == SQLITE_BUSY || primary == SQLITE_LOCKED)
        die_status(EXIT_BUSY, "%s: the database is busy; try again later", db->shared.path);
    int cause = primary == SQLITE_IOERR ? sqlite3_system_errno(db->handle) : 0;
    if (primary == SQLITE_FULL || cause == ENOSPC)
        die("%s: the disk is full; nothing of this was kept", db->shared.path);
    if (cause)
        die("%s: cannot %s: %s (%s)", db->shared.path, tongue(doing), sqlite3_errmsg(db->handle),
            tongue_error(cause));
    die("%s: cannot %s: %s", db->shared.path, tongue(doing), sqlite3_errmsg(db->handle));
}

/* Called by SQLite while another process holds the lock. */
static int wait_for_lock(void *context, int calls)
{
    struct file *db = context;
    if (calls == 0)
        db->waited = 0;
    if (db->waited >= WAIT_MILLISECONDS)
        return 0;
    if (db->waited == 1000 && isatty(STDERR_FILENO))
        warn("%s: waiting for another program to finish writing", db->shared.path);
    nanosleep(&(struct timespec){.tv_nsec = WAIT_STEP * 1000000L}, NULL);
    db->waited += WAIT_STEP;
    return 1;
}

/* A long query goes on. Who writes counts the rows. */
static int sign_of_life(void *context)
{
    struct file *db = context;
    if (sqlite3_txn_state(db->handle, NULL) != SQLITE_TXN_WRITE)
        progress_tick();
    return 0;
}

static void execute(struct file *db, const char *sql, const char *doing)
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

static void add_functions(struct file *db)
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

static struct file *open_file(const char *path, int flags)
{
    struct file *db = mem_zero(1, sizeof *db);
    /* No program here has a second thread: no locks within SQLite, no count of its memory. The
     * second call for a process is refused, and changes nothing. */
    sqlite3_config(SQLITE_CONFIG_SINGLETHREAD);
    sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
    db->shared.engine = &db_sqlite;
    db->shared.path = mem_string(path);
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

static int64_t pragma(struct file *db, const char *sql)
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

static int read_version(struct file *db)
{
    return (int)pragma(db, "PRAGMA user_version");
}

/* A step may make a table anew: what points to it goes on to do so, by name. To be called outside a
 * transaction. */
static void allow_renewal(struct file *db, bool allowed)
{
    execute(db,
            allowed ? "PRAGMA foreign_keys=OFF; PRAGMA legacy_alter_table=ON"
                    : "PRAGMA legacy_alter_table=OFF; PRAGMA foreign_keys=ON",
            "set up the connection");
}

/* Lets go of the file, whatever is under way. */
static void close_file(struct file *db)
{
    for (sqlite3_stmt *left; (left = sqlite3_next_stmt(db->handle, NULL));)
        sqlite3_finalize(left);
    sqlite3_close(db->handle);
    db->handle = NULL;
}

static void begin(struct file *db)
{
    execute(db, "BEGIN IMMEDIATE", "begin to write");
}

/* True where the write-ahead log is there and holds something. */
static bool has_log(const struct file *db)
{
    struct text path = {0};
    struct stat found;
    text_add_format(&path, "%s-wal", db->shared.path);
    bool has = stat(path.data, &found) == 0 && found.st_size > 0;
    text_free(&path);
    return has;
}

/* A commit whose last write or fsync failed may stand whole in the write-ahead log, and whoever
 * opens the file next would take it for done. Who closes the file last writes back what was done
 * before and removes the log; where that cannot be, nobody knows what a later reader finds. */
static _Noreturn void fail_commit(struct file *db)
{
    int cause = sqlite3_system_errno(db->handle);
    if ((sqlite3_errcode(db->handle) & 0xff) != SQLITE_IOERR || cause == ENOSPC)
        fail(db, "commit");
    char *what = mem_string(sqlite3_errmsg(db->handle));
    sqlite3_exec(db->handle, "ROLLBACK", NULL, NULL, NULL);
    close_file(db);
    die("%s: cannot commit: %s%s%s%s; %s", db->shared.path, what, cause ? " (" : "",
        cause ? tongue_error(cause) : "", cause ? ")" : "",
        has_log(db) ? tongue("whether this was kept is not known: run it again")
                    : tongue("nothing of this was kept"));
}

static void commit(struct file *db)
{
    /* COMMIT itself can be busy: then the transaction stands, and only the commit is retried. */
    for (int waited = 0; waited < WAIT_MILLISECONDS; waited += WAIT_STEP) {
        int code = sqlite3_exec(db->handle, "COMMIT", NULL, NULL, NULL);
        if (code == SQLITE_OK)
            return;
        if ((code & 0xff) != SQLITE_BUSY)
            break;
        nanosleep(&(struct timespec){.tv_nsec = WAIT_STEP * 1000000L}, NULL);
    }
    fail_commit(db);
}

static void run_step(struct file *db, const char *schema, int step)
{
    char *sql = db_steps_text(schema, step), mark[64];
    execute(db, sql, "upgrade the database");
    free(sql);
    snprintf(mark, sizeof mark, "PRAGMA user_version=%d", step);
    execute(db, mark, "upgrade the database");
}

/* Runs the steps that the file lacks. The version is read again under the lock, because another
 * process may have run them in the meantime; returns it. */
static int upgrade(struct file *db, const char *schema, int wanted)
{
    allow_renewal(db, true);
    begin(db);
    int found = read_version(db);
    for (int step = found + 1; step <= wanted; step++)
        run_step(db, schema, step);
    char mark[64];
    snprintf(mark, sizeof mark, "PRAGMA application_id=%d", APPLICATION_ID);
    execute(db, mark, "mark the database");
    commit(db);
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
static void set_wal(struct file *db)
{
    sqlite3_exec(db->handle, "PRAGMA journal_mode=WAL", NULL, NULL, NULL);
}

/* True for a file with tables that no qifu made. One statement, one state of the file: another
 * process may be making it now. */
static bool is_foreign(struct file *db)
{
    char sql[128];
    snprintf(sql, sizeof sql,
             "SELECT count(*) FROM sqlite_master"
             " WHERE (SELECT application_id FROM pragma_application_id) <> %d",
             APPLICATION_ID);
    return pragma(db, sql) != 0;
}

static void close_db(struct db *db)
{
    close_file(file_of(db));
    free(db->path);
    free(db);
}

/* SQLite would make the file 0644 and its side files after it: then a umask of 007 could not let
 * a service group write. */
static void make_file(const char *path)
{
    int fd = open(path, O_RDWR | O_CREAT, 0666);
    if (fd >= 0)
        close(fd);
}

static bool exists(const char *path)
{
    return access(path, F_OK) == 0;
}

static bool create(const char *path, const char *schema)
{
    check_plain(path);
    make_file(path);
    struct file *db = open_file(path, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE);
    if (is_foreign(db))
        die("%s: this is a database of something else", path);
    set_wal(db);
    int wanted = db_steps_last(schema);
    bool made = read_version(db) < wanted && upgrade(db, schema, wanted) == 0;
    close_db(&db->shared);
    return made;
}

static struct db *open_existing(const char *path, const char *schema)
{
    check_plain(path);
    if (access(path, F_OK) != 0) {
        if (errno != ENOENT && errno != ENOTDIR)
            die("%s: %s", path, tongue_error(errno));
        die("%s: no database there; center-init creates one", path);
    }
    struct file *db = open_file(path, SQLITE_OPEN_READWRITE);
    int version = read_version(db), wanted = db_steps_last(schema);
    if (version == 0 || pragma(db, "PRAGMA application_id") != APPLICATION_ID)
        die("%s: not a center's database; center-init creates one", path);
    if (version > wanted)
        die("%s: its schema is version %d, this program knows %d: install the newer qifu", path,
            version, wanted);
    set_wal(db);
    if (version < wanted)
        upgrade(db, schema, wanted);
    return &db->shared;
}

static int schema_version(struct db *db)
{
    return read_version(file_of(db));
}

static void begin_to_write(struct db *db)
{
    begin(file_of(db));
}

static void commit_all(struct db *db)
{
    commit(file_of(db));
}

static void rollback(struct db *db)
{
    execute(file_of(db), "ROLLBACK", "roll back");
}

static void let_go(struct db *db)
{
    sqlite3_exec(file_of(db)->handle, "ROLLBACK", NULL, NULL, NULL);
}

/* The length of SQL without RETURNING id at its end: for what that gives SQLite would make a table
 * each time, and the id of the row that was inserted last it knows anyhow. */
static size_t length_without_id(const char *sql)
{
    static const char end[] = " RETURNING id";
    size_t length = strlen(sql), left = length - (sizeof end - 1);
    return length >= sizeof end && !strcmp(sql + left, end) ? left : length;
}

static struct db_query *prepare(struct db *db, const char *sql)
{
    struct query *query = mem_zero(1, sizeof *query);
    size_t length = length_without_id(sql);
    query->gives_id = sql[length] != '\0';
    if (sqlite3_prepare_v3(file_of(db)->handle, sql, (int)length, SQLITE_PREPARE_PERSISTENT,
                           &query->statement, NULL) != SQLITE_OK)
        fail(file_of(db), "prepare a statement");
    return &query->shared;
}

static void finalize(struct db_query *query)
{
    sqlite3_finalize(statement_of(query));
    free(query);
}

static void check_bind(struct db_query *query, int code)
{
    if (code != SQLITE_OK)
        fail(file_of(query->db), "bind a value");
}

static void bind_number(struct db_query *query, int index, int64_t number)
{
    check_bind(query, sqlite3_bind_int64(statement_of(query), index, number));
}

static void bind_text(struct db_query *query, int index, const char *text)
{
    check_bind(query, sqlite3_bind_text(statement_of(query), index, text, -1, SQLITE_STATIC));
}

static void bind_bytes(struct db_query *query, int index, const void *bytes, size_t size)
{
    check_bind(query,
               sqlite3_bind_blob(statement_of(query), index, bytes, (int)size, SQLITE_STATIC));
}

/* The id of the row that QUERY has inserted is its only row; none where it inserted nothing. */
static bool take_id(struct query *query)
{
    sqlite3 *handle = file_of(query->shared.db)->handle;
    query->has_id = query->gives_id && sqlite3_changes64(handle) > 0;
    query->id = query->has_id ? sqlite3_last_insert_rowid(handle) : 0;
    return query->has_id;
}

static bool step(struct db_query *query)
{
    sqlite3_stmt *statement = statement_of(query);
    if (query_of(query)->has_id)
        return query_of(query)->has_id = false;
    int code = sqlite3_step(statement);
    if (code == SQLITE_ROW)
        return true;
    bool passed_over = file_of(query->db)->shadowed && (code & 0xff) == SQLITE_CONSTRAINT;
    if (code != SQLITE_DONE && !passed_over)
        fail(file_of(query->db), sqlite3_stmt_readonly(statement) ? "read" : "write");
    sqlite3_reset(statement);
    return code == SQLITE_DONE && take_id(query_of(query));
}

static void reset(struct db_query *query)
{
    query_of(query)->has_id = false;
    sqlite3_reset(statement_of(query));
    sqlite3_clear_bindings(statement_of(query));
}

static int64_t number(struct db_query *query, int column)
{
    if (query_of(query)->has_id)
        return query_of(query)->id;
    return sqlite3_column_int64(statement_of(query), column);
}

static const char *text(struct db_query *query, int column)
{
    return (const char *)sqlite3_column_text(statement_of(query), column);
}

static bool is_null(struct db_query *query, int column)
{
    return sqlite3_column_type(statement_of(query), column) == SQLITE_NULL;
}

static void read_bytes(struct db_query *query, int column, void *bytes, size_t size)
{
    const void *blob = sqlite3_column_blob(statement_of(query), column);
    if (blob && (size_t)sqlite3_column_bytes(statement_of(query), column) == size)
        memcpy(bytes, blob, size);
    else
        memset(bytes, 0, size);
}

static int64_t changes(struct db *db)
{
    return sqlite3_changes64(file_of(db)->handle);
}

/* ---- looking after the file ---- */

static sqlite3_stmt *statement_for(struct file *db, const char *sql)
{
    sqlite3_stmt *statement;
    if (sqlite3_prepare_v2(db->handle, sql, -1, &statement, NULL) != SQLITE_OK)
        fail(db, "prepare a statement");
    return statement;
}

/* True where there is a next row; at the end the statement is gone. */
static bool next_row(struct file *db, sqlite3_stmt *statement)
{
    int code = sqlite3_step(statement);
    if (code == SQLITE_ROW)
        return true;
    if (code != SQLITE_DONE)
        fail(db, "read");
    sqlite3_finalize(statement);
    return false;
}

/* A damaged file may have no text where there ought to be one. */
static const char *column_text(sqlite3_stmt *row, int column)
{
    const char *found = (const char *)sqlite3_column_text(row, column);
    return found ? found : "";
}

/* The check prints a row for each problem, or "ok". */
static void check_file(struct db *db, db_take *take, void *context)
{
    sqlite3_stmt *row = statement_for(file_of(db), "PRAGMA integrity_check");
    while (next_row(file_of(db), row))
        if (strcmp(column_text(row, 0), "ok") != 0)
            take(context, 0, column_text(row, 0));
}

/* The checkpoint says in its first column whether a reader kept it from its end. */
static bool forget(struct db *db)
{
    execute(file_of(db), "VACUUM", "write the database anew");
    return !pragma(file_of(db), "PRAGMA wal_checkpoint(TRUNCATE)");
}

static void check_keys(struct db *db, db_take *take, void *context)
{
    sqlite3_stmt *row = statement_for(file_of(db), "PRAGMA foreign_key_check");
    while (next_row(file_of(db), row)) {
        struct text what = {0};
        text_add_format(&what, DB_LOST_KEY, column_text(row, 0), column_text(row, 2));
        take(context, sqlite3_column_int64(row, 1), what.data);
        text_free(&what);
    }
}

static struct file *open_model(const char *schema)
{
    struct file *model =
        open_file(":memory:", SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_MEMORY);
    allow_renewal(model, true);
    for (int number = 1; number <= db_steps_last(schema); number++)
        run_step(model, schema, number);
    return model;
}

/* The depth of a table is the length of the longest way that its references go, those that may wait
 * for the commit left out; where they go in a circle it has no end, and stops at the number of
 * tables. */
#define MODEL                                                                                      \
    "WITH RECURSIVE tables (name, sql) AS (SELECT name, sql FROM sqlite_schema"                    \
    " WHERE type = 'table'), reach (name, depth) AS (SELECT name, 0 FROM tables UNION"             \
    " SELECT s.name, r.depth + 1 FROM reach r JOIN tables s"                                       \
    " JOIN pragma_foreign_key_list(s.name) f WHERE f.\"table\" = r.name AND s.name <> r.name"      \
    " AND instr(s.sql, 'REFERENCES ' || r.name || ' DEFERRABLE') = 0"                              \
    " AND r.depth < (SELECT count(*) FROM tables)),"                                               \
    " deepest (name, depth) AS (SELECT name, max(depth) FROM reach GROUP BY name)"                 \
    " SELECT s.type, s.name, s.tbl_name, s.sql, d.depth = (SELECT count(*) FROM tables)"           \
    " FROM sqlite_schema s LEFT JOIN deepest d ON s.type = 'table' AND d.name = s.name"            \
    " WHERE s.name NOT LIKE 'sqlite~_%' ESCAPE '~'"                                                \
    " ORDER BY instr('table index trigger view', s.type), d.depth, s.rowid"

void db_sqlite_model(const char *schema, db_model_take *take, void *context)
{
    struct file *model = open_model(schema);
    sqlite3_stmt *row = statement_for(model, MODEL);
    while (next_row(model, row)) {
        if (sqlite3_column_int(row, 4))
            die("internal fault: the references of table %s of the schema go in a circle",
                column_text(row, 1));
        take(context, column_text(row, 0), column_text(row, 1), column_text(row, 2),
             column_text(row, 3));
    }
    close_db(&model->shared);
}

static sqlite3_stmt *list_objects(struct file *db)
{
    return statement_for(db, "SELECT type, name, sql FROM sqlite_schema"
                             " WHERE name NOT LIKE 'sqlite~_%' ESCAPE '~' ORDER BY type, name");
}

/* Before, at or behind: the present row of LEFT beside that of RIGHT; one that is at its end is
 * behind. */
static int compare_objects(sqlite3_stmt *left, bool more_left, sqlite3_stmt *right, bool more_right)
{
    if (!more_left || !more_right)
        return (int)more_right - (int)more_left;
    int order = strcmp(column_text(left, 0), column_text(right, 0));
    return order ? order : strcmp(column_text(left, 1), column_text(right, 1));
}

static void compare_schema(struct db *db, const char *schema, db_take *take, void *context)
{
    struct file *file = file_of(db), *model = open_model(schema);
    sqlite3_stmt *is = list_objects(file), *ought = list_objects(model);
    bool more_is = next_row(file, is), more_ought = next_row(model, ought);
    while (more_is || more_ought) {
        int order = compare_objects(is, more_is, ought, more_ought);
        sqlite3_stmt *named = order > 0 ? ought : is;
        const char *fault = order < 0   ? "is none of a center's"
                            : order > 0 ? "is missing"
                            : strcmp(column_text(is, 2), column_text(ought, 2)) != 0
                                ? "is not as the schema has it"
                                : NULL;
        if (fault) {
            struct text what = {0};
            text_add_format(&what, "%s %s %s", column_text(named, 0), column_text(named, 1), fault);
            take(context, 0, what.data);
            text_free(&what);
        }
        more_is = order <= 0 ? next_row(file, is) : more_is;
        more_ought = order >= 0 ? next_row(model, ought) : more_ought;
    }
    close_db(&model->shared);
}

/* ---- tables aside ---- */

/* The table's own words make its shadow. */
static void add_shadow(struct file *file, const char *table)
{
    static const char create[] = "CREATE TABLE";
    struct text sql = {0};
    sqlite3_stmt *words =
        statement_for(file, "SELECT sql FROM main.sqlite_schema WHERE type = 'table'"
                            " AND name = ?1 AND sql NOTNULL");
    sqlite3_bind_text(words, 1, table, -1, SQLITE_STATIC);
    while (next_row(file, words))
        text_add_format(&sql, "CREATE TEMP TABLE%s", column_text(words, 0) + sizeof create - 1);
    if (sql.length)
        execute(file, sql.data, "make a table aside");
    text_free(&sql);
}

/* A shadow may be large: it is kept in a file. */
static void shadow(struct db *db, const char *const *tables)
{
    struct file *file = file_of(db);
    execute(file, "PRAGMA foreign_keys=OFF; PRAGMA temp_store=FILE; BEGIN", "begin to read");
    for (; *tables; tables++)
        add_shadow(file, *tables);
    file->shadowed = true;
}

static void unshadow(struct db *db)
{
    file_of(db)->shadowed = false;
    execute(file_of(db), "ROLLBACK; PRAGMA temp_store=MEMORY; PRAGMA foreign_keys=ON",
            "end reading");
}

const struct db_engine db_sqlite = {
    .exists = exists,
    .create = create,
    .open = open_existing,
    .close = close_db,
    .schema_version = schema_version,
    .begin = begin_to_write,
    .commit = commit_all,
    .rollback = rollback,
    .let_go = let_go,
    .prepare = prepare,
    .finalize = finalize,
    .bind = bind_number,
    .bind_text = bind_text,
    .bind_bytes = bind_bytes,
    .step = step,
    .reset = reset,
    .number = number,
    .text = text,
    .is_null = is_null,
    .bytes = read_bytes,
    .changes = changes,
    .check_file = check_file,
    .forget = forget,
    .check_keys = check_keys,
    .compare_schema = compare_schema,
    .shadow = shadow,
    .unshadow = unshadow,
    .sides = {"main", "temp"},
    .columns = "SELECT name, pk <> 0, CASE type WHEN 'BLOB' THEN 'CASE WHEN ' || name || ' IS NULL"
               " THEN NULL ELSE ''\\x'' || lower(hex(' || name || ')) END' ELSE name END FROM "
               "pragma_table_info(?1) ORDER BY cid",
};
