/* Rulings once more: their rows from the events of their tickets. */
#include <string.h>

#include "base/json.h"
#include "catalogue/ruling.h"
#include "center/org.h"

static int64_t org_in(struct db *db, const struct json *data, const char *key)
{
    const char *code = json_text(data, key);
    return code && *code ? org_find(db, code) : 0;
}

/* The dispatch that follows the ruling names lead and assists, or the county's center to which it
 * is handed down. ASSISTS is a JSON list. */
static int64_t read_dispatch(struct db *db, const struct event *ruled, struct text *assists)
{
    int64_t lead = 0;
    struct db_query *q = db_query(db, "SELECT data, type FROM event WHERE ticket_id = ?1"
                                      " AND id > ?2 AND type IN ('dispatched', 'handed-down')"
                                      " ORDER BY id LIMIT 1");
    db_bind(q, 1, ruled->ticket_id);
    db_bind(q, 2, ruled->id);
    struct json *data = db_step(q) ? json_read(db_text(q, 0)) : NULL;
    if (data)
        lead = org_in(db, data, strcmp(db_text(q, 1), "dispatched") ? "center" : "lead");
    for (int i = 0; data && i < json_count(data, "assists"); i++)
        json_list_add(assists, json_text_at(data, "assists", i));
    db_reset(q);
    json_free(data);
    return lead;
}

static void add_words(struct text *list, const struct json *data)
{
    for (int i = 0; i < json_count(data, "words"); i++)
        json_list_add(list, json_text_at(data, "words", i));
}

static const char *or_empty(struct text *list)
{
    const char *json = json_list_end(list);
    return json ? json : "[]";
}

static void make(struct db *db, const struct event *event, const struct json *data)
{
    struct text assists = {0}, words = {0};
    int64_t lead = read_dispatch(db, event, &assists);
    add_words(&words, data);
    struct db_query *q =
        db_query(db, "INSERT INTO ruling (id, ticket_id, at, lead, assists, words, category, basis,"
                     " once, center) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)");
    db_bind_some(q, 1, json_number(data, "ruling"));
    db_bind(q, 2, event->ticket_id);
    db_bind(q, 3, event->at);
    db_bind(q, 4, lead);
    db_bind_text(q, 5, or_empty(&assists));
    db_bind_text(q, 6, or_empty(&words));
    db_bind_text(q, 7, json_text(data, "category"));
    db_bind_text(q, 8, json_text(data, "basis"));
    db_bind(q, 9, json_number(data, "once"));
    db_bind_some(q, 10, org_in(db, data, "center"));
    db_run(q);
    text_free(&assists);
    text_free(&words);
}

static void retire(struct db *db, const struct event *event, const struct json *data)
{
    struct db_query *q =
        db_query(db, "UPDATE ruling SET retired_at = ?2, retired_for = ?3 WHERE id = ?1");
    db_bind(q, 1, json_number(data, "ruling"));
    db_bind(q, 2, event->at);
    db_bind_text(q, 3, json_text(data, "reason"));
    db_run(q);
}

static void replay(struct db *db, compare_report *report, void *context)
{
    struct db_query *q =
        db_query(db, "SELECT id, ticket_id, type, at, recorded_at, actor, data FROM event"
                     " WHERE type = 'ruled' OR type = 'ruling-retired' ORDER BY id");
    (void)report;
    (void)context;
    while (db_step(q)) {
        const struct event event = event_read(q);
        struct json *data = json_read(event.data);
        if (data && !strcmp(event.type, "ruled"))
            make(db, &event, data);
        else if (data)
            retire(db, &event, data);
        json_free(data);
    }
}

const struct projected ruling_projected = {
    .check = "rulings",
    .tables =
        (const struct projected_table[]){{"ruling", "m.id", "''", NULL}, {NULL, NULL, NULL, NULL}},
    .replay = replay};
