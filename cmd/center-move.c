/* center-move: copies a center from one database to another, a file or one of a server. */
#include "base/db.h"
#include "base/die.h"
#include "center/move.h"
#include "center/program.h"
#include "center/schema.h"

static const char *const synopsis[] = {"[-nq] [FROM] TO", NULL};
static const struct args_program program = {
    .name = "center-move",
    .title = "系统迁移",
    .synopsis = synopsis,
    .purpose = "Copy a center to another database, a file or a server's, and prove it the same.",
};

static const struct out_column columns[] = {
    {"table", "表", OUT_TEXT}, {"rows", "行数", OUT_NUMBER}, {"digest", "摘要", OUT_TEXT}};

struct work {
    struct db *from;
    struct move move;
};

static void move_to(void *work, struct db *to)
{
    struct work *w = work;
    w->move = move_center(w->from, to);
}

static void print(struct out *out, const struct move *move)
{
    for (size_t i = 0; i < move->count; i++) {
        out_text(out, move->tables[i].name);
        out_number(out, move->tables[i].rows);
        out_text(out, move->tables[i].digest);
        out_row(out);
    }
    out_text(out, "log");
    out_number(out, move->events);
    out_text(out, move->head);
    out_row(out);
}

int main(int argc, char **argv)
{
    struct program p = program_start(&program, argc, argv);
    struct args *args = &p.args;
    struct work w = {.from = NULL};
    args_next(args);
    if (args->operand_count < 1 || args->operand_count > 2)
        args_usage(args, "name the database to make, or both: FROM and TO");
    if (args->operand_count == 2 && args->database)
        args_usage(args, "-d names the database to copy: without FROM");
    program_print(&p, OUT_COLUMNS(columns));
    w.from = db_open(args->operand_count == 2 ? args->operands[0] : args_database(args), schema);
    move_place(args->operands[args->operand_count - 1], args->dry_run, move_to, &w);
    db_close(w.from);
    if (!args->quiet)
        print(p.out, &w.move);
    move_free(&w.move);
    return program_end(&p, EXIT_DONE);
}
