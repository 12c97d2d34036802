/* center-init: creates a center's database, and copies the configuration's words and organisations
 * into it. Running it again on an existing database brings those up to date. */
#include <stdio.h>

#include "args.h"
#include "calendarfile.h"
#include "center.h"
#include "clock.h"
#include "config.h"
#include "die.h"
#include "headers.h"
#include "org.h"
#include "orgfile.h"
#include "route.h"
#include "supervision.h"

static const char *const synopsis[] = {"[-nq] [-d FILE] [-C DIR]", NULL};
static const struct args_program program = {
    .name = "center-init",
    .synopsis = synopsis,
    .purpose = "Create the center's database and load the configuration and the organisations.",
};

struct counts {
    long added, changed, bad;
};

static struct counts load_organisations(struct center *center)
{
    struct arena arena = {0};
    struct counts counts = {0};
    int count;
    const char *path = config_path(center->config, "organisations.yaml");
    struct org *orgs = orgfile_read(&arena, path, &count);
    for (int i = 0; i < count; i++) {
        char fault[256];
        enum org_result result = org_save(center, &orgs[i], fault, sizeof fault);
        counts.added += result == ORG_ADDED;
        counts.changed += result == ORG_CHANGED;
        if (result == ORG_REFUSED) {
            warn("%s: organisation %s: %s", path, orgs[i].code, fault);
            counts.bad++;
        }
    }
    arena_free(&arena);
    return counts;
}

/* Everything that later programs rely on is looked at now: a fault dies here, not at night. */
static void check_configuration(struct center *center)
{
    struct ladder ladder = ladder_new(center);
    struct dispatcher dispatcher = dispatcher_new(center);
    struct intake intake = intake_new(center);
    intake_check_rules(&intake);
    struct headers headers =
        headers_load(config_path(center->config, "headers.yaml"), "ticket", ticket_fields);
    headers_free(&headers);
    intake_free(&intake);
    dispatcher_free(&dispatcher);
    ladder_free(&ladder);
}

int main(int argc, char **argv)
{
    struct args args = args_start(&program, argc, argv);
    struct config *config = config_load(args_config(&args));
    args_next(&args);
    if (args.operand_count)
        args_usage(&args, "no operand is expected");

    const char *path = args_database(&args);
    if (args.dry_run) {
        out_print("%s\t%s\n", path, config->center);
    } else {
        bool made = center_create(path, config, args_user(), clock_now());
        struct center center = center_open(path, config, args_user(), clock_now());
        db_begin(center.db);
        struct counts counts = load_organisations(&center);
        if (counts.bad)
            die("nothing was loaded");
        check_configuration(&center);
        db_commit(center.db);
        if (!args.quiet)
            out_print("%s\t%s\t%ld organisations added, %ld changed\n", path,
                      made ? "created" : "up to date", counts.added, counts.changed);
        center_close(&center);
    }
    config_free(config);
    args_free(&args);
    out_finish();
    return EXIT_DONE;
}
