#include "supervision/level_replay.h"

#include <stdlib.h>
#include <string.h>

#include "base/json.h"
#include "base/mem.h"
#include "center/config.h"
#include "center/org.h"

/* A level or an order by hand as the events give it. */
struct told_level {
    int64_t ticket, number; /* NUMBER is an order's; 0: a level, which is known by its place */
    int64_t round, supervisor, org, level_at, accountability, provisional, revoked_at;
    const char *role, *level, *document, *reason, *revoked_for; /* NULL: not told */
    bool unsure; /* a later event may be about this level, or about another one like it */
};

struct told_levels {
    struct db *db;
    struct arena arena;
    struct told_level *list;
    size_t count;
    int64_t ticket, round; /* of the present event */
};

static const char *keep(struct told_levels *t, const char *text)
{
    return text ? arena_string(&t->arena, text) : NULL;
}

static int64_t org_in(const struct told_levels *t, const struct json *data, const char *key)
{
    const char *code = json_text(data, key);
    return code ? org_find(t->db, code) : 0;
}

static int64_t round_in(const struct told_levels *t, const struct json *data)
{
    return json_has(data, "round") ? json_number(data, "round") : t->round;
}

static const char *role_in(const struct json *data)
{
    const char *role = json_text(data, "role");
    return role ? role : "lead";
}

static void add(struct told_levels *t, struct told_level level)
{
    t->list = mem_grow(t->list, t->count, sizeof *t->list);
    level.ticket = t->ticket;
    t->list[t->count++] = level;
}

static void take_fired(struct told_levels *t, int64_t at, const struct json *data)
{
    const char *reached = json_text(data, "reached");
    add(t, (struct told_level){.round = round_in(t, data),
                               .role = keep(t, role_in(data)),
                               .level = keep(t, reached ? reached : json_text(data, "level")),
                               .supervisor = org_in(t, data, "supervisor"),
                               .org = org_in(t, data, "org"),
                               .level_at = at,
                               .accountability = json_number(data, "accountability"),
                               .provisional = json_number(data, "uncertain")});
}

static void take_ordered(struct told_levels *t, int64_t at, const struct json *data)
{
    add(t, (struct told_level){.number = json_number_at(data, "orders", 0),
                               .round = t->round,
                               .role = "order",
                               .level = config_order,
                               .supervisor = org_in(t, data, "by"),
                               .org = org_in(t, data, "to"),
                               .level_at = at,
                               .accountability = json_number(data, "accountability"),
                               .document = keep(t, json_text(data, "document")),
                               .reason = keep(t, json_text(data, "reason"))});
}

/* True where an event that calls its level KEY may be about LEVEL. */
static bool is_about(const struct told_levels *t, const struct told_level *level,
                     const struct json *data, const char *key)
{
    const char *code = json_text(data, key);
    int64_t org = org_in(t, data, "org");
    return level->ticket == t->ticket && !level->revoked_at && !level->number && code &&
           level->level && !strcmp(level->level, code) && !strcmp(level->role, role_in(data)) &&
           level->round == round_in(t, data) && (!org || org == level->org) &&
           (!json_has(data, "was") || json_number(data, "was") == level->level_at);
}

/* The level that the event is about; NULL where none is, or more than one may be. */
static struct told_level *find(struct told_levels *t, const struct json *data, const char *key)
{
    struct told_level *found = NULL;
    for (size_t i = t->count; i-- && t->list[i].ticket == t->ticket;) {
        struct told_level *level = &t->list[i];
        if (!is_about(t, level, data, key))
            continue;
        level->unsure = level->unsure || found;
        if (found)
            found->unsure = true;
        found = level;
    }
    return found && !found->unsure ? found : NULL;
}

static void take_revoked(struct told_levels *t, int64_t at, const struct json *data)
{
    struct told_level *level = find(t, data, "revoked");
    if (!level)
        return;
    level->revoked_at = at;
    level->revoked_for = keep(t, json_text(data, "cause"));
}

static void take_moved(struct told_levels *t, int64_t at, const struct json *data)
{
    struct told_level *level = find(t, data, "moved");
    (void)at;
    if (level)
        level->level_at = json_number(data, "is");
}

static void take_confirmed(struct told_levels *t, int64_t at, const struct json *data)
{
    struct told_level *level = find(t, data, "confirmed");
    (void)at;
    if (!level)
        return;
    level->provisional = 0;
    level->supervisor = org_in(t, data, "supervisor");
    level->accountability = json_number(data, "accountability");
}

static void take_redo(struct told_levels *t, int64_t at, const struct json *data)
{
    (void)at;
    (void)data;
    t->round++;
}

static const struct {
    const char *type;
    void (*take)(struct told_levels *, int64_t at, const struct json *data);
} effects[] = {{"escalated", take_fired},           {"assist-escalated", take_fired},
               {"dispatch-escalated", take_fired},  {"supervision-ordered", take_ordered},
               {"level-revoked", take_revoked},     {"level-moved", take_moved},
               {"level-confirmed", take_confirmed}, {"redo", take_redo}};
enum { EFFECTS = sizeof effects / sizeof *effects };

