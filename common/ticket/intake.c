#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/day.h"
#include "base/die.h"
#include "base/fault.h"
#include "base/json.h"
#include "base/phone.h"
#include "catalogue/rule_file.h"
#include "center/county.h"
#include "center/log.h"
#include "ticket/content.h"
#include "ticket/correction.h"
#include "ticket/field.h"
#include "ticket/judgment.h"
#include "ticket/shown.h"
#include "ticket/ticket.h"

struct intake intake_new(struct center *center)
{
    return (struct intake){.center = center};
}

void intake_free(struct intake *intake)
{
    if (intake->kind_rules_loaded) {
        weighing_free(&intake->weighing);
        rule_set_free(&intake->kind_rules);
    }
    text_free(&intake->title);
    text_free(&intake->ref);
    text_free(&intake->kind_by);
    text_free(&intake->data);
}

/* Line ends of spreadsheets become newlines, in place. */
static char *plain_newlines(char *s)
{
    char *to = s;
    for (const char *from = s; *from; from++)
        if (*from != '\r')
            *to++ = *from;
        else if (from[1] != '\n')
            *to++ = '\n';
    *to = '\0';
    return s;
}

static void load_kind_rules(struct intake *intake)
{
    if (intake->kind_rules_loaded)
        return;
    struct config *config = intake->center->config;
    intake->kind_rules = rule_file_load_kinds(config_path(config, "kind-rules.yaml"));
    intake->weighing = weighing_new(&intake->kind_rules);
    intake->kind_rules_loaded = true;
}

void intake_check_rules(struct intake *intake)
{
    int faults = 0;
    load_kind_rules(intake);
    for (int i = 0; i < intake->kind_rules.count; i++) {
        const struct rule *rule = &intake->kind_rules.rules[i];
        if (config_kind(intake->center->config, rule->decides))
            continue;
        warn("%s:%d: rule \"%s\": no such kind: \"%s\"", rule->file, rule->line, rule->name,
             rule->decides);
        faults++;
    }
    if (faults)
        exit(EXIT_BAD);
}

/* Of the kinds that are too near each other the one with the shortest limit: a guess makes nobody
 * wait too long. */
static const struct kind *doubtful_kind(struct intake *intake, const struct choice *choice)
{
    const struct kind *shortest = NULL;
    text_add(&intake->kind_by, "doubt:");
    for (int i = 0; i < choice->count; i++) {
        const struct candidate *candidate = &choice->best[i];
        const struct kind *kind = config_kind(intake->center->config, candidate->rule->decides);
        if (i &&
            candidate->weight * 100 <= choice->best[0].weight * (100 - intake->kind_rules.ahead))
            break;
        text_add_format(&intake->kind_by, "%s%s", i ? " " : "", candidate->rule->name);
        if (kind && (!shortest || kind->days < shortest->days))
            shortest = kind;
    }
    return shortest;
}

/* The first of CHOICE, which has decided, is marked too where another kind with a longer limit
 * weighs half as much: a limit that is too short is never silent. */
static void mark_short(struct intake *intake, const struct choice *choice, const struct kind *kind)
{
    for (int i = 1; i < choice->count; i++) {
        const struct candidate *candidate = &choice->best[i];
        const struct kind *other = config_kind(intake->center->config, candidate->rule->decides);
        if (!other || other->days <= kind->days || candidate->weight * 2 < choice->best[0].weight)
            continue;
        text_clear(&intake->kind_by);
        text_add_format(&intake->kind_by, "doubt:%s %s", choice->rule->name, candidate->rule->name);
        return;
    }
}

/* The kind of a message that came without one; the record says what gave it. */
static const struct kind *judge_kind(struct intake *intake, struct ticket *ticket)
{
    const struct config *config = intake->center->config;
    const struct kind *kind = NULL;
    load_kind_rules(intake);
    struct rule_subject subject = {.title = ticket->title, .body = ticket->body};
    const struct choice choice = weighing_decide(&intake->weighing, &subject);
    text_clear(&intake->kind_by);
    if (choice.close) {
        kind = doubtful_kind(intake, &choice);
    } else if (choice.rule) {
        kind = config_kind(config, choice.rule->decides);
        text_add_format(&intake->kind_by, "rule:%s", choice.rule->name);
        if (kind && !choice.ordered)
            mark_short(intake, &choice, kind);
    }
    if (!kind) {
        text_clear(&intake->kind_by);
        text_add(&intake->kind_by, "default");
        kind = config_kind(config, config->default_kind);
    }
    ticket->kind_by = intake->kind_by.data;
    return kind;
}

