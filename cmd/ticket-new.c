/* ticket-new: takes in requests, one from options or many from a CSV or JSON lines file. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/day.h"
#include "base/die.h"
#include "base/fault.h"
#include "base/tongue.h"
#include "center/add.h"
#include "center/county.h"
#include "center/permit.h"
#include "center/role.h"
#include "register/origin.h"
#include "supervision/horizon.h"
#include "ticket/duplicate.h"
#include "ticket/ticket.h"

enum {
    KEY_CONFIDENTIAL = ADDING_OWN,
    KEY_RECEIVED,
    KEY_NO_REF,
    KEY_CENTER,
    LONGEST_BODY = 1024 * 1024
};

static const struct args_option options[] = {
    {ADDING_FIELD + TICKET_KIND, "kind", "KIND", "kind of request, code or Chinese word"},
    {ADDING_FIELD + TICKET_TITLE, "title", "TEXT", "title"},
    {ADDING_FIELD + TICKET_BODY, "body", "TEXT", "body; - reads standard input"},
    {ADDING_FIELD + TICKET_CHANNEL, "channel", "CHANNEL", "channel it came by"},
    {ADDING_FIELD + TICKET_SOURCE, "source", "NAME", "system or body that gave it to us"},
    {ADDING_FIELD + TICKET_REF, "ref", "NUMBER", "the source's own number"},
    {ADDING_FIELD + TICKET_ENTERPRISE, "enterprise", "NAME", "name of the enterprise"},
    {ADDING_FIELD + TICKET_USCC, "uscc", "CODE", "its unified social credit code"},
    {ADDING_FIELD + TICKET_CONTACT, "contact", "NAME", "person to talk to"},
    {ADDING_FIELD + TICKET_PHONE, "phone", "NUMBER", "telephone"},
    {ADDING_FIELD + TICKET_REGION, "region", "REGION", "district, code or name"},
    {ADDING_FIELD + TICKET_CATEGORY, "category", "TEXT", "category of the matter"},
    {ADDING_FIELD + TICKET_POLICY, "policy", "POLICY", "policy that it asks about"},
    {ADDING_FIELD + TICKET_ENTRY, "entry", "REGISTER:KEY", "entry of a register it came from"},
    {ADDING_FIELD + TICKET_LIAISON, "liaison", "NAME", "liaison who brought it"},
    {ADDING_FIELD + TICKET_RECEIVED, "at", "TIME", "when it was received (else now)"},
    {KEY_CONFIDENTIAL, "confidential", NULL, "contact and text appear only with --unmask"},
    {KEY_CENTER, "center", "ORG", "filed with this county's center, not with the city's"},
    ADDING_FILE,
    {KEY_RECEIVED, "received", "TIME", "or now: receipt of rows that have none"},
    {KEY_NO_REF, "no-ref", NULL, "rows without a number are taken too"},
    {0, NULL, NULL, NULL},
};
static const char *const synopsis[] = {
    "[-nq] --title TEXT [--kind KIND] [--body TEXT] [option ...]",
    "[-nq] --csv FILE | --jsonl FILE [--received TIME] [--no-ref] [--rejects FILE]", NULL};
static const struct args_program program = {
    .name = "ticket-new",
    .title = "工单受理",
    .synopsis = synopsis,
    .purpose = "Take in one request from options, or many from a file.",
    .options = options,
};

static const struct out_column columns[] = {
    {"id", "编号", OUT_NUMBER}, {"due", "答复期限", OUT_TEXT}, {"kind", "类型", OUT_TEXT}};

struct run {
    struct adding adding;
    struct intake intake;
    long added, known, provisional;
};

/* --body -: the text on standard input. */
static char *read_standard_input(struct arena *arena)
{
    struct text body = {0};
    char block[4096];
    size_t got;
    text_add(&body, "");
    while ((got = fread(block, 1, sizeof block, stdin)) > 0 && body.length <= LONGEST_BODY)
        text_add_bytes(&body, block, got);
    if (ferror(stdin))
        die("cannot read standard input");
    if (body.length > LONGEST_BODY)
        die("standard input is longer than 1 MiB, which a body may have");
    if (strlen(body.data) != body.length || text_valid_utf8(body.data, body.length) != body.length)
        die("standard input is not UTF-8 text");
    char *kept = text_trim(arena_string(arena, body.data));
    text_free(&body);
    return *kept ? kept : NULL;
}

/* Prints what was added; one request that is known already too, so that a script which was killed
 * gets its id when it runs again. */
static void print_ticket(struct run *r, const struct ticket *ticket)
{
    struct out *out = r->adding.p.out;
    out_number(out, ticket->id);
    out_moment_marked(out, ticket->due_at, ticket->provisional ? "暂定" : NULL);
    r->provisional += ticket->provisional;
    out_code(out, ticket->kind, config_kind_name(r->adding.p.config, ticket->kind));
    out_row(out);
}

static void print_known(struct run *r, int64_t id)
{
    struct arena arena = {0};
    char note[128];
    const struct ticket *known = ticket_get(r->adding.p.center.db, id, &arena);
    snprintf(note, sizeof note, tongue("%.40s %.40s is there already as %lld"), known->source,
             known->ref, (long long)id);
    adding_note(&r->adding, note);
    print_ticket(r, known);
    arena_free(&arena);
}

