/* ticket-receipt: what an enterprise is handed that it can keep: its request's number, the
 * deadline, and the proof that the request is in the log. */
#include "base/die.h"
#include "center/loghead.h"
#include "center/program.h"
#include "ticket/proof.h"

enum { KEY_COSIGNED = ARGS_LONG, KEY_UNMASK };

static const struct args_option options[] = {
    {KEY_COSIGNED, "cosigned", NULL, "take the last head that witnesses have cosigned"},
    {KEY_UNMASK, "unmask", NULL, "with what was received, personal data too; the log notes it"},
    {0, NULL, NULL, NULL},
};
static const char *const synopsis[] = {"[--cosigned] [--unmask] ID", NULL};
static const struct args_program program = {
    .name = "ticket-receipt",
    .synopsis = synopsis,
    .purpose = "Print the receipt of a request: number, deadline, and the proof of both.",
    .options = options,
};

int main(int argc, char **argv)
{
    struct program p = program_start(&program, argc, argv);
    struct ticketproof wanted = {.receipt = true};
    struct arena arena = {0};
    struct fault fault = {""};
    struct head head;
    struct text text = {0};
    bool cosigned = false;
    for (int key; (key = args_next(&p.args));) {
        cosigned = cosigned || key == KEY_COSIGNED;
        wanted.opened = wanted.opened || key == KEY_UNMASK;
    }
    if (p.args.operand_count != 1)
        args_usage(&p.args, "name one ticket");
    const char *word = p.args.operands[0];
    program_open(&p, NULL, 0);
    struct logtree *tree = logtree_open(p.center.db);
    if (!loghead_to_prove(p.center.db, tree, cosigned, &head, &arena, &fault))
        die_status(EXIT_NO, "%s", fault.text);
    wanted.tree = tree;
    wanted.head = &head;
    if (!ticketproof_of(&text, &p.center, word, &wanted, &fault))
        die_status(EXIT_NO, "%s: %s", word, fault.text);
    logtree_free(tree);
    program_close(&p);
    out_print_raw(&text);
    text_free(&text);
    arena_free(&arena);
    return program_end(&p, EXIT_DONE);
}
