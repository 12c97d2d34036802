/* Accountability once more: its rows from the events of their tickets. */
#include <string.h>

#include "base/json.h"
#include "center/retold.h"
#include "supervision/accountability_private.h"

struct made {
    struct retold head;
    struct accountability a;
};

struct making {
    struct db *db;
    struct arena arena;
    struct retold_list list;
};

/* By number, in whichever order they come: an upgrade tells them ticket by ticket. */
static struct accountability *find(struct making *m, int64_t number)
{
    if (number < 1)
        return NULL;
    struct made *made = retold_find(&m->list, number);
    if (!made) {
        made = retold_add(&m->list);
        made->head.id = number;
    }
    return &made->a;
}

/* What an upgrade has told: of before there is no event of the opening. */
static void take_told(struct making *m, const struct json *data)
{
    for (int i = 0; i < json_count(data, "rows"); i++) {
        const struct json *told = json_object_at(data, "rows", i);
        struct accountability *a = told ? find(m, json_number(told, "accountability_of")) : NULL;
        if (!a)
            continue;
        a->supervision = json_number(told, "order_of");
        a->opened_at = json_number(told, "opened");
    }
}

static void take_event(struct making *m, const char *type, int64_t at, const char *data)
{
    struct json *said = json_read(data);
    struct accountability *a = said ? find(m, json_number(said, "number")) : NULL;
    if (said && !strcmp(type, "rows-stated"))
        take_told(m, said);
    if (a) {
        if (json_has(said, "orders"))
            a->supervision = json_number_at(said, "orders", 0);
        accountability_apply(a, &m->arena, type, at, data);
    }
    json_free(said);
}

static void make(struct db *db, int64_t number, const struct accountability *a)
{
    struct db_query *q =
        db_query(db, "INSERT INTO accountability (id, supervision_id, opened_at, handed_at,"
                     " handed_to, result_at, result, published_at, ended_at)"
                     " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)");
    db_bind(q, 1, number);
    db_bind_some(q, 2, a->supervision);
    db_bind_some(q, 3, a->opened_at);
    db_bind_some(q, 4, a->handed_at);
    db_bind_text(q, 5, a->handed_to);
    db_bind_some(q, 6, a->result_at);
    db_bind_text(q, 7, a->result);
    db_bind_some(q, 8, a->published_at);
    db_bind_some(q, 9, a->ended_at);
    db_run(q);
    for (const struct accountable *p = a->persons; p; p = p->next)
        accountability_store_person(db, number, p);
}

/* What an upgrade has told comes first: it has the numbers. */
static void replay(struct db *db, compare_report *report, void *context)
{
    struct making m = {.db = db, .list = {.size = sizeof(struct made)}};
    struct db_query *q = db_query(
        db, "SELECT CASE type WHEN 'rows-stated' THEN 0 ELSE id END, type, at, data FROM event"
            " WHERE type BETWEEN 'accountability-' AND 'accountability-z' OR (type = 'rows-stated'"
            " AND instr(data, '\"accountability_of\":') > 0)"
            " UNION ALL SELECT 0, type, 0, '{\"rows\":[' || data || ']}' FROM upgrade_event"
            " WHERE type = 'rows-stated' AND instr(data, '\"accountability_of\":') > 0"
            " ORDER BY 1");
    (void)report;
    (void)context;
    while (db_step(q))
        take_event(&m, db_text(q, 1), db_number(q, 2), db_text(q, 3));
    for (size_t i = 0; i < m.list.count; i++) {
        const struct made *made = retold_at(&m.list, i);
        make(db, made->head.id, &made->a);
    }
    retold_free(&m.list);
    arena_free(&m.arena);
}

const struct projected accountability_projected = {
    .check = "accountability",
    .tables = (const struct projected_table[]){{"accountability", "m.id", "'accountability'", NULL},
                                               {"accountability_person", "m.accountability_id",
                                                "'accountability: ' || m.name", NULL},
                                               {NULL, NULL, NULL, NULL}},
    .replay = replay};
