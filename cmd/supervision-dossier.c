/* supervision-dossier: a ticket's complete file (案卷), with which a procedure of accountability
 * (问责) starts. */
#include <string.h>

#include "base/clock.h"
#include "base/die.h"
#include "center/program.h"
#include "cli/sheet.h"
#include "supervision/dossier.h"
#include "ticket/named.h"

enum { KEY_UNMASK = ARGS_LONG };

static const struct args_option options[] = {
    {KEY_UNMASK, "unmask", NULL, "with personal data; the log notes it"},
    {0, NULL, NULL, NULL},
};
static const char *const synopsis[] = {"[-F md] [--unmask] ID ... | -", NULL};
static const struct args_program program = {
    .name = "supervision-dossier",
    .synopsis = synopsis,
    .purpose = "Print the complete files (案卷) of tickets.",
    .options = options,
    .formats = OUT_OF_DOCUMENTS,
};

struct printing {
    struct program p;
    bool unmask;
};

static void print_one(struct printing *d, long long id)
{
    struct arena arena = {0};
    const struct ticket *ticket = ticket_get(d->p.center.db, id, &arena);
    if (ticket) {
        dossier_print(&d->p.center, &d->p.orgs, ticket, d->p.args.format, d->unmask);
    } else {
        warn("%lld: no such ticket", id);
        d->p.bad++;
    }
    arena_free(&arena);
}

int main(int argc, char **argv)
{
    struct printing d = {.p = program_start(&program, argc, argv)};
    while (args_next(&d.p.args))
        d.unmask = true;
    if (!d.p.args.operand_count)
        args_usage(&d.p.args, "name the tickets");
    program_open(&d.p, NULL, 0);
    sheet_begin(d.p.args.format, "工单案卷");
    struct args_ids loop = ticket_ids(&d.p.args, d.p.center.db);
    for (long long id; args_next_id(&loop, &id);)
        print_one(&d, id);
    d.p.bad += args_ids_end(&loop);
    sheet_end(d.p.args.format);
    return program_end(&d.p, EXIT_DONE);
}