static void take_event(struct told_levels *t, struct db_query *q)
{
    int i = 0;
    while (i < EFFECTS && strcmp(effects[i].type, db_text(q, 1)) != 0)
        i++;
    if (db_number(q, 0) != t->ticket)
        t->round = 1;
    t->ticket = db_number(q, 0);
    struct json *data = i < EFFECTS ? json_read(db_text(q, 3)) : NULL;
    if (data)
        effects[i].take(t, db_number(q, 2), data);
    json_free(data);
}

/* ---- beside the rows ---- */

/* Whom a level of the lead judges no event tells: one that led the ticket in its round. */
static int64_t lead_of(const struct told_levels *t, const struct told_level *told, int64_t stored)
{
    struct db_query *q =
        db_query(t->db, "SELECT org_id FROM route WHERE ticket_id = ?1 AND round = ?2"
                        " AND role = 'lead' ORDER BY org_id = ?3 DESC, id LIMIT 1");
    db_bind(q, 1, told->ticket);
    db_bind(q, 2, told->round);
    db_bind(q, 3, stored);
    int64_t lead = db_first(q);
    return lead ? lead : stored;
}

static void compare_row(const struct told_levels *t, const struct comparison *c, struct db_query *q,
                        const struct told_level *told)
{
    int64_t org = told->org ? told->org : lead_of(t, told, db_number(q, 6));
    compare_number(c, "round", db_number(q, 2), told->round);
    compare_text(c, "role", db_text(q, 3), told->role);
    compare_text(c, "level", db_text(q, 4), told->level);
    if (!db_is_null(q, 6)) /* nobody, before step 5 of the schema */
        compare_number(c, "org_id", db_number(q, 6), org);
    if (told->document)
        compare_text(c, "document", db_text(q, 12), told->document);
    compare_text(c, "reason", db_text(q, 13), told->reason);
    if (told->unsure)
        return;
    if (told->supervisor)
        compare_number(c, "supervisor", db_number(q, 5), told->supervisor);
    compare_number(c, "level_at", db_number(q, 7), told->level_at);
    compare_number(c, "accountability", db_number(q, 8), told->accountability);
    compare_number(c, "provisional", db_number(q, 9), told->provisional);
    compare_number(c, "revoked_at", db_number(q, 10), told->revoked_at);
    compare_text(c, "revoked_for", db_text(q, 11), told->revoked_for);
}

/* The places of a ticket's own in the list, from FIRST on, before END; how many of them are levels.
 */
struct range {
    size_t first, end, next;
    int64_t levels;
};

static struct range range_of(const struct told_levels *t, const struct range *before,
                             int64_t ticket)
{
    struct range r = {.first = before->end};
    while (r.first < t->count && t->list[r.first].ticket < ticket)
        r.first++;
    for (r.end = r.next = r.first; r.end < t->count && t->list[r.end].ticket == ticket; r.end++)
        r.levels += !t->list[r.end].number;
    return r;
}

static const struct told_level *next_level(const struct told_levels *t, struct range *r)
{
    while (r->next < r->end && t->list[r->next].number)
        r->next++;
    return r->next < r->end ? &t->list[r->next++] : NULL;
}

static const struct told_level *find_order(const struct told_levels *t, const struct range *r,
                                           int64_t number)
{
    for (size_t i = r->first; i < r->end; i++)
        if (t->list[i].number == number)
            return &t->list[i];
    return NULL;
}

static void compare_rows(const struct told_levels *t, struct comparison *c)
{
    struct range range = {0};
    int64_t ticket = 0;
    struct db_query *q =
        db_query(t->db, "SELECT ticket_id, id, round, role, level, supervisor, org_id, level_at,"
                        " accountability, provisional, revoked_at, revoked_for, document, reason,"
                        " (SELECT count(*) FROM supervision x WHERE x.ticket_id = s.ticket_id"
                        " AND x.role <> 'order') FROM supervision s ORDER BY ticket_id, id");
    while (db_step(q)) {
        if (db_number(q, 0) != ticket)
            range = range_of(t, &range, db_number(q, 0));
        ticket = db_number(q, 0);
        c->id = db_number(q, 1);
        bool by_hand = !strcmp(db_text(q, 3), "order");
        const struct told_level *told =
            by_hand ? find_order(t, &range, c->id) : next_level(t, &range);
        if (told && (by_hand || range.levels == db_number(q, 14)))
            compare_row(t, c, q, told);
        else if (by_hand)
            compare_text(c, "the row", "there", NULL);
    }
}

void level_replay_all(struct db *db, compare_report *report, void *context)
{
    struct told_levels told = {.db = db};
    struct comparison comparison = {report, context, 0, "order"};
    struct db_query *q =
        db_query(db, "SELECT ticket_id, type, at, data FROM event WHERE type IN ('escalated',"
                     " 'assist-escalated', 'dispatch-escalated', 'supervision-ordered',"
                     " 'level-revoked', 'level-moved', 'level-confirmed', 'redo')"
                     " ORDER BY ticket_id, id");
    while (db_step(q))
        take_event(&told, q);
    compare_rows(&told, &comparison);
    free(told.list);
    arena_free(&told.arena);
}
