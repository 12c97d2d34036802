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
    /* No event yet: nobody has come to this place with it. */
    bool made = !db_count(db, "SELECT count(*) FROM event");
    center.demo = made ? demo : center_is_demo(db);
    if (demo && !center.demo)
        die("%s: this center is not a demo, and cannot become one; name another database",
            db_path(db));
    center_check_clock(db_path(db), center.demo);
    if (!made)
        need_administrator(&center);
    if (made && demo)
        set(db, "demo", "1");
    if (made)
        log_created(&center);
    db_commit(db);
    text_free(&center.chain.scratch);
    db_close(db);
    return made;
}