static void find_codes(struct intake *intake, char *const *values, struct ticket *ticket,
                       const struct kind **kind, struct fault *fault)
{
    const struct config *config = intake->center->config;
    const struct term *channel = field_channel(config,
                                               values[TICKET_CHANNEL] ? values[TICKET_CHANNEL]
                                               : intake->channel      ? intake->channel
                                                                      : config->default_channel,
                                               fault);
    const struct term *region =
        values[TICKET_REGION] ? field_region(config, values[TICKET_REGION], fault) : NULL;
    ticket->channel = channel ? channel->code : NULL;
    ticket->region = region ? region->code : NULL;
    *kind = values[TICKET_KIND] ? field_kind(config, values[TICKET_KIND], fault) : NULL;
    if (values[TICKET_KIND])
        ticket->kind_by = "given";
}

static void check_texts(char *const *values, struct fault *fault)
{
    for (int i = 0; i < TICKET_FIELD_COUNT; i++)
        if (values[i])
            field_check_length((enum ticket_field)i, values[i], fault);
    if (!values[TICKET_TITLE])
        fault_add(fault, "no title");
    phone_check(values[TICKET_PHONE], fault);
}

/* The number of a row that came without one: the same row gets the same one again. */
static const char *fingerprint(struct intake *intake, char *const *values, const char *extra)
{
    uint64_t hash = TEXT_HASH_START;
    for (int i = 0; i < TICKET_FIELD_COUNT; i++) {
        const char *value = values[i] ? values[i] : "";
        if (i <= TICKET_RECEIVED || values[i]) /* rows of before had no other fields */
            hash = text_hash(hash, value, strlen(value) + 1);
    }
    if (extra)
        hash = text_hash(hash, extra, strlen(extra));
    text_clear(&intake->ref);
    text_add_format(&intake->ref, "row-%016" PRIx64, hash);
    return intake->ref.data;
}

/* The center that it is filed with. */
static void find_center(struct intake *intake, struct ticket *ticket)
{
    intake->at = intake->filed ? intake->county
                               : config_county_of_channel(intake->center->config, ticket->channel);
    ticket->center = intake->at ? county_org(intake->center, intake->at) : 0;
}

static int64_t id_of(char *const *values, enum ticket_field field)
{
    return values[field] ? strtoll(values[field], NULL, 10) : 0;
}

static bool find_deadline(struct intake *intake, struct ticket *ticket, const struct kind *kind,
                          struct fault *fault)
{
    const struct center *center = intake->center;
    const struct config *config = center->config;
    struct deadline deadline;
    if (!config_deadline(config, center_calendar(center), kind, ticket->received_at, &deadline)) {
        char iso[CLOCK_TEXT_SIZE];
        return fault_add(fault, "received at %s: outside 1990 to 2119",
                         clock_print(ticket->received_at, iso));
    }
    ticket->kind = kind->term.code;
    ticket->started_at = ticket->received_at;
    ticket->limit_days = kind->days;
    ticket->due_at = deadline.due_at;
    ticket->provisional = deadline.provisional;
    ticket->next_level_at = judgment_of_new(intake->center, ticket);
    return true;
}

static const char *source_of(const struct intake *intake, char *const *values)
{
    return values[TICKET_SOURCE] ? values[TICKET_SOURCE]
           : intake->source      ? intake->source
                                 : intake->center->config->default_source;
}

/* The number, or NULL. */
static const char *ref_of(struct intake *intake, char *const *values, const char *extra)
{
    return values[TICKET_REF] || !intake->from_file || !intake->without_ref
               ? values[TICKET_REF]
               : fingerprint(intake, values, extra);
}

/* The source's number and the moment of receipt, which a row of a file must have. */
static void identify(struct intake *intake, char *const *values, const char *extra,
                     struct ticket *ticket, struct fault *fault)
{
    ticket->ref = ref_of(intake, values, extra);
    ticket->source = source_of(intake, values);
    if (!ticket->ref && intake->from_file)
        fault_add(fault, "no number (--no-ref goes without)");
    ticket->received_at = intake->received ? intake->received : intake->center->now;
    if (values[TICKET_RECEIVED])
        clock_happened(values[TICKET_RECEIVED], &ticket->received_at, fault);
    else if (intake->from_file && !intake->received)
        fault_add(fault, "no time of receipt (--received now takes the present moment)");
}

void intake_ahead(struct intake *intake, char *const *values, const char *extra)
{
    const char *ref = ref_of(intake, values, extra);
    if (ref)
        ticket_find_ahead(intake->center->db, source_of(intake, values), ref);
}

