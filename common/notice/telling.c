#include "notice/telling.h"

#include <stdlib.h>
#include <string.h>

#include "base/mask.h"
#include "base/mem.h"
#include "center/county.h"
#include "enterprise/enterprise.h"
#include "ticket/ticket.h"

/* What is known where one looks for who is told. */
struct telling {
    struct center *center;
    const struct event *event;
    const struct json *data;
    const struct ticket *ticket; /* NULL: it is no ticket's */
    struct told *told;
};

void told_free(struct told *told)
{
    free(told->list);
    *told = (struct told){.count = 0};
}

void told_add(struct told *told, int kind, int64_t id)
{
    if (!id)
        return;
    told->list = mem_grow(told->list, (size_t)told->count, sizeof *told->list);
    told->list[told->count++] = (struct owner){owner_kind(kind), id};
}

/* ---- each way in which somebody is meant ---- */

static void add_coded(const struct telling *t, const char *code)
{
    if (code && *code)
        told_add(t->told, OWNER_ORG, org_find(t->center->db, code));
}

/* One code, or a list of them. */
static void add_named(const struct telling *t, const char *member)
{
    add_coded(t, json_text(t->data, member));
    for (int i = 0; i < json_count(t->data, member); i++)
        add_coded(t, json_text_at(t->data, member, i));
}

static void add_lead(const struct telling *t)
{
    told_add(t->told, OWNER_ORG, t->ticket ? t->ticket->lead : 0);
}

/* What asks for opinions on a draft is told as such. */
static void add_parties(const struct telling *t)
{
    struct db_query *q = db_query(t->center->db, "SELECT 1 FROM consultee WHERE ticket_id = ?1");
    db_bind(q, 1, t->event->ticket_id);
    if (db_first(q))
        return;
    add_named(t, "lead");
    add_named(t, "assists");
}

static void add_assists(const struct telling *t)
{
    add_named(t, "assists");
}

static void add_judged(const struct telling *t)
{
    if (json_has(t->data, "org"))
        add_named(t, "org");
    else
        add_lead(t);
}

static void add_supervisor(const struct telling *t)
{
    add_named(t, "supervisor");
}

/* A draft asks enterprises, too. */
static void add_ordered(const struct telling *t)
{
    add_named(t, "to");
    for (int i = 0; i < json_count(t->data, "firms"); i++)
        told_add(t->told, OWNER_ENTERPRISE,
                 enterprise_find(t->center->db, json_text_at(t->data, "firms", i)));
}

static void add_of_order(const struct telling *t)
{
    struct db_query *q = db_query(t->center->db, "SELECT org_id FROM supervision WHERE id = ?1");
    db_bind(q, 1, json_number_at(t->data, "orders", 0));
    told_add(t->told, OWNER_ORG, db_first(q));
}

/* Of what is decided here: returned, return-refused, extended ... the request before. */
static void add_asker(const struct telling *t)
{
    static const struct {
        const char *begins, *act;
    } acts[] = {
        {"return", "return"}, {"exten", "extension"}, {"suspen", "suspension"}, {"close", "close"}};
    struct db_query *q =
        db_query(t->center->db, "SELECT org_id FROM request WHERE ticket_id = ?1 AND act = ?2"
                                " ORDER BY id DESC LIMIT 1");
    if (json_has(t->data, "org")) { /* an appeal names it */
        add_named(t, "org");
        return;
    }
    for (size_t i = 0; i < sizeof acts / sizeof *acts; i++)
        if (!strncmp(t->event->type, acts[i].begins, strlen(acts[i].begins))) {
            db_bind(q, 1, t->event->ticket_id);
            db_bind_text(q, 2, acts[i].act);
            told_add(t->told, OWNER_ORG, db_first(q));
            return;
        }
}

static void add_center(const struct telling *t)
{
    if (t->ticket && t->ticket->center)
        told_add(t->told, OWNER_ORG, t->ticket->center);
    else
        told_add(t->told, OWNER_ORG, county_org(t->center, NULL));
}

/* The enterprise whose the ticket is, as far as it is registered. */
static int64_t find_enterprise(const struct telling *t)
{
    const struct ticket *ticket = t->ticket;
    int64_t id = ticket && ticket->uscc ? enterprise_find(t->center->db, ticket->uscc) : 0;
    return !id && ticket && !ticket->uscc && ticket->enterprise
               ? enterprise_find(t->center->db, ticket->enterprise)
               : id;
}

static void add_enterprise(const struct telling *t)
{
    told_add(t->told, OWNER_ENTERPRISE, find_enterprise(t));
}

static void add_liaisons(const struct telling *t)
{
    struct db_query *q =
        db_query(t->center->db, "SELECT liaison_id FROM liaison_enterprise WHERE enterprise_id = ?1"
                                " ORDER BY liaison_id");
    db_bind(q, 1, find_enterprise(t));
    while (db_step(q))
        told_add(t->told, OWNER_LIAISON, db_number(q, 0));
}

