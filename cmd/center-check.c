/* center-check: is the database whole, and does all that is stored of every record follow from its
 * events? */
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "ballot/ballot.h"
#include "base/die.h"
#include "base/text.h"
#include "base/tongue.h"
#include "center/configured.h"
#include "center/log.h"
#include "center/loghead.h"
#include "center/member.h"
#include "center/permit.h"
#include "center/program.h"
#include "center/replay.h"
#include "center/role.h"
#include "center/schema.h"
#include "setup/records.h"
#include "supervision/horizon.h"
#include "ticket/soundness.h"
#include "ticket/ticket.h"

enum { KEY_LOG = ARGS_LONG, KEY_SINCE };

static const struct args_option options[] = {
    {KEY_LOG, "log", NULL, "verify the log's chain of digests; print the last one"},
    {KEY_SINCE, "since", "DIGEST", "with --log: this earlier digest must be one of the chain's"},
    {0, NULL, NULL, NULL},
};
static const char *const synopsis[] = {"[-q]", "[-q] --log [--since DIGEST]", NULL};
static const struct args_program program = {
    .name = "center-check",
    .title = "系统核查",
    .synopsis = synopsis,
    .purpose = "Verify the database: file, keys, schema, owners, the history of every record.",
    .options = options,
};

static const struct out_column columns[] = {
    {"check", "检查", OUT_TEXT}, {"id", "编号", OUT_TEXT}, {"problem", "问题", OUT_TEXT}};

struct check {
    struct program p;
    const char *name; /* of the present check */
    long problems;
};

static void report(void *context, int64_t id, const char *what)
{
    struct check *c = context;
    struct text digits = {0};
    if (id)
        text_add_format(&digits, "%lld", (long long)id);
    c->problems++;
    out_text(c->p.out, c->name);
    out_text(c->p.out, digits.data);
    out_text(c->p.out, what);
    out_row(c->p.out);
    text_free(&digits);
}

static void check_file(struct check *c, struct db *db)
{
    c->name = "integrity";
    db_check_file(db, report, c);
    c->name = "schema";
    db_compare_schema(db, schema, report, c);
    c->name = "foreign-keys";
    db_check_keys(db, report, c);
    c->name = "organisations";
    soundness_of_orgs(db, report, c);
}

/* True where users of the database cannot write to its side file: another group, or another user
 * without the group's right to write. */
static bool shuts_out(const struct stat *main_file, const struct stat *side)
{
    return side->st_gid != main_file->st_gid ||
           (side->st_uid != main_file->st_uid && !(side->st_mode & S_IWGRP));
}

/* SQLite gives its side files to whoever opens the database first; a run as root can lock the
 * service's own user out. Looked at before this program opens it and is the first itself. */
static void check_owners(struct check *c, const char *path)
{
    static const char *const suffixes[] = {"-wal", "-shm"};
    struct stat main_file, side;
    c->name = "owners";
    if (stat(path, &main_file) != 0)
        return; /* opening it says why */
    for (int i = 0; i < 2; i++) {
        struct text name = {0}, what = {0};
        text_add_format(&name, "%s%s", path, suffixes[i]);
        if (stat(name.data, &side) == 0 && shuts_out(&main_file, &side)) {
            text_add_format(&what, "%s belongs to %ld:%ld, the database to %ld:%ld", name.data,
                            (long)side.st_uid, (long)side.st_gid, (long)main_file.st_uid,
                            (long)main_file.st_gid);
            report(c, 0, what.data);
        }
        text_free(&name);
        text_free(&what);
    }
}

/* What the next sweep would stumble over. */
static void check_configuration(struct check *c, struct center *center)
{
    c->name = "configuration";
    configured_compare(center, report, c);
    for (int i = 0; i < center->config->level_count; i++) {
        const struct level *level = &center->config->levels[i];
        struct text what = {0};
        text_add_format(&what, "level %s is supervised by \"%s\", which is not an organisation",
                        level->term.code, level->supervisor);
        if (!org_find(center->db, level->supervisor))
            report(c, 0, what.data);
        text_free(&what);
    }
    for (const char *const *code = center->config->conveners; *code; code++) {
        struct text what = {0};
        text_add_format(&what, "convener \"%s\" is not an organisation", *code);
        if (!org_find(center->db, *code))
            report(c, 0, what.data);
        text_free(&what);
    }
    for (const char *const *code = center->config->order.supervisors; *code; code++) {
        struct text what = {0};
        text_add_format(&what, "\"%s\" may order supervision, but is not an organisation", *code);
        if (!org_find(center->db, *code))
            report(c, 0, what.data);
        text_free(&what);
    }
}

/* Proves that no event was changed, removed or moved since the log began; that a month handed over
 * earlier (its last digest) is still a part. */
static void check_log(struct check *c, struct db *db, const char *since)
{
    char head[DIGEST_TEXT_SIZE];
    bool found;
    c->name = "log";
    int64_t wrong = event_verify(db, since, &found, head);
    if (wrong)
        report(c, wrong, "this event does not follow from the one before it");
    else if (since && !found)
        report(c, 0, "no event of the log has the digest named by --since");
    else
        out_print("%s\n", head);
}

static void start_record(void *context, const struct projected *record)
{
    ((struct check *)context)->name = record->check;
}

static void check_records(struct check *c, struct db *db)
{
    replay_start(db, records_projected, start_record, report, c);
    for (int i = 0; records_projected[i]; i++) {
        c->name = records_projected[i]->check;
        replay_compare(db, records_projected[i], report, c);
    }
    replay_end(db);
}

static void check_all(struct check *c)
{
    struct center *center = &c->p.center;
    check_file(c, center->db);
    check_configuration(c, center);
    c->name = "clock";
    soundness_of_time(center, report, c);
    c->name = "heads";
    loghead_check(center->db, report, c);
    loghead_check_day(center, report, c);
    check_records(c, center->db);
    if (!c->p.args.quiet)
        supervision_horizon_warn(center);
    if (!c->p.args.quiet && !c->problems && isatty(STDERR_FILENO))
        warn("%s: schema %d, %lld tickets, no problem%s", db_path(center->db),
             db_schema_version(center->db), (long long)ticket_count(center->db),
             center->demo ? tongue("; a demo center (演示数据)") : "");
}

/* A check may die of what an earlier one found: that is printed all the same. */
static struct out *found;

static void print_found(void)
{
    out_close(found);
    out_finish();
}

int main(int argc, char **argv)
{
    struct check c = {.p = program_start(&program, argc, argv)};
    struct args *args = &c.p.args;
    bool log = false;
    const char *since = NULL;
    for (int key; (key = args_next(args));)
        if (key == KEY_LOG)
            log = true;
        else
            since = args->value;
    if (args->operand_count)
        args_usage(args, "no operand is expected");
    if (since && !log)
        args_usage(args, "--since goes with --log");

    program_print(&c.p, OUT_COLUMNS(columns));
    if (!db_is_served(args_database(args)))
        check_owners(&c, args_database(args));
    c.p.damaged = true;
    program_open(&c.p, NULL, 0);
    permit_need(&c.p.center, "check the center",
                ROLE_OPERATOR | ROLE_APPROVER | ROLE_AUDITOR | ROLE_ADMINISTRATOR, true);
    found = c.p.out;
    die_set_cleanup(print_found);
    if (log)
        check_log(&c, c.p.center.db, since);
    else
        check_all(&c);
    die_set_cleanup(NULL);
    return program_end(&c.p, c.problems ? EXIT_NO : EXIT_DONE);
}
