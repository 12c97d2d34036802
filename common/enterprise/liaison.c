#include "enterprise/liaison.h"

#include <stdlib.h>
#include <string.h>

#include "base/json.h"
#include "base/text.h"
#include "center/log.h"

const char *const liaison_fields[] = {"name", "org", "phone", "enterprises", NULL};

/* Logs an event of this TYPE with its data: the liaison's number, name and organisation, and the
 * member KEY, a list of codes, or the telephone. */
static void log_liaison(struct center *center, const struct liaison *liaison, const char *type,
                        const char *codes)
{
    struct text data = {0};
    struct db_query *q = db_query(center->db, "SELECT l.name, o.code, l.phone FROM liaison l"
                                              " JOIN org o ON o.id = l.org_id WHERE l.id = ?1");
    db_bind(q, 1, liaison->id);
    json_start(&data);
    json_add_number(&data, "id", liaison->id);
    if (db_step(q)) {
        json_add_text(&data, "name", db_text(q, 0));
        json_add_text(&data, "org", db_text(q, 1));
        if (!codes)
            json_add_text(&data, "phone", db_text(q, 2));
    }
    db_reset(q);
    json_add_raw(&data, "enterprises", codes);
    event_log(center, 0, type, 0, &data);
}

int64_t liaison_find(struct db *db, const char *name, int64_t org)
{
    struct db_query *q = db_query(db, "SELECT id FROM liaison WHERE name = ?1 AND org_id = ?2");
    db_bind_text(q, 1, name);
    db_bind(q, 2, org);
    return db_first(q);
}

static bool insert(struct db *db, const struct liaison *liaison)
{
    struct db_query *q = db_query(db, "INSERT INTO liaison (name, org_id, phone)"
                                      " VALUES (?1, ?2, ?3) ON CONFLICT DO NOTHING");
    db_bind_text(q, 1, liaison->name);
    db_bind(q, 2, liaison->org);
    db_bind_text(q, 3, liaison->phone);
    db_run(q);
    return db_changes(db) > 0;
}

/* False where the telephone is that already. */
static bool change_phone(struct db *db, const struct liaison *liaison)
{
    struct db_query *q =
        db_query(db, "UPDATE liaison SET phone = ?2 WHERE id = ?1 AND phone IS NOT ?2");
    db_bind(q, 1, liaison->id);
    db_bind_text(q, 2, liaison->phone);
    db_run(q);
    return db_changes(db) > 0;
}

bool liaison_save(struct center *center, struct liaison *liaison, bool *added)
{
    *added = insert(center->db, liaison);
    liaison->id = liaison_find(center->db, liaison->name, liaison->org);
    if (*added) {
        log_liaison(center, liaison, "liaison-added", NULL);
        return true;
    }
    if (!liaison->phone || !change_phone(center->db, liaison))
        return false;
    log_liaison(center, liaison, "liaison-changed", NULL);
    return true;
}

/* Adds the enterprise's code to LIST. */
static void add_code(struct db *db, struct text *list, int64_t enterprise)
{
    struct db_query *q = db_query(db, "SELECT code FROM enterprise WHERE id = ?1");
    db_bind(q, 1, enterprise);
    if (db_step(q)) {
        text_add_char(list, list->length ? ',' : '[');
        json_add_string(list, db_text(q, 0));
    }
    db_reset(q);
}

bool liaison_pair(struct center *center, const struct liaison *liaison, const int64_t *enterprises,
                  int count)
{
    struct text codes = {0};
    for (int i = 0; i < count; i++) {
        struct db_query *q = db_query(
            center->db, "INSERT INTO liaison_enterprise (liaison_id, enterprise_id, from_at)"
                        " VALUES (?1, ?2, ?3) ON CONFLICT DO NOTHING");
        db_bind(q, 1, liaison->id);
        db_bind(q, 2, enterprises[i]);
        db_bind(q, 3, center->now);
        db_run(q);
        if (db_changes(center->db))
            add_code(center->db, &codes, enterprises[i]);
    }
    if (!codes.length)
        return false;
    text_add_char(&codes, ']');
    log_liaison(center, liaison, "liaison-paired", codes.data);
    text_free(&codes);
    return true;
}

bool liaison_unpair(struct center *center, const struct liaison *liaison,
                    const int64_t *enterprises, int count)
{
    struct text codes = {0};
    for (int i = 0; i < count; i++) {
        struct db_query *q = db_query(center->db, "DELETE FROM liaison_enterprise"
                                                  " WHERE liaison_id = ?1 AND enterprise_id = ?2");
        db_bind(q, 1, liaison->id);
        db_bind(q, 2, enterprises[i]);
        db_run(q);
        if (db_changes(center->db))
            add_code(center->db, &codes, enterprises[i]);
    }
    if (!codes.length)
        return false;
    text_add_char(&codes, ']');
    log_liaison(center, liaison, "liaison-unpaired", codes.data);
    text_free(&codes);
    return true;
}

