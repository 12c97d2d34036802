#include "erasure/retain.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/day.h"
#include "base/json.h"
#include "center/log.h"
#include "center/org.h"
#include "register/entry.h"

/* ---- the period ---- */

static int add_months(int day, int months)
{
    int year, month, number;
    day_to_date(day, &year, &month, &number);
    months += year * 12 + month - 1;
    while (!day_exists(months / 12, months % 12 + 1, number))
        number--;
    return day_from_date(months / 12, months % 12 + 1, number);
}

/* The last day of the period that begins behind DAY. */
static int last_kept(const struct retention *retention, int day)
{
    if (!strcmp(retention->unit, "days"))
        return day + retention->period;
    return add_months(day, retention->period * (strcmp(retention->unit, "years") ? 1 : 12));
}

int retain_last_day(const struct retention *retention, int today)
{
    int day = today - (last_kept(retention, today) - today) - 3;
    while (last_kept(retention, day + 1) < today)
        day++;
    return day;
}

/* ---- what an earlier run has looked at ---- */

struct retaining {
    struct erase_run run;
    struct erase_order order; /* the run's */
    const struct retention *retention;
    int64_t from, until; /* the moments that are looked at: from FROM on, before UNTIL */
    int64_t seen;        /* the last event that was there then */
    bool any;
    long kept;
};

static void add_fields(struct text *data, const struct retention *retention)
{
    struct text list = {0};
    for (const char *const *field = retention->fields; *field; field++)
        json_list_add(&list, *field);
    json_add_raw(data, "texts_of", json_list_end(&list));
    text_free(&list);
}

/* True where DATA is of a run by the same retention: another period, law or name changes nothing of
 * what was looked at. */
static bool is_same(const struct json *data, const struct retention *retention)
{
    const char *record = json_text(data, "record"), *after = json_text(data, "after");
    int count = 0;
    if (!record || strcmp(record, retention->record) || !after || strcmp(after, retention->after))
        return false;
    for (; retention->fields[count]; count++) {
        const char *field = json_text_at(data, "texts_of", count);
        if (!field || strcmp(field, retention->fields[count]) != 0)
            return false;
    }
    return count == json_count(data, "texts_of");
}

static int64_t last_event(struct db *db)
{
    return db_count(db, "SELECT coalesce(max(id), 0) FROM event");
}

static void find_seen(struct retaining *r)
{
    struct db *db = r->run.center->db;
    r->seen = last_event(db);
    struct db_query *q =
        db_query(db, "SELECT data FROM event WHERE type = 'retained' ORDER BY id DESC");
    while (!r->from && db_step(q)) {
        struct json *data = json_read(db_text(q, 0));
        if (data && is_same(data, r->retention)) {
            r->from = json_number(data, "until");
            r->seen = json_number(data, "seen");
        }
        json_free(data);
    }
    db_reset(q);
}

static void log_retained(const struct retaining *r)
{
    const struct retention *retention = r->retention;
    struct center *center = r->run.center;
    struct text data = {0};
    json_start(&data);
    org_add_code(&data, "by", center->db, r->order.who.by);
    json_add_text(&data, "retention", retention->code);
    json_add_text(&data, "law", retention->law);
    json_add_text(&data, "record", retention->record);
    json_add_text(&data, "after", retention->after);
    json_add_number(&data, retention->unit, retention->period);
    add_fields(&data, retention);
    json_add_number(&data, "until", r->until);
    json_add_number(&data, "seen", last_event(center->db));
    if (r->kept)
        json_add_number(&data, "kept", r->kept);
    event_log(center, 0, erase_record.acts[ERASE_RETENTION].event, r->order.who.at, &data);
}

/* ---- what is due ---- */

/* What ended in between, and what ended before and has had an event since, it or what joined it. */
#define TICKETS                                                                                    \
    "SELECT t.id FROM ticket t WHERE t.closed_as <> 'merged'"                                      \
    " AND (?1 = 'closed' OR t.closed_as = ?1) AND t.closed_at < ?3"
static const char TICKETS_DUE[] =
    "WITH RECURSIVE since (id) AS (SELECT ticket_id FROM event WHERE id > ?4"
    " UNION SELECT j.merged_into FROM ticket j JOIN since ON since.id = j.id) " TICKETS
    " AND t.closed_at >= ?2 UNION " TICKETS " AND t.id IN (SELECT id FROM since) ORDER BY 1";

