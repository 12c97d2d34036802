#include "center/calendar_replay.h"

static void make(struct db *db, const struct json *told)
{
    struct db_query *q = db_query(db, "INSERT INTO calendar_version (id, name, horizon, digest,"
                                      " first_used_at) VALUES (?1, ?2, ?3, ?4, ?5)");
    db_bind(q, 1, json_number(told, "calendar"));
    db_bind_text(q, 2, json_text(told, "name"));
    db_bind_text(q, 3, json_text(told, "horizon"));
    db_bind_text(q, 4, json_text(told, "digest"));
    db_bind(q, 5, json_number(told, "first_used"));
    db_run(q);
}

/* Quotes in a text are written \", so no text can hold these. */
static void replay(struct db *db, compare_report *report, void *context)
{
    struct db_query *q =
        db_query(db, "SELECT id, data FROM event WHERE instr(data, '\"first_used\":') > 0 UNION ALL"
                     " SELECT 9223372036854775807, '{\"rows\":[' || data || ']}' FROM upgrade_event"
                     " WHERE instr(data, '\"first_used\":') > 0 ORDER BY 1");
    (void)report;
    (void)context;
    while (db_step(q)) {
        struct json *data = json_read(db_text(q, 1));
        for (int i = 0; data && i < json_count(data, "rows"); i++) {
            const struct json *told = json_object_at(data, "rows", i);
            if (told && json_has(told, "first_used"))
                make(db, told);
        }
        json_free(data);
    }
}

const struct projected calendar_projected = {
    .check = "calendars",
    .tables = (const struct projected_table[]){{"calendar_version", "m.id", "'calendar'", NULL},
                                               {NULL, NULL, NULL, NULL}},
    .replay = replay};
