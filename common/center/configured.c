#include "center/configured.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/die.h"
#include "base/json.h"
#include "center/config_files.h"

/* ---- what the event does */

static void store(struct db *db, const char *file, const char *digest)
{
    struct db_query *q = db_query(db, "INSERT INTO configured (file, digest) VALUES (?1, ?2)"
                                      " ON CONFLICT (file) DO UPDATE SET digest = excluded.digest");
    db_bind_text(q, 1, file);
    db_bind_text(q, 2, digest);
    db_run(q);
}

static void set(struct db *db, const char *name, const char *value)
{
    struct db_query *q = db_query(db, "INSERT INTO setting (name, value) VALUES (?1, ?2)"
                                      " ON CONFLICT (name) DO UPDATE SET value = excluded.value");
    db_bind_text(q, 1, name);
    db_bind_text(q, 2, value);
    db_run(q);
}

static void set_label(struct db *db, const char *domain, const char *code, const char *name)
{
    struct db_query *q =
        db_query(db, "INSERT INTO label (domain, code, name) VALUES (?1, ?2, ?3)"
                     " ON CONFLICT (domain, code) DO UPDATE SET name = excluded.name");
    db_bind_text(q, 1, domain);
    db_bind_text(q, 2, code);
    db_bind_text(q, 3, name);
    db_run(q);
}

static void apply_words(struct db *db, const struct event *event, const struct json *data)
{
    (void)event;
    for (int i = 0; i < json_count(data, "settings"); i++) {
        const struct json *said = json_object_at(data, "settings", i);
        set(db, json_text(said, "name"), json_text(said, "value"));
    }
    for (int i = 0; i < json_count(data, "labels"); i++) {
        const struct json *said = json_object_at(data, "labels", i);
        set_label(db, json_text(said, "of"), json_text(said, "code"), json_text(said, "name"));
    }
}

/* Until it is written it says nothing, and the words are as they are. */
static void apply_stated(struct db *db, const struct event *event, const struct json *data)
{
    struct text sql = {0};
    if (event->id != EVENT_TO_COME) {
        apply_words(db, event, data);
        return;
    }
    text_add_format(&sql, "INSERT INTO setting SELECT * FROM %s.setting WHERE name <> 'demo'",
                    db_side(db, false));
    db_run(db_query_built(db, sql.data));
    text_clear(&sql);
    text_add_format(&sql, "INSERT INTO label SELECT * FROM %s.label", db_side(db, false));
    db_run(db_query_built(db, sql.data));
    text_free(&sql);
}

/* As a demo or not a center is made, before its first event. */
static void apply_created(struct db *db, const struct event *event, const struct json *data)
{
    (void)event;
    if (json_number(data, "demo"))
        set(db, "demo", "1");
}

static void apply(struct db *db, const struct event *event, const struct json *data)
{
    apply_words(db, event, data);
    for (int i = 0; i < json_count(data, "files"); i++) {
        const struct json *file = json_object_at(data, "files", i);
        store(db, json_text(file, "file"), json_text(file, "sm3"));
    }
    for (int i = 0; i < json_count(data, "gone"); i++) {
        struct db_query *q = db_query(db, "DELETE FROM configured WHERE file = ?1");
        db_bind_text(q, 1, json_text_at(data, "gone", i));
        db_run(q);
    }
}

const struct projected configured_projected = {
    .check = "configuration",
    .tables = (const struct projected_table[]){{"configured", "0", "m.file", NULL},
                                               {"setting", "0", "m.name", "m.name = 'to_forget'"},
                                               {"label", "0", "m.domain || ' ' || m.code", NULL},
                                               {NULL, NULL, NULL, NULL}},
    .effects = (const struct projected_effect[]){{"center-created", apply_created},
                                                 {"configured", apply},
                                                 {"words-stated", apply_stated},
                                                 {NULL, NULL}}};

/* ---- taking over */

/* The files that were taken over, in order. */
static struct config_files read_taken(struct db *db, struct arena *arena)
{
    struct config_files files = {.list = NULL};
    struct db_query *q = db_query(db, "SELECT file, digest FROM configured ORDER BY file");
    for (; db_step(q); files.count++) {
        files.list = mem_grow(files.list, files.count, sizeof *files.list);
        struct config_file *file = &files.list[files.count];
        file->name = arena_string(arena, db_text(q, 0));
        snprintf(file->digest, sizeof file->digest, "%s", db_text(q, 1));
    }
    return files;
}

static bool is_same(const struct config_files *files, const struct config_file *file)
{
    const struct config_file *known = config_files_find(files, file->name);
    return known && !strcmp(known->digest, file->digest);
}

static void add_file(struct text *list, const struct config_file *file)
{
    text_add_char(list, list->length ? ',' : '[');
    json_start(list);
    json_add_text(list, "file", file->name);
    json_add_text(list, "sm3", file->digest);
    json_end(list);
}

