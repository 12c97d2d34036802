#include "center/center.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/caller.h"
#include "base/clock.h"
#include "base/day.h"
#include "base/die.h"
#include "base/mem.h"
#include "center/org.h"
#include "center/schema.h"
#include "center/told.h"

static const char DEMO[] = "SELECT count(*) FROM setting WHERE name = 'demo'";

static bool may_pass_names(const struct center *center)
{
    for (const char *const *one = center->config->name_passers; *one; one++)
        if (!strcmp(*one, center->user))
            return true;
    return false;
}

/* The name that a web server or a mail gate passes on. */
static const char *passed_name(const struct center *center)
{
    const char *name = getenv("QIFU_MEMBER");
    if (!may_pass_names(center) || !name || !*name)
        return NULL;
    if (!membership_is_name(name))
        die("QIFU_MEMBER is no name: at most %d bytes of UTF-8, all of them seen",
            MEMBERSHIP_LONGEST_NAME);
    return name;
}

void center_find_user(struct center *center, const char *path)
{
    const char *role = db_user(center->db), *vouched = caller_vouched(), *passed;
    bool owns = db_is_served(path) ? !role : caller_owns(path);
    center->user = role ? role : vouched && owns ? vouched : caller_name();
    if ((passed = passed_name(center))) {
        center->via = center->user;
        center->user = passed;
    }
}

struct center center_open(const char *path, struct config *config, int64_t now)
{
    struct center center = {.config = config, .now = now, .has_suspensions = -1};
    center.calendars = mem_zero(1, sizeof *center.calendars);
    center.db = db_open(path, schema);
    center_find_user(&center, path);
    if (db_looks_ahead(center.db)) {
        org_table_ahead(center.db);
        db_ahead(db_query(center.db, DEMO));
        membership_ahead(center.db, center.user);
    }
    center.demo = center_is_demo(center.db);
    center.self = membership_load(center.db, center.user);
    return center;
}

const char *center_title(const struct center *center)
{
    struct config *config = center->config;
    return center->demo ? arena_format(&config->arena, "%s（演示数据）", config->center)
                        : config->center;
}

bool center_is_demo(struct db *db)
{
    return db_count(db, DEMO) > 0;
}

void center_check_clock(const char *path, bool demo)
{
    if (clock_is_set() && !demo)
        die("%s: --now and QIFU_NOW are for questions and dry runs (-n): what is written bears the"
            " machine's time; --at says when something happened, and center-init --demo makes a"
            " center whose clock they set",
            path);
}

void center_begin(struct center *center, bool dry_run)
{
    if (!dry_run)
        center_check_clock(db_path(center->db), center->demo);
    if (center->calendars)       /* it is being made otherwise */
        center_calendar(center); /* no lock is held while files are read */
    db_begin(center->db);
    center->now = clock_read();
}

bool center_pass_on(struct center *center, const char *name, struct center_self *own)
{
    *own = (struct center_self){center->user, center->via, center->self};
    if (!may_pass_names(center))
        return false;
    center->via = center->user;
    center->user = name;
    center->self = membership_load(center->db, name);
    return true;
}

void center_pass_back(struct center *center, struct center_self *own)
{
    membership_free(&center->self);
    center->user = own->user;
    center->via = own->via;
    center->self = own->self;
}

void center_close(struct center *center)
{
    text_free(&center->chain.scratch);
    membership_free(&center->self);
    db_close(center->db);
    if (*center->calendars)
        calendarfile_free(*center->calendars);
    free(center->calendars);
}

const struct calendar *center_calendar(const struct center *center)
{
    if (!*center->calendars)
        *center->calendars = calendarfile_load(config_path(center->config, "calendars"),
                                               center->config->calendar, CALENDAR_ALL_KNOWN);
    return &(*center->calendars)->calendar;
}

/* The calendar's digest takes a pass over all its days: once a run is enough. */
static const char *digest_of_calendar(struct center *center)
{
    if (!*center->calendar_digest)
        snprintf(center->calendar_digest, sizeof center->calendar_digest, "%016" PRIx64,
                 calendar_digest(center_calendar(center)));
    return center->calendar_digest;
}

static struct db_query *ask_calendar_version(struct center *center)
{
    struct db_query *q = db_query(center->db, "SELECT id FROM calendar_version WHERE digest = ?1");
    db_bind_text(q, 1, digest_of_calendar(center));
    return q;
}

void center_calendar_version_ahead(struct center *center)
{
    if (center->calendar_found != db_transaction(center->db))
        db_ahead(ask_calendar_version(center));
}

int64_t center_find_calendar_version(struct center *center)
{
    return db_first(ask_calendar_version(center));
}

static int64_t add_calendar_version(struct center *center)
{
    const struct calendar *calendar = center_calendar(center);
    char horizon[DAY_TEXT_SIZE];
    struct db_query *q =
        db_query(center->db, "INSERT INTO calendar_version (name, horizon, digest,"
                             " first_used_at) VALUES (?1, ?2, ?3, ?4) RETURNING id");
    db_bind_text(q, 1, calendar->name);
    db_bind_text(q, 2, day_print(calendar->horizon, horizon));
    db_bind_text(q, 3, digest_of_calendar(center));
    db_bind(q, 4, center->now);
    int64_t id = db_first(q);
    struct text *row = told_start(center->db, 0, "calendar", id);
    json_add_text(row, "name", calendar->name);
    json_add_text(row, "horizon", horizon);
    json_add_text(row, "digest", digest_of_calendar(center));
    json_add_number(row, "first_used", center->now);
    told_end(row);
    return id;
}

int64_t center_calendar_version(struct center *center)
{
    if (center->calendar_id && center->calendar_found == db_transaction(center->db))
        return center->calendar_id;
    center->calendar_id = center_find_calendar_version(center);
    if (!center->calendar_id)
        center->calendar_id = add_calendar_version(center);
    center->calendar_found = db_transaction(center->db);
    return center->calendar_id;
}
