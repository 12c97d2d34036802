/* ticket-export: tells a source what became of its tickets (一单双送、评价结果共享). */
#include "base/clock.h"
#include "base/die.h"
#include "base/json.h"
#include "base/mark.h"
#include "center/log.h"
#include "center/permit.h"
#include "center/program.h"
#include "center/rating.h"
#include "center/role.h"
#include "ticket/export.h"
#include "ticket/masked.h"
#include "ticket/story.h"

enum { KEY_SOURCE = ARGS_LONG, KEY_SINCE, KEY_MARK, KEY_GEOREPORT, KEY_UNMASK };

static const struct args_option options[] = {
    {KEY_SOURCE, "source", "NAME", "whose tickets"},
    {KEY_SINCE, "since", "MARK", "only what changed after this mark, of an earlier run"},
    {KEY_MARK, "mark", "FILE", "take the mark from FILE, and leave the next one there"},
    {KEY_GEOREPORT, "georeport", NULL,
     "a list of service requests of Open311 GeoReport v2, in JSON"},
    {KEY_UNMASK, "unmask", NULL, "with personal data in texts as they are; the log notes it"},
    {0, NULL, NULL, NULL},
};
static const char *const synopsis[] = {
    "--source NAME [--since MARK | --mark FILE] [--georeport] [--unmask]", NULL};
static const struct args_program program = {
    .name = "ticket-export",
    .title = "工单反馈",
    .synopsis = synopsis,
    .purpose = "Tell a source what became of its tickets, those that changed since a mark.",
    .options = options,
};

/* Titles by which ticket-answer and ticket-rate know them again. */
static const struct out_column columns[] = {
    {"ref", "工单编号", OUT_TEXT},       {"source", "来源", OUT_TEXT},
    {"id", "系统编号", OUT_NUMBER},      {"state", "状态", OUT_TEXT},
    {"org", "承办单位", OUT_TEXT},       {"received", "受理时间", OUT_TEXT},
    {"due", "办理期限", OUT_TEXT},       {"dispatched", "派发时间", OUT_TEXT},
    {"text", "答复意见", OUT_TEXT},      {"answered", "答复时间", OUT_TEXT},
    {"score", "满意度", OUT_TEXT},       {"remark", "评价意见", OUT_TEXT},
    {"rated", "评价时间", OUT_TEXT},     {"closed", "办结时间", OUT_TEXT},
    {"closed_as", "办结方式", OUT_TEXT}, {"mark", "标记", OUT_NUMBER}};

struct exporting {
    struct program p;
    const char *source, *file;
    bool georeport, unmask;
    int64_t mark; /* the last one */
    long found;
    struct text requests; /* of Open311 */
};

static void print_text(struct exporting *x, const struct ticket *ticket, const char *text)
{
    struct text masked = {0};
    out_text(x->p.out, masked_value(&masked, ticket, MASKED_TEXT, text, x->unmask));
    text_free(&masked);
}

static void print_row(struct exporting *x, const struct exported *e)
{
    const struct ticket *t = e->ticket;
    struct out *out = x->p.out;
    char score[2] = {(char)('0' + t->rating), '\0'};
    out_text(out, t->ref);
    out_text(out, t->source);
    out_number(out, t->id);
    out_code(out, t->state, ticket_state_name(t->state));
    out_code(out, org_code(&x->p.orgs, t->lead), org_name(&x->p.orgs, t->lead));
    out_moment(out, t->received_at);
    out_moment(out, t->due_at);
    out_moment(out, t->dispatched_at);
    print_text(x, t, e->answer);
    out_moment(out, t->answered_at);
    out_code(out, t->rating ? score : NULL, rating_name(t->rating));
    print_text(x, t, e->remark);
    out_moment(out, t->rated_at);
    out_moment(out, t->closed_at);
    out_code(out, t->closed_as, story_closed_as(t->closed_as));
    out_number(out, e->mark);
    out_row(out);
}

