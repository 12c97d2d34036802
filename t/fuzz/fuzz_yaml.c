/* fuzz_yaml: policies, calendars and the files of the configuration. The first byte of the input
 * says which file it is; the others are those of the tree. What must hold: what a file defines is
 * found by its code, and working days that are added are counted as so many. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "calendar/file.h"
#include "catalogue/rule_file.h"
#include "catalogue/weighing.h"
#include "center/config.h"
#include "center/org_file.h"
#include "criteria/profile_file.h"
#include "harness.h"
#include "policy/file.h"
#include "policy/policy.h"
#include "policy/source_file.h"
#include "policy/taxonomy.h"

/* What the tree ships, for the files that an input does not replace. */
static const char *const shipped[] = {"center.yaml",  "taxonomy.yaml",  "sources.yaml",
                                      "profile.yaml", "industries.csv", "size-classes.yaml",
                                      "headers.yaml"};
enum { SHIPPED = sizeof shipped / sizeof *shipped };
static struct {
    char *bytes;
    size_t size;
} contents[SHIPPED];
static char folder[512];
static struct config *config;
static struct profile profile;
static struct headers headers;

static void make_folder(const char *name)
{
    char path[600];
    const char *work = getenv("FUZZ_WORK");
    snprintf(path, sizeof path, "%s/%s", work ? work : "/tmp", name);
    mkdir(path, 0700);
}

static const char *put(int which)
{
    char name[100];
    snprintf(name, sizeof name, "config/%s", shipped[which]);
    return harness_file(name, contents[which].bytes, contents[which].size);
}

static void take(int which)
{
    char path[600], block[4096];
    const char *from = getenv("QIFU_CONFIG");
    size_t got, size = 0;
    snprintf(path, sizeof path, "%s/%s", from ? from : "share", shipped[which]);
    FILE *file = fopen(path, "rb");
    harness_must(file, "the tree's configuration is in QIFU_CONFIG");
    while ((got = fread(block, 1, sizeof block, file)) > 0) {
        contents[which].bytes = realloc(contents[which].bytes, size + got);
        memcpy(contents[which].bytes + size, block, got);
        size += got;
    }
    contents[which].size = size;
    fclose(file);
}

void harness_begin(void)
{
    const char *work = getenv("FUZZ_WORK");
    make_folder("config");
    make_folder("calendars");
    make_folder("calendars/china");
    snprintf(folder, sizeof folder, "%s/config", work ? work : "/tmp");
    for (int i = 0; i < SHIPPED; i++) {
        take(i);
        put(i);
    }
    config = config_load(folder);
    profile = profilefile_load(config);
    headers = headers_load(config_path(config, "headers.yaml"), "policy", policy_fields());
}

static void read_policy(void *path)
{
    struct arena arena = {0};
    struct policyfile file;
    struct headers here = headers;
    here.folded = (struct text){0};
    policyfile_read(&arena, path, &here, policy_fields(), &profile, &file);
    text_free(&here.folded);
    arena_free(&arena);
}

/* The configuration with an arena of its own: a try that ends early takes back what is in it. */
static struct config config_here(void)
{
    struct config here = *config;
    here.arena = (struct arena){0};
    return here;
}

static void check_days(const struct calendar *calendar)
{
    for (int i = 0; i < 20; i++) {
        int day = 18000 + (int)harness_any(3000), n = 1 + (int)harness_any(40), result;
        if (!calendar_add(calendar, day, n, &result))
            continue;
        harness_must(calendar_count(calendar, day, result) == n,
                     "working days that were added are counted as so many");
        harness_must(calendar_is_working(calendar, result), "the n-th working day is one");
    }
}

static void read_calendar(void *path)
{
    char calendars[600];
    const char *work = getenv("FUZZ_WORK");
    calendarfile_check((char *[]){path}, 1, CALENDAR_NO_DAY);
    snprintf(calendars, sizeof calendars, "%s/calendars", work ? work : "/tmp");
    struct calendarfile *file = calendarfile_load(calendars, "china", CALENDAR_ALL_KNOWN);
    check_days(&file->calendar);
    calendarfile_free(file);
}

