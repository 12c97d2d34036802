/* The schema on a server. SQLite runs the steps of schema.sql, and what they come to is made here:
 * a new database has no history to go through. An older one runs the steps that it lacks, statement
 * by statement; views and triggers go before and come again after, as the last step has them.
 */
#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/db_postgres_private.h"
#include "base/db_steps.h"
#include "base/die.h"
#include "base/mem.h"
#include "base/text.h"

enum { MAKERS = 0x71696675 /* "qifu": who makes a database keeps others from making it too */ };

/* ---- SQLite's words ---- */

/* The length of the quoted text, the comment or the word that begins at P; else 1. */
static size_t piece(const char *p)
{
    if (*p == '\'' || *p == '"') {
        const char *end = strchr(p + 1, *p);
        return end ? (size_t)(end - p) + 1 : strlen(p);
    }
    if (!strncmp(p, "--", 2))
        return strcspn(p, "\n");
    size_t length = 0;
    while (isalnum((unsigned char)p[length]) || p[length] == '_')
        length++;
    return length ? length : 1;
}

static bool is_word(const char *p, size_t length, const char *word)
{
    return length == strlen(word) && !strncmp(p, word, length);
}

/* Adds SQL with the types of a server. The id of TABLE (NULL: it makes none) is given by it. */
static void add_sql(struct text *out, const char *sql, const char *table)
{
    const char *before = ""; /* the word before the present one */
    for (size_t length; *sql; sql += length) {
        length = piece(sql);
        bool integer = is_word(sql, length, "INTEGER");
        if (integer)
            text_add(out, "bigint");
        else if (is_word(sql, length, "BLOB"))
            text_add(out, "bytea");
        else
            text_add_bytes(out, sql, length);
        if (integer && table && !strncmp(sql + length, " PRIMARY KEY", 12) &&
            is_word(before, piece(before), "id"))
            text_add_format(out, " DEFAULT next_id('%s')", table);
        if (!isspace((unsigned char)*sql))
            before = sql;
    }
}

/* The text between BEFORE and AFTER, for the caller to free; NULL where they are not there. */
static char *between(const char *sql, const char *before, const char *after)
{
    const char *start = strstr(sql, before);
    const char *end = start ? strstr(start + strlen(before), after) : NULL;
    if (!end)
        return NULL;
    struct text found = {0};
    start += strlen(before);
    text_add_bytes(&found, start, (size_t)(end - start));
    text_add(&found, "");
    return found.data;
}

/* A reference to a table that comes later waits until that is there. LATER has those before, each
 * as a statement. */
static void put_off_references(char *sql, const char *table, struct text *later)
{
    static const char may_wait[] = " DEFERRABLE INITIALLY IMMEDIATE";
    for (char *end; (end = strstr(sql, may_wait)); sql = end) {
        char *line = end, *reference;
        while (line > sql && line[-1] != ',' && line[-1] != '(')
            line--;
        line += strspn(line, " \n");
        reference = strstr(line, " REFERENCES ");
        text_add_format(later, "ALTER TABLE %s ADD FOREIGN KEY (%.*s)%.*s;\n", table,
                        (int)strcspn(line, " "), line,
                        (int)(end - reference) + (int)strlen(may_wait), reference);
        end += strlen(may_wait);
        memset(reference, ' ', (size_t)(end - reference));
    }
}

/* What stands behind a table's last bracket is SQLite's. LATER as above; NULL: all is there. */
static void add_table(struct text *out, const char *table, const char *sql, struct text *later)
{
    char *bare = mem_string(sql);
    char *end = strrchr(bare, ')');
    if (end)
        end[1] = '\0';
    if (later)
        put_off_references(bare, table, later);
    add_sql(out, bare, table);
    free(bare);
}

/* All triggers of the schema refuse what is not to be; here that is a function, and holds whatever
 * role the session has. What no row may be taken from is not emptied either. */
static void add_trigger(struct text *out, const char *name, const char *table, const char *sql)
{
    char *when = between(sql, "BEFORE ", "\nBEGIN\n");
    char *condition = when ? strstr(when, "WHEN ") : NULL;
    char *message = between(sql, "RAISE(ABORT, '", "')");
    if (!when || !message)
        die("internal fault: trigger %s of the schema is of no form that PostgreSQL takes", name);
    if (condition) {
        condition[-1] = '\0';
        condition += 5;
    }
    text_add_format(out,
                    "CREATE FUNCTION %s() RETURNS trigger LANGUAGE plpgsql AS $f$\n"
                    "BEGIN\n    IF %s THEN\n        RAISE EXCEPTION '%s';\n    END IF;\n"
                    "    IF TG_OP = 'DELETE' THEN\n        RETURN old;\n    END IF;\n"
                    "    RETURN new;\nEND $f$;\n"
                    "CREATE TRIGGER %s BEFORE %s FOR EACH ROW EXECUTE FUNCTION %s();\n"
                    "ALTER TABLE %s ENABLE ALWAYS TRIGGER %s;\n",
                    name, condition ? condition : "true", message, name, when, name, table, name);
    if (!condition && !strncmp(when, "DELETE ", 7))
        text_add_format(out,
                        "CREATE TRIGGER %s_whole BEFORE TRUNCATE ON %s FOR EACH STATEMENT"
                        " EXECUTE FUNCTION %s();\nALTER TABLE %s ENABLE ALWAYS TRIGGER %s_whole;\n",
                        name, table, name, table, name);
    free(when);
    free(message);
}

