/* center-init: creates a center's database, and copies the configuration's words and organisations
 * into it. Running it again on an existing database brings those up to date. */
#include <stdlib.h>

#include "base/attempt.h"
#include "base/clock.h"
#include "base/die.h"
#include "base/fault.h"
#include "center/center.h"
#include "center/config.h"
#include "center/configured.h"
#include "center/convener.h"
#include "center/create.h"
#include "center/draft.h"
#include "center/org_file.h"
#include "center/org_save.h"
#include "cli/args.h"
#include "setup/files.h"
#include "supervision/escalation.h"
#include "ticket/dispatcher.h"

enum { KEY_DEMO = ARGS_LONG };

static const struct args_option options[] = {
    {KEY_DEMO, "demo", NULL, "make a center for trying: --now and QIFU_NOW set its clock"},
    {0, NULL, NULL, NULL},
};
static const char *const synopsis[] = {"[-nq] [--demo] [-d FILE] [-C DIR]", NULL};
static const struct args_program program = {
    .name = "center-init",
    .title = "系统建立",
    .synopsis = synopsis,
    .purpose = "Create the center's database and load the configuration and the organisations.",
    .options = options,
};

struct loading {
    struct config *config;
    const char *database;
    char *shown; /* its name, for messages */
    bool named;  /* the database, by -d or QIFU_DB */
    bool demo;   /* as asked; then as the database is */
    bool made;   /* the database, now */
    struct arena arena;
    const char *path; /* of organisations.yaml */
    struct orgfile_entry *entries;
    int count;
    struct rule_set *catalogues;
    long added, changed; /* in the database */
};

static void save_organisations(struct loading *l, struct center *center)
{
    bool refused = false;
    l->added = l->changed = 0;
    for (int i = 0; i < l->count; i++) {
        const struct orgfile_entry *entry = &l->entries[i];
        struct fault fault = {""};
        enum org_result result = org_save(center, &entry->org, NULL, &fault);
        l->added += result == ORG_ADDED;
        l->changed += result == ORG_CHANGED;
        if (result == ORG_REFUSED)
            warn("%s:%d: organisation %s: %s", l->path, entry->line, entry->org.code, fault.text);
        refused |= result == ORG_REFUSED;
    }
    if (refused)
        die("nothing was loaded");
}

/* ---- the database ---- */

/* Ladder, conveners and catalogue name organisations, which must be in the database. */
static void check_names(struct loading *l, struct center *center)
{
    (void)ladder_new(center); /* it dies where one is not there */
    struct conveners conveners = conveners_new(center, NULL);
    struct dispatchers dispatchers = dispatchers_of(center, l->catalogues);
    dispatchers_free(&dispatchers);
    conveners_free(&conveners);
}

/* Makes or updates the database at PATH. */
static void load(void *loading, const char *path)
{
    struct loading *l = loading;
    l->made = center_create(path, l->config, l->demo);
    struct center center = center_open(path, l->config, clock_now());
    center_begin(&center, false);
    save_organisations(l, &center);
    check_names(l, &center);
    configured_take(&center);
    db_commit(center.db);
    l->demo = center.demo;
    center_close(&center);
}

static void read_files(struct loading *l)
{
    l->path = config_path(l->config, "organisations.yaml");
    l->entries = orgfile_read(&l->arena, l->path, &l->count);
    l->catalogues = dispatchers_read(l->config);
}

/* Loads and takes it back: to find names that nobody has. */
static void rehearse(void *loading)
{
    struct loading *l = loading;
    read_files(l);
    if (!db_exists(l->database)) {
        draft_try(load, l);
        return;
    }
    struct center center = center_open(l->database, l->config, clock_now());
    center_begin(&center, true);
    save_organisations(l, &center);
    check_names(l, &center);
    db_rollback(center.db);
    center_close(&center);
}

static void try_on_file(void *loading)
{
    draft_try(load, loading);
}

/* A file becomes a center whole or not at all, by its name. A server's database has its name
 * before: what could fail is tried on a file first. */
static void make_on_server(struct loading *l)
{
    int status = attempt(try_on_file, l);
    if (status)
        exit(status);
    load(l, l->database);
}

static void make_or_update(struct loading *l)
{
    read_files(l);
    if (db_exists(l->database)) {
        load(l, l->database);
        return;
    }
    center_check_clock(l->shown, l->demo);
    if (db_is_served(l->database)) {
        make_on_server(l);
        return;
    }
    if (draft_make(l->database, l->named, load, l))
        return;
    read_files(l); /* another process came first */
    load(l, l->database);
}

int main(int argc, char **argv)
{
    struct args args = args_start(&program, argc, argv);
    struct loading l = {.database = NULL};
    const char *directory = args_config(&args);
    bool loads;
    while (args_next(&args))
        l.demo = true;
    if (args.operand_count)
        args_usage(&args, "no operand is expected");
    l.database = args_database(&args);
    l.shown = db_name(l.database);
    l.named = args_names_database(&args);

    int status = setup_check_files(directory, &loads);
    if (loads)
        l.config = config_load(directory);
    if (loads && (status || args.dry_run)) {
        int found = attempt(rehearse, &l);
        status = found > status ? found : status;
    }
    if (status)
        exit(status);
    if (args.dry_run) {
        out_print("%s\t%s\n", l.shown, l.config->center);
    } else {
        make_or_update(&l);
        if (!args.quiet)
            out_print("%s\t%s\t%ld organisations added, %ld changed%s\n", l.shown,
                      l.made ? "created" : "up to date", l.added, l.changed,
                      l.demo ? "\tdemo: --now sets its clock, for good" : "");
    }
    arena_free(&l.arena);
    free(l.shown);
    config_free(l.config);
    args_free(&args);
    out_finish();
    return EXIT_DONE;
}
