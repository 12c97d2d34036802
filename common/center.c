#include "center.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#include "clock.h"
#include "day.h"
#include "event.h"
#include "json.h"
#include "schema.h"

static void set(struct db *db, const char *name, const char *value)
{
    struct db_query *q = db_query(db, "INSERT INTO setting (name, value) VALUES (?1, ?2)"
                                      " ON CONFLICT (name) DO UPDATE SET value = excluded.value");
    db_bind_text(q, 1, name);
    db_bind_text(q, 2, value);
    db_run(q);
}

static void set_label(struct db *db, const char *domain, const struct term *term)
{
    struct db_query *q =
        db_query(db, "INSERT INTO label (domain, code, name) VALUES (?1, ?2, ?3)"
                     " ON CONFLICT (domain, code) DO UPDATE SET name = excluded.name");
    db_bind_text(q, 1, domain);
    db_bind_text(q, 2, term->code);
    db_bind_text(q, 3, term->name);
    db_run(q);
}

/* The views print in the zone's present offset; results of the programs do not depend on it. */
static void copy_words(struct db *db, const struct config *config, int64_t now)
{
    char iso[CLOCK_TEXT_SIZE], offset[24];
    clock_print(now, iso);
    snprintf(offset, sizeof offset, "%d", clock_offset(now));
    set(db, "center", config->center);
    set(db, "utc_offset", offset);
    set(db, "utc_offset_text", iso + 19);
    for (int i = 0; i < config->kind_count; i++)
        set_label(db, "kind", &config->kinds[i].term);
    for (int i = 0; i < config->channel_count; i++)
        set_label(db, "channel", &config->channels[i]);
    for (int i = 0; i < config->region_count; i++)
        set_label(db, "region", &config->regions[i]);
    for (int i = 0; i < config->level_count; i++)
        set_label(db, "level", &config->levels[i].term);
}

bool center_create(const char *path, struct config *config, const char *user, int64_t now)
{
    bool made = db_create(path, schema);
    struct db *db = db_open(path, schema);
    struct center center = {.config = config, .db = db, .now = now, .user = user};
    db_begin(db);
    copy_words(db, config, now);
    if (made) {
        struct text data = {0};
        json_start(&data);
        json_add_text(&data, "center", config->center);
        json_end(&data);
        event_add(&center, &(struct event){.type = "center-created",
                                           .at = now,
                                           .recorded_at = now,
                                           .actor = user,
                                           .data = data.data});
        text_free(&data);
    }
    db_commit(db);
    text_free(&center.chain.scratch);
    db_close(db);
    return made;
}

struct center center_open(const char *path, struct config *config, const char *user, int64_t now)
{
    struct center center = {.config = config, .now = now, .user = user, .has_suspensions = -1};
    center.calendars =
        calendarfile_load(config_path(config, "calendars"), config->calendar, CALENDAR_ALL_KNOWN);
    center.db = db_open(path, schema);
    return center;
}

void center_close(struct center *center)
{
    text_free(&center->chain.scratch);
    db_close(center->db);
    calendarfile_free(center->calendars);
}

const struct calendar *center_calendar(const struct center *center)
{
    return &center->calendars->calendar;
}

/* The calendar's digest takes a pass over all its days: once a run is enough. */
static const char *digest_of_calendar(struct center *center)
{
    if (!*center->calendar_digest)
        snprintf(center->calendar_digest, sizeof center->calendar_digest, "%016" PRIx64,
                 calendar_digest(center_calendar(center)));
    return center->calendar_digest;
}

int64_t center_find_calendar_version(struct center *center)
{
    struct db_query *q = db_query(center->db, "SELECT id FROM calendar_version WHERE digest = ?1");
    db_bind_text(q, 1, digest_of_calendar(center));
    int64_t id = db_step(q) ? db_number(q, 0) : 0;
    db_reset(q);
    return id;
}

int64_t center_calendar_version(struct center *center)
{
    int64_t id = center_find_calendar_version(center);
    if (id)
        return id;
    char horizon[DAY_TEXT_SIZE];
    struct db_query *q = db_query(center->db, "INSERT INTO calendar_version (name, horizon, digest,"
                                              " first_used_at) VALUES (?1, ?2, ?3, ?4)");
    db_bind_text(q, 1, center_calendar(center)->name);
    db_bind_text(q, 2, day_print(center_calendar(center)->horizon, horizon));
    db_bind_text(q, 3, digest_of_calendar(center));
    db_bind(q, 4, center->now);
    db_run(q);
    return db_last_id(center->db);
}
