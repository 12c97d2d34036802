/* log-prove: proves to outsiders what stands in the log of a ticket, and that the log only grew. */
#include <stdlib.h>

#include "base/clock.h"
#include "base/die.h"
#include "center/loghead.h"
#include "center/program.h"
#include "evidence/extension.h"
#include "evidence/input.h"
#include "ticket/proof.h"

enum { KEY_SINCE = ARGS_LONG, KEY_COSIGNED, KEY_UNMASK };

static const struct args_option options[] = {
    {KEY_SINCE, "since", "HEAD", "print the extension from this head to the last one"},
    {KEY_COSIGNED, "cosigned", NULL, "take the last head that witnesses have cosigned"},
    {KEY_UNMASK, "unmask", NULL, "show personal data and confidential tickets; the log notes it"},
    {0, NULL, NULL, NULL},
};
static const char *const synopsis[] = {"[--cosigned] [--unmask] ID", "[--cosigned] --since HEAD",
                                       NULL};
static const struct args_program program = {
    .name = "log-prove",
    .synopsis = synopsis,
    .purpose = "Prove to outsiders what stands in the log of a ticket, or that the log only grew.",
    .options = options,
};

struct proving {
    struct program p;
    struct arena arena;
    const char *since;
    bool cosigned, unmask;
    struct logtree *tree;
    struct head head; /* up to which it is proved */
    struct text text; /* to print */
};

static void read_options(struct proving *v)
{
    struct args *args = &v->p.args;
    for (int key; (key = args_next(args));)
        if (key == KEY_SINCE)
            v->since = args->value;
        else if (key == KEY_COSIGNED)
            v->cosigned = true;
        else
            v->unmask = true;
    if (v->since && (args->operand_count || v->unmask))
        args_usage(args, "--since is about the log, and takes no ticket");
    if (!v->since && args->operand_count != 1)
        args_usage(args, "name one ticket, or a head by --since");
}

static void prove_extension(struct proving *v)
{
    struct fault fault = {""};
    struct head old;
    char moment[CLOCK_TEXT_SIZE];
    char *text = input_read(v->since, &fault);
    if (!text)
        die("%s", fault.text);
    if (!head_read(&old, &v->arena, text, &fault))
        die("%s: %s", v->since, fault.text);
    free(text);
    if (old.size > v->head.size)
        die_status(EXIT_NO, "%s has %lld events, and the last head %lld", v->since,
                   (long long)old.size, (long long)v->head.size);
    if (!loghead_holds(v->tree, &old))
        die_status(EXIT_NO, "%s, of %lld events on %s, is not one of this log", v->since,
                   (long long)old.size, clock_print(old.time, moment));
    struct merkle_path path = merkle_extension(logtree_merkle(v->tree), old.size, v->head.size);
    extension_add(&v->text, old.size, &path);
    note_add(&v->text, &v->head.note);
}

static void prove_ticket(struct proving *v)
{
    struct fault fault = {""};
    const char *word = v->p.args.operands[0];
    const struct ticketproof wanted = {.tree = v->tree, .head = &v->head, .opened = v->unmask};
    if (!ticketproof_of(&v->text, &v->p.center, word, &wanted, &fault))
        die_status(EXIT_NO, "%s: %s", word, fault.text);
}

int main(int argc, char **argv)
{
    struct proving v = {.p = program_start(&program, argc, argv)};
    struct fault fault = {""};
    read_options(&v);
    program_open(&v.p, NULL, 0);
    v.tree = logtree_open(v.p.center.db);
    if (!loghead_to_prove(v.p.center.db, v.tree, v.cosigned, &v.head, &v.arena, &fault))
        die_status(EXIT_NO, "%s", fault.text);
    if (v.since)
        prove_extension(&v);
    else
        prove_ticket(&v);
    logtree_free(v.tree);
    program_close(&v.p);
    out_print_raw(&v.text);
    text_free(&v.text);
    arena_free(&v.arena);
    return program_end(&v.p, EXIT_DONE);
}
