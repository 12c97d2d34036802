/* log-head: signs the head of the log (日志封签), and takes in what witnesses have added to it. */
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/die.h"
#include "center/loghead.h"
#include "center/permit.h"
#include "center/program.h"
#include "center/role.h"
#include "evidence/input.h"
#include "evidence/signer.h"

enum { KEY_KEY = 'k', KEY_LAST = ARGS_LONG, KEY_NEW_KEY, KEY_TAKE, KEY_WITNESS };
enum { NODES_AT_ONCE = 1024 };

static const struct args_option options[] = {
    {KEY_KEY, "key", "FILE", "the key that signs (else log_key of center.yaml)"},
    {KEY_NEW_KEY, "new-key", NULL, "sign though another key has signed the last head"},
    {KEY_LAST, "last", NULL, "sign nothing: print the last head"},
    {KEY_TAKE, "take", "FILE", "sign nothing: take in a head that witnesses have cosigned"},
    {KEY_WITNESS, "witness", "KEY",
     "with --take: the public key of one that has, or a file of such"},
    {0, NULL, NULL, NULL},
};
static const char *const synopsis[] = {"[-n] [-k FILE] [--new-key]", "--last",
                                       "--take FILE --witness KEY ...", NULL};
static const struct args_program program = {
    .name = "log-head",
    .title = "日志封签",
    .synopsis = synopsis,
    .purpose = "Sign the head of the log: its size, the root over its events, the moment.",
    .options = options,
};

struct sealing {
    struct program p;
    struct arena arena;
    const char *key_file, *take;
    bool new_key, last;
    struct keys witnesses;
    struct signer signer;
    struct text note; /* to print */
};

static void must(bool good, const struct fault *fault)
{
    if (!good)
        die("%s", fault->text);
}

static void read_options(struct sealing *s)
{
    struct args *args = &s->p.args;
    struct fault fault = {""};
    s->key_file = s->p.config->log_key;
    for (int key; (key = args_next(args));) {
        if (key == KEY_KEY)
            s->key_file = args->value;
        if (key == KEY_TAKE)
            s->take = args->value;
        if (key == KEY_WITNESS)
            must(keys_take(&s->witnesses, &s->arena, args->value, &fault), &fault);
        s->last = s->last || key == KEY_LAST;
        s->new_key = s->new_key || key == KEY_NEW_KEY;
    }
    if (args->operand_count)
        args_usage(args, "no operand is expected");
    if (s->last && s->take)
        args_usage(args, "one of --last and --take");
    if (!s->take != !s->witnesses.count)
        args_usage(args, "--take and --witness go together");
    if (!s->last && !s->take && !s->key_file)
        args_usage(args, "name the key by --key, or by log_key in center.yaml");
}

/* The last head, by which this one is judged; false where none was signed. */
static bool find_last(struct sealing *s, struct head *last)
{
    struct fault fault = {""};
    bool found = loghead_last(s->p.center.db, last, &s->arena, &fault);
    must(!*fault.text, &fault);
    return found;
}

/* What is kept of the tree may be damaged: then the events themselves decide. */
static void hold_to(struct sealing *s, struct logtree *tree, const struct head *last, int64_t size)
{
    char moment[CLOCK_TEXT_SIZE];
    clock_print(last->time, moment);
    if (!s->new_key && key_judge(&s->signer.key, &last->note, NULL) != KEY_HOLDS)
        die("the last head, of %s, is not signed by this key (--new-key, where the key was "
            "changed)",
            moment);
    if (size < last->size)
        die("the log has %lld events, and had %lld when its head was signed on %s", (long long)size,
            (long long)last->size, moment);
    bool holds = loghead_holds(tree, last);
    logtree_need_all(tree);
    if (holds)
        return;
    logtree_doubt(tree);
    if (!loghead_holds(tree, last))
        die("the first %lld events are not those whose head was signed on %s"
            " (see center-check --log)",
            (long long)last->size, moment);
    logtree_next(tree, size, NODES_AT_ONCE);
    logtree_keep(tree);
    warn("digests that are kept of the log's tree were not its events': they were made anew");
}

/* Keeps subtrees, so many at once: others write in between. */
static void prepare(struct sealing *s, struct logtree *tree)
{
    struct program *p = &s->p;
    while (!p->args.dry_run && logtree_next(tree, logtree_size(p->center.db), NODES_AT_ONCE)) {
        logtree_need_all(tree);
        program_begin(p);
        logtree_keep(tree);
        program_commit(p);
    }
}

/* Signs the text in the note, and keeps it. */
static void add_signature(struct sealing *s, const struct head *head)
{
    struct text line = {0};
    signer_sign(&line, &s->signer, head->time, s->note.data, s->note.length);
    text_add_format(&s->note, "\n%s", line.data);
    loghead_keep(&s->p.center, head, s->note.data, false);
    text_free(&line);
}

static void sign(struct sealing *s)
{
    struct program *p = &s->p;
    struct logtree *tree = logtree_open(p->center.db);
    struct head head = {.origin = s->signer.key.name}, last;
    prepare(s, tree);
    program_begin(p);
    head.size = logtree_size(p->center.db);
    head.time = p->center.now;
    if (find_last(s, &last))
        hold_to(s, tree, &last, head.size);
    merkle_root(logtree_merkle(tree), head.size, head.root);
    logtree_need_all(tree);
    head_add(&s->note, &head);
    if (!p->args.dry_run)
        add_signature(s, &head);
    program_commit(p);
    logtree_free(tree);
}

/* Takes the head in FILE that was signed here, with what witnesses have added. */
static void take(struct sealing *s)
{
    struct program *p = &s->p;
    struct fault fault = {""};
    struct head head;
    char *text = input_read(s->take, &fault);
    must(text && head_read(&head, &s->arena, text, &fault), &fault);
    if (!loghead_is_ours(p->center.db, &head))
        die("%s: this head was not signed here", s->take);
    for (int i = 0; i < s->witnesses.count; i++)
        if (key_judge(&s->witnesses.list[i], &head.note, NULL) != KEY_HOLDS)
            die("%s: %s has not cosigned this head", s->take, s->witnesses.list[i].name);
    program_begin(p);
    loghead_keep(&p->center, &head, text, true);
    program_commit(p);
    free(text);
}

static void print_last(struct sealing *s)
{
    struct head last;
    if (!find_last(s, &last))
        die_status(EXIT_NO, "no head was signed yet");
    note_add(&s->note, &last.note);
}

int main(int argc, char **argv)
{
    struct sealing s = {.p = program_start(&program, argc, argv)};
    struct fault fault = {""};
    read_options(&s);
    program_open(&s.p, NULL, 0);
    if (!s.last && !s.take)
        must(signer_read(&s.signer, &s.arena, s.key_file, &fault), &fault);
    if (s.signer.key.witness)
        die("%s: this is the key of a witness (log-cosign)", s.key_file);
    if (!s.last)
        permit_need(&s.p.center, "sign the log's head", ROLE_OPERATOR | ROLE_ADMINISTRATOR, false);
    if (s.last)
        print_last(&s);
    else if (s.take)
        take(&s);
    else
        sign(&s);
    program_close(&s.p);
    out_print("%s", text_string(&s.note));
    signer_free(&s.signer);
    keys_free(&s.witnesses);
    text_free(&s.note);
    arena_free(&s.arena);
    return program_end(&s.p, EXIT_DONE);
}