bool intake_ticket(struct intake *intake, char *const *values, const char *extra,
                   struct ticket *ticket, struct fault *fault, struct fault *note)
{
    const struct kind *kind;
    fault_clear(fault);
    fault_clear(note);
    *ticket = (struct ticket){.enterprise = values[TICKET_ENTERPRISE],
                              .uscc = values[TICKET_USCC],
                              .contact = values[TICKET_CONTACT],
                              .phone = values[TICKET_PHONE],
                              .category = values[TICKET_CATEGORY],
                              .policy = id_of(values, TICKET_POLICY),
                              .entry = id_of(values, TICKET_ENTRY),
                              .liaison = id_of(values, TICKET_LIAISON),
                              .extra = extra,
                              .confidential = intake->confidential,
                              .state = "received",
                              .round = 1,
                              .callers = 1};
    for (int i = 0; i < TICKET_FIELD_COUNT; i++)
        intake->given[i] = values[i] != NULL;
    check_texts(values, fault);
    identify(intake, values, extra, ticket, fault);
    find_codes(intake, values, ticket, &kind, fault);
    field_check_uscc(ticket->uscc, fault, note);
    if (*fault->text)
        return false;
    ticket->title = field_one_line(&intake->title, values[TICKET_TITLE]);
    ticket->body = values[TICKET_BODY] ? plain_newlines(values[TICKET_BODY]) : "";
    if (!kind)
        kind = judge_kind(intake, ticket);
    find_center(intake, ticket);
    return find_deadline(intake, ticket, kind, fault);
}

static void log_received(struct intake *intake, const struct ticket *ticket)
{
    struct center *center = intake->center;
    struct text *data = &intake->data;
    struct seals seals = {.kept_count = 0};
    char day[DAY_TEXT_SIZE];
    event_seed(center, seals.seed);
    text_clear(data);
    json_start(data);
    json_add_text(data, "kind", ticket->kind);
    json_add_text(data, "by", ticket->kind_by);
    json_add_number(data, "limit", ticket->limit_days);
    if (ticket->center)
        json_add_text(data, "center", intake->at->center);
    if (ticket->errand)
        json_add_number(data, "errand", 1);
    for (int i = TICKET_POLICY; i <= TICKET_LIAISON; i++)
        if (field_is_set(ticket_field(i), ticket))
            field_add(data, &ticket_table, ticket_field(i), ticket, center->db);
    if (ticket->until_day)
        json_add_text(data, "until_day", day_print(ticket->until_day, day));
    json_add_number(data, "due", ticket->due_at);
    if (ticket->next_level_at)
        json_add_number(data, "next", ticket->next_level_at);
    if (ticket->provisional)
        json_add_number(data, "provisional", 1);
    if (ticket->confidential)
        json_add_number(data, "confidential", 1);
    json_add_number(data, "calendar", ticket->calendar_id);
    content_add(data, ticket, &seals, &center->chain.scratch);
    json_end(data);
    event_add(center, &(struct event){.ticket_id = ticket->id,
                                      .type = "received",
                                      .at = ticket->received_at,
                                      .actor = center->user,
                                      .data = data->data,
                                      .seed = seals.seed});
}

/* The fields in which the row says something else than the ticket that has its number did when it
 * came: what was corrected since is no other content, and neither is a kind that was judged. */
static bool same_content(const struct intake *intake, const struct ticket *ticket,
                         struct fault *fault)
{
    struct arena arena = {0};
    struct ticket *old = ticket_get(intake->center->db, ticket->id, &arena);
    struct text others = {0};
    correction_undo(intake->center->db, old, 0, &arena);
    bool judged = strcmp(old->kind_by, "given") != 0;
    for (int i = TICKET_CHANNEL; i < TICKET_FIELD_COUNT; i++)
        if (intake->given[i] && !(i == TICKET_KIND && judged) &&
            !field_is_same(ticket_field(i), ticket, old))
            text_add_format(&others, "%s%s", others.length ? ", " : "", ticket_field(i)->name);
    if (others.length)
        fault_add(fault, "%s %s is there already with other content: %s", ticket->source,
                  ticket->ref, others.data);
    bool same = !others.length;
    text_free(&others);
    arena_free(&arena);
    return same;
}

/* Returns the new ticket's id, or 0 where its number is there already. */
static int64_t insert(struct db *db, const struct ticket *ticket)
{
    if (!db_looks_ahead(db))
        return fields_insert(db, &ticket_table, ticket);
    if (ticket->ref && ticket_find(db, ticket->source, ticket->ref))
        return 0;
    return fields_append(db, &ticket_table, ticket);
}

enum ticket_added ticket_add(struct intake *intake, struct ticket *ticket, struct fault *fault)
{
    struct db *db = intake->center->db;
    if (!intake->calendar_id)
        intake->calendar_id = center_calendar_version(intake->center);
    ticket->calendar_id = intake->calendar_id;
    ticket->pooled_at = ticket->received_at;
    ticket->id = insert(db, ticket);
    if (!ticket->id) {
        ticket->id = ticket_find(db, ticket->source, ticket->ref);
        return same_content(intake, ticket, fault) ? TICKET_KNOWN : TICKET_OTHER;
    }
    shown_store(db, ticket);
    log_received(intake, ticket);
    return TICKET_ADDED;
}