static void read_center(void *path)
{
    (void)path;
    struct config *read = config_load(folder);
    for (int i = 0; i < read->kind_count; i++)
        harness_must(config_kind(read, read->kinds[i].term.code), "a kind is found by its code");
    for (int i = 0; i < read->level_count; i++)
        harness_must(config_level(read, read->levels[i].term.code), "a level is found by its code");
    config_nearest_region(read, "古楼区");
    config_free(read);
}

static void read_taxonomy(void *path)
{
    (void)path;
    struct config here = config_here();
    struct taxonomy taxonomy = taxonomy_load(&here);
    for (int i = 0; i < taxonomy.count; i++)
        harness_must(taxonomy_find(&taxonomy, taxonomy.entries[i].term.code),
                     "a class is found by its code");
    taxonomy_nearest(&taxonomy, "贷款");
    taxonomy_free(&taxonomy);
    arena_free(&here.arena);
}

static void read_sources(void *path)
{
    (void)path;
    struct config here = config_here();
    struct sources sources = sourcefile_load(&here);
    for (int i = 0; i < sources.count; i++)
        harness_must(sourcefile_find(&sources, sources.list[i].code) == &sources.list[i],
                     "a source is found by its code");
    sourcefile_free(&sources);
    arena_free(&here.arena);
}

static void read_headers(void *path)
{
    struct headers read = headers_load(path, "policy", policy_fields());
    harness_must(headers_find(&read, policy_fields()[0]) == 0, "a field is its own header");
    headers_free(&read);
}

static const char *no_fact(void *context, const char *name)
{
    (void)context, (void)name;
    return NULL;
}

static void decide(struct rule_set *set)
{
    struct rule_subject subject = {.kind = "complaint",
                                   .channel = "hotline",
                                   .region = "320302",
                                   .title = "货款被拖欠半年",
                                   .body = "对方不签对账单，税务说不归他们管",
                                   .fact = no_fact};
    struct weighing weighing = weighing_new(set);
    struct text why = {0};
    const struct choice choice = weighing_decide(&weighing, &subject);
    for (int i = 0; i < choice.count; i++)
        weighing_explain(&weighing, &subject, choice.best[i].rule, &why);
    rule_closest(set, &subject, &weighing.reading);
    text_free(&why);
    weighing_free(&weighing);
    rule_set_free(set);
}

static void read_catalogue(void *path)
{
    struct rule_set set = rule_file_load(path);
    decide(&set);
}

static void read_kind_rules(void *path)
{
    struct rule_set set = rule_file_load_kinds(path);
    decide(&set);
}

static void read_profile(void *path)
{
    (void)path;
    struct config here = config_here();
    struct profile read = profilefile_load(&here);
    for (int i = 0; i < read.fact_count; i++)
        harness_must((i < read.tag_start ? profile_fact : profile_tag)(&read, read.facts[i].code) ==
                         i,
                     "a fact is found by its code");
    profilefile_free(&read);
    arena_free(&here.arena);
}

static void read_organisations(void *path)
{
    struct arena arena = {0};
    int count;
    orgfile_read(&arena, path, &count);
    orgfile_groups(&arena, path);
    arena_free(&arena);
}

/* In the order in which t/fuzz/corpus numbers them. */
static const struct {
    const char *name;
    void (*read)(void *path);
} kinds[] = {
    {"policy.yaml", read_policy},
    {"calendars/china/a.yaml", read_calendar},
    {"config/center.yaml", read_center},
    {"config/taxonomy.yaml", read_taxonomy},
    {"config/sources.yaml", read_sources},
    {"config/headers.yaml", read_headers},
    {"catalogue.yaml", read_catalogue},
    {"kind-rules.yaml", read_kind_rules},
    {"config/profile.yaml", read_profile},
    {"config/size-classes.yaml", read_profile},
    {"organisations.yaml", read_organisations},
};
enum { KINDS = sizeof kinds / sizeof *kinds };

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    if (size < 1)
        return 0;
    int kind = bytes[0] % KINDS;
    char *path = strdup(harness_file(kinds[kind].name, bytes + 1, size - 1));
    harness_seed(bytes, size);
    harness_try(kinds[kind].read, path);
    free(path);
    for (int i = 0; i < SHIPPED; i++)
        if (!strncmp(kinds[kind].name, "config/", 7) && !strcmp(kinds[kind].name + 7, shipped[i]))
            put(i);
    return 0;
}
