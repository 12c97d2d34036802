#include "catalogue/ruling.h"

#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/json.h"
#include "center/log.h"
#include "center/org.h"

#define COLUMNS                                                                                    \
    "SELECT id, ticket_id, at, lead, assists, words, category, basis, once, retired_at,"           \
    " retired_for, center FROM ruling"

static struct ruling read_row(struct db_query *q)
{
    return (struct ruling){.id = db_number(q, 0),
                           .ticket_id = db_number(q, 1),
                           .at = db_number(q, 2),
                           .lead = db_number(q, 3),
                           .assists = db_text(q, 4),
                           .words = db_text(q, 5),
                           .category = db_text(q, 6),
                           .basis = db_text(q, 7),
                           .once = db_number(q, 8) != 0,
                           .retired_at = db_number(q, 9),
                           .retired_for = db_text(q, 10),
                           .center = db_number(q, 11)};
}

void ruling_each(struct db *db, bool all, void (*take)(void *, const struct ruling *),
                 void *context)
{
    struct db_query *q =
        db_query(db, COLUMNS " WHERE ?1 <> 0 OR retired_at IS NULL ORDER BY id DESC");
    db_bind(q, 1, all);
    while (db_step(q)) {
        struct ruling ruling = read_row(q);
        take(context, &ruling);
    }
}

static const char *keep(struct arena *arena, const char *text)
{
    return text ? arena_string(arena, text) : NULL;
}

bool ruling_get(struct db *db, int64_t id, struct arena *arena, struct ruling *ruling)
{
    struct db_query *q = db_query(db, COLUMNS " WHERE id = ?1");
    db_bind(q, 1, id);
    bool found = db_step(q);
    if (found) {
        *ruling = read_row(q);
        ruling->assists = keep(arena, ruling->assists);
        ruling->words = keep(arena, ruling->words);
        ruling->category = keep(arena, ruling->category);
        ruling->basis = keep(arena, ruling->basis);
        ruling->retired_for = keep(arena, ruling->retired_for);
    }
    db_reset(q);
    return found;
}

static bool may_retire(struct center *center, const struct ruling *ruling, int64_t at,
                       struct fault *fault)
{
    char iso[CLOCK_TEXT_SIZE];
    if (ruling->once)
        fault_add(fault, "it holds only for its case and is not in the catalogue");
    else if (ruling->retired_at)
        fault_add(fault, "it was retired at %s: %s", clock_print(ruling->retired_at, iso),
                  ruling->retired_for);
    else if (at > center->now)
        fault_add(fault, "%s lies in the future", clock_print(at, iso));
    else if (at < ruling->at)
        fault_add(fault, "that is before it was ruled, at %s", clock_print(ruling->at, iso));
    return !*fault->text;
}

static void log_retired(struct center *center, const struct ruling *ruling, int64_t by, int64_t at,
                        const char *reason)
{
    struct text data = {0};
    json_start(&data);
    org_add_code(&data, "by", center->db, by);
    json_add_text(&data, "reason", reason);
    json_add_number(&data, "ruling", ruling->id);
    event_log(center, ruling->ticket_id, "ruling-retired", at, &data);
}

bool ruling_retire(struct center *center, int64_t id, int64_t by, int64_t at, const char *reason,
                   struct fault *fault)
{
    struct arena arena = {0};
    struct ruling ruling;
    if (!ruling_get(center->db, id, &arena, &ruling))
        fault_add(fault, "no such ruling; ruling-list --all shows them");
    bool good = !*fault->text && may_retire(center, &ruling, at, fault);
    if (good) {
        struct db_query *q = db_query(
            center->db, "UPDATE ruling SET retired_at = ?2, retired_for = ?3 WHERE id = ?1");
        db_bind(q, 1, id);
        db_bind(q, 2, at);
        db_bind_text(q, 3, reason);
        db_run(q);
        log_retired(center, &ruling, by, at, reason);
    }
    arena_free(&arena);
    return good;
}

/* ---- the self-check ---- */

/* What the events have said of a ruling. */
struct told {
    struct arena *arena;
    struct ruling ruling; /* lead apart */
    const char *lead;     /* code */
    const char *center;   /* code */
    const char *reason;
};

static void take_member(void *context, const char *key, const char *value)
{
    struct told *t = context;
    if (!value)
        return;
    if (!strcmp(key, "ruling"))
        t->ruling.id = strtoll(value, NULL, 10);
    else if (!strcmp(key, "once"))
        t->ruling.once = !strcmp(value, "1");
    else if (!strcmp(key, "words"))
        t->ruling.words = keep(t->arena, value);
    else if (!strcmp(key, "category"))
        t->ruling.category = keep(t->arena, value);
    else if (!strcmp(key, "basis"))
        t->ruling.basis = keep(t->arena, value);
    else if (!strcmp(key, "reason"))
        t->reason = keep(t->arena, value);
    else if (!strcmp(key, "lead"))
        t->lead = keep(t->arena, value);
    else if (!strcmp(key, "center"))
        t->center = *value ? keep(t->arena, value) : NULL;
    else if (!strcmp(key, "assists"))
        t->ruling.assists = keep(t->arena, value);
}

