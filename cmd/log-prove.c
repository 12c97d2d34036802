/* log-prove: proves to outsiders that the log only grew. */
#include <stdlib.h>

#include "base/clock.h"
#include "base/die.h"
#include "center/loghead.h"
#include "center/program.h"
#include "evidence/extension.h"
#include "evidence/input.h"

enum { KEY_SINCE = ARGS_LONG, KEY_COSIGNED };

static const struct args_option options[] = {
    {KEY_SINCE, "since", "HEAD", "print the extension from this head to the last one"},
    {KEY_COSIGNED, "cosigned", NULL, "take the last head that witnesses have cosigned"},
    {0, NULL, NULL, NULL},
};
static const char *const synopsis[] = {"[--cosigned] --since HEAD", NULL};
static const struct args_program program = {
    .name = "log-prove",
    .synopsis = synopsis,
    .purpose = "Prove to outsiders what stands in the log.",
    .options = options,
};

struct proving {
    struct program p;
    struct arena arena;
    const char *since;
    bool cosigned;
    struct head head; /* to which it is proved */
    struct text text; /* to print */
};

static void read_options(struct proving *v)
{
    struct args *args = &v->p.args;
    for (int key; (key = args_next(args));)
        if (key == KEY_SINCE)
            v->since = args->value;
        else
            v->cosigned = true;
    if (!v->since)
        args_usage(args, "name a head by --since");
    if (args->operand_count)
        args_usage(args, "no operand is expected");
}

static void find_head(struct proving *v)
{
    struct fault fault = {""};
    struct db *db = v->p.center.db;
    if (v->cosigned ? loghead_last_cosigned(db, &v->head, &v->arena, &fault)
                    : loghead_last(db, &v->head, &v->arena, &fault))
        return;
    if (*fault.text)
        die("%s", fault.text);
    die_status(EXIT_NO, v->cosigned ? "no head was cosigned yet (log-head --take)"
                                    : "no head was signed yet (log-head)");
}

static void must_hold(const struct logtree *tree, const struct head *head, const char *whose)
{
    char moment[CLOCK_TEXT_SIZE];
    if (!loghead_holds(tree, head))
        die_status(EXIT_NO, "%s, of %lld events on %s, is not one of this log", whose,
                   (long long)head->size, clock_print(head->time, moment));
}

static void prove_extension(struct proving *v, const struct logtree *tree, const char *text)
{
    struct fault fault = {""};
    struct head old;
    if (!head_read(&old, &v->arena, text, &fault))
        die("%s: %s", v->since, fault.text);
    if (old.size > v->head.size)
        die_status(EXIT_NO, "%s has %lld events, and the last head %lld", v->since,
                   (long long)old.size, (long long)v->head.size);
    must_hold(tree, &old, v->since);
    struct merkle_path path = merkle_extension(logtree_merkle(tree), old.size, v->head.size);
    extension_add(&v->text, old.size, &path);
    note_add(&v->text, &v->head.note);
}

int main(int argc, char **argv)
{
    struct proving v = {.p = program_start(&program, argc, argv)};
    struct fault fault = {""};
    read_options(&v);
    program_open(&v.p, NULL, 0);
    char *since = input_read(v.since, &fault);
    if (!since)
        die("%s", fault.text);
    find_head(&v);
    struct logtree *tree = logtree_open(v.p.center.db);
    must_hold(tree, &v.head, "the last head");
    prove_extension(&v, tree, since);
    logtree_free(tree);
    program_close(&v.p);
    out_print("%s", text_string(&v.text));
    text_free(&v.text);
    free(since);
    arena_free(&v.arena);
    return program_end(&v.p, EXIT_DONE);
}
