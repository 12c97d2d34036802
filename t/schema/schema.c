/* schema DATABASE FILE: brings DATABASE to the schema whose steps are in FILE, as center-init does
 * to that of schema.sql, and prints what of it is not as those steps make it. For tests of upgrades
 * on a server, where the sqlite3 shell cannot make an old database.
 */
#include <stdio.h>
#include <stdlib.h>

#include "base/db.h"
#include "base/die.h"
#include "base/text.h"

static void print_fault(void *context, int64_t id, const char *what)
{
    (void)context;
    (void)id;
    puts(what);
}

int main(int argc, char **argv)
{
    char bytes[4096];
    struct text steps = {0};
    die_set_program("schema");
    FILE *file = argc == 3 ? fopen(argv[2], "r") : NULL;
    if (!file)
        die("usage: schema DATABASE FILE");
    for (size_t count; (count = fread(bytes, 1, sizeof bytes, file));)
        text_add_bytes(&steps, bytes, count);
    fclose(file);
    db_create(argv[1], text_string(&steps));
    struct db *db = db_open(argv[1], text_string(&steps));
    db_compare_schema(db, steps.data, print_fault, NULL);
    db_close(db);
    text_free(&steps);
    return EXIT_DONE;
}
