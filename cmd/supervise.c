/* supervise: orders of supervision (督办): what is owed, their acknowledgement and reply, and the
 * dossier that an accountability procedure (问责) starts with. */
#include <string.h>

#include "base/clock.h"
#include "base/die.h"
#include "ticket/act_program.h"
#include "ticket/dossier.h"
#include "ticket/masked.h"
#include "ticket/owed.h"

enum {
    KEY_ACKNOWLEDGE = DESK_OWN,
    KEY_REPLY,
    KEY_LEVEL,
    KEY_ORG,
    KEY_DOSSIER,
    KEY_UNMASK,
    KEY_FORMAT = 'F'
};

static const struct args_option options[] = {
    {KEY_ORG, "org", "ORG", "list only what this organisation owes"},
    {KEY_LEVEL, "level", "LEVEL", "only this level"},
    {KEY_ACKNOWLEDGE, "acknowledge", NULL, "the handler acknowledges the orders"},
    {KEY_REPLY, "reply", NULL, "the handler answers the orders, with --text"},
    {DESK_TEXT, "text", "TEXT", "the reply"},
    {KEY_DOSSIER, "dossier", NULL, "print the tickets' complete files"},
    {KEY_UNMASK, "unmask", NULL, "with --dossier: with personal data; the log notes it"},
    {KEY_FORMAT, "format", "FORMAT", "table, tsv, csv or json; of a dossier text or md"},
    DESK_WHO,
    DESK_FILE,
    {0, NULL, NULL, NULL},
};
static const char *const synopsis[] = {"[--org ORG] [--level LEVEL]",
                                       "[-nq] --acknowledge [--level LEVEL] ID ... | -",
                                       "[-nq] --reply --text TEXT [--level LEVEL] ID ... | -",
                                       "--dossier [-F md] [--unmask] ID ... | -",
                                       "[-nq] --reply --csv FILE [--source NAME]",
                                       NULL};
static const struct args_program program = {
    .name = "supervise",
    .synopsis = synopsis,
    .purpose = "List orders of supervision still owed a reply, answer them, print a ticket's file.",
    .options = options,
};

static const struct out_column columns[] = {
    {"id", "编号", OUT_NUMBER},           {"level", "级别", OUT_TEXT},
    {"supervisor", "督办单位", OUT_TEXT}, {"lead", "主办", OUT_TEXT},
    {"reply_due", "回复期限", OUT_TEXT},  {"acknowledged", "签收", OUT_TEXT},
    {"document", "文书", OUT_TEXT},       {"title", "标题", OUT_TEXT}};

struct supervising {
    struct desk desk;
    struct out *out;
    const char *org, *format;
    bool acknowledges, replies, dossier, unmask, markdown;
    long count;
};

static void print_owed(void *context, const struct owed *owed)
{
    struct supervising *s = context;
    const struct desk *desk = &s->desk;
    s->count++;
    out_number(s->out, owed->ticket.id);
    out_code(s->out, owed->level, config_level_name(desk->config, owed->level));
    out_code(s->out, org_code(&desk->orgs, owed->supervisor),
             org_name(&desk->orgs, owed->supervisor));
    out_code(s->out, org_code(&desk->orgs, owed->lead), org_name(&desk->orgs, owed->lead));
    out_moment(s->out, owed->reply_due_at);
    out_moment(s->out, owed->acknowledged_at);
    out_text(s->out, owed->document);
    shown_title(s->out, &owed->ticket);
    out_row(s->out);
}

static int list_owed(struct supervising *s)
{
    struct desk *desk = &s->desk;
    int64_t org = s->org ? org_need(desk->center.db, s->org) : 0;
    s->out = out_open(columns, 8, desk->args->format, desk->args->header);
    owed_each(desk->center.db, org, desk->act.level, print_owed, s);
    out_close(s->out);
    return s->count ? EXIT_DONE : EXIT_NO;
}

static void print_dossiers(struct supervising *s)
{
    struct desk *desk = &s->desk;
    struct args_ids loop = args_ids(desk->args, 0);
    for (long long id; args_next_id(&loop, &id);) {
        struct arena arena = {0};
        const struct ticket *ticket = ticket_get(desk->center.db, id, &arena);
        if (ticket) {
            dossier_print(&desk->center, &desk->orgs, ticket, s->markdown, s->unmask);
        } else {
            warn("%lld: no such ticket", id);
            desk->bad++;
        }
        arena_free(&arena);
    }
    desk->bad += args_ids_end(&loop);
}

static void take_option(struct supervising *s, int key)
{
    const struct args *args = s->desk.args;
    const struct level *level;
    switch (key) {
    case KEY_ACKNOWLEDGE: s->acknowledges = true; break;
    case KEY_REPLY: s->replies = true; break;
    case KEY_DOSSIER: s->dossier = true; break;
    case KEY_UNMASK: s->unmask = true; break;
    case KEY_ORG: s->org = args->value; break;
    case KEY_FORMAT: s->format = args->value; break;
    case KEY_LEVEL:
        if (!(level = config_level(s->desk.config, args->value)))
            args_unknown(args, "level", config_nearest_level(s->desk.config, args->value));
        s->desk.act.level = level->term.code;
        break;
    }
}

static void check_options(struct supervising *s)
{
    struct args *args = s->desk.args;
    bool acts = s->acknowledges || s->replies;
    if (s->acknowledges + s->replies + s->dossier > 1)
        args_usage(args, "one of --acknowledge, --reply and --dossier");
    if ((acts || s->dossier) && !args->operand_count && !s->desk.file.path)
        args_usage(args, "name the tickets");
    if (!acts && !s->dossier && (args->operand_count || s->desk.file.path))
        args_usage(args, "say what to do: --acknowledge, --reply or --dossier");
    if (s->unmask && !s->dossier)
        args_usage(args, "--unmask goes with --dossier");
    s->markdown = s->format && !strcmp(s->format, "md");
    if (s->format && s->dossier ? !s->markdown && strcmp(s->format, "text") != 0
                                : s->format && !out_parse_format(s->format, &args->format))
        args_usage(args, "unknown format \"%s\" (table, tsv, csv or json; of a dossier text or md)",
                   s->format);
}

int main(int argc, char **argv)
{
    struct args args;
    struct supervising s = {.desk = desk_start(&args, &program, argc, argv)};
    s.desk.args = &args;
    for (int key; (key = desk_next(&s.desk));)
        take_option(&s, key);
    check_options(&s);
    s.desk.act.kind = s.replies ? ACT_REPLY : ACT_ACKNOWLEDGE;
    desk_open(&s.desk);
    int status = EXIT_DONE;
    if (s.dossier)
        print_dossiers(&s);
    else if (s.acknowledges || s.replies)
        desk_run(&s.desk);
    else
        status = list_owed(&s);
    int finished = desk_finish(&s.desk);
    return finished ? finished : status;
}
