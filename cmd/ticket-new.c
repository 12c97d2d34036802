/* ticket-new: takes in requests, one from options or many from a CSV or JSON lines file. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/die.h"
#include "center/center.h"
#include "center/config.h"
#include "cli/args.h"
#include "cli/bulk.h"
#include "cli/headers.h"
#include "ticket/ticket.h"

enum key {
    KEY_FIELD = ARGS_LONG, /* KEY_FIELD + enum ticket_field */
    KEY_CSV = KEY_FIELD + TICKET_FIELD_COUNT,
    KEY_JSONL,
    KEY_ENCODING,
    KEY_REJECTS,
    KEY_CONFIDENTIAL
};

static const struct args_option options[] = {
    {KEY_FIELD + TICKET_KIND, "kind", "KIND", "kind of request, code or Chinese word"},
    {KEY_FIELD + TICKET_TITLE, "title", "TEXT", "title"},
    {KEY_FIELD + TICKET_BODY, "body", "TEXT", "body; - reads standard input"},
    {KEY_FIELD + TICKET_CHANNEL, "channel", "CHANNEL", "channel it came by"},
    {KEY_FIELD + TICKET_SOURCE, "source", "NAME", "system or body that gave it to us"},
    {KEY_FIELD + TICKET_REF, "ref", "NUMBER", "the source's own number"},
    {KEY_FIELD + TICKET_ENTERPRISE, "enterprise", "NAME", "name of the enterprise"},
    {KEY_FIELD + TICKET_USCC, "uscc", "CODE", "its unified social credit code"},
    {KEY_FIELD + TICKET_CONTACT, "contact", "NAME", "person to talk to"},
    {KEY_FIELD + TICKET_PHONE, "phone", "NUMBER", "telephone"},
    {KEY_FIELD + TICKET_REGION, "region", "REGION", "district, code or name"},
    {KEY_FIELD + TICKET_CATEGORY, "category", "TEXT", "category of the matter"},
    {KEY_FIELD + TICKET_RECEIVED, "at", "TIME", "when it was received (else now)"},
    {KEY_CONFIDENTIAL, "confidential", NULL, "contact and text appear only with --unmask"},
    {KEY_CSV, "csv", "FILE", "take in every row of a CSV file (- is standard input)"},
    {KEY_JSONL, "jsonl", "FILE", "take in every line of a JSON lines file"},
    {KEY_ENCODING, "encoding", "NAME", "encoding of the CSV (else found out)"},
    {KEY_REJECTS, "rejects", "FILE", "write bad rows there and take in the rest"},
    {0, NULL, NULL, NULL},
};
static const char *const synopsis[] = {
    "[-nq] --title TEXT [--kind KIND] [--body TEXT] [option ...]",
    "[-nq] --csv FILE | --jsonl FILE [--source NAME] [--rejects FILE]", NULL};
static const struct args_program program = {
    .name = "ticket-new",
    .synopsis = synopsis,
    .purpose = "Take in one request from options, or many from a file.",
    .options = options,
};

static const struct out_column columns[] = {
    {"id", "编号", OUT_NUMBER}, {"due", "答复期限", OUT_TEXT}, {"kind", "类型", OUT_TEXT}};

struct request {
    char *values[TICKET_FIELD_COUNT]; /* owned */
    struct bulk_source source;
    bool confidential;
};

static char *read_standard_input(void)
{
    struct text body = {0};
    char block[4096];
    size_t got;
    text_add(&body, "");
    while ((got = fread(block, 1, sizeof block, stdin)) > 0)
        text_add_bytes(&body, block, got);
    if (ferror(stdin))
        die("cannot read standard input");
    if (strlen(body.data) != body.length || text_valid_utf8(body.data, body.length) != body.length)
        die("standard input is not UTF-8 text");
    return body.data;
}

static void take_field(struct args *args, struct request *request, int field)
{
    if (text_valid_utf8(args->value, strlen(args->value)) != strlen(args->value))
        args_usage(args, "the value of --%s is not UTF-8",
                   field == TICKET_RECEIVED ? "at" : ticket_fields[field]);
    free(request->values[field]);
    request->values[field] = field == TICKET_BODY && !strcmp(args->value, "-")
                                 ? read_standard_input()
                                 : mem_string(args->value);
}

static struct request read_options(struct args *args)
{
    struct request request = {.source = {.quiet = args->quiet, .dry_run = args->dry_run}};
    for (int key; (key = args_next(args));) {
        if (key >= KEY_FIELD && key < KEY_FIELD + TICKET_FIELD_COUNT) {
            take_field(args, &request, key - KEY_FIELD);
        } else if (key == KEY_CSV || key == KEY_JSONL) {
            if (request.source.path)
                args_usage(args, "one of --csv and --jsonl, once");
            request.source.path = args->value;
            request.source.is_jsonl = key == KEY_JSONL;
        } else if (key == KEY_CONFIDENTIAL) {
            request.confidential = true;
        } else if (key == KEY_ENCODING) {
            request.source.encoding = args->value;
        } else if (key == KEY_REJECTS) {
            request.source.rejects = args->value;
        }
    }
    if (args->operand_count)
        args_usage(args, "no operand is expected");
    return request;
}