static void add_moment(struct text *json, const char *key, int64_t moment)
{
    char iso[CLOCK_TEXT_SIZE];
    if (moment)
        json_add_text(json, key, clock_print(moment, iso));
}

/* A service request of GeoReport v2. It knows open and closed alone: who answers closes it. */
static void add_request(struct exporting *x, const struct exported *e)
{
    const struct ticket *t = e->ticket;
    struct text *json = &x->requests, notes = {0}, title = {0};
    bool closed = t->answered_at || t->closed_at;
    text_add(json, json->length ? ",\n" : "[\n");
    json_start(json);
    json_add_text(json, "service_request_id", t->ref ? t->ref : "");
    json_add_text(json, "status", closed ? "closed" : "open");
    json_add_text(json, "status_notes", masked_value(&notes, t, MASKED_TEXT, e->answer, x->unmask));
    json_add_text(json, "service_code", t->kind);
    json_add_text(json, "service_name", config_kind_name(x->p.config, t->kind));
    json_add_text(json, "description", masked_value(&title, t, MASKED_TEXT, t->title, x->unmask));
    json_add_text(json, "agency_responsible", org_name(&x->p.orgs, t->lead));
    add_moment(json, "requested_datetime", t->received_at);
    add_moment(json, "updated_datetime",
               t->closed_at     ? t->closed_at
               : t->answered_at ? t->answered_at
                                : t->received_at);
    add_moment(json, "expected_datetime", t->due_at);
    json_end(json);
    text_free(&notes);
    text_free(&title);
}

static void take(void *context, const struct exported *exported)
{
    struct exporting *x = context;
    if (x->georeport)
        add_request(x, exported);
    else
        print_row(x, exported);
    x->mark = exported->mark;
    x->found++;
}

/* Whose texts are seen is noted before they are printed. */
static void export(struct exporting *x)
{
    int64_t since = x->mark;
    if (x->unmask)
        center_begin(&x->p.center, false);
    export_each(x->p.center.db, x->source, since, take, x);
    if (x->unmask && x->found)
        event_add_unmasked(&x->p.center, 0, program.name, "source", x->source);
    if (x->unmask)
        db_commit(x->p.center.db);
}

static void read_options(struct exporting *x)
{
    struct args *args = &x->p.args;
    bool since = false;
    for (int key; (key = args_next(args));)
        switch (key) {
        case KEY_SOURCE: x->source = args->value; break;
        case KEY_SINCE:
            x->mark = args_number(args, 0, 2000000000);
            since = true;
            break;
        case KEY_MARK: x->file = args->value; break;
        case KEY_GEOREPORT: x->georeport = true; break;
        case KEY_UNMASK: x->unmask = true; break;
        }
    if (!x->source)
        args_usage(args, "whose tickets? --source");
    if (since && x->file)
        args_usage(args, "one of --since and --mark");
    if (args->operand_count)
        args_usage(args, "no operand is expected");
    if (x->unmask && args->dry_run)
        args_usage(args, "the log notes who sees with --unmask, and -n writes nothing");
}

/* The mark moves when all was printed: a run that ends before is made good by the next one. */
int main(int argc, char **argv)
{
    struct exporting x = {.p = program_start(&program, argc, argv)};
    read_options(&x);
    if (x.file)
        x.mark = mark_read(x.file);
    bool keeps = x.file && !x.p.args.dry_run;
    if (x.georeport)
        program_open(&x.p, NULL, 0);
    else
        program_open(&x.p, OUT_COLUMNS(columns));
    /* who sees some alone would leave a mark behind the others */
    permit_need(&x.p.center, "export all tickets of a source", ROLE_OPERATOR | ROLE_AUDITOR, false);
    export(&x);
    program_close(&x.p);
    if (x.georeport)
        out_print("%s%s]\n", text_string(&x.requests), x.found ? "\n" : "[");
    text_free(&x.requests);
    int status = program_end(&x.p, x.found ? EXIT_DONE : EXIT_NO);
    if (keeps && status == EXIT_DONE)
        mark_write(x.file, x.mark);
    return status;
}