/* The dispatch that follows the ruling names lead and assists, or the county's center to which it
 * is handed down. */
static void read_dispatch(struct db *db, int64_t ticket_id, int64_t after, struct told *told)
{
    struct fault fault = {""};
    const char *center = told->center;
    struct db_query *q = db_query(db, "SELECT data, type FROM event WHERE ticket_id = ?1"
                                      " AND id > ?2 AND type IN ('dispatched', 'handed-down')"
                                      " ORDER BY id LIMIT 1");
    db_bind(q, 1, ticket_id);
    db_bind(q, 2, after);
    if (db_step(q)) {
        json_read_object(db_text(q, 0), take_member, told, &fault);
        if (!strcmp(db_text(q, 1), "handed-down"))
            told->lead = told->center;
    }
    db_reset(q);
    told->center = center;
}

static void compare_ruled(const struct comparison *c, struct db *db, const struct ruling *stored,
                          const struct told *told)
{
    struct db_query *q = db_query(db, "SELECT (SELECT code FROM org WHERE id = ?1),"
                                      " (SELECT code FROM org WHERE id = ?2)");
    db_bind(q, 1, stored->lead);
    db_bind(q, 2, stored->center);
    if (db_step(q)) {
        compare_text(c, "lead", db_text(q, 0), told->lead);
        compare_text(c, "center", db_text(q, 1), told->center);
    }
    db_reset(q);
    compare_number(c, "ticket", stored->ticket_id, told->ruling.ticket_id);
    compare_number(c, "at", stored->at, told->ruling.at);
    compare_number(c, "once", stored->once, told->ruling.once);
    compare_text(c, "assists", stored->assists, told->ruling.assists);
    compare_text(c, "words", stored->words, told->ruling.words);
    compare_text(c, "category", stored->category, told->ruling.category);
}

/* The events about rulings, and which of them (by number) they have accounted for. */
struct accounts {
    struct db *db;
    struct comparison comparison;
    char *ruled, *retired;
    int64_t most; /* the highest number */
};

/* A damaged database may have any number. */
static bool is_counted(const struct accounts *a, int64_t id)
{
    return id >= 1 && id <= a->most;
}

static void take_event(struct accounts *a, struct db_query *q)
{
    struct arena arena = {0};
    struct fault fault = {""};
    struct ruling stored;
    struct told told = {.arena = &arena, .ruling = {.assists = "[]", .words = "[]"}};
    bool retires = !strcmp(db_text(q, 2), "ruling-retired");
    json_read_object(db_text(q, 4), take_member, &told, &fault);
    const char *basis = told.ruling.basis;
    told.ruling.ticket_id = db_number(q, 1);
    told.ruling.at = db_number(q, 3);
    struct comparison *c = &a->comparison;
    c->id = told.ruling.id;
    if (!is_counted(a, c->id) || !ruling_get(a->db, c->id, &arena, &stored)) {
        c->report(c->context, c->id, "it is not there, and an event has made it");
    } else if (retires) {
        a->retired[c->id] = 1;
        compare_number(c, "retired_at", stored.retired_at, told.ruling.at);
        compare_text(c, "retired_for", stored.retired_for, told.reason);
    } else {
        a->ruled[c->id] = 1;
        read_dispatch(a->db, told.ruling.ticket_id, db_number(q, 0), &told);
        compare_ruled(c, a->db, &stored, &told);
        compare_text(c, "basis", stored.basis, basis);
    }
    arena_free(&arena);
}

static void take_ruling(void *context, const struct ruling *ruling)
{
    struct accounts *a = context;
    struct comparison *c = &a->comparison;
    if (!is_counted(a, ruling->id) || !a->ruled[ruling->id])
        c->report(c->context, ruling->id, "no event has made it");
    if (ruling->retired_at && is_counted(a, ruling->id) && !a->retired[ruling->id])
        c->report(c->context, ruling->id, "no event has retired it");
}

void ruling_check(struct db *db, compare_report *report, void *context)
{
    struct accounts a = {.db = db, .comparison = {report, context, 0, NULL}};
    a.most = db_count(db, "SELECT coalesce(max(id), 0) FROM ruling");
    a.ruled = mem_zero((size_t)a.most + 1, 1);
    a.retired = mem_zero((size_t)a.most + 1, 1);
    struct db_query *q =
        db_query(db, "SELECT id, ticket_id, type, at, data FROM event"
                     " WHERE type = 'ruled' OR type = 'ruling-retired' ORDER BY id");
    while (db_step(q))
        take_event(&a, q);
    ruling_each(db, true, take_ruling, &a);
    free(a.ruled);
    free(a.retired);
}
