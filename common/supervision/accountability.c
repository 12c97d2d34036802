#include <stdlib.h>
#include <string.h>

#include "base/json.h"
#include "center/log.h"
#include "supervision/accountability_private.h"

/* One event being applied. */
struct reading {
    struct arena *arena;
    const char *handed_to, *result;
    struct accountable person;
};

static const char *keep(struct reading *r, const char *value)
{
    return value ? arena_string(r->arena, value) : NULL;
}

static void take_member(void *context, const char *key, const char *value)
{
    struct reading *r = context;
    if (!strcmp(key, "handed_to"))
        r->handed_to = keep(r, value);
    else if (!strcmp(key, "result"))
        r->result = r->person.result = keep(r, value);
    else if (!strcmp(key, "person"))
        r->person.name = keep(r, value);
    else if (!strcmp(key, "post"))
        r->person.post = keep(r, value);
    else if (!strcmp(key, "liability"))
        r->person.liability = keep(r, value);
}

struct accountable *accountability_person(const struct accountability *a, const char *name)
{
    struct accountable *p = a->persons;
    while (p && strcmp(p->name, name) != 0)
        p = p->next;
    return p;
}

/* Adds NEW, or changes the one of this name. */
static void set_person(struct accountability *a, struct arena *arena, const struct accountable *new)
{
    struct accountable *old = accountability_person(a, new->name);
    if (old) {
        old->post = new->post ? new->post : old->post;
        old->liability = new->liability ? new->liability : old->liability;
        old->result = new->result ? new->result : old->result;
        return;
    }
    struct accountable **place = &a->persons, *added = arena_zero(arena, sizeof *added);
    while (*place && strcmp((*place)->name, new->name) < 0)
        place = &(*place)->next;
    *added = *new;
    added->next = *place;
    *place = added;
}

void accountability_apply(struct accountability *a, struct arena *arena, const char *type,
                          int64_t at, const char *data)
{
    struct reading r = {.arena = arena};
    struct fault fault = {""};
    json_read_object(data, take_member, &r, &fault);
    if (!strcmp(type, "accountability-opened")) {
        a->opened_at = at;
    } else if (!strcmp(type, "accountability-handed")) {
        a->handed_at = at;
        a->handed_to = r.handed_to;
    } else if (!strcmp(type, "accountability-result")) {
        a->result_at = at;
        a->result = r.result;
    } else if (!strcmp(type, "accountability-published")) {
        a->published_at = at;
    } else if (!strcmp(type, "accountability-ended")) {
        a->ended_at = at;
    } else if (!strcmp(type, "accountability-person") && r.person.name) {
        set_person(a, arena, &r.person);
    }
}

#define COLUMNS                                                                                    \
    "SELECT a.id, a.supervision_id, s.ticket_id, s.org_id, s.level, a.opened_at, a.handed_at,"     \
    " a.result_at, a.published_at, a.ended_at, a.handed_to, a.result FROM accountability a"        \
    " JOIN supervision s ON s.id = a.supervision_id JOIN ticket t ON t.id = s.ticket_id "

static void read_persons(struct db *db, struct arena *arena, struct accountability *a)
{
    struct accountable **place = &a->persons;
    struct db_query *q = db_query(db, "SELECT name, post, liability, result"
                                      " FROM accountability_person WHERE accountability_id = ?1"
                                      " ORDER BY name");
    db_bind(q, 1, a->number);
    for (; db_step(q); place = &(*place)->next) {
        *place = arena_zero(arena, sizeof **place);
        (*place)->name = arena_string(arena, db_text(q, 0));
        (*place)->post = arena_string(arena, db_text(q, 1));
        (*place)->liability = arena_string(arena, db_text(q, 2));
        if (db_text(q, 3))
            (*place)->result = arena_string(arena, db_text(q, 3));
    }
}

/* The present row, its texts in ARENA. */
static struct accountability read_row(struct db_query *q, struct arena *arena)
{
    struct accountability a = {.number = db_number(q, 0),
                               .supervision = db_number(q, 1),
                               .ticket = db_number(q, 2),
                               .org = db_number(q, 3),
                               .level = arena_string(arena, db_text(q, 4)),
                               .opened_at = db_number(q, 5),
                               .handed_at = db_number(q, 6),
                               .result_at = db_number(q, 7),
                               .published_at = db_number(q, 8),
                               .ended_at = db_number(q, 9)};
    if (db_text(q, 10))
        a.handed_to = arena_string(arena, db_text(q, 10));
    if (db_text(q, 11))
        a.result = arena_string(arena, db_text(q, 11));
    return a;
}