/* One by hand: a person is told of an open ticket that may be the same matter. */
static void hint(struct run *r, const struct ticket *ticket)
{
    int64_t received;
    char day[DAY_TEXT_SIZE];
    int64_t same = isatty(STDERR_FILENO) && !r->adding.p.args.quiet
                       ? duplicate_find(r->adding.p.center.db, ticket, &received)
                       : 0;
    if (same)
        warn("%lld of %s has the same title: see ticket-merge(1)", (long long)same,
             day_print(clock_day(received), day));
}

static void look_ahead(void *context, const struct bulk_row *row)
{
    intake_ahead(&((struct run *)context)->intake, row->values, row->extra);
}

static bool take_request(void *context, char *const *values, long line, struct fault *fault)
{
    struct run *r = context;
    struct ticket ticket;
    struct fault note, unknown = {""};
    char *read[TICKET_FIELD_COUNT];
    memcpy(read, values, sizeof read);
    origin_read_row(&r->adding.p.center, read, &r->adding.arena, &unknown);
    bool good = intake_ticket(&r->intake, read, r->adding.extra, &ticket, fault, &note);
    if (*unknown.text)
        return fault_add(fault, "%s", unknown.text);
    if (!good)
        return false;
    if (*note.text)
        adding_note(&r->adding, note.text);
    enum ticket_added result = ticket_add(&r->intake, &ticket, fault);
    r->added += result == TICKET_ADDED;
    r->known += result == TICKET_KNOWN;
    if (result == TICKET_ADDED && !line)
        hint(r, &ticket);
    if (result == TICKET_ADDED && !(line && r->adding.p.args.dry_run))
        print_ticket(r, &ticket);
    if (result == TICKET_KNOWN && !line)
        print_known(r, ticket.id);
    return result != TICKET_OTHER;
}

/* The moment for rows that have none; "now" is the present one. */
static int64_t read_received(const struct run *r, const char *word)
{
    struct fault fault = {""};
    int64_t moment = r->adding.p.center.now;
    if (strcmp(word, "now") != 0 && !clock_happened(word, &moment, &fault))
        die("%s", fault.text);
    return moment;
}

/* The options that are no field. */
struct request {
    bool confidential, without_ref;
    const char *received, *center;
};

static void prepare(struct run *r, const struct request *request)
{
    struct adding *adding = &r->adding;
    char **values = adding->values;
    r->intake = intake_new(&adding->p.center);
    r->intake.confidential = request->confidential;
    r->intake.filed = request->center;
    if (request->center)
        r->intake.county = county_need(&adding->p.center, request->center);
    if (request->received)
        r->intake.received = read_received(r, request->received);
    if (!adding->source.path) {
        if (values[TICKET_BODY] && !strcmp(values[TICKET_BODY], "-"))
            values[TICKET_BODY] = read_standard_input(&adding->arena);
        return;
    }
    adding->ahead = look_ahead;
    r->intake.from_file = true;
    r->intake.without_ref = request->without_ref;
    r->intake.source = values[TICKET_SOURCE];
    r->intake.channel = values[TICKET_CHANNEL];
    struct column_need *need = adding->needed + 1; /* behind the title */
    if (!request->without_ref)
        *need++ = (struct column_need){TICKET_REF, N_("--no-ref goes without")};
    if (!r->intake.received)
        *need++ =
            (struct column_need){TICKET_RECEIVED, N_("--received now takes the present moment")};
    need->field = -1;
}

/* What became of a file. */
static void report_counts(const struct run *r)
{
    const struct adding *adding = &r->adding;
    if (!adding->source.path || adding->p.args.quiet || (adding->p.bad && !adding->source.rejects))
        return;
    if (adding->p.args.dry_run)
        warn("%ld would be added, %ld are already there", r->added, r->known);
    else if (r->known)
        warn("%ld added, %ld already there", r->added, r->known);
}

int main(int argc, char **argv)
{
    static const int needed[] = {TICKET_TITLE, -1};
    static const int beside_file[] = {TICKET_SOURCE, TICKET_CHANNEL, -1};
    const struct adding_kind kind = {"ticket",     N_("ticket"), ticket_fields(), needed,
                                     TICKET_TITLE, true,         beside_file};
    struct run r = {.adding = adding_start(&kind, &program, argc, argv)};
    struct request request = {0};
    for (int key; (key = adding_next(&r.adding));)
        switch (key) {
        case KEY_RECEIVED: request.received = adding_value(&r.adding, "received"); break;
        case KEY_CENTER: request.center = r.adding.p.args.value; break;
        case KEY_NO_REF: request.without_ref = true; break;
        default: request.confidential = true;
        }
    if ((request.without_ref || request.received) && !r.adding.source.path)
        args_usage(&r.adding.p.args, "--received and --no-ref go with --csv or --jsonl");
    program_open(&r.adding.p, OUT_COLUMNS(columns));
    permit_need(&r.adding.p.center, "take in requests", ROLE_OPERATOR, true);
    prepare(&r, &request);
    adding_run(&r.adding, take_request, NULL, &r);
    report_counts(&r);
    if (!r.adding.p.args.quiet)
        supervision_horizon_tell(&r.adding.p.center, r.provisional);
    intake_free(&r.intake);
    return adding_finish(&r.adding);
}
