#include "center/erase.h"

#include <stdlib.h>
#include <string.h>

#include "base/json.h"
#include "base/mask.h"
#include "center/seal_kept.h"

/* A text that the event has: as it is sealed, and the mark that is to stand in its place. */
struct sealed {
    const char *value, *mark; /* NULL: it has none; it stays */
    size_t length;
};

struct erasing {
    struct center *center;
    const struct erase_event *of;
    struct sealed texts[SEAL_KEYS];
    bool any;
};

static void find_texts(struct erasing *e, erase_choose *choose, void *context)
{
    const struct log_content *content = e->of->content;
    struct json *data = json_read(e->of->event.data);
    struct log_member member;
    for (const char *at = e->of->event.data; log_form_next(&at, &member);)
        e->texts[member.key] = (struct sealed){.value = member.value, .length = member.length};
    for (int key = 0; key < SEAL_KEYS; key++) {
        struct sealed *text = &e->texts[key];
        const char *said = text->value ? json_text(data, seal_name(key)) : NULL;
        if (content && key < SEAL_FIELDS && content->sealed[key]) {
            said = text->value = content->sealed[key];
            text->length = strlen(said);
        }
        if (said && !mask_is_erased(said, strlen(said)) && strcmp(said, SEAL_ERASED_EXTRA) != 0)
            text->mark = choose(context, &e->of->event, key, said);
        e->any = e->any || text->mark;
    }
    json_free(data);
}

static void keep(struct erasing *e, struct db_query *q, int key, const void *bytes, size_t size)
{
    db_bind(q, 1, e->of->event.id);
    db_bind(q, 2, key);
    db_bind_bytes(q, 3, bytes, size);
    db_run(q);
}

/* Of each text that is there the seal or the salt, unless it is there from the last time. */
static void keep_seals(struct erasing *e)
{
    struct db *db = e->center->db;
    struct seals seals = {.kept_count = 0};
    struct seal_kept *kept = seal_kept_of_event(db, &seals, e->of->event.id);
    memcpy(seals.seed, e->of->seed, SEED_SIZE);
    for (int key = 0; key < SEAL_KEYS; key++) {
        const struct sealed *text = &e->texts[key];
        uint8_t seal[DIGEST_SIZE], salt[SEED_SIZE];
        if (text->mark) {
            seal_of(&seals, key, text->value, text->length, seal);
            keep(e,
                 db_query(db, "INSERT INTO erasure (event_id, key, seal) VALUES (?1, ?2, ?3)"
                              " ON CONFLICT (event_id, key) DO UPDATE"
                              " SET seal = excluded.seal, salt = NULL"),
                 key, seal, sizeof seal);
        } else if (text->value && !seal_kept_of(&seals, key)) {
            seal_salt(&seals, key, salt);
            keep(e, db_query(db, "INSERT INTO erasure (event_id, key, salt) VALUES (?1, ?2, ?3)"),
                 key, salt, sizeof salt);
        }
    }
    free(kept);
}

static void write_data(const struct erasing *e, struct text *out)
{
    struct log_member member;
    const char *from = e->of->event.data; /* not yet written */
    for (const char *at = from; log_form_next(&at, &member);) {
        if (!e->texts[member.key].mark)
            continue;
        text_add_bytes(out, from, (size_t)(member.value - from));
        json_add_string(out, e->texts[member.key].mark);
        from = at;
    }
    text_add(out, from);
}

static void store(const struct erasing *e, const char *data)
{
    struct db_query *q =
        db_query(e->center->db, "UPDATE event SET data = ?2, seed = ?3 WHERE id = ?1");
    db_bind(q, 1, e->of->event.id);
    db_bind_text(q, 2, data);
    db_bind_bytes(q, 3, "", 0);
    db_run(q);
}

/* What was masked may be gone: then the data show themselves. */
static void store_shown(const struct erasing *e, const char *data)
{
    struct text masked = {0};
    struct db *db = e->center->db;
    mask_json(&masked, data);
    bool same = !strcmp(text_string(&masked), data);
    struct db_query *q =
        same ? db_query(db, "DELETE FROM event_shown WHERE event_id = ?1")
             : db_query(db, "INSERT INTO event_shown (event_id, data) VALUES (?1, ?2)"
                            " ON CONFLICT (event_id) DO UPDATE SET data = excluded.data");
    db_bind(q, 1, e->of->event.id);
    if (!same)
        db_bind_text(q, 2, masked.data);
    db_run(q);
    text_free(&masked);
}

enum erase_result erase_event(struct center *center, const struct erase_event *event,
                              erase_choose *choose, void *context)
{
    struct erasing e = {.center = center, .of = event};
    struct text data = {0};
    find_texts(&e, choose, context);
    if (!e.any)
        return ERASE_NONE;
    if (!event->seed)
        return ERASE_UNSEALED;
    keep_seals(&e);
    write_data(&e, &data);
    store(&e, data.data);
    store_shown(&e, data.data);
    text_free(&data);
    return ERASE_DONE;
}