bool accountability_get(struct db *db, int64_t number, struct arena *arena,
                        struct accountability *accountability)
{
    struct db_query *q = db_query(db, COLUMNS "WHERE a.id = ?1");
    db_bind(q, 1, number);
    bool found = db_step(q);
    if (found)
        *accountability = read_row(q, arena);
    db_reset(q);
    if (found)
        read_persons(db, arena, accountability);
    return found;
}

static void take_rows(struct db *db, struct db_query *q, accountability_take *take, void *context)
{
    while (db_step(q)) {
        struct arena arena = {0};
        struct accountability a = read_row(q, &arena);
        read_persons(db, &arena, &a);
        take(context, &a);
        arena_free(&arena);
    }
}

void accountability_each(struct db *db, bool all, accountability_take *take, void *context)
{
    struct db_query *q =
        all ? db_query(db, COLUMNS "ORDER BY a.opened_at, a.id")
            : db_query(db, COLUMNS "WHERE a.published_at IS NULL AND a.ended_at IS NULL"
                                   " ORDER BY a.opened_at, a.id");
    take_rows(db, q, take, context);
}

void accountability_of_ticket(struct db *db, int64_t ticket, accountability_take *take,
                              void *context)
{
    struct db_query *q = db_query(db, COLUMNS "WHERE s.ticket_id = ?1 ORDER BY a.id");
    db_bind(q, 1, ticket);
    take_rows(db, q, take, context);
}

static void store(struct db *db, const struct accountability *a)
{
    struct db_query *q = db_query(
        db, "UPDATE accountability SET opened_at = ?2, handed_at = ?3, handed_to = ?4,"
            " result_at = ?5, result = ?6, published_at = ?7, ended_at = ?8 WHERE id = ?1");
    db_bind(q, 1, a->number);
    db_bind(q, 2, a->opened_at);
    db_bind_some(q, 3, a->handed_at);
    db_bind_text(q, 4, a->handed_to);
    db_bind_some(q, 5, a->result_at);
    db_bind_text(q, 6, a->result);
    db_bind_some(q, 7, a->published_at);
    db_bind_some(q, 8, a->ended_at);
    db_run(q);
}

void accountability_add(struct center *center, struct accountability *a, struct arena *arena,
                        const char *type, int64_t at, struct text *data)
{
    struct text copy = {0};
    text_add(&copy, text_string(data));
    json_end(&copy);
    accountability_apply(a, arena, type, at, copy.data);
    text_free(&copy);
    event_log(center, a->ticket, type, at, data);
    store(center->db, a);
}

struct text accountability_begin(const struct accountability *a)
{
    struct text data = {0};
    json_start(&data);
    json_add_number(&data, "number", a->number);
    return data;
}

/* The procedure of an order, or none (0). */
static int64_t find_of(struct db *db, int64_t supervision)
{
    struct db_query *q = db_query(db, "SELECT id FROM accountability WHERE supervision_id = ?1");
    db_bind(q, 1, supervision);
    return db_first(q);
}

/* Opened and ended say of which order. */
static void record_of_order(struct center *center, int64_t number, const char *type, int64_t at)
{
    struct arena arena = {0};
    struct accountability a;
    if (accountability_get(center->db, number, &arena, &a)) {
        struct text data = accountability_begin(&a), orders = {0};
        text_add_format(&orders, "[%lld]", (long long)a.supervision);
        json_add_raw(&data, "orders", orders.data);
        accountability_add(center, &a, &arena, type, at, &data);
        text_free(&orders);
    }
    arena_free(&arena);
}

void accountability_open(struct center *center, int64_t supervision, int64_t at)
{
    if (find_of(center->db, supervision))
        return;
    struct db_query *q = db_query(
        center->db,
        "INSERT INTO accountability (supervision_id, opened_at) VALUES (?1, ?2) RETURNING id");
    db_bind(q, 1, supervision);
    db_bind(q, 2, at);
    record_of_order(center, db_first(q), "accountability-opened", at);
}

void accountability_end(struct center *center, int64_t supervision, int64_t at)
{
    int64_t number = find_of(center->db, supervision);
    struct db_query *q =
        db_query(center->db, "SELECT 1 FROM accountability WHERE id = ?1 AND ended_at IS NULL");
    db_bind(q, 1, number);
    if (db_first(q))
        record_of_order(center, number, "accountability-ended", at);
}
