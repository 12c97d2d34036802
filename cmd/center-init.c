/* center-init: creates a center's database, and copies the configuration's words and organisations
 * into it. Running it again on an existing database brings those up to date. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/die.h"
#include "calendar/file.h"
#include "center/center.h"
#include "center/config.h"
#include "center/create.h"
#include "center/org.h"
#include "center/org_file.h"
#include "cli/args.h"
#include "cli/headers.h"
#include "ticket/escalation.h"
#include "ticket/route.h"

enum { KEY_DEMO = ARGS_LONG };

static const struct args_option options[] = {
    {KEY_DEMO, "demo", NULL, "make a center for trying: --now and QIFU_NOW set its clock"},
    {0, NULL, NULL, NULL},
};
static const char *const synopsis[] = {"[-nq] [--demo] [-d FILE] [-C DIR]", NULL};
static const struct args_program program = {
    .name = "center-init",
    .synopsis = synopsis,
    .purpose = "Create the center's database and load the configuration and the organisations.",
    .options = options,
};

struct loading {
    struct config *config;
    bool named; /* the database, by -d or QIFU_DB */
    bool demo;  /* as asked; then as the database is */
    struct arena arena;
    const char *path; /* of organisations.yaml */
    struct orgfile_entry *entries;
    int count;
    long added, changed; /* in the database */
};

/* Everything that later programs rely on is looked at now: a fault dies here, not at night. This
 * much needs no database. */
static void read_files(struct loading *l)
{
    const char *path = config_path(l->config, "headers.yaml");
    struct headers headers = headers_load(path, "ticket", ticket_fields);
    headers_free(&headers);
    headers = headers_load(path, "org", org_fields);
    headers_free(&headers);
    struct center center = {.config = l->config};
    struct intake intake = intake_new(&center);
    intake_check_rules(&intake);
    intake_free(&intake);
    struct calendarfile *calendars = calendarfile_load(config_path(l->config, "calendars"),
                                                       l->config->calendar, CALENDAR_ALL_KNOWN);
    calendarfile_free(calendars);
    l->path = config_path(l->config, "organisations.yaml");
    l->entries = orgfile_read(&l->arena, l->path, &l->count);
}

static void save_organisations(struct loading *l, struct center *center)
{
    bool refused = false;
    l->added = l->changed = 0;
    for (int i = 0; i < l->count; i++) {
        const struct orgfile_entry *entry = &l->entries[i];
        char fault[256];
        enum org_result result = org_save(center, &entry->org, fault, sizeof fault);
        l->added += result == ORG_ADDED;
        l->changed += result == ORG_CHANGED;
        if (result == ORG_REFUSED)
            warn("%s:%d: organisation %s: %s", l->path, entry->line, entry->org.code, fault);
        refused |= result == ORG_REFUSED;
    }
    if (refused)
        die("nothing was loaded");
}

/* The ladder and the catalogue name organisations, which must be in the database. */
static void check_names(struct center *center)
{
    struct ladder ladder = ladder_new(center);
    struct dispatcher dispatcher = dispatcher_new(center);
    dispatcher_free(&dispatcher);
    ladder_free(&ladder);
}

/* Makes or updates the database at PATH; true where it was made. */
static bool load(struct loading *l, const char *path)
{
    bool made = center_create(path, l->config, args_user(), l->demo);
    struct center center = center_open(path, l->config, args_user(), clock_now());
    center_begin(&center, false);
    save_organisations(l, &center);
    check_names(&center);
    db_commit(center.db);
    l->demo = center.demo;
    center_close(&center);
    return made;
}

/* A new database is filled under another name and then linked to its own: so it appears there
 * whole or, on any fault, not at all. */
static struct text draft;

static void drop_draft(void)
{
    static const char *const suffixes[] = {"", "-wal", "-shm", "-journal"};
    size_t length = draft.length;
    for (int i = 0; length && i < 4; i++) {
        draft.length = length;
        text_add(&draft, suffixes[i]);
        unlink(draft.data);
    }
    text_free(&draft);
}

/* Makes the folders that lead to a database: for a name that was given only the last one, because a
 * slip of the pen would make a second center somewhere. */
static void make_folders(const char *path, bool named)
{
    char *folder = mem_string(path), *last = strrchr(folder, '/');
    for (char *p = folder + 1; last && (p = strchr(p, '/')); *p++ = '/') {
        *p = '\0';
        if (named && p != last && access(folder, F_OK) != 0 && errno == ENOENT)
            die("%s: there is no folder %s; make it, or correct the name", path, folder);
        if (mkdir(folder, 0770) != 0 && errno != EEXIST)
            die("%s: cannot make the folder: %s", folder, strerror(errno));
    }
    if (last)
        last[1] = '\0';
    /* The draft's name would only confuse where the folder is at fault. */
    if (access(last ? folder : ".", W_OK | X_OK) != 0)
        die("%s: cannot create: %s", path, strerror(errno));
    free(folder);
}

/* True where the database was made now, false where another process came first. */
static bool make(struct loading *l, const char *path)
{
    center_check_clock(path, l->demo);
    make_folders(path, l->named);
    text_add_format(&draft, "%s.new-%ld", path, (long)getpid());
    atexit(drop_draft);
    load(l, draft.data);
    bool made = link(draft.data, path) == 0;
    if (!made && errno != EEXIST)
        die("%s: cannot create: %s", path, strerror(errno));
    drop_draft();
    return made;
}

int main(int argc, char **argv)
{
    struct args args = args_start(&program, argc, argv);
    struct loading l = {.config = config_load(args_config(&args))};
    while (args_next(&args))
        l.demo = true;
    if (args.operand_count)
        args_usage(&args, "no operand is expected");

    const char *path = args_database(&args);
    l.named = args_names_database(&args);
    read_files(&l);
    if (args.dry_run) {
        out_print("%s\t%s\n", path, l.config->center);
    } else {
        bool made = (access(path, F_OK) != 0 && make(&l, path)) || load(&l, path);
        if (!args.quiet)
            out_print("%s\t%s\t%ld organisations added, %ld changed%s\n", path,
                      made ? "created" : "up to date", l.added, l.changed,
                      l.demo ? "\tdemo: --now sets its clock, for good" : "");
    }
    arena_free(&l.arena);
    config_free(l.config);
    args_free(&args);
    out_finish();
    return EXIT_DONE;
}
