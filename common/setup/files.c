#include "setup/files.h"

#include <unistd.h>

#include "act/desk.h"
#include "ballot/ballot.h"
#include "base/attempt.h"
#include "base/die.h"
#include "calendar/file.h"
#include "catalogue/rule_file.h"
#include "center/member.h"
#include "center/org_field.h"
#include "center/org_file.h"
#include "cli/headers.h"
#include "criteria/profile_file.h"
#include "enterprise/association.h"
#include "enterprise/enterprise.h"
#include "enterprise/liaison.h"
#include "knowledge/kb.h"
#include "notice/address.h"
#include "notice/template.h"
#include "opinion/consultation.h"
#include "opinion/consultation_act.h"
#include "opinion/survey.h"
#include "policy/act.h"
#include "policy/policy.h"
#include "policy/source_file.h"
#include "policy/taxonomy.h"
#include "register/duty.h"
#include "register/registry.h"
#include "register/watch.h"
#include "report/topic.h"
#include "supervision/accountability.h"
#include "ticket/lesson.h"
#include "ticket/ticket.h"

static void read_center(void *config)
{
    config_free(config_load(((struct config *)config)->directory));
}

static void read_headers(void *config)
{
    const struct {
        const char *record;
        const char *const *fields;
    } records[] = {{"ticket", ticket_fields()},
                   {"org", org_fields()},
                   {"member", member_fields},
                   {"act", act_fields},
                   {"lesson", lesson_fields},
                   {"policy", policy_fields()},
                   {"policy-event", policyact_fields},
                   {"enterprise", enterprise_fields()},
                   {"association", association_fields},
                   {"liaison", liaison_fields},
                   {"address", address_fields()},
                   {"survey", survey_fields},
                   {"ballot", ballot_fields},
                   {"knowledge", kb_fields},
                   {"opinion", opinion_fields},
                   {"decision", decision_fields},
                   {"accountability", accountability_fields},
                   {"entry", registry_row}};
    const char *path = config_path(config, "headers.yaml");
    for (size_t i = 0; i < sizeof records / sizeof *records; i++) {
        struct headers headers = headers_load(path, records[i].record, records[i].fields);
        headers_free(&headers);
    }
}

static void read_kind_rules(void *config)
{
    struct center center = {.config = config};
    struct intake intake = intake_new(&center);
    intake_check_rules(&intake);
    intake_free(&intake);
}

static void read_calendars(void *config)
{
    calendarfile_free(calendarfile_load(config_path(config, "calendars"),
                                        ((struct config *)config)->calendar, CALENDAR_ALL_KNOWN));
}

static void read_organisations(void *config)
{
    struct arena arena = {0};
    int count;
    orgfile_read(&arena, config_path(config, "organisations.yaml"), &count);
    arena_free(&arena);
}

static void read_catalogue(void *config)
{
    struct rule_set catalogue = rule_file_load(config_path(config, "catalogue.yaml"));
    rule_set_free(&catalogue);
}

static void read_county_catalogues(void *config)
{
    const struct config *c = config;
    for (int i = 0; i < c->county_count; i++) {
        const char *file = c->counties[i].catalogue;
        struct rule_set catalogue = {0};
        if (file)
            catalogue = rule_file_load(config_path(config, file));
        rule_set_free(&catalogue);
    }
}

static void read_profile(void *config)
{
    struct profile profile = profilefile_load(config);
    profilefile_free(&profile);
}

static void read_templates(void *config)
{
    templates_free(templates_load(config));
}

static void read_taxonomy(void *config)
{
    struct taxonomy taxonomy = taxonomy_load(config);
    taxonomy_free(&taxonomy);
}

static void read_sources(void *config)
{
    struct sources sources = sourcefile_load(config);
    sourcefile_free(&sources);
}

static void read_ballots(void *config)
{
    struct ballotfile ballots = ballotfile_load(config, NULL);
    ballotfile_free(&ballots);
}

static void read_registers(void *config)
{
    registry_all(config);
}

/* They name registers, peer groups and tags: their faults are told once those have none. */
static void read_duties(void *config)
{
    struct duty_set duties = duty_load(config);
    duty_free(&duties);
}

/* They name classes of the taxonomy: the same. */
static void read_topics(void *config)
{
    topics_check(config);
}

/* Its rules name facts and titles of the profile. */
static void read_watch(void *config)
{
    struct profile profile = profilefile_load(config);
    struct watch_set rules = watch_load(config, &profile);
    watch_free(&rules);
    profilefile_free(&profile);
}

/* Those that name what the others hold. */
static int read_naming(struct config *config)
{
    void (*const files[])(void *) = {read_duties, read_topics, read_watch};
    int worst = EXIT_DONE;
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        int status = attempt(files[i], config);
        worst = status > worst ? status : worst;
    }
    return worst;
}

int setup_check_files(const char *directory, bool *loads)
{
    static const struct {
        void (*read)(void *);
        bool alone; /* needs nothing of center.yaml */
        bool loads; /* what goes into the database is in it, or needed for it */
    } files[] = {{read_headers, true, false},           {read_kind_rules, false, false},
                 {read_organisations, true, true},      {read_catalogue, true, true},
                 {read_county_catalogues, false, true}, {read_calendars, false, true},
                 {read_profile, false, false},          {read_taxonomy, true, false},
                 {read_templates, true, false},         {read_sources, true, false},
                 {read_ballots, true, false},           {read_registers, false, false}};
    struct config bare = {.directory = directory};
    int worst = attempt(read_center, &bare);
    bool whole = !worst;
    struct config *config = whole ? config_load(directory) : &bare;
    *loads = whole;
    if (access(config_path(config, "center.yaml"), F_OK) != 0) {
        arena_free(&bare.arena); /* no configuration is there */
        return worst;
    }
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        int status = whole || files[i].alone ? attempt(files[i].read, config) : EXIT_DONE;
        worst = status > worst ? status : worst;
        *loads = *loads && !(status && files[i].loads);
    }
    if (!worst)
        worst = read_naming(config);
    if (whole)
        config_free(config);
    arena_free(&bare.arena);
    return worst;
}
