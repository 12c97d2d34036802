#include "catalogue/ruling.h"

#include <stdlib.h>
#include <string.h>

#include "base/json.h"
#include "center/convener.h"
#include "center/county.h"
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

/* ---- retiring ---- */

/* The states of a ruling: it is in the catalogue, holds for its case alone, or was retired. */
static const char *const states[] = {"catalogued", "once", "retired", NULL};
enum { CATALOGUED = 1 };

static const struct gate_act acts[] = {{"retire a ruling", "ruling-retire", "停用裁定", CATALOGUED,
                                        GATE_BY_CONVENER, "ruling-retired"},
                                       {NULL, NULL, NULL, 0, GATE_BY_CONVENER, NULL}};

static const char *state_name(const char *state)
{
    return !strcmp(state, states[0]) ? "在目录" : !strcmp(state, states[1]) ? "仅限本件" : "已停用";
}

const struct gate_record ruling_record = {"ruling", "会商裁定", states, state_name, acts};

/* A ruling that is being retired. */
struct retiring {
    struct center *center;
    const struct ruling *ruling;
    int64_t by, at;
    const char *reason;
    struct fault *fault;
};

static bool is_retired(void *context)
{
    const struct retiring *r = context;
    return r->ruling->retired_at && !strcmp(r->ruling->retired_for, r->reason);
}

/* The conveners of the center in whose catalogue it is. */
static bool may_retire(void *context)
{
    const struct retiring *r = context;
    const struct county *county = county_at(r->center, r->ruling->center);
    if (convener_may(r->center, county, r->by))
        return true;
    struct conveners own = conveners_new(r->center, county);
    struct text names = {0};
    conveners_name(&own, r->center->db, &names);
    fault_add(r->fault, "%s: only a convener may: %s", acts[0].name, text_string(&names));
    text_free(&names);
    conveners_free(&own);
    return false;
}

static bool retire(void *context)
{
    const struct retiring *r = context;
    struct text data = {0};
    struct db_query *q = db_query(
        r->center->db, "UPDATE ruling SET retired_at = ?2, retired_for = ?3 WHERE id = ?1");
    db_bind(q, 1, r->ruling->id);
    db_bind(q, 2, r->at);
    db_bind_text(q, 3, r->reason);
    db_run(q);
    json_start(&data);
    org_add_code(&data, "by", r->center->db, r->by);
    json_add_text(&data, "reason", r->reason);
    json_add_number(&data, "ruling", r->ruling->id);
    event_log(r->center, r->ruling->ticket_id, acts[0].event, r->at, &data);
    return true;
}

static enum gate_result pass(struct retiring *r)
{
    const struct ruling *ruling = r->ruling;
    const struct gate gate = {.record = &ruling_record,
                              .state = ruling->once         ? "once"
                                       : ruling->retired_at ? "retired"
                                                            : "catalogued",
                              .at = r->at,
                              .now = r->center->now,
                              .by = &r->by,
                              .began = ruling->at,
                              .began_as = "it was ruled",
                              .fault = r->fault,
                              .context = r,
                              .known = is_retired,
                              .may = may_retire,
                              .step = retire,
                              .is_sure = true};
    return gate_pass(r->center, &gate);
}

enum gate_result ruling_retire(struct center *center, int64_t id, const struct gate_who *who,
                               const char *reason, struct fault *fault)
{
    struct arena arena = {0};
    struct ruling ruling;
    enum gate_result result = GATE_REFUSED;
    if (ruling_get(center->db, id, &arena, &ruling)) {
        int64_t own = county_org(center, county_at(center, ruling.center));
        result = pass(&(struct retiring){.center = center,
                                         .ruling = &ruling,
                                         .by = who->by ? who->by : own,
                                         .at = who->at ? who->at : center->now,
                                         .reason = reason,
                                         .fault = fault});
    } else {
        fault_add(fault, "no such ruling; ruling-list --all shows them");
    }
    arena_free(&arena);
    return result;
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
