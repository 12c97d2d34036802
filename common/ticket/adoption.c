#include "ticket/adoption.h"

#include <string.h>

#include "base/die.h"
#include "base/json.h"
#include "catalogue/model_file.h"
#include "center/log.h"

struct adoption adoption_find(struct db *db, struct arena *arena)
{
    struct adoption a = {.digest = NULL};
    struct db_query *q =
        db_query(db, "SELECT type, at, data FROM event WHERE type IN ('model-adopted',"
                     " 'model-dropped') ORDER BY id DESC LIMIT 1");
    if (db_step(q) && !strcmp(db_text(q, 0), "model-adopted")) {
        struct json *data = json_read(db_text(q, 2));
        const char *digest = data ? json_text(data, "model") : NULL;
        const char *path = data ? json_text(data, "file") : NULL;
        a.at = db_number(q, 1);
        a.digest = digest ? arena_string(arena, digest) : NULL;
        a.path = path ? arena_string(arena, path) : "";
        json_free(data);
    }
    db_reset(q);
    return a;
}

void adoption_log(struct center *center, const struct model *model, const char *path,
                  const char *reason)
{
    struct text data = {0};
    json_start(&data);
    json_add_text(&data, "reason", reason);
    if (model) {
        json_add_text(&data, "model", model->digest);
        json_add_text(&data, "file", path);
        json_add_number(&data, "examples", model->examples);
        json_add_number(&data, "units", model->unit_count);
    }
    event_log(center, 0, model ? "model-adopted" : "model-dropped", 0, &data);
}

struct model adoption_read(struct center *center)
{
    struct arena arena = {0};
    struct model model = {.examples = 0};
    struct fault fault = {""};
    struct adoption a = adoption_find(center->db, &arena);
    if (a.digest && model_file_read(a.path, &model, &fault) &&
        strcmp(model.digest, a.digest) != 0) {
        fault_add(&fault, "its digest is %s", model.digest);
        model_free(&model);
    }
    if (*fault.text)
        warn("the model %s in %s is not used: %s", a.digest, a.path, fault.text);
    arena_free(&arena);
    return model;
}
