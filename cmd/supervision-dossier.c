/* supervision-dossier: a ticket's complete file (案卷), with which a procedure of accountability
 * (问责) starts. */
#include <string.h>

#include "base/clock.h"
#include "base/die.h"
#include "center/program.h"
#include "supervision/dossier.h"
#include "ticket/named.h"

enum { KEY_UNMASK = ARGS_LONG, KEY_FORMAT = 'F' };

static const struct args_option options[] = {
    {KEY_UNMASK, "unmask", NULL, "with personal data; the log notes it"},
    {KEY_FORMAT, "format", "FORMAT", "text (the default) or md"},
    {0, NULL, NULL, NULL},
};
static const char *const synopsis[] = {"[-F md] [--unmask] ID ... | -", NULL};
static const struct args_program program = {
    .name = "supervision-dossier",
    .synopsis = synopsis,
    .purpose = "Print the complete files (案卷) of tickets.",
    .options = options,
};

struct printing {
    struct program p;
    bool markdown, unmask;
};

static void print_one(struct printing *d, long long id)
{
    struct arena arena = {0};
    const struct ticket *ticket = ticket_get(d->p.center.db, id, &arena);
    if (ticket) {
        dossier_print(&d->p.center, &d->p.orgs, ticket, d->markdown, d->unmask);
    } else {
        warn("%lld: no such ticket", id);
        d->p.bad++;
    }
    arena_free(&arena);
}

static void take_option(struct printing *d, int key)
{
    const char *value = d->p.args.value;
    if (key == KEY_UNMASK) {
        d->unmask = true;
        return;
    }
    d->markdown = !strcmp(value, "md");
    if (!d->markdown && strcmp(value, "text") != 0)
        args_usage(&d->p.args, "unknown format \"%s\" (text or md)", value);
}

int main(int argc, char **argv)
{
    struct printing d = {.p = program_start(&program, argc, argv)};
    for (int key; (key = args_next(&d.p.args));)
        take_option(&d, key);
    if (!d.p.args.operand_count)
        args_usage(&d.p.args, "name the tickets");
    program_open(&d.p, NULL, 0);
    struct args_ids loop = ticket_ids(&d.p.args, d.p.center.db);
    for (long long id; args_next_id(&loop, &id);)
        print_one(&d, id);
    d.p.bad += args_ids_end(&loop);
    return program_end(&d.p, EXIT_DONE);
}
