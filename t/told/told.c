/* told DATABASE: what waits for an event (center/told.h) when parts of a transaction are undone.
 * The programs undo a part rarely, and none of them while something waits: so it is tried here.
 * Prints what an event would take after each step.
 */
#include <stdio.h>

#include "base/db.h"
#include "base/die.h"
#include "base/text.h"
#include "center/told.h"

/* From here on ROW waits for an event of TICKET. */
static void wait_for(struct db *db, int64_t ticket, int64_t row)
{
    told_end(told_start(db, ticket, "row", row));
}

static void take(struct db *db, int64_t ticket, const char *when)
{
    struct text rows = {0};
    told_take(db, ticket, &rows);
    printf("%s: %s\n", when, text_string(&rows));
    text_free(&rows);
}

int main(int argc, char **argv)
{
    die_set_program("told");
    if (argc != 2)
        die("usage: told DATABASE");
    db_create(argv[1], "-- step 1: one\nCREATE TABLE x (id INTEGER);\n");
    struct db *db = db_open(argv[1], "-- step 1: one\nCREATE TABLE x (id INTEGER);\n");
    db_begin(db);
    wait_for(db, 0, 1);
    wait_for(db, 7, 2);
    struct told_part outer = told_begin(db);
    take(db, 5, "an event of another ticket in the part");
    struct told_part inner = told_begin(db);
    take(db, 7, "one of its own in a part of the part");
    wait_for(db, 7, 3);
    told_close(db, &inner, false);
    take(db, 7, "that was undone");
    wait_for(db, 7, 4);
    told_close(db, &outer, false);
    take(db, 7, "all was undone");
    wait_for(db, 7, 5);
    outer = told_begin(db);
    told_close(db, &outer, true);
    take(db, 7, "nothing was undone");
    take(db, 7, "nothing waits");
    db_rollback(db);
    db_close(db);
    return EXIT_DONE;
}