/* ---- making ---- */

/* A view waits for those that it reads. */
struct view {
    char *name, *sql;
    bool made;
};

struct making {
    struct text tables, later, rest; /* of SQL */
    struct view *views;
    size_t view_count;
    bool whole; /* the tables and indexes too */
};

static void take_object(void *context, const char *type, const char *name, const char *table,
                        const char *sql)
{
    struct making *m = context;
    if (!strcmp(type, "view")) {
        m->views = mem_grow(m->views, m->view_count, sizeof *m->views);
        m->views[m->view_count++] = (struct view){mem_string(name), mem_string(sql), false};
    } else if (!strcmp(type, "trigger")) {
        add_trigger(&m->rest, name, table, sql);
    } else if (m->whole) {
        if (!strcmp(type, "table"))
            add_table(&m->tables, name, sql, &m->later);
        else
            add_sql(&m->tables, sql, NULL);
        text_add(&m->tables, ";\n");
    }
}

static bool reads_another(const struct making *m, const struct view *view)
{
    for (size_t i = 0; i < m->view_count; i++)
        if (&m->views[i] != view && !m->views[i].made && strstr(view->sql, m->views[i].name))
            return true;
    return false;
}

static void add_views(struct making *m)
{
    for (size_t made = 0, before; made < m->view_count;) {
        before = made;
        for (size_t i = 0; i < m->view_count; i++)
            if (!m->views[i].made && !reads_another(m, &m->views[i])) {
                add_sql(&m->rest, m->views[i].sql, NULL);
                text_add(&m->rest, ";\n");
                m->views[i].made = true;
                made++;
            }
        if (made == before)
            die("internal fault: views of the schema read each other");
    }
}

/* Makes what the steps of SCHEMA come to: all of it, or the triggers and views. */
static void make_objects(struct server *server, const char *schema, bool whole)
{
    struct making m = {.whole = whole};
    db_sqlite_model(schema, take_object, &m);
    add_views(&m);
    db_postgres_run(server, db_postgres_functions, "make the functions");
    if (whole) {
        text_add(&m.tables, text_string(&m.later));
        db_postgres_run(server, m.tables.data, "make the tables");
    }
    db_postgres_run(server, m.rest.data, "make the views");
    for (size_t i = 0; i < m.view_count; i++) {
        free(m.views[i].name);
        free(m.views[i].sql);
    }
    free(m.views);
    text_free(&m.tables);
    text_free(&m.later);
    text_free(&m.rest);
}

static void set_version(struct server *server, int version)
{
    char sql[160];
    snprintf(sql, sizeof sql,
             "INSERT INTO qifu_schema (version) VALUES (%d)"
             " ON CONFLICT (one) DO UPDATE SET version = excluded.version",
             version);
    db_postgres_run(server, sql, "mark the database");
}

int db_postgres_version(struct server *server)
{
    if (!db_postgres_number(server, "SELECT count(*) FROM pg_class WHERE oid ="
                                    " to_regclass('public.qifu_schema')"))
        return 0;
    return (int)db_postgres_number(server, "SELECT coalesce(max(version), 0) FROM qifu_schema");
}

bool db_postgres_make(struct server *server, const char *schema)
{
    char lock[80];
    int wanted = db_steps_last(schema);
    snprintf(lock, sizeof lock, "BEGIN; SELECT pg_advisory_xact_lock(%d)", MAKERS);
    db_postgres_run(server, lock, "begin to write");
    int found = db_postgres_version(server);
    if (found) {
        if (found == wanted)
            db_postgres_run(server, db_postgres_functions, "make the functions");
        db_postgres_run(server, "COMMIT", "commit");
        if (found < wanted)
            db_postgres_upgrade(server, schema, wanted);
        return false;
    }
    if (db_postgres_number(server, "SELECT count(*) FROM pg_class c JOIN pg_namespace n"
                                   " ON n.oid = c.relnamespace WHERE n.nspname !~ '^pg_'"
                                   " AND n.nspname <> 'information_schema' AND NOT EXISTS (SELECT 1"
                                   " FROM pg_depend d WHERE d.objid = c.oid AND d.deptype = 'e')"))
        die("%s: this is a database of something else", server->shared.path);
    make_objects(server, schema, true);
    set_version(server, wanted);
    db_postgres_run(server, "COMMIT", "commit");
    return true;
}

