#include "ticket/replay.h"

#include <stdio.h>
#include <string.h>

#include "ticket/projection.h"

struct comparison {
    replay_report *report;
    void *context;
    int64_t id;
};

static void differ(struct comparison *c, const char *what, const char *stored, const char *replayed)
{
    char sentence[256];
    snprintf(sentence, sizeof sentence, "%s is %s, its events give %s", what, stored, replayed);
    c->report(c->context, c->id, sentence);
}

static void compare_number(struct comparison *c, const char *what, int64_t stored, int64_t replayed)
{
    char left[24], right[24];
    if (stored == replayed)
        return;
    snprintf(left, sizeof left, "%lld", (long long)stored);
    snprintf(right, sizeof right, "%lld", (long long)replayed);
    differ(c, what, left, right);
}

static void compare_text(struct comparison *c, const char *what, const char *stored,
                         const char *replayed)
{
    if (strcmp(stored ? stored : "", replayed ? replayed : "") != 0)
        differ(c, what, stored ? stored : "nothing", replayed ? replayed : "nothing");
}

/* The columns of a projection, in order; the texts are the ticket's. */
struct columns {
    const char *names[40], *texts[40];
    int64_t numbers[40];
    int count;
};

static void take_column(void *context, const char *column, int64_t number, const char *text)
{
    struct columns *columns = context;
    columns->names[columns->count] = column;
    columns->texts[columns->count] = text;
    columns->numbers[columns->count++] = number;
}

static void compare(struct comparison *c, const struct ticket *stored,
                    const struct ticket *replayed)
{
    struct columns left = {.count = 0}, right = {.count = 0};
    projection_each(stored, take_column, &left);
    projection_each(replayed, take_column, &right);
    for (int i = 0; i < left.count; i++) {
        compare_number(c, left.names[i], left.numbers[i], right.numbers[i]);
        compare_text(c, left.names[i], left.texts[i], right.texts[i]);
    }
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
    int64_t count;
};

static void take_ticket(void *context, const struct ticket *ticket)
{
    struct replaying *r = context;
    r->comparison.id = ticket->id;
    r->count++;
    replay_ticket(r->db, ticket, &r->comparison);
}

int64_t replay_all(struct db *db, replay_report *report, void *context)
{
    struct replaying replaying = {.db = db, .comparison = {report, context, 0}};
    ticket_each(db, &(struct ticket_filter){0}, take_ticket, &replaying);
    return replaying.count;
}
