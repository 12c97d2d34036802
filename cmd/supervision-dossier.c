/* supervision-dossier: a ticket's complete file (案卷), with which a procedure of accountability
 * (问责) starts. */
#include <string.h>

#include "base/clock.h"
#include "base/die.h"
#include "center/center.h"
#include "center/config.h"
#include "center/org.h"
#include "cli/args.h"
#include "ticket/dossier.h"
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
    struct args args;
    struct center center;
    struct org_table orgs;
    bool markdown, unmask;
    long bad;
};

static void print_one(struct printing *p, long long id)
{
    struct arena arena = {0};
    const struct ticket *ticket = ticket_get(p->center.db, id, &arena);
    if (ticket) {
        dossier_print(&p->center, &p->orgs, ticket, p->markdown, p->unmask);
    } else {
        warn("%lld: no such ticket", id);
        p->bad++;
    }
    arena_free(&arena);
}

static void take_option(struct printing *p, int key)
{
    const char *value = p->args.value;
    if (key == KEY_UNMASK) {
        p->unmask = true;
        return;
    }
    p->markdown = !strcmp(value, "md");
    if (!p->markdown && strcmp(value, "text") != 0)
        args_usage(&p->args, "unknown format \"%s\" (text or md)", value);
}

int main(int argc, char **argv)
{
    struct printing p = {.args = args_start(&program, argc, argv)};
    struct config *config = config_load(args_config(&p.args));
    for (int key; (key = args_next(&p.args));)
        take_option(&p, key);
    if (!p.args.operand_count)
        args_usage(&p.args, "name the tickets");
    p.center = center_open(args_database(&p.args), config, args_user(), clock_now());
    p.orgs = org_table_load(p.center.db);
    struct args_ids loop = ticket_ids(&p.args, p.center.db);
    for (long long id; args_next_id(&loop, &id);)
        print_one(&p, id);
    p.bad += args_ids_end(&loop);
    center_close(&p.center);
    org_table_free(&p.orgs);
    config_free(config);
    args_free(&p.args);
    out_finish();
    return p.bad ? EXIT_BAD : EXIT_DONE;
}
