#include "ticket/replay.h"

#include <string.h>

#include "base/progress.h"
#include "ticket/projection.h"

static void compare(struct comparison *c, const struct ticket *stored,
                    const struct ticket *replayed)
{
    struct compare_columns left = {.count = 0}, right = {.count = 0};
    projection_each(stored, compare_take, &left);
    projection_each(replayed, compare_take, &right);
    compare_each(c, &left, &right);
}

/* Rows that an event of a type must have left behind, counted. */
static void compare_rows(struct comparison *c, struct db *db, const char *what, const char *sql,
                         int64_t events)
{
    struct db_query *q = db_query(db, sql);
    db_bind(q, 1, c->id);
    int64_t rows = db_first(q);
    compare_number(c, what, rows, events);
}

static void replay_ticket(struct db *db, const struct ticket *stored, struct comparison *c)
{
    struct arena arena = {0};
    struct ticket replayed = {0};
    int64_t levels = 0, leads = 0, suspensions = 0;
    struct db_query *q =
        db_query(db, "SELECT type, at, data FROM event WHERE ticket_id = ?1 ORDER BY id");
    db_bind(q, 1, c->id);
    while (db_step(q)) {
        const char *type = db_text(q, 0);
        levels += !strcmp(type, "escalated");
        leads += !strcmp(type, "dispatched") || (!strcmp(type, "redo") && replayed.lead);
        suspensions += !strcmp(type, "suspended");
        projection_apply(&replayed, db, &arena, type, db_number(q, 1), db_text(q, 2));
    }
    compare(c, stored, &replayed);
    compare_rows(c, db, "number of supervisions",
                 "SELECT count(*) FROM supervision WHERE ticket_id = ?1", levels);
    compare_rows(c, db, "number of leads",
                 "SELECT count(*) FROM route WHERE ticket_id = ?1 AND role = 'lead'", leads);
    compare_rows(c, db, "number of suspensions",
                 "SELECT count(*) FROM suspension WHERE ticket_id = ?1", suspensions);
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