/* The parts of a delivery (match/delivery.h). */
static void add_recipients(const struct telling *t)
{
    struct db *db = t->center->db;
    for (int i = 0; i < json_count(t->data, "sent"); i++) {
        const struct json *part = json_object_at(t->data, "sent", i);
        add_coded(t, json_text(part, "association"));
        for (int k = 0; k < json_count(part, "enterprises"); k++)
            told_add(t->told, OWNER_ENTERPRISE,
                     enterprise_find(db, json_text_at(part, "enterprises", k)));
    }
}

static const struct {
    unsigned told;
    void (*add)(const struct telling *t);
} ways[] = {{TOLD_LEAD, add_lead},
            {TOLD_PARTIES, add_parties},
            {TOLD_ASSISTS, add_assists},
            {TOLD_JUDGED, add_judged},
            {TOLD_SUPERVISOR, add_supervisor},
            {TOLD_ORDERED, add_ordered},
            {TOLD_OF_ORDER, add_of_order},
            {TOLD_ASKER, add_asker},
            {TOLD_CENTER, add_center},
            {TOLD_ENTERPRISE, add_enterprise},
            {TOLD_LIAISON, add_liaisons},
            {TOLD_RECIPIENTS, add_recipients}};

static bool is_so(enum notice_when when, const struct json *data)
{
    const char *closed_as = json_text(data, "closed_as");
    switch (when) {
    case NOTICE_BAD_RATING: return json_number(data, "rating") <= 2;
    case NOTICE_DECLINED: return closed_as && !strcmp(closed_as, "declined");
    case NOTICE_BY_CLOCK: return false;
    default: return true;
    }
}

void telling_find(struct center *center, const struct notice_kind *kind, const struct event *event,
                  const struct json *data, struct told *told)
{
    struct arena arena = {0};
    struct telling t = {center, event, data, NULL, told};
    if (is_so(kind->when, data)) {
        if (event->ticket_id)
            t.ticket = ticket_get(center->db, event->ticket_id, &arena);
        for (size_t i = 0; i < sizeof ways / sizeof *ways; i++)
            if (kind->told & ways[i].told)
                ways[i].add(&t);
    }
    arena_free(&arena);
}

/* ---- at which addresses ---- */

static bool wants(const struct address *address, const char *kind)
{
    size_t length = strlen(kind);
    const char *at = address->wants;
    while (at && (at = strstr(at, kind)) != NULL &&
           ((at > address->wants && at[-1] != ' ') || (at[length] && at[length] != ' ')))
        at += length;
    return !address->wants || at;
}

static bool is_away(const struct address *address, int day)
{
    return (address->away_from != FIELD_NO_DAY || address->away_until != FIELD_NO_DAY) &&
           (address->away_from == FIELD_NO_DAY || address->away_from <= day) &&
           (address->away_until == FIELD_NO_DAY || day <= address->away_until);
}

/* The ids of those that were found. */
struct finding {
    const char *kind;
    int64_t *ids;
    size_t count;
};

static void find(void *context, const struct address *address)
{
    struct finding *f = context;
    if (!wants(address, f->kind) || mask_is_erased(address->address, strlen(address->address)))
        return;
    f->ids = mem_grow(f->ids, f->count, sizeof *f->ids);
    f->ids[f->count++] = address->id;
}

/* The address that is told in the place of this one on DAY; a deputy may be away too. */
static bool load_present(struct db *db, int64_t id, int day, struct arena *arena,
                         struct address *address)
{
    enum { MOST_DEPUTIES = 8 };
    struct address deputy;
    if (!address_load(db, id, arena, address))
        return false;
    for (int i = 0; i < MOST_DEPUTIES && is_away(address, day) && address->deputy; i++) {
        if (!address_load(db, address->deputy, arena, &deputy) || strcmp(deputy.used, "yes") != 0)
            break;
        *address = deputy;
    }
    return !mask_is_erased(address->address, strlen(address->address));
}

/* Sorted, so that each is met once. */
static int by_id(const void *a, const void *b)
{
    const int64_t *left = a, *right = b;
    return (*left > *right) - (*left < *right);
}

static void replace_absent(struct db *db, struct finding *f, int day)
{
    struct arena arena = {0};
    struct address address;
    for (size_t i = 0; i < f->count; i++)
        f->ids[i] = load_present(db, f->ids[i], day, &arena, &address) ? address.id : 0;
    arena_free(&arena);
    if (f->count)
        qsort(f->ids, f->count, sizeof *f->ids, by_id);
}

void telling_addresses(struct db *db, const struct told *told, const struct notice_kind *kind,
                       int day, void (*take)(void *context, const struct address *address),
                       void *context)
{
    struct finding f = {.kind = kind->code};
    for (int i = 0; i < told->count; i++)
        address_each(db, &(struct address_filter){.owner = told->list[i]}, find, &f);
    replace_absent(db, &f, day);
    for (size_t i = 0; i < f.count; i++) {
        struct arena arena = {0};
        struct address address;
        if (f.ids[i] && (!i || f.ids[i] != f.ids[i - 1]) &&
            address_load(db, f.ids[i], &arena, &address))
            take(context, &address);
        arena_free(&arena);
    }
    free(f.ids);
}
