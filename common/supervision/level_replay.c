#include "supervision/level_replay.h"

#include <string.h>

#include "center/config.h"
#include "center/org.h"
#include "center/retold.h"

/* A level or an order by hand as the events give it. */
struct told_level {
    struct retold head;
    int64_t round, supervisor, org, due_at, level_at, swept_at, reply_due_at;
    int64_t accountability, provisional;
    int64_t acknowledged_at, replied_at, refused_at, revoked_at;
    const char *role, *level, *document, *reason, *reply, *refusal, *revoked_for;
};

/* Those of the present ticket. */
struct told_levels {
    struct db *db;
    struct arena arena;
    struct retold_list list;
    int64_t ticket, round, lead;
};

static const struct retold_member members[] = {
    {"org", RETOLD_ORG, offsetof(struct told_level, org)},
    {"document", RETOLD_TEXT, offsetof(struct told_level, document)},
    {"due", RETOLD_NUMBER, offsetof(struct told_level, due_at)},
    {"swept", RETOLD_NUMBER, offsetof(struct told_level, swept_at)},
    {"reply_due", RETOLD_NUMBER, offsetof(struct told_level, reply_due_at)},
    /* what an upgrade tells besides */
    {"supervisor", RETOLD_ORG, offsetof(struct told_level, supervisor)},
    {"at", RETOLD_NUMBER, offsetof(struct told_level, level_at)},
    {"accountability", RETOLD_NUMBER, offsetof(struct told_level, accountability)},
    {"provisional", RETOLD_NUMBER, offsetof(struct told_level, provisional)},
    {"acknowledged", RETOLD_NUMBER, offsetof(struct told_level, acknowledged_at)},
    {"replied", RETOLD_NUMBER, offsetof(struct told_level, replied_at)},
    {"revoked", RETOLD_NUMBER, offsetof(struct told_level, revoked_at)},
    {"revoked_for", RETOLD_TEXT, offsetof(struct told_level, revoked_for)},
    {NULL, RETOLD_NUMBER, 0}};

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

static void take_fired(struct told_levels *t, int64_t at, const struct json *data)
{
    const char *reached = json_text(data, "reached");
    struct told_level *level = retold_add(&t->list);
    level->round = round_in(t, data);
    level->role = keep(t, role_in(data));
    level->level = keep(t, reached ? reached : json_text(data, "level"));
    level->supervisor = org_in(t, data, "supervisor");
    if (!level->org)
        level->org = json_has(data, "org") ? org_in(t, data, "org") : t->lead;
    level->level_at = at;
    level->accountability = json_number(data, "accountability");
    level->provisional = json_number(data, "uncertain");
}

static void take_ordered(struct told_levels *t, int64_t at, const struct json *data)
{
    int64_t number = json_number_at(data, "orders", 0);
    struct told_level *level = retold_find(&t->list, number);
    if (!level)
        level = retold_add(&t->list);
    level->head = (struct retold){number, true};
    level->round = t->round;
    level->role = "order";
    level->level = config_order;
    level->supervisor = org_in(t, data, "by");
    level->org = org_in(t, data, "to");
    level->level_at = at;
    level->reply_due_at = json_number(data, "reply_due");
    level->accountability = json_number(data, "accountability");
    level->document = keep(t, json_text(data, "document"));
    level->reason = keep(t, json_text(data, "reason"));
}

/* True where an event that calls its level KEY may be about LEVEL. */
static bool is_about(const struct told_levels *t, const struct told_level *level,
                     const struct json *data, const char *key)
{
    const char *code = json_text(data, key);
    int64_t org = org_in(t, data, "org");
    return level->head.made && !level->revoked_at && strcmp(level->role, "order") != 0 && code &&
           level->level && !strcmp(level->level, code) && !strcmp(level->role, role_in(data)) &&
           level->round == round_in(t, data) && (!org || org == level->org) &&
           (!json_has(data, "was") || json_number(data, "was") == level->level_at);
}

/* The level that the event is about: the one whose number it tells, or, where it is of before, the
 * last that it may mean; NULL where there is none. */
