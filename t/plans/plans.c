/* plans: a library for LD_PRELOAD (t/plans.bats) that asks SQLite how it will work on each
 * statement of a program, and adds a line to the file PLANS_FILE for each table that it will read
 * from end to end without an index: program, table or its name in the statement, statement. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef int prepare_call(sqlite3 *db, const char *sql, int length, unsigned flags,
                         sqlite3_stmt **statement, const char **tail);

static void *find(const char *name)
{
    void *call = dlsym(RTLD_NEXT, name);
    if (!call)
        abort();
    return call;
}

/* On one line. */
static void print_statement(FILE *file, const char *sql)
{
    for (; *sql; sql++)
        putc(*sql == '\n' ? ' ' : *sql, file);
    putc('\n', file);
}

static void tell_scan(FILE *file, const char *plan, const char *sql)
{
    char name[64];
    if (sscanf(plan, "SCAN %63s", name) != 1 || strstr(plan, " USING ") ||
        strstr(plan, "VIRTUAL TABLE") || !strcmp(name, "CONSTANT"))
        return;
    fprintf(file, "%s\t%s\t", program_invocation_short_name, name);
    print_statement(file, sql);
}

static void explain(sqlite3 *db, const char *sql)
{
    char *question = sqlite3_mprintf("EXPLAIN QUERY PLAN %s", sql);
    FILE *file = fopen(getenv("PLANS_FILE"), "a");
    sqlite3_stmt *answer;
    if (file && question && sqlite3_prepare_v2(db, question, -1, &answer, NULL) == SQLITE_OK) {
        while (sqlite3_step(answer) == SQLITE_ROW)
            tell_scan(file, (const char *)sqlite3_column_text(answer, 3), sql);
        sqlite3_finalize(answer);
    }
    sqlite3_free(question);
    if (file)
        fclose(file);
}

int sqlite3_prepare_v3(sqlite3 *db, const char *sql, int length, unsigned flags,
                       sqlite3_stmt **statement, const char **tail)
{
    static void *own;
    prepare_call *call;
    if (!own)
        own = find("sqlite3_prepare_v3");
    memcpy(&call, &own, sizeof call);
    int result = call(db, sql, length, flags, statement, tail);
    if (result == SQLITE_OK && getenv("PLANS_FILE"))
        explain(db, sql);
    return result;
}