#define ENTRIES "SELECT e.id FROM entry e WHERE e.ended = 1 AND ?1 <> '' AND e.moved_at < ?3"
static const char ENTRIES_DUE[] =
    ENTRIES " AND e.moved_at >= ?2 UNION " ENTRIES " AND e.id IN (SELECT " ENTRY_OF_EVENT
            " FROM event WHERE " ENTRY_EVENTS " AND id > ?4) ORDER BY 1";

struct ids {
    int64_t *list;
    size_t count;
};

static void add_id(struct ids *ids, int64_t id)
{
    ids->list = mem_grow(ids->list, ids->count, sizeof *ids->list);
    ids->list[ids->count++] = id;
}

static struct ids find_due(const struct retaining *r, const char *sql)
{
    struct ids ids = {NULL, 0};
    struct db_query *q = db_query(r->run.center->db, sql);
    db_bind_text(q, 1, r->retention->after);
    db_bind(q, 2, r->from);
    db_bind(q, 3, r->until);
    db_bind(q, 4, r->seen);
    while (db_step(q))
        add_id(&ids, db_number(q, 0));
    return ids;
}

static void add_joined(struct ids *ids, struct db *db, int64_t into)
{
    struct db_query *q = db_query(db, "SELECT id FROM ticket WHERE merged_into = ?1 ORDER BY id");
    db_bind(q, 1, into);
    while (db_step(q))
        add_id(ids, db_number(q, 0));
}

/* Something of the ticket is not settled yet. */
static bool waits(struct db *db, int64_t ticket)
{
    struct db_query *q = db_query(
        db,
        "SELECT 1 FROM appeal WHERE ticket_id = ?1 AND decided_at IS NULL"
        " UNION ALL SELECT 1 FROM supervision s JOIN accountability a ON a.supervision_id = s.id"
        " WHERE s.ticket_id = ?1 AND a.published_at IS NULL AND a.ended_at IS NULL");
    db_bind(q, 1, ticket);
    return db_first(q) != 0;
}

static void erase_ticket_due(struct retaining *r, int64_t id)
{
    struct fault fault = {""};
    char what[sizeof fault.text + 32];
    if (waits(r->run.center->db, id) || erase_ticket(&r->run, id, &r->any, &fault))
        return;
    snprintf(what, sizeof what, "%lld: %s", (long long)id, fault.text);
    r->run.warn(what);
    r->kept++;
}

/* With those that were joined to it. */
static void erase_tickets(struct retaining *r)
{
    struct ids ids = find_due(r, TICKETS_DUE);
    for (size_t i = 0; i < ids.count; i++) {
        add_joined(&ids, r->run.center->db, ids.list[i]);
        erase_ticket_due(r, ids.list[i]);
    }
    free(ids.list);
}

static void erase_entries(struct retaining *r)
{
    struct ids ids = find_due(r, ENTRIES_DUE);
    for (size_t i = 0; i < ids.count; i++)
        r->kept += erase_entry(&r->run, ids.list[i], &r->any);
    free(ids.list);
}

/* What is there from its one event on. */
static void erase_events(struct retaining *r)
{
    static const char *const types[][2] = {{"survey", "survey-answered"},
                                           {"survey", "survey-stated"},
                                           {"feedback", "policy-feedback"},
                                           {"search", "unmasked"}};
    for (size_t i = 0; i < sizeof types / sizeof *types; i++)
        if (!strcmp(types[i][0], r->retention->record))
            r->kept += erase_entered(&r->run, types[i][1], r->from, r->until, &r->any);
}

static void set_order(struct retaining *r, const struct erase_run *run)
{
    const struct retention *retention = r->retention;
    r->run = *run;
    r->run.order = &r->order;
    r->order = (struct erase_order){
        .act = ERASE_RETENTION,
        .retention = retention->code,
        .law = retention->law,
        .reason = arena_format(&run->center->config->arena, "保存期限届满：%s", retention->name),
        .who = run->order->who};
    for (const char *const *field = retention->fields; *field; field++)
        wanted_add(&r->order.fields, *field);
}

long retain_carry_out(const struct erase_run *run, const struct retention *retention, bool *any)
{
    struct retaining r = {.retention = retention};
    int last = retain_last_day(retention, clock_day(run->center->now));
    r.until = clock_moment(last + 1, 0);
    set_order(&r, run);
    find_seen(&r);
    if (!strcmp(retention->record, "ticket"))
        erase_tickets(&r);
    else if (!strcmp(retention->record, "register"))
        erase_entries(&r);
    else
        erase_events(&r);
    if (r.any || r.kept)
        log_retained(&r);
    *any |= r.any;
    return r.kept;
}
