#include "ticket/soundness.h"

#include <string.h>

#include "base/text.h"

/* The check prints a row for each problem, or "ok". */
void soundness_of_file(struct db *db, replay_report *report, void *context)
{
    struct db_query *q = db_query(db, "PRAGMA integrity_check");
    while (db_step(q))
        if (strcmp(db_text(q, 0), "ok") != 0)
            report(context, 0, db_text(q, 0));
}

void soundness_of_keys(struct db *db, replay_report *report, void *context)
{
    struct db_query *q = db_query(db, "PRAGMA foreign_key_check");
    while (db_step(q)) {
        struct text what = {0};
        text_add_format(&what, "a row of %s points to a row of %s that is not there", db_text(q, 0),
                        db_text(q, 2));
        report(context, db_number(q, 1), what.data);
        text_free(&what);
    }
}
