#include "ticket/replay.h"
#include "ticket/appeal_replay.h"

#include <string.h>

#include "base/json.h"
#include "base/progress.h"
#include "center/org_known.h"
#include "ticket/content.h"
#include "ticket/correction.h"
#include "ticket/projection.h"
#include "ticket/round_replay.h"
#include "ticket/route_replay.h"
#include "ticket/wait_replay.h"

/* Levels that a ticket's events have begun, and taken back. */
struct counts {
    int64_t levels, revoked;
};

static void compare_counts(const struct counts *counts, struct db *db, const struct comparison *c)
{
    struct db_query *q = db_query(db, "SELECT count(*) FILTER (WHERE role <> 'order'),"
                                      " count(*) FILTER (WHERE revoked_at IS NOT NULL)"
                                      " FROM supervision WHERE ticket_id = ?1");
    db_bind(q, 1, c->id);
    db_step(q);
    int64_t levels = db_number(q, 0), revoked = db_number(q, 1);
    db_reset(q);
    compare_number(c, "number of supervisions", levels, counts->levels);
    compare_number(c, "number of revoked levels", revoked, counts->revoked);
}

static void replay_ticket(struct db *db, const struct ticket *stored, struct comparison *c)
{
    struct arena arena = {0};
    struct ticket replayed = {0};
    struct counts counts = {0};
    struct told_rounds rounds = {0};
    struct told_waits waits = {.arena = &arena};
    struct told_routes routes = {.arena = &arena};
    struct told_content content = {.event_id = 0};
    struct told_appeals appeals = {.arena = &arena};
    struct correction_chain chain = {.arena = &arena, .comparison = c};
    struct db_query *q =
        db_query(db, "SELECT type, at, data, id, seed FROM event WHERE ticket_id = ?1 ORDER BY id");
    db_bind(q, 1, c->id);
    while (db_step(q)) {
        const char *type = db_text(q, 0), *data = db_text(q, 2);
        /* how it was received is the projection's and the correction's alone */
        struct json *said = strcmp(type, "received") != 0 ? json_read(data) : NULL;
        counts.levels += !strcmp(type, "escalated") || !strcmp(type, "assist-escalated") ||
                         !strcmp(type, "dispatch-escalated");
        counts.revoked += !strcmp(type, "level-revoked");
        content_follow(&content, q);
        correction_follow(&chain, type, db_number(q, 1), data);
        wait_follow(&waits, db, &replayed, type, db_number(q, 1), said);
        projection_apply(&replayed, db, &arena, type, db_number(q, 1), data);
        round_follow(&rounds, &replayed, type, said);
        route_follow(&routes, db, &replayed, type, db_number(q, 1), said);
        appeal_follow(&appeals, type, db_number(q, 1), said);
        json_free(said);
    }
    projection_compare(c, stored, &replayed);
    round_compare(&rounds, db, c);
    wait_compare(&waits, db, c);
    correction_compare(&chain, stored);
    content_compare(&content, db, stored, c);
    compare_counts(&counts, db, c);
    route_compare(&routes, db, c);
    appeal_compare(&appeals, db, c);
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
    struct org_table orgs = org_table_load(db); /* each event names some */
    replaying.total = db_count(db, "SELECT count(*) FROM ticket");
    orgknown_set(db, &orgs);
    ticket_each(db, &(struct ticket_filter){.whole = true}, take_ticket, &replaying);
    orgknown_forget(db);
    org_table_free(&orgs);
    return replaying.count;
}