/* ---- upgrading ---- */

/* Where the statement that begins at SQL ends, its semicolon included. */
static const char *statement_end(const char *sql)
{
    if (!strncmp(sql, "CREATE TRIGGER", 14)) {
        const char *end = strstr(sql, "\nEND;");
        return end ? end + 5 : sql + strlen(sql);
    }
    while (*sql && *sql != ';')
        sql += piece(sql);
    return *sql ? sql + 1 : sql;
}

/* A table that is made anew takes with it what points to it; that is put back by name. */
static void drop_table(struct server *server, const char *sql)
{
    struct text out = {0};
    size_t length = strcspn(sql, " ;");
    text_add(&out, "INSERT INTO lost SELECT conrelid, pg_get_constraintdef(oid) FROM pg_constraint"
                   " WHERE contype = 'f' AND conrelid <> confrelid AND confrelid = '");
    text_add_bytes(&out, sql, length);
    text_add(&out, "'::regclass; DROP TABLE ");
    text_add_bytes(&out, sql, length);
    text_add(&out, " CASCADE");
    db_postgres_run(server, out.data, "upgrade the database");
    text_free(&out);
}

static bool begins(const char *sql, const char *words)
{
    return !strncmp(sql, words, strlen(words));
}

static void run_statement(struct server *server, const char *sql)
{
    struct text out = {0};
    if (begins(sql, "CREATE TRIGGER ") || begins(sql, "CREATE VIEW ") ||
        begins(sql, "DROP TRIGGER ") || begins(sql, "DROP VIEW "))
        return;
    if (begins(sql, "DROP TABLE ")) {
        drop_table(server, sql + 11);
        return;
    }
    if (begins(sql, "CREATE TABLE ")) {
        size_t length = piece(sql + 13);
        struct text name = {0};
        text_add_bytes(&name, sql + 13, length);
        add_table(&out, name.data, sql, NULL);
        text_free(&name);
    } else {
        add_sql(&out, sql, NULL);
    }
    db_postgres_run(server, out.data, "upgrade the database");
    text_free(&out);
}

static void run_step(struct server *server, const char *schema, int number)
{
    char *step = db_steps_text(schema, number);
    for (const char *sql = step, *end; *sql; sql = end) {
        end = sql + piece(sql);
        if (isspace((unsigned char)*sql) || !strncmp(sql, "--", 2))
            continue;
        end = statement_end(sql);
        char *statement = mem_string(sql);
        statement[end - sql] = '\0';
        run_statement(server, statement);
        free(statement);
    }
    free(step);
}

/* Triggers go with their functions. */
#define DROP_VIEWS                                                                                 \
    "DO $$ DECLARE one record; BEGIN FOR one IN SELECT relname FROM pg_class WHERE relkind = 'v'"  \
    " AND relnamespace = current_schema()::regnamespace LOOP"                                      \
    " EXECUTE format('DROP VIEW IF EXISTS %I CASCADE', one.relname); END LOOP;"                    \
    " FOR one IN SELECT proname FROM pg_proc WHERE prorettype = 'trigger'::regtype"                \
    " AND pronamespace = current_schema()::regnamespace LOOP"                                      \
    " EXECUTE format('DROP FUNCTION %I() CASCADE', one.proname); END LOOP; END $$;"                \
    "CREATE TEMP TABLE lost (relation oid, definition text) ON COMMIT DROP"

#define PUT_BACK                                                                                   \
    "DO $$ DECLARE one record; BEGIN FOR one IN SELECT c.oid::regclass AS name, definition"        \
    " FROM lost JOIN pg_class c ON c.oid = relation LOOP"                                          \
    " EXECUTE format('ALTER TABLE %s ADD %s', one.name, one.definition); END LOOP;"                \
    " FOR one IN SELECT c.oid::regclass AS name, c.relname FROM pg_class c JOIN pg_attribute a"    \
    " ON a.attrelid = c.oid AND a.attname = 'id' AND a.atthasdef WHERE c.relkind = 'r'"            \
    " AND c.relnamespace = current_schema()::regnamespace LOOP"                                    \
    " EXECUTE format('ALTER TABLE %s ALTER id SET DEFAULT next_id(%L)', one.name, one.relname);"   \
    " END LOOP; END $$"

