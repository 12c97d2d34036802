#include "center/configured.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

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

static void apply(struct db *db, const struct event *event, const struct json *data)
{
    (void)event;
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
                                               {NULL, NULL, NULL, NULL}},
    .effects = (const struct projected_effect[]){{"configured", apply}, {NULL, NULL}}};

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

void configured_take(struct center *center)
{
    struct arena arena = {0};
    struct text data = {0}, changed = {0}, gone = {0};
    struct config_files taken = read_taken(center->db, &arena);
    struct config_files files = config_files_read(&arena, center->config->directory);
    for (size_t i = 0; i < files.count; i++)
        if (!is_same(&taken, &files.list[i]))
            add_file(&changed, &files.list[i]);
    for (size_t i = 0; i < taken.count; i++)
        if (!config_files_find(&files, taken.list[i].name))
            json_list_add(&gone, taken.list[i].name);
    json_start(&data);
    json_add_raw(&data, "files", json_list_end(&changed));
    json_add_raw(&data, "gone", json_list_end(&gone));
    if (changed.length || gone.length)
        projected_log(center, &configured_projected, "configured", 0, &data);
    text_free(&data);
    text_free(&changed);
    text_free(&gone);
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
