#include "center/create.h"

#include <stdio.h>

#include "base/clock.h"
#include "base/die.h"
#include "base/json.h"
#include "center/center.h"
#include "center/log.h"
#include "center/permit.h"
#include "center/role.h"
#include "center/schema.h"

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
    set_label(db, "level", &(struct term){.code = config_order, .name = config_order_name});
}

/* The center's first event says what it was made as. */
static void log_created(struct center *center)
{
    struct text data = {0};
    json_start(&data);
    json_add_text(&data, "center", center->config->center);
    if (center->demo)
        json_add_number(&data, "demo", 1);
    event_log(center, 0, "center-created", 0, &data);
}

/* Once there are members, the configuration is their administrators'. */
static void need_administrator(struct center *center)
{
    center->self = membership_load(center->db, center->user);
    permit_need(center, "take over the configuration", ROLE_ADMINISTRATOR, false);
    membership_free(&center->self);
}

bool center_create(const char *path, struct config *config, bool demo)
{
    db_create(path, schema);
    struct db *db = db_open(path, schema);
    struct center center = {.config = config, .db = db};
    center_find_user(&center, path);
    center_begin(&center, true);
    /* No words yet: nobody has come to this place with it. */
    bool made = !db_count(db, "SELECT count(*) FROM setting");
    center.demo = made ? demo : center_is_demo(db);
    if (demo && !center.demo)
        die("%s: this center is not a demo, and cannot become one; name another database",
            db_path(db));
    center_check_clock(db_path(db), center.demo);
    if (!made)
        need_administrator(&center);
    copy_words(db, config, center.now);
    if (made && demo)
        set(db, "demo", "1");
    if (made)
        log_created(&center);
    db_commit(db);
    text_free(&center.chain.scratch);
    db_close(db);
    return made;
}
