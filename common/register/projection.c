/* What the events of entries make of their rows. */
#include <string.h>

#include "base/mask.h"
#include "base/text.h"
#include "register/entry.h"

/* What is personal, and texts, which may say who somebody is, stand apart, an object each in a text
 * that is sealed; once it was erased the mark of that stands there. */
struct sealed {
    struct json *private, *texts; /* NULL: none, or erased */
    const char *erased_key;       /* the mark in the place of the texts */
};

static struct json *read_sealed(const struct json *data, const char *member)
{
    const char *text = json_text(data, member);
    return text && !mask_is_erased(text, strlen(text)) ? json_read(text) : NULL;
}

/* The key is said once, by the first event: openly, or among the texts. */
static const char *key_of(const struct json *data, const struct sealed *sealed)
{
    const char *open = json_text(data, "key");
    const char *text = sealed->texts ? json_text(sealed->texts, "key") : NULL;
    return open ? open : text ? text : sealed->erased_key;
}

static void store(struct db *db, const struct event *event, const struct json *data,
                  const struct sealed *sealed)
{
    struct db_query *q = db_query(
        db,
        "INSERT INTO entry (id, register, key, state, ended, org_id, added_at, moved_at, due_at)"
        " VALUES (?1, ?2, ?3, ?4, ?5, (SELECT id FROM org WHERE code = ?6), ?7, ?7, ?8)"
        " ON CONFLICT (id) DO UPDATE SET"
        " key = CASE WHEN entry.key = '' THEN excluded.key ELSE entry.key END,"
        " state = excluded.state, ended = excluded.ended,"
        " org_id = excluded.org_id, moved_at = excluded.moved_at, due_at = excluded.due_at,"
        " ticket_id = CASE WHEN excluded.ended = 0"
        " AND excluded.due_at IS NOT DISTINCT FROM entry.due_at THEN entry.ticket_id END");
    db_bind(q, 1, json_number(data, "entry"));
    db_bind_text(q, 2, json_text(data, "register"));
    const char *key = key_of(data, sealed);
    db_bind_text(q, 3, key ? key : "");
    db_bind_text(q, 4, json_text(data, "state"));
    db_bind(q, 5, json_number(data, "ended"));
    db_bind_text(q, 6, json_text(data, "org"));
    db_bind(q, 7, event->at);
    db_bind_some(q, 8, json_number(data, "due"));
    db_run(q);
}

static void store_move(struct db *db, const struct event *event, const struct json *data)
{
    struct db_query *q = db_query(
        db, "INSERT INTO entry_move (entry_id, number, act, state, at, org_id, text)"
            " SELECT ?1, coalesce((SELECT max(number) FROM entry_move WHERE entry_id = ?1), 0) + 1,"
            " ?2, ?3, ?4, (SELECT id FROM org WHERE code = ?5), ?6");
    db_bind(q, 1, json_number(data, "entry"));
    db_bind_text(q, 2, json_text(data, "act"));
    db_bind_text(q, 3, json_text(data, "state"));
    db_bind(q, 4, event->at);
    db_bind_text(q, 5, json_text(data, "by"));
    db_bind_text(q, 6, json_text(data, "text"));
    db_run(q);
}

/* The text of a value, and as people see it. The member in which it stands says how it is masked
 * (mask_json). */
static const char *read_text(const struct json *value, struct text *shown)
{
    static const struct {
        const char *member;
        void (*mask)(struct text *, const char *);
    } members[] = {{"text", mask_text}, {"person", mask_name}, {"telephone", mask_phone}};
    const char *text = NULL;
    text_clear(shown);
    for (int i = 0; i < 3 && !text; i++)
        if ((text = json_text(value, members[i].member)))
            (json_has(value, "number") ? text_add : members[i].mask)(shown, text);
    return text;
}

static const char *read_apart(const struct json *sealed, const char *field, int64_t place,
                              struct text *shown)
{
    for (int i = 0; sealed && i < json_count(sealed, "values"); i++) {
        const struct json *value = json_object_at(sealed, "values", i);
        const char *of = json_text(value, "field");
        if (of && !strcmp(of, field) && json_number(value, "place") == place)
            return read_text(value, shown);
    }
    text_clear(shown);
    text_add(shown, MASK_ERASED);
    return MASK_ERASED;
}