static struct told_level *find(struct told_levels *t, const struct json *data, const char *key)
{
    int64_t id = retold_id(data, "order");
    if (id)
        return retold_find(&t->list, id);
    for (size_t i = t->list.count; i--;) {
        struct told_level *level = retold_at(&t->list, i);
        if (is_about(t, level, data, key))
            return level;
    }
    return NULL;
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

/* Whom a level of the lead judges is whoever leads the ticket then. */
static void take_lead(struct told_levels *t, int64_t at, const struct json *data)
{
    (void)at;
    t->lead = org_in(t, data, "lead");
}

static void take_upgrade(struct told_levels *t, int64_t at, const struct json *data)
{
    (void)t;
    (void)at;
    (void)data;
}

/* An order's number, by its place among those that the event names. */
static struct told_level *named(struct told_levels *t, const struct json *data, int place)
{
    return retold_find(&t->list, json_number_at(data, "orders", place));
}

static void take_acknowledged(struct told_levels *t, int64_t at, const struct json *data)
{
    for (int i = 0; i < json_count(data, "orders"); i++) {
        struct told_level *level = named(t, data, i);
        if (level && !level->acknowledged_at)
            level->acknowledged_at = at;
    }
}

static void take_replied(struct told_levels *t, int64_t at, const struct json *data)
{
    take_acknowledged(t, at, data);
    for (int i = 0; i < json_count(data, "orders"); i++) {
        struct told_level *level = named(t, data, i);
        if (!level)
            continue;
        level->replied_at = at;
        level->reply = keep(t, json_text(data, "text"));
    }
}

static void take_refused(struct told_levels *t, int64_t at, const struct json *data)
{
    struct told_level *level = named(t, data, 0);
    if (!level)
        return;
    level->replied_at = 0;
    level->reply = NULL;
    level->refused_at = at;
    level->refusal = keep(t, json_text(data, "reason"));
    level->reply_due_at = json_number(data, "reply_due");
}

static const struct {
    const char *type;
    void (*take)(struct told_levels *, int64_t at, const struct json *data);
} effects[] = {{"escalated", take_fired},
               {"assist-escalated", take_fired},
               {"dispatch-escalated", take_fired},
               {"supervision-ordered", take_ordered},
               {"level-revoked", take_revoked},
               {"level-moved", take_moved},
               {"level-confirmed", take_confirmed},
               {"reply-moved", take_upgrade},
               {"supervision-acknowledged", take_acknowledged},
               {"supervision-replied", take_replied},
               {"supervision-refused", take_refused},
               {"dispatched", take_lead},
               {"redo", take_redo},
               {"rows-stated", take_upgrade}};
enum { EFFECTS = sizeof effects / sizeof *effects };

static void take_event(struct told_levels *t, const char *type, int64_t at, const char *text)
{
    int i = 0;
    while (i < EFFECTS && strcmp(effects[i].type, type) != 0)
        i++;
    struct json *data = i < EFFECTS ? json_read(text) : NULL;
    if (data) {
        retold_apply(&t->list, t->db, &t->arena, "order", members, data);
        effects[i].take(t, at, data);
    }
    json_free(data);
}

/* ---- the rows */

static void bind_words(struct db_query *q, const struct told_level *level)
{
    db_bind_text(q, 4, level->role);
    db_bind_text(q, 5, level->level);
    db_bind_text(q, 8, level->document ? level->document : "");
    db_bind_text(q, 15, level->reason);
    db_bind_text(q, 18, level->reply);
    db_bind_text(q, 20, level->refusal);
    db_bind_text(q, 22, level->revoked_for);
}

static void make(const struct told_levels *t, const struct told_level *level)
{
    struct db_query *q = db_query(
        t->db, "INSERT INTO supervision (id, ticket_id, round, role, level, supervisor, org_id,"
               " document, due_at, level_at, swept_at, reply_due_at, accountability, provisional,"
               " reason, acknowledged_at, replied_at, reply, refused_at, refusal, revoked_at,"
               " revoked_for) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14,"
               " ?15, ?16, ?17, ?18, ?19, ?20, ?21, ?22)");
    db_bind_some(q, 1, level->head.id);
    db_bind(q, 2, t->ticket);
    db_bind(q, 3, level->round);
    db_bind(q, 6, level->supervisor);
    db_bind_some(q, 7, level->org);
    db_bind(q, 9, level->due_at);
    db_bind(q, 10, level->level_at);
    db_bind(q, 11, level->swept_at);
    db_bind(q, 12, level->reply_due_at);
    db_bind(q, 13, level->accountability);
    db_bind(q, 14, level->provisional);
    db_bind_some(q, 16, level->acknowledged_at);
    db_bind_some(q, 17, level->replied_at);
    db_bind_some(q, 19, level->refused_at);
    db_bind_some(q, 21, level->revoked_at);
    bind_words(q, level);
    db_run(q);
}

/* The ticket's rows; the next one's are to come. */
static void make_all(struct told_levels *t, int64_t next)
{
    for (size_t i = 0; i < t->list.count; i++) {
        const struct told_level *level = retold_at(&t->list, i);
        if (level->head.made)
            make(t, level);
    }
    t->list.count = 0;
    t->ticket = next;
    t->round = 1;
    t->lead = 0;
    arena_free(&t->arena);
    t->arena = (struct arena){0};
}

/* What an upgrade has told comes first: it has the numbers by which events name orders. */
static void replay(struct db *db, compare_report *report, void *context)
{
    struct told_levels told = {.db = db, .list = {.size = sizeof(struct told_level)}};
    struct db_query *q = db_query(
        db, "SELECT ticket_id, CASE type WHEN 'rows-stated' THEN 0 ELSE id END, type, at, data "
            "FROM event WHERE type IN ('escalated',"
            " 'assist-escalated', 'dispatch-escalated', 'supervision-ordered', 'level-revoked',"
            " 'level-moved', 'level-confirmed', 'reply-moved', 'supervision-acknowledged',"
            " 'supervision-replied', 'supervision-refused', 'dispatched', 'redo', 'rows-stated')"
            " AND ticket_id IS NOT NULL UNION ALL SELECT ticket_id, 0, type, 0,"
            " '{\"rows\":[' || data || ']}' FROM upgrade_event WHERE type = 'rows-stated'"
            " AND ticket_id IS NOT NULL ORDER BY 1, 2");
    (void)report;
    (void)context;
    while (db_step(q)) {
        if (db_number(q, 0) != told.ticket)
            make_all(&told, db_number(q, 0));
        take_event(&told, db_text(q, 2), db_number(q, 3), db_text(q, 4));
    }
    make_all(&told, 0);
    retold_free(&told.list);
    arena_free(&told.arena);
}

const struct projected supervision_projected = {
    .check = "supervision",
    .tables = (const struct projected_table[]){{"supervision", "m.id", "'order'", NULL},
                                               {NULL, NULL, NULL, NULL}},
    .replay = replay};