/* The words of the office that the views print, as far as they are others than the database has. */
struct words {
    struct db *db;
    struct text settings, labels; /* lists of objects */
};

static void open_object(struct text *list)
{
    text_add_char(list, list->length ? ',' : '[');
    json_start(list);
}

static bool is_stored(struct db_query *q, const char *value)
{
    bool same = db_step(q) && !strcmp(db_text(q, 0), value);
    db_reset(q);
    return same;
}

static void add_setting(struct words *w, const char *name, const char *value)
{
    struct db_query *q = db_query(w->db, "SELECT value FROM setting WHERE name = ?1");
    db_bind_text(q, 1, name);
    if (is_stored(q, value))
        return;
    open_object(&w->settings);
    json_add_text(&w->settings, "name", name);
    json_add_text(&w->settings, "value", value);
    json_end(&w->settings);
}

static void add_label(struct words *w, const char *domain, const struct term *term)
{
    struct db_query *q = db_query(w->db, "SELECT name FROM label WHERE domain = ?1 AND code = ?2");
    db_bind_text(q, 1, domain);
    db_bind_text(q, 2, term->code);
    if (is_stored(q, term->name))
        return;
    open_object(&w->labels);
    json_add_text(&w->labels, "of", domain);
    json_add_text(&w->labels, "code", term->code);
    json_add_text(&w->labels, "name", term->name);
    json_end(&w->labels);
}

/* The views print in the zone's present offset; results of the programs do not depend on it. */
static void add_words(struct words *w, const struct center *center)
{
    const struct config *config = center->config;
    char iso[CLOCK_TEXT_SIZE], offset[24];
    clock_print(center->now, iso);
    snprintf(offset, sizeof offset, "%d", clock_offset(center->now));
    add_setting(w, "center", config->center);
    add_setting(w, "utc_offset", offset);
    add_setting(w, "utc_offset_text", iso + 19);
    for (int i = 0; i < config->kind_count; i++)
        add_label(w, "kind", &config->kinds[i].term);
    for (int i = 0; i < config->channel_count; i++)
        add_label(w, "channel", &config->channels[i]);
    for (int i = 0; i < config->region_count; i++)
        add_label(w, "region", &config->regions[i]);
    for (int i = 0; i < config->level_count; i++)
        add_label(w, "level", &config->levels[i].term);
    add_label(w, "level", &(struct term){.code = config_order, .name = config_order_name});
}

void configured_take(struct center *center)
{
    struct arena arena = {0};
    struct text data = {0}, changed = {0}, gone = {0};
    struct words words = {.db = center->db};
    struct config_files taken = read_taken(center->db, &arena);
    struct config_files files = config_files_read(&arena, center->config->directory);
    for (size_t i = 0; i < files.count; i++)
        if (!is_same(&taken, &files.list[i]))
            add_file(&changed, &files.list[i]);
    for (size_t i = 0; i < taken.count; i++)
        if (!config_files_find(&files, taken.list[i].name))
            json_list_add(&gone, taken.list[i].name);
    add_words(&words, center);
    json_start(&data);
    json_add_raw(&data, "files", json_list_end(&changed));
    json_add_raw(&data, "gone", json_list_end(&gone));
    json_add_raw(&data, "settings", json_list_end(&words.settings));
    json_add_raw(&data, "labels", json_list_end(&words.labels));
    if (data.length > 1)
        projected_log(center, &configured_projected, "configured", 0, &data);
    text_free(&data);
    text_free(&changed);
    text_free(&gone);
    text_free(&words.settings);
    text_free(&words.labels);
    free(files.list);
    free(taken.list);
    arena_free(&arena);
}

/* ---- being bound */

void configured_bind(struct center *center)
{
    struct config *config = center->config;
    if (center->demo)
        return;
    struct config_files taken = read_taken(center->db, &config->arena);
    if (taken.count) {
        config_bind(config, &taken);
        struct config_files calendars = config_files_calendars(&config->arena, config->directory);
        config_path(config, "center.yaml");
        for (size_t i = 0; i < calendars.count; i++)
            config_files_hold(&taken, config->directory, &calendars.list[i]);
        free(calendars.list);
    }
}

void configured_compare(struct center *center, compare_report *report, void *context)
{
    struct arena arena = {0};
    struct config_files taken = read_taken(center->db, &arena);
    struct config_files files = config_files_read(&arena, center->config->directory);
    for (size_t i = 0; i < files.count && taken.count && !center->demo; i++)
        if (!is_same(&taken, &files.list[i]))
            report(context, 0,
                   arena_format(&arena, "%s is not the file that center-init took over",
                                files.list[i].name));
    for (size_t i = 0; i < taken.count && !center->demo; i++)
        if (!config_files_find(&files, taken.list[i].name))
            report(context, 0,
                   arena_format(&arena, "%s, which center-init took over, is gone",
                                taken.list[i].name));
    free(files.list);
    free(taken.list);
    arena_free(&arena);
}
