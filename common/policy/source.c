#include "policy/source.h"

#include <string.h>

#include "base/clock.h"
#include "base/day.h"
#include "center/org.h"
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

static const char *const states[] = {"unlooked", "looked", NULL};
static const struct gate_act acts[] = {
    {"look through", "policy-source", "检索", 1, GATE_BY_OWNER, "source-looked"},
    {NULL, NULL, NULL, 0, GATE_BY_CENTER, NULL}};

static const char *state_name(const char *state)
{
    return !strcmp(state, states[0]) ? "未检索" : "已检索";
}

const struct gate_record source_record = {"source", "政策来源", states, state_name, acts};

/* One source that is being looked through. */
struct looking {
    struct center *center;
    const struct source *source;
    const struct gate_who *who;
    int day;
    struct text *list; /* codes of those that are new */
    struct fault *fault;
};

static bool is_known(void *context)
{
    const struct looking *l = context;
    return was_looked(l->center->db, l->source->code, l->day);
}

static bool may(void *context)
{
    const struct looking *l = context;
    const char *org = l->source->org;
    if (org_is_center(l->center, l->who->by) || (org && l->who->by == org_find(l->center->db, org)))
        return true;
    return fault_add(l->fault, "%s: the source is not that organisation's", gate_called(&acts[0]));
}

static bool step(void *context)
{
    const struct looking *l = context;
    json_list_add(l->list, l->source->code);
    return true;
}

static enum gate_result look(struct looking *l, int64_t at)
{
    const struct gate gate = {.record = &source_record,
                              .state = states[0],
                              .at = at,
                              .by = &l->who->by,
                              .fault = l->fault,
                              .context = l,
                              .known = is_known,
                              .may = may,
                              .step = step,
                              .is_sure = true};
    return gate_pass(l->center, &gate);
}

static void log_looks(struct center *center, const struct gate_who *who, int day, struct text *list)
{
    struct text data = {0};
    char date[DAY_TEXT_SIZE];
    json_start(&data);
    json_add_text(&data, "day", day_print(day, date));
    json_add_raw(&data, "sources", json_list_end(list));
    org_add_code(&data, "by", center->db, who->by);
    projected_log(center, &source_projected, acts[0].event, who->at, &data);
}

void source_look(struct center *center, const struct source *const *sources, int count,
                 const struct gate_who *who, source_take *take, void *context)
{
    struct text list = {0};
    int64_t at = who->at ? who->at : center->now;
    for (int i = 0; i < count; i++) {
        struct fault fault = {""};
        struct looking looking = {center, sources[i], who, clock_day(at), &list, &fault};
        take(context, sources[i], look(&looking, at), &fault);
    }
    if (list.length)
        log_looks(center, who, clock_day(at), &list);
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
