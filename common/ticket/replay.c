#include "ticket/replay.h"

#include <string.h>

#include "base/json.h"
#include "base/progress.h"
#include "center/org_known.h"
#include "ticket/appeal_replay.h"
#include "ticket/content.h"
#include "ticket/correction.h"
#include "ticket/projection.h"
#include "ticket/round_replay.h"
#include "ticket/route_replay.h"
#include "ticket/wait_replay.h"

/* A ticket being made anew. */
struct making {
    struct db *db;
    struct arena arena;
    struct ticket ticket;
    struct told_rounds rounds;
    struct told_waits waits;
    struct told_routes routes;
    struct told_appeals appeals;
    struct told_content content;
    struct correction_chain chain;
};

/* What an upgrade has told of the ticket itself, since no event of before did. */
static void take_told(struct ticket *ticket, const struct json *data)
{
    for (int i = 0; i < json_count(data, "rows"); i++) {
        const struct json *told = json_object_at(data, "rows", i);
        if (!told || !json_has(told, "ticket"))
            continue;
        ticket->errand = json_number(told, "errand") != 0;
        ticket->until_day = (int)json_number(told, "until_day");
        ticket->pooled_at = json_number(told, "pooled");
    }
}

static void take_event(struct making *m, const char *type, int64_t at, const char *data)
{
    /* how it was received is the projection's and the correction's alone */
    struct json *said = strcmp(type, "received") != 0 ? json_read(data) : NULL;
    correction_follow(&m->chain, type, at, data);
    wait_follow(&m->waits, m->db, &m->ticket, type, at, said);
    projection_apply(&m->ticket, m->db, &m->arena, type, at, data);
    round_follow(&m->rounds, &m->ticket, type, said);
    route_follow(&m->routes, m->db, &m->ticket, type, at, said);
    appeal_follow(&m->appeals, m->db, type, at, said);
    if (said && !strcmp(type, "rows-stated"))
        take_told(&m->ticket, said);
    json_free(said);
}

static struct db_query *ask_events(struct db *db, int64_t id)
{
    struct db_query *q =
        db_query(db, "SELECT type, at, data, id, seed FROM event WHERE ticket_id = ?1 ORDER BY id");
    db_bind(q, 1, id);
    return q;
}

static struct db_query *ask_upgrade(struct db *db, int64_t id)
{
    struct db_query *q = db_query(db, "SELECT '{\"rows\":[' || data || ']}' FROM upgrade_event"
                                      " WHERE ticket_id = ?1 AND type = 'rows-stated' ORDER BY id");
    db_bind(q, 1, id);
    return q;
}

static void follow(struct making *m, int64_t id)
{
    struct db_query *q = ask_events(m->db, id);
    while (db_step(q)) {
        content_follow(&m->content, q);
        take_event(m, db_text(q, 0), db_number(q, 1), db_text(q, 2));
    }
    q = ask_upgrade(m->db, id);
    while (db_step(q))
        take_event(m, "rows-stated", 0, db_text(q, 0));
}

/* What it said: as it is stored, but for what corrections say. */
static void make(struct making *m, const struct ticket *stored)
{
    struct ticket *t = &m->ticket;
    t->source = stored->source;
    t->ref = stored->ref;
    t->body = stored->body;
    t->extra = stored->extra;
    t->channel = stored->channel;
    t->kind_by = stored->kind_by;
    t->title = stored->title;
    t->enterprise = stored->enterprise;
    t->uscc = stored->uscc;
    t->contact = stored->contact;
    t->phone = stored->phone;
    t->region = stored->region;
    t->category = stored->category;
    correction_make(&m->chain, t);
    fields_place(m->db, &ticket_table, stored->id, t);
    round_make(&m->rounds, m->db, stored->id);
    wait_make(&m->waits, m->db, stored->id);
    route_make(&m->routes, m->db, stored->id);
    appeal_make(&m->appeals, m->db, stored->id);
}

static void replay_ticket(struct db *db, const struct ticket *stored, struct comparison *c)
{
    struct making m = {.db = db};
    m.waits = (struct told_waits){.arena = &m.arena,
                                  .requests = {.size = sizeof(struct told_request)},
                                  .pauses = {.size = sizeof(struct told_pause)}};
    m.routes = (struct told_routes){.arena = &m.arena, .list = {.size = sizeof(struct told_route)}};
    m.appeals =
        (struct told_appeals){.arena = &m.arena, .list = {.size = sizeof(struct told_appeal)}};
    m.chain = (struct correction_chain){.arena = &m.arena, .comparison = c};
    follow(&m, stored->id);
    content_compare(&m.content, db, stored, c);
    make(&m, stored);
    arena_free(&m.arena);
}

struct replaying {
    struct db *db;
    struct comparison comparison;
    int64_t count;
    int64_t asked; /* below it all tickets were asked about */
};

enum { AHEAD = 200 /* tickets */ };

static void ask_ahead(struct replaying *r, int64_t from)
{
    for (r->asked = from; r->asked < from + AHEAD; r->asked++) {
        db_ahead(ask_events(r->db, r->asked));
        db_ahead(ask_upgrade(r->db, r->asked));
    }
}

static void take_ticket(void *context, const struct ticket *ticket)
{
    struct replaying *r = context;
    r->comparison.id = ticket->id;
    progress_step(++r->count, 0, "tickets");
    if (db_looks_ahead(r->db) && ticket->id >= r->asked)
        ask_ahead(r, ticket->id);
    replay_ticket(r->db, ticket, &r->comparison);
}

static void replay(struct db *db, compare_report *report, void *context)
{
    struct replaying replaying = {.db = db, .comparison = {report, context, 0, NULL}};
    struct org_table orgs = org_table_load(db); /* each event names some */
    orgknown_set(db, &orgs);
    ticket_each_stored(db, take_ticket, &replaying);
    orgknown_forget(db);
    org_table_free(&orgs);
}

const struct projected ticket_projected = {
    .check = "replay",
    .tables =
        (const struct projected_table[]){
            {"ticket", "m.id", "''", NULL},
            {"route", "m.ticket_id", "'route ' || m.id", NULL},
            {"request", "m.ticket_id", "'request ' || m.id", NULL},
            {"suspension", "m.ticket_id", "'suspension ' || m.id", NULL},
            {"round", "m.ticket_id", "'round ' || m.round", NULL},
            {"appeal", "m.ticket_id", "'appeal ' || m.id", NULL},
            {NULL, NULL, NULL, NULL}},
    .replay = replay};
