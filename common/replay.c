#include "replay.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "json.h"

/* The projection of one ticket, from its events or from its row. */
struct state {
    char name[16], kind[64], lead[64], level[32];
    int64_t received_at, dispatched_at, due_at, next_level_at, calendar_id, provisional;
    int64_t routes, supervisions;
};

/* What an event's data holds, as far as states are made of it. */
struct facts {
    struct state *state;
    int64_t assists;
};

static void copy(char *to, size_t size, const char *from)
{
    snprintf(to, size, "%s", from ? from : "");
}

static void take_number(const char *value, int64_t *number)
{
    *number = value ? strtoll(value, NULL, 10) : 0;
}

static void take_member(void *context, const char *key, const char *value)
{
    struct facts *facts = context;
    struct state *s = facts->state;
    if (!strcmp(key, "kind"))
        copy(s->kind, sizeof s->kind, value);
    else if (!strcmp(key, "lead"))
        copy(s->lead, sizeof s->lead, value);
    else if (!strcmp(key, "level"))
        copy(s->level, sizeof s->level, value);
    else if (!strcmp(key, "due"))
        take_number(value, &s->due_at);
    else if (!strcmp(key, "next"))
        take_number(value, &s->next_level_at);
    else if (!strcmp(key, "calendar"))
        take_number(value, &s->calendar_id);
    else if (!strcmp(key, "provisional"))
        take_number(value, &s->provisional);
    else if (!strcmp(key, "assists"))
        for (facts->assists = 1; value && *value; value++)
            facts->assists += *value == ',';
}

/* Applies one event to the state. Its data says what it set; what each kind of event clears or
 * counts is said here. */
static void apply(struct state *s, const char *type, int64_t at, const char *data)
{
    struct facts facts = {.state = s};
    char fault[64];
    bool has_clock = !strcmp(type, "received") || !strcmp(type, "recomputed");
    if (has_clock)
        s->provisional = 0;
    if (has_clock || !strcmp(type, "escalated") || !strcmp(type, "rescheduled"))
        s->next_level_at = 0;
    json_read_object(data, take_member, &facts, fault, sizeof fault);
    if (!strcmp(type, "received")) {
        copy(s->name, sizeof s->name, "received");
        s->received_at = at;
    } else if (!strcmp(type, "dispatched")) {
        copy(s->name, sizeof s->name, "dispatched");
        s->dispatched_at = at;
        s->routes += 1 + facts.assists;
    } else if (!strcmp(type, "escalated")) {
        s->supervisions++;
    }
}

static struct state read_stored(struct db_query *q)
{
    struct state s = {.received_at = db_number(q, 4),
                      .dispatched_at = db_number(q, 5),
                      .due_at = db_number(q, 6),
                      .next_level_at = db_number(q, 7),
                      .calendar_id = db_number(q, 8),
                      .provisional = db_number(q, 9),
                      .routes = db_number(q, 10),
                      .supervisions = db_number(q, 11)};
    copy(s.name, sizeof s.name, db_text(q, 1));
    copy(s.kind, sizeof s.kind, db_text(q, 2));
    copy(s.lead, sizeof s.lead, db_text(q, 3));
    copy(s.level, sizeof s.level, db_text(q, 12));
    return s;
}

struct comparison {
    replay_report *report;
    void *context;
    int64_t id;
};

static void compare_text(struct comparison *c, const char *what, const char *stored,
                         const char *replayed)
{
    char sentence[256];
    if (!strcmp(stored, replayed))
        return;
    snprintf(sentence, sizeof sentence, "%s is \"%s\", its events give \"%s\"", what, stored,
             replayed);
    c->report(c->context, c->id, sentence);
}

static void compare_number(struct comparison *c, const char *what, int64_t stored, int64_t replayed)
{
    char sentence[256];
    if (stored == replayed)
        return;
    snprintf(sentence, sizeof sentence, "%s is %lld, its events give %lld", what,
             (long long)stored, (long long)replayed);
    c->report(c->context, c->id, sentence);
}

static void compare(struct comparison *c, const struct state *stored, const struct state *replayed)
{
    compare_text(c, "state", stored->name, replayed->name);
    compare_text(c, "kind", stored->kind, replayed->kind);
    compare_text(c, "lead", stored->lead, replayed->lead);
    compare_text(c, "level", stored->level, replayed->level);
    compare_number(c, "received_at", stored->received_at, replayed->received_at);
    compare_number(c, "dispatched_at", stored->dispatched_at, replayed->dispatched_at);
    compare_number(c, "due_at", stored->due_at, replayed->due_at);
    compare_number(c, "next_level_at", stored->next_level_at, replayed->next_level_at);
    compare_number(c, "calendar_id", stored->calendar_id, replayed->calendar_id);
    compare_number(c, "provisional", stored->provisional, replayed->provisional);
    compare_number(c, "number of routes", stored->routes, replayed->routes);
    compare_number(c, "number of supervisions", stored->supervisions, replayed->supervisions);
}

int64_t replay_all(struct db *db, replay_report *report, void *context)
{
    int64_t count = 0;
    struct db_query *tickets = db_query(
        db, "SELECT t.id, t.state, t.kind, o.code, t.received_at, t.dispatched_at, t.due_at,"
            " t.next_level_at, t.calendar_id, t.provisional,"
            " (SELECT count(*) FROM route r WHERE r.ticket_id = t.id),"
            " (SELECT count(*) FROM supervision s WHERE s.ticket_id = t.id), t.level"
            " FROM ticket t LEFT JOIN org o ON o.id = t.lead ORDER BY t.id");
    while (db_step(tickets)) {
        struct comparison c = {report, context, db_number(tickets, 0)};
        struct state stored = read_stored(tickets), replayed = {0};
        struct db_query *events = db_query(
            db, "SELECT type, at, data FROM event WHERE ticket_id = ?1 ORDER BY id");
        db_bind(events, 1, c.id);
        while (db_step(events))
            apply(&replayed, db_text(events, 0), db_number(events, 1), db_text(events, 2));
        compare(&c, &stored, &replayed);
        count++;
    }
    return count;
}