static void clear_field(struct db *db, int64_t entry, const char *field)
{
    struct db_query *q = db_query(db, "DELETE FROM entry_value WHERE entry_id = ?1 AND field = ?2");
    db_bind(q, 1, entry);
    db_bind_text(q, 2, field);
    db_run(q);
}

static void store_value(struct db *db, int64_t entry, const struct sealed *sealed,
                        const struct json *value)
{
    const char *field = json_text(value, "field");
    int64_t place = json_number(value, "place");
    bool is_private = json_number(value, "private") != 0;
    bool apart = is_private || json_number(value, "sealed") != 0;
    if (place <= 1)
        clear_field(db, entry, field);
    if (!place) /* it has none any more */
        return;
    struct text shown = {0};
    const char *text =
        apart ? read_apart(is_private ? sealed->private : sealed->texts, field, place, &shown)
              : read_text(value, &shown);
    struct db_query *q = db_query(
        db, "INSERT INTO entry_value (entry_id, field, place, text, shown, number, private)"
            " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7) ON CONFLICT (entry_id, field, place)"
            " DO UPDATE SET text = excluded.text, shown = excluded.shown,"
            " number = excluded.number");
    db_bind(q, 1, entry);
    db_bind_text(q, 2, field);
    db_bind(q, 3, place);
    db_bind_text(q, 4, text);
    db_bind_text(q, 5, text_string(&shown));
    if (json_has(value, "number"))
        db_bind(q, 6, json_number(value, "number"));
    db_bind(q, 7, is_private);
    db_run(q);
    text_free(&shown);
}

static void apply_said(struct db *db, const struct event *event, const struct json *data)
{
    struct sealed sealed = {.private = read_sealed(data, "private"),
                            .texts = read_sealed(data, "texts"),
                            .erased_key = json_text(data, "texts")};
    store(db, event, data, &sealed);
    store_move(db, event, data);
    for (int i = 0; i < json_count(data, "values"); i++)
        store_value(db, json_number(data, "entry"), &sealed, json_object_at(data, "values", i));
    json_free(sealed.private);
    json_free(sealed.texts);
}

static void apply_supervised(struct db *db, const struct event *event, const struct json *data)
{
    struct db_query *q = db_query(db, "UPDATE entry SET ticket_id = ?2 WHERE id = ?1");
    (void)event;
    db_bind(q, 1, json_number(data, "entry"));
    db_bind(q, 2, json_number(data, "ticket"));
    db_run(q);
}

#define CALLED "(SELECT register || ' ' || key FROM entry WHERE id = m.entry_id)"

const struct projected entry_projected = {
    .check = "registers",
    .tables =
        (const struct projected_table[]){{"entry", "m.id", "m.register || ' ' || m.key", NULL},
                                         {"entry_value", "m.entry_id", CALLED, NULL},
                                         {"entry_move", "m.entry_id", CALLED, NULL},
                                         {NULL, NULL, NULL, NULL}},
    .effects = (const struct projected_effect[]){{"entry-added", apply_said},
                                                 {"entry-continued", apply_said},
                                                 {"entry-corrected", apply_said},
                                                 {"entry-acted", apply_said},
                                                 {"entry-supervised", apply_supervised},
                                                 {NULL, NULL}}};

/* Only what events say: the entry itself stays, since others point to it, but for its key, which
 * may have been erased. */
static void clear(struct db *db, int64_t id)
{
    struct db_query *q = db_query(db, "UPDATE entry SET key = '' WHERE id = ?1");
    db_bind(q, 1, id);
    db_run(q);
    q = db_query(db, "DELETE FROM entry_value WHERE entry_id = ?1");
    db_bind(q, 1, id);
    db_run(q);
    q = db_query(db, "DELETE FROM entry_move WHERE entry_id = ?1");
    db_bind(q, 1, id);
    db_run(q);
}

void entry_rebuild(struct db *db, int64_t id)
{
    clear(db, id);
    struct db_query *q =
        db_query(db, "SELECT id, ticket_id, type, at, recorded_at, actor, data FROM event"
                     " WHERE " ENTRY_EVENTS " AND " ENTRY_OF_EVENT " = ?1 ORDER BY id");
    db_bind(q, 1, id);
    while (db_step(q)) {
        const struct event event = event_read(q);
        projected_apply(db, &entry_projected, &event);
    }
}
