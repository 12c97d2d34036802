/* center-rebuild: makes a center anew from its log, in another database, and sets every table
 * beside the one that there was. */
#include "base/db.h"
#include "base/die.h"
#include "center/program.h"
#include "center/rebuild.h"
#include "center/schema.h"
#include "setup/records.h"

static const char *const synopsis[] = {"[-nq] [FROM] TO", NULL};
static const struct args_program program = {
    .name = "center-rebuild",
    .title = "系统重建",
    .synopsis = synopsis,
    .purpose = "Make a center anew from its log, and name what is stored otherwise.",
};

static const struct out_column columns[] = {{"table", "表", OUT_TEXT},
                                            {"rows", "行数", OUT_NUMBER},
                                            {"digest", "摘要", OUT_TEXT},
                                            {"same", "一致", OUT_TEXT}};

struct work {
    struct db *from;
    struct move move;
    bool same;
};

/* What is stored otherwise than the log gives. */
static void report(void *work, int64_t id, const char *what)
{
    struct work *w = work;
    w->same = false;
    warn("%lld: %s", (long long)id, what);
}

static void rebuild(void *work, struct db *to)
{
    struct work *w = work;
    w->move = rebuild_center(w->from, to, records_projected, report, w);
}

static void print_table(struct out *out, const char *name, int64_t rows, const char *digest,
                        bool same)
{
    out_text(out, name);
    out_number(out, rows);
    out_text(out, digest);
    out_code(out, same ? "yes" : "no", same ? "是" : "否");
    out_row(out);
}

/* The tables, to OUT unless it is NULL; notes whether all are the same. */
static void print(struct work *w, struct out *out)
{
    for (size_t i = 0; i < w->move.count; i++) {
        const struct moved *table = &w->move.tables[i];
        w->same = w->same && !table->differs;
        if (out)
            print_table(out, table->name, table->rows, table->digest, !table->differs);
    }
    if (out)
        print_table(out, "log", w->move.events, w->move.head, true);
}

int main(int argc, char **argv)
{
    struct program p = program_start(&program, argc, argv);
    struct args *args = &p.args;
    struct work w = {.same = true};
    args_next(args);
    if (args->operand_count < 1 || args->operand_count > 2)
        args_usage(args, "name the database to make, or both: FROM and TO");
    if (args->operand_count == 2 && args->database)
        args_usage(args, "-d names the database to rebuild: without FROM");
    program_print(&p, OUT_COLUMNS(columns));
    w.from = db_open(args->operand_count == 2 ? args->operands[0] : args_database(args), schema);
    move_place(args->operands[args->operand_count - 1], args->dry_run, rebuild, &w);
    db_close(w.from);
    print(&w, args->quiet ? NULL : p.out);
    move_free(&w.move);
    return program_end(&p, w.same ? EXIT_DONE : EXIT_NO);
}
