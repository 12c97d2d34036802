#include "ticket/replay.h"

#include <string.h>

#include "base/progress.h"
#include "ticket/correction.h"
#include "ticket/projection.h"
#include "ticket/round_replay.h"
#include "ticket/route_replay.h"
#include "ticket/wait_replay.h"

/* Rows that an event of a type must have left behind, counted. */
static void compare_rows(struct comparison *c, struct db *db, const char *what, const char *sql,
                         int64_t events)
{
    struct db_query *q = db_query(db, sql);
    db_bind(q, 1, c->id);
    int64_t rows = db_first(q);
    compare_number(c, what, rows, events);
}

/* Levels that a ticket's events have begun, and taken back. */
struct counts {
    int64_t levels, revoked;
};

static void replay_ticket(struct db *db, const struct ticket *stored, struct comparison *c)
{
    struct arena arena = {0};
    struct ticket replayed = {0};
    struct counts counts = {0};
    struct told_rounds rounds = {0};
    struct told_waits waits = {.arena = &arena};
    struct told_routes routes = {.arena = &arena};
    struct correction_chain chain = {.arena = &arena, .comparison = c};
    struct db_query *q =
        db_query(db, "SELECT type, at, data FROM event WHERE ticket_id = ?1 ORDER BY id");
    db_bind(q, 1, c->id);
    while (db_step(q)) {
        const char *type = db_text(q, 0), *data = db_text(q, 2);
        counts.levels += !strcmp(type, "escalated") || !strcmp(type, "assist-escalated") ||
                         !strcmp(type, "dispatch-escalated");
        counts.revoked += !strcmp(type, "level-revoked");
        correction_follow(&chain, type, db_number(q, 1), data);
        wait_follow(&waits, db, &replayed, type, db_number(q, 1), data);
        projection_apply(&replayed, db, &arena, type, db_number(q, 1), data);
        round_follow(&rounds, &replayed, type, data);
        route_follow(&routes, db, &replayed, type, db_number(q, 1), data);
    }
    projection_compare(c, stored, &replayed);
    round_compare(&rounds, db, c);
    wait_compare(&waits, db, c);
    correction_compare(&chain, stored);
    compare_rows(c, db, "number of supervisions",
                 "SELECT count(*) FROM supervision WHERE ticket_id = ?1 AND role <> 'order'",
                 counts.levels);
    compare_rows(c, db, "number of revoked levels",
                 "SELECT count(*) FROM supervision WHERE ticket_id = ?1 AND revoked_at IS NOT NULL",
                 counts.revoked);
    route_compare(&routes, db, c);
    arena_free(&arena);
}

struct replaying {
    struct db *db;
    struct comparison comparison;
    int64_t count, total;
};

static void take_ticket(void *context, const struct ticket *ticket)
{
    struct replaying *r = context;
    r->comparison.id = ticket->id;
    progress_step(++r->count, r->total, "tickets");
    replay_ticket(r->db, ticket, &r->comparison);
}

int64_t replay_all(struct db *db, compare_report *report, void *context)
{
    struct replaying replaying = {.db = db, .comparison = {report, context, 0, NULL}};
    replaying.total = db_count(db, "SELECT count(*) FROM ticket");
    ticket_each(db, &(struct ticket_filter){0}, take_ticket, &replaying);
    return replaying.count;
}
