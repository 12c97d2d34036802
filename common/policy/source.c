#include "policy/source.h"

#include "base/clock.h"
#include "base/day.h"
#include "base/json.h"
#include "center/log.h"

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

static void log_looks(struct center *center, int day, const char *codes)
{
    struct text data = {0};
    char date[DAY_TEXT_SIZE];
    json_start(&data);
    json_add_text(&data, "day", day_print(day, date));
    json_add_raw(&data, "sources", codes);
    event_log(center, 0, "source-looked", 0, &data);
}

void source_look(struct center *center, const char *const *codes, int count, bool *new)
{
    struct text list = {0};
    int day = clock_day(center->now);
    for (int i = 0; i < count; i++) {
        struct db_query *q =
            db_query(center->db, "INSERT INTO source_look (source, day, at, actor)"
                                 " VALUES (?1, ?2, ?3, ?4) ON CONFLICT DO NOTHING");
        db_bind_text(q, 1, codes[i]);
        db_bind(q, 2, day);
        db_bind(q, 3, center->now);
        db_bind_text(q, 4, center->user);
        db_run(q);
        new[i] = db_changes(center->db) > 0;
        if (!new[i])
            continue;
        text_add_char(&list, list.length ? ',' : '[');
        json_add_string(&list, codes[i]);
    }
    if (list.length) {
        text_add_char(&list, ']');
        log_looks(center, day, list.data);
    }
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
