#include "notice/making.h"

#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "notice/notice.h"
#include "notice/telling.h"
#include "supervision/running.h"

enum { BATCH = 500 };

/* One notice, for each address. */
struct making {
    struct center *center;
    struct notice_made made;
    const struct notice_kind *kind;
    int64_t event;
};

struct hours making_hours(const struct center *center, const struct address *address)
{
    struct hours hours;
    return address->hours && hours_read(address->hours, &hours) ? hours
                                                                : center->config->notices.hours;
}

/* When it goes out: what may not wait at once; a digest when the hours begin. */
static int64_t first_at(const struct making *m, const struct address *address)
{
    struct hours hours = making_hours(m->center, address);
    const struct calendar *calendar = center_calendar(m->center);
    if (m->kind->urgent)
        return m->center->now;
    return strcmp(address->how, "digest") ? hours_next(calendar, &hours, m->center->now)
                                          : hours_opening(calendar, &hours, m->center->now);
}

static void make(void *context, const struct address *address)
{
    struct making *m = context;
    notice_add(m->center, &m->made,
               &(struct notice_row){.event = m->event,
                                    .kind = m->kind->code,
                                    .address = address->id,
                                    .urgent = m->kind->urgent,
                                    .next_at = first_at(m, address)});
}

/* The addresses of those who are told; frees TOLD. */
static void make_for(struct making *m, struct told *told)
{
    telling_addresses(m->center->db, told, m->kind, clock_day(m->center->now), make, m);
    told_free(told);
}

static void make_of(struct making *m, const struct event *event)
{
    struct json *data = NULL;
    for (int i = 0; (m->kind = noticekind_at(i)); i++) {
        struct told told = {.count = 0};
        if (!noticekind_is_made_by(m->kind, event->type))
            continue;
        if (!data && !(data = json_read(event->data)))
            break;
        m->event = event->id;
        telling_find(m->center, m->kind, event, data, &told);
        make_for(m, &told);
    }
    json_free(data);
}

/* The next events, with texts in ARENA: they are read before anything is written. */
static int read_events(struct center *center, struct arena *arena, struct event *events)
{
    int count = 0;
    struct db_query *q =
        db_query(center->db, "SELECT id, ticket_id, type, at, recorded_at, actor,"
                             " data FROM event WHERE id > coalesce((SELECT event_id"
                             " FROM notice_seen), 0) ORDER BY id LIMIT ?1");
    db_bind(q, 1, BATCH);
    for (; db_step(q); count++) {
        events[count] = event_read(q);
        events[count].type = arena_string(arena, events[count].type);
        events[count].data = arena_string(arena, events[count].data);
    }
    return count;
}

bool making_of_events(struct center *center)
{
    struct arena arena = {0};
    struct making m = {.center = center};
    struct event *events = arena_zero(&arena, BATCH * sizeof *events);
    int64_t stale = center->now - (int64_t)center->config->notices.stale_days * SECONDS_PER_DAY;
    int count = read_events(center, &arena, events);
    for (int i = 0; i < count; i++)
        if (events[i].recorded_at >= stale)
            make_of(&m, &events[i]);
    notice_log_made(center, &m.made);
    if (count) {
        struct db_query *q =
            db_query(center->db, "INSERT INTO notice_seen (one, event_id) VALUES (1, ?1)"
                                 " ON CONFLICT (one) DO UPDATE SET event_id = excluded.event_id");
        db_bind(q, 1, events[count - 1].id);
        db_run(q);
    }
    arena_free(&arena);
    return count == BATCH;
}

/* The last event of the ticket that set a deadline, whosever. */
static int64_t deadline_set_by(struct db *db, int64_t ticket)
{
    struct db_query *q = db_query(
        db, "SELECT id FROM event WHERE ticket_id = ?1 AND type IN ('received', 'dispatched',"
            " 'assist-added', 'extended', 'suspended', 'resumed', 'redo', 'corrected', 'joined',"
            " 'recomputed') ORDER BY id DESC LIMIT 1");
    db_bind(q, 1, ticket);
    return db_first(q);
}

/* The last second of the day up to which a reminder is owed. */
static int64_t remind_to(struct center *center)
{
    int day, today = clock_day(center->now);
    bool in_range =
        calendar_add(center_calendar(center), today, center->config->remind_before, &day);
    return clock_moment(in_range ? day : today, SECONDS_PER_DAY - 1);
}

void making_of_reminders(struct center *center)
{
    size_t count;
    struct making m = {.center = center};
    for (int i = 0; (m.kind = noticekind_at(i)) && m.kind->when != NOTICE_BY_CLOCK;)
        i++;
    struct running_clock *clocks = running_clocks(center, remind_to(center), &count);
    for (size_t i = 0; m.kind && i < count; i++) {
        struct told told = {.count = 0};
        if (clocks[i].due_at < center->now || clocks[i].role == CLOCK_DISPATCH)
            continue;
        m.event = deadline_set_by(center->db, clocks[i].ticket_id);
        told_add(&told, OWNER_ORG, clocks[i].org);
        make_for(&m, &told);
    }
    free(clocks);
    notice_log_made(center, &m.made);
}