void db_postgres_upgrade(struct server *server, const char *schema, int wanted)
{
    db_postgres_run(server, "BEGIN; SELECT version FROM qifu_schema FOR UPDATE", "begin to write");
    int found = db_postgres_version(server);
    if (found < wanted) {
        db_postgres_run(server, DROP_VIEWS, "upgrade the database");
        for (int step = found + 1; step <= wanted; step++)
            run_step(server, schema, step);
        db_postgres_run(server, PUT_BACK, "upgrade the database");
        make_objects(server, schema, false);
        set_version(server, wanted);
    }
    db_postgres_run(server, "COMMIT", "commit");
}

/* ---- looking after it ---- */

/* For each reference the query that finds the rows whose reference is lost. */
#define REFERENCES                                                                                 \
    "SELECT k.conrelid::regclass, k.confrelid::regclass, format('SELECT %s FROM %s c WHERE c.%I"   \
    " IS NOT NULL AND NOT EXISTS (SELECT 1 FROM %s p WHERE p.%I = c.%I) ORDER BY 1',"              \
    " CASE WHEN EXISTS (SELECT 1 FROM pg_attribute i WHERE i.attrelid = k.conrelid"                \
    " AND i.attname = 'id') THEN 'c.id' ELSE '0' END, k.conrelid::regclass, a.attname,"            \
    " k.confrelid::regclass, b.attname, a.attname) FROM pg_constraint k"                           \
    " JOIN pg_attribute a ON a.attrelid = k.conrelid AND a.attnum = k.conkey[1]"                   \
    " JOIN pg_attribute b ON b.attrelid = k.confrelid AND b.attnum = k.confkey[1]"                 \
    " WHERE k.contype = 'f' AND k.connamespace = current_schema()::regnamespace"                   \
    " ORDER BY 1, 2, a.attnum"

static void take_lost(struct server *server, const char *child, const char *parent, const char *sql,
                      db_take *take, void *context)
{
    struct pg_result *rows = db_postgres_execute(server, sql, "read");
    for (int row = 0; row < server->pq->PQntuples(rows); row++) {
        struct text what = {0};
        text_add_format(&what, DB_LOST_KEY, child, parent);
        take(context, strtoll(server->pq->PQgetvalue(rows, row, 0), NULL, 10), what.data);
        text_free(&what);
    }
    server->pq->PQclear(rows);
}

void db_postgres_check_keys(struct db *db, db_take *take, void *context)
{
    struct server *server = db_postgres_of(db);
    const struct libpq *pq = server->pq;
    struct pg_result *keys = db_postgres_execute(server, REFERENCES, "read");
    for (int i = 0; i < pq->PQntuples(keys); i++)
        take_lost(server, pq->PQgetvalue(keys, i, 0), pq->PQgetvalue(keys, i, 1),
                  pq->PQgetvalue(keys, i, 2), take, context);
    pq->PQclear(keys);
}

/* The functions of postgres.sql are called as they were made beside: those that are looked at may
 * have been changed. */
#define DIFFERENCES                                                                                \
    "SELECT type, name, CASE WHEN ought.text IS NULL THEN 'is none of a center''s'"                \
    " WHEN present.text IS NULL THEN 'is missing' ELSE 'is not as the schema has it' END"          \
    " FROM qifu_model.schema_objects('public') present"                                            \
    " FULL JOIN qifu_model.schema_objects('qifu_model') ought USING (type, name)"                  \
    " WHERE present.text IS DISTINCT FROM ought.text ORDER BY type, name"

/* Makes the schema a second time beside the first, and takes it back. */
void db_postgres_compare(struct db *db, const char *schema, db_take *take, void *context)
{
    struct server *server = db_postgres_of(db);
    const struct libpq *pq = server->pq;
    if (!db_postgres_number(server, "SELECT (has_database_privilege(current_database(), 'CREATE')"
                                    " AND NOT pg_is_in_recovery())::int")) {
        warn("%s: the schema is not looked at: that takes a server and a role that may write",
             db->path);
        return;
    }
    db_postgres_run(
        server, "BEGIN; CREATE SCHEMA qifu_model; SET LOCAL search_path = qifu_model, pg_catalog",
        "make the schema beside it");
    make_objects(server, schema, true);
    db_postgres_run(server, "SET LOCAL search_path = pg_catalog", "make the schema beside it");
    struct pg_result *rows = db_postgres_execute(server, DIFFERENCES, "read");
    for (int row = 0; row < pq->PQntuples(rows); row++) {
        struct text what = {0};
        text_add_format(&what, "%s %s %s", pq->PQgetvalue(rows, row, 0),
                        pq->PQgetvalue(rows, row, 1), pq->PQgetvalue(rows, row, 2));
        take(context, 0, what.data);
        text_free(&what);
    }
    pq->PQclear(rows);
    db_postgres_run(server, "ROLLBACK", "roll back");
}
