/* The self-check of accountability: what is stored beside what its events give. */
#include "supervision/accountability_private.h"

/* One that an upgrade found has no event of its opening: its order's sweep is it. */
static void replay(struct db *db, const struct accountability *stored, struct arena *arena,
                   struct accountability *replayed)
{
    struct db_query *q =
        db_query(db, "SELECT type, at, data FROM event WHERE ticket_id = ?1"
                     " AND type BETWEEN 'accountability-' AND 'accountability-z'"
                     " AND CAST(json_extract(data, '$.number') AS BIGINT) = ?2 ORDER BY id");
    db_bind(q, 1, stored->ticket);
    db_bind(q, 2, stored->number);
    while (db_step(q))
        accountability_apply(replayed, arena, db_text(q, 0), db_number(q, 1), db_text(q, 2));
    if (replayed->opened_at)
        return;
    q = db_query(db, "SELECT swept_at FROM supervision WHERE id = ?1");
    db_bind(q, 1, stored->supervision);
    replayed->opened_at = db_first(q);
}

static void compare_persons(const struct comparison *c, const struct accountable *is,
                            const struct accountable *ought)
{
    for (; is || ought; is = is ? is->next : NULL, ought = ought ? ought->next : NULL) {
        compare_text(c, "person", is ? is->name : NULL, ought ? ought->name : NULL);
        if (!is || !ought)
            return;
        compare_text(c, "post", is->post, ought->post);
        compare_text(c, "liability", is->liability, ought->liability);
        compare_text(c, "person's result", is->result, ought->result);
    }
}

struct checking {
    struct db *db;
    struct comparison comparison;
};

static void check_one(void *context, const struct accountability *stored)
{
    struct checking *checking = context;
    struct comparison *c = &checking->comparison;
    struct arena arena = {0};
    struct accountability replayed = {0};
    c->id = stored->number;
    replay(checking->db, stored, &arena, &replayed);
    compare_number(c, "opened_at", stored->opened_at, replayed.opened_at);
    compare_number(c, "handed_at", stored->handed_at, replayed.handed_at);
    compare_text(c, "handed_to", stored->handed_to, replayed.handed_to);
    compare_number(c, "result_at", stored->result_at, replayed.result_at);
    compare_text(c, "result", stored->result, replayed.result);
    compare_number(c, "published_at", stored->published_at, replayed.published_at);
    compare_number(c, "ended_at", stored->ended_at, replayed.ended_at);
    compare_persons(c, stored->persons, replayed.persons);
    arena_free(&arena);
}

void accountability_check(struct db *db, compare_report *report, void *context)
{
    struct checking checking = {db, {report, context, 0, "accountability"}};
    struct db_query *q =
        db_query(db, "SELECT CAST(json_extract(data, '$.number') AS BIGINT) FROM event"
                     " WHERE type = 'accountability-opened'"
                     " AND CAST(json_extract(data, '$.number') AS BIGINT) NOT IN (SELECT id FROM "
                     "accountability)");
    while (db_step(q))
        report(context, db_number(q, 0), "accountability: it was opened, and is not there");
    accountability_each(db, true, check_one, &checking);
}