static void check_options(struct args *args, const struct request *request)
{
    if (!request->source.path) {
        if (!request->values[TICKET_TITLE])
            args_usage(args, "--title is missing (or --csv or --jsonl)");
        if (request->source.encoding || request->source.rejects)
            args_usage(args, "--encoding and --rejects go with --csv or --jsonl");
        return;
    }
    if (request->source.is_jsonl && request->source.encoding)
        args_usage(args, "--encoding goes with --csv; JSON lines are UTF-8");
    for (int i = 0; i < TICKET_FIELD_COUNT; i++)
        if (request->values[i] && i != TICKET_SOURCE && i != TICKET_CHANNEL)
            args_usage(args, "--%s goes with one ticket, not with a file",
                       i == TICKET_RECEIVED ? "at" : ticket_fields[i]);
}

static void print_ticket(void *context, const struct ticket *ticket)
{
    struct out *out = ((void **)context)[0];
    const struct config *config = ((void **)context)[1];
    out_number(out, ticket->id);
    out_moment(out, ticket->due_at);
    out_code(out, ticket->kind, config_kind_name(config, ticket->kind));
    out_row(out);
}

/* As in a file: no blanks around a value, and a blank value is none. */
static void trim_values(struct request *request)
{
    for (int i = 0; i < TICKET_FIELD_COUNT; i++) {
        char *value = request->values[i];
        if (!value)
            continue;
        char *trimmed = text_trim(value);
        request->values[i] = *trimmed ? mem_string(trimmed) : NULL;
        free(value);
    }
}

/* One ticket. Known source and ref print the ticket that is there, so that a script which was
 * killed gets its id when it runs again. */
static int take_one(struct center *center, struct args *args, struct request *request,
                    struct out *out)
{
    struct intake intake = intake_new(center);
    struct ticket ticket;
    struct arena arena = {0};
    char fault[256], note[256];
    intake.confidential = request->confidential;
    trim_values(request);
    if (!intake_ticket(&intake, request->values, NULL, false, &ticket, fault, note, sizeof fault))
        die("%s", fault);
    if (*note && !args->quiet)
        warn("%s", note);
    center_begin(center, args->dry_run);
    bool added = ticket_add(&intake, &ticket);
    if (added && args->dry_run)
        db_rollback(center->db);
    else
        db_commit(center->db);
    if (!added && !args->quiet)
        warn("%s %s is there already as %lld", ticket.source, ticket.ref, (long long)ticket.id);
    const struct ticket *shown = added ? &ticket : ticket_get(center->db, ticket.id, &arena);
    print_ticket((void *[]){out, center->config}, shown);
    arena_free(&arena);
    intake_free(&intake);
    return EXIT_DONE;
}

struct import {
    long added, known;
    int64_t first, last; /* ids; they are consecutive, because the import is one transaction */
};

static void take_rows(struct bulk *bulk, struct intake *intake, bool quiet, bool keep_going,
                      struct import *import)
{
    struct bulk_row row;
    struct ticket ticket;
    char fault[256], note[256];
    while (bulk_next(bulk, &row)) {
        if (!intake_ticket(intake, row.values, row.extra, true, &ticket, fault, note,
                           sizeof fault)) {
            bulk_reject(bulk, fault);
            continue;
        }
        if (*note && !quiet)
            bulk_note(bulk, note);
        if (bulk_bad(bulk) && !keep_going)
            continue; /* nothing will be kept: only look for further faults */
        if (!ticket_add(intake, &ticket)) {
            import->known++;
            continue;
        }
        import->added++;
        import->first = import->first ? import->first : ticket.id;
        import->last = ticket.id;
    }
}

static void print_added(struct center *center, const struct import *import, struct out *out)
{
    enum { PAGE = 10000 };
    for (int64_t id = import->first; import->added && id <= import->last; id += PAGE) {
        int64_t end = id + PAGE - 1 < import->last ? id + PAGE - 1 : import->last;
        ticket_each_new(center->db, id, end, print_ticket, (void *[]){out, center->config});
        out_flush(out);
    }
}

static int take_file(struct center *center, struct args *args, struct request *request,
                     struct out *out)
{
    struct headers headers =
        headers_load(config_path(center->config, "headers.yaml"), "ticket", ticket_fields);
    struct intake intake = intake_new(center);
    struct import import = {0};
    intake.confidential = request->confidential;
    intake.source = request->values[TICKET_SOURCE];
    intake.channel = request->values[TICKET_CHANNEL];
    bool keep_going = request->source.rejects != NULL;
    struct bulk *bulk =
        bulk_open(&request->source, center->db, &headers, ticket_fields, TICKET_TITLE);
    center_begin(center, args->dry_run);
    take_rows(bulk, &intake, args->quiet, keep_going, &import);
    long bad = bulk_end(bulk, out);
    bool done = !bad || keep_going;
    if (done && args->dry_run && !args->quiet)
        warn("%ld would be added, %ld are already there", import.added, import.known);
    else if (done && import.known && !args->quiet)
        warn("%ld added, %ld already there", import.added, import.known);
    if (done && !args->dry_run)
        print_added(center, &import, out);
    intake_free(&intake);
    headers_free(&headers);
    return bad ? EXIT_BAD : EXIT_DONE;
}

int main(int argc, char **argv)
{
    struct args args = args_start(&program, argc, argv);
    struct config *config = config_load(args_config(&args));
    struct request request = read_options(&args);
    check_options(&args, &request);

    struct center center = center_open(args_database(&args), config, args_user(), clock_now());
    struct out *out = out_open(columns, 3, args.format, args.header);
    int status = request.source.path ? take_file(&center, &args, &request, out)
                                     : take_one(&center, &args, &request, out);
    out_close(out);
    center_close(&center);
    for (int i = 0; i < TICKET_FIELD_COUNT; i++)
        free(request.values[i]);
    config_free(config);
    args_free(&args);
    out_finish();
    return status;
}
