#include "ticket/soundness.h"

#include "base/clock.h"
#include "base/text.h"

void soundness_of_orgs(struct db *db, compare_report *report, void *context)
{
    struct db_query *q = db_query(db, "SELECT id, code FROM org WHERE id < 1 ORDER BY id");
    while (db_step(q)) {
        struct text what = {0};
        text_add_format(&what, "organisation %s has an id below 1", db_text(q, 1));
        report(context, db_number(q, 0), what.data);
        text_free(&what);
    }
}

/* Reports a sentence about each event that SQL finds, with a number of seconds in it. */
static void report_events(struct db *db, const char *sql, const char *before, const char *after,
                          compare_report *report, void *context)
{
    struct db_query *q = db_query(db, sql);
    while (db_step(q)) {
        struct text what = {0};
        text_add_format(&what, "%s %lld s %s", before, (long long)db_number(q, 1), after);
        report(context, db_number(q, 0), what.data);
        text_free(&what);
    }
}

/* The first event that was entered later than now. */
static void report_future(const struct center *center, compare_report *report, void *context)
{
    char iso[CLOCK_TEXT_SIZE];
    struct db_query *q = db_query(center->db, "SELECT id, recorded_at FROM event"
                                              " WHERE recorded_at > ?1 ORDER BY id LIMIT 1");
    db_bind(q, 1, center->now);
    if (db_step(q)) {
        struct text what = {0};
        text_add_format(&what, "it was entered at %s, which is still to come",
                        clock_print(db_number(q, 1), iso));
        report(context, db_number(q, 0), what.data);
        text_free(&what);
    }
    db_reset(q);
}

void soundness_of_time(struct center *center, compare_report *report, void *context)
{
    struct db *db = center->db;
    report_events(db,
                  "SELECT b.id, a.recorded_at - b.recorded_at FROM event a"
                  " JOIN event b ON b.id = a.id + 1 WHERE b.recorded_at < a.recorded_at",
                  "it was entered", "before the event in front of it", report, context);
    /* Quotes in a text are written \", so no text can hold these. */
    report_events(db,
                  "SELECT b.id, CAST(json_extract(b.data, '$.clock_behind') AS BIGINT) FROM event b"
                  " LEFT JOIN event a ON a.id = b.id - 1"
                  " WHERE instr(b.data, '\"clock_behind\":') > 0"
                  "   AND coalesce(instr(a.data, '\"clock_behind\":'), 0) = 0",
                  "from here on the machine's clock was", "behind the log", report, context);
    if (!center->demo)
        report_future(center, report, context);
    struct db_query *q = db_query(db, "SELECT instr(data, '\"demo\":1') > 0 FROM event WHERE id = 1"
                                      " AND type = 'center-created'");
    bool made_as_demo = db_first(q) > 0;
    if (made_as_demo != center->demo)
        report(context, 1,
               made_as_demo ? "the center was made as a demo, and is none"
                            : "the center is a demo, and was not made as one");
}