bool liaison_exists(struct db *db, int64_t id)
{
    struct db_query *q = db_query(db, "SELECT 1 FROM liaison WHERE id = ?1");
    db_bind(q, 1, id);
    bool found = db_step(q);
    db_reset(q);
    return found;
}

int64_t liaison_count(struct db *db, int64_t id)
{
    struct db_query *q =
        db_query(db, "SELECT count(*) FROM liaison_enterprise WHERE liaison_id = ?1");
    db_bind(q, 1, id);
    return db_first(q);
}

static void bind_filter(struct db_query *q, const struct liaison_filter *filter)
{
    db_bind(q, 1, filter->id);
    db_bind(q, 2, filter->enterprise);
    db_bind(q, 3, filter->fewer);
}

void liaison_each(struct db *db, const struct liaison_filter *filter,
                  void (*take)(void *context, const struct liaison *liaison), void *context)
{
    struct db_query *q = db_query(
        db, "SELECT l.id, l.name, l.org_id, l.phone, count(p.enterprise_id), min(p.from_at)"
            " FROM liaison l LEFT JOIN liaison_enterprise p ON p.liaison_id = l.id"
            " WHERE (?1 = 0 OR l.id = ?1)"
            " AND (?2 = 0 OR l.id IN (SELECT liaison_id FROM liaison_enterprise"
            " WHERE enterprise_id = ?2)) GROUP BY l.id"
            " HAVING ?3 = 0 OR count(p.enterprise_id) < ?3 ORDER BY l.id");
    bind_filter(q, filter);
    while (db_step(q))
        take(context, &(struct liaison){.id = db_number(q, 0),
                                        .name = db_text(q, 1),
                                        .org = db_number(q, 2),
                                        .phone = db_text(q, 3),
                                        .enterprises = db_number(q, 4),
                                        .since = db_number(q, 5)});
}

void liaison_pairs(struct db *db, const struct liaison_filter *filter,
                   void (*take)(void *context, const struct liaison_pair *pair), void *context)
{
    struct db_query *q =
        db_query(db, "SELECT l.id, l.name, l.org_id, e.code, e.name, p.from_at FROM liaison l"
                     " JOIN liaison_enterprise p ON p.liaison_id = l.id"
                     " JOIN enterprise e ON e.id = p.enterprise_id"
                     " WHERE (?1 = 0 OR l.id = ?1)"
                     " AND (?2 = 0 OR p.enterprise_id = ?2) AND (?3 = 0 OR (SELECT count(*)"
                     " FROM liaison_enterprise c WHERE c.liaison_id = l.id) < ?3)"
                     " ORDER BY l.id, e.code");
    bind_filter(q, filter);
    while (db_step(q))
        take(context, &(struct liaison_pair){.id = db_number(q, 0),
                                             .name = db_text(q, 1),
                                             .org = db_number(q, 2),
                                             .code = db_text(q, 3),
                                             .enterprise = db_text(q, 4),
                                             .since = db_number(q, 5)});
}

/* A tag is held on a day by what is known of it last before that day: held, and not run out. */
void liaison_unpaired(struct db *db, const struct unpaired_filter *filter,
                      void (*take)(void *context, const char *code, const char *name,
                                   const char *region),
                      void *context)
{
    struct db_query *q =
        db_query(db, "SELECT e.code, e.name, e.region FROM enterprise e"
                     " WHERE NOT EXISTS (SELECT 1 FROM liaison_enterprise p"
                     " WHERE p.enterprise_id = e.id)"
                     " AND (?1 IS NULL OR (SELECT t.held = 1 AND (t.until_day IS NULL OR"
                     " t.until_day >= ?2) FROM tag t WHERE t.tag = ?1 AND t.enterprise_id = e.id"
                     " AND t.from_day <= ?2 ORDER BY t.from_day DESC LIMIT 1))"
                     " AND (NOT ?3 OR CAST(substr(e.region || '0000', 1, 6) AS INTEGER)"
                     " BETWEEN ?4 AND ?5) ORDER BY e.code");
    db_bind_text(q, 1, filter->tag);
    db_bind(q, 2, filter->day);
    db_bind(q, 3, filter->in_region);
    db_bind(q, 4, filter->region_first);
    db_bind(q, 5, filter->region_last);
    while (db_step(q))
        take(context, db_text(q, 0), db_text(q, 1), db_text(q, 2));
}
