#include "policy/source.h"

#include <string.h>

#include "base/clock.h"
#include "base/day.h"
#include "center/projected.h"

int source_last_look(struct db *db, const char *code, int day)
{
    struct db_query *q =
        db_query(db, "SELECT max(day) FROM source_look WHERE source = ?1 AND day <= ?2");
    db_bind_text(q, 1, code);
    db_bind(q, 2, day);
    int last = db_step(q) && !db_is_null(q, 0) ? (int)db_number(q, 0) : SOURCE_NEVER;
    db_reset(q);
    return last;
}

bool source_any_look(struct db *db)
{
    return db_count(db, "SELECT EXISTS (SELECT 1 FROM source_look)") > 0;
}

/* ---- what events make of looks ---- */

static void apply(struct db *db, const struct event *event, const struct json *data)
{
    const char *date = json_text(data, "day");
    int day;
    struct db_query *q = db_query(db, "INSERT INTO source_look (source, day, at, actor)"
                                      " VALUES (?1, ?2, ?3, ?4) ON CONFLICT DO NOTHING");
    for (int i = 0; date && day_parse(date, &day) && i < json_count(data, "sources"); i++) {
        db_bind_text(q, 1, json_text_at(data, "sources", i));
        db_bind(q, 2, day);
        db_bind(q, 3, event->at);
        db_bind_text(q, 4, event->actor);
        db_run(q);
    }
}

const struct projected source_projected = {
    .check = "sources",
    .tables =
        (const struct projected_table[]){
            {"source_look", "0", "m.source || ' ' || date(m.day * 86400, 'unixepoch')", NULL},
            {NULL, NULL, NULL, NULL}},
    .effects = (const struct projected_effect[]){{"source-looked", apply}, {NULL, NULL}}};

/* ---- looking ---- */

static bool was_looked(struct db *db, const char *code, int day)
{
    struct db_query *q = db_query(db, "SELECT 1 FROM source_look WHERE source = ?1 AND day = ?2");
    db_bind_text(q, 1, code);
    db_bind(q, 2, day);
    return db_first(q) != 0;
}

void source_look(struct center *center, const char *const *codes, int count, bool *new)
{
    struct text list = {0}, data = {0};
    int day = clock_day(center->now);
    char date[DAY_TEXT_SIZE];
    for (int i = 0; i < count; i++) {
        new[i] = !was_looked(center->db, codes[i], day);
        for (int earlier = 0; earlier < i; earlier++)
            new[i] = new[i] && strcmp(codes[earlier], codes[i]) != 0;
        if (new[i])
            json_list_add(&list, codes[i]);
    }
    json_start(&data);
    json_add_text(&data, "day", day_print(day, date));
    json_add_raw(&data, "sources", json_list_end(&list));
    if (list.length)
        projected_log(center, &source_projected, "source-looked", 0, &data);
    text_free(&data);
    text_free(&list);
}

struct source_month source_month(const struct center *center, const char *code, int first, int last)
{
    const struct calendar *calendar = center_calendar(center);
    struct source_month month = {0};
    int today = clock_day(center->now);
    if (last >= today)
        last = today - 1;
    if (last < first)
        return month;
    month.days = calendar_count(calendar, first - 1, last);
    month.missed = month.days;
    struct db_query *q = db_query(
        center->db, "SELECT day FROM source_look WHERE source = ?1 AND day BETWEEN ?2 AND ?3");
    db_bind_text(q, 1, code);
    db_bind(q, 2, first);
    db_bind(q, 3, last);
    while (db_step(q))
        if (calendar_is_working(calendar, (int)db_number(q, 0)))
            month.missed--;
    return month;
}
