#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/day.h"
#include "base/die.h"
#include "base/json.h"
#include "base/uscc.h"
#include "center/log.h"
#include "ticket/rule_file.h"
#include "ticket/shown.h"
#include "ticket/ticket.h"

const char *const ticket_fields[] = {"ref",    "source",   "channel",  "kind",       "title",
                                     "body",   "contact",  "phone",    "enterprise", "uscc",
                                     "region", "category", "received", NULL};

struct intake intake_new(struct center *center)
{
    return (struct intake){.center = center};
}

void intake_free(struct intake *intake)
{
    if (intake->kind_rules_loaded) {
        rule_reading_free(&intake->reading);
        rule_set_free(&intake->kind_rules);
    }
    text_free(&intake->title);
    text_free(&intake->ref);
    text_free(&intake->kind_by);
    text_free(&intake->data);
}

static bool unknown(char *fault, size_t size, const char *what, const char *word,
                    const char *nearest)
{
    if (nearest)
        snprintf(fault, size, "unknown %s \"%s\" (did you mean %s?)", what, word, nearest);
    else
        snprintf(fault, size, "unknown %s \"%s\"", what, word);
    return false;
}

/* A title is one line: line ends and runs of blanks become one blank. */
static const char *one_line(struct text *out, const char *s)
{
    bool blank = false;
    text_clear(out);
    text_add(out, "");
    for (; *s; s++) {
        if (strchr(" \t\r\n", *s)) {
            blank = true;
            continue;
        }
        if (blank && out->length)
            text_add_char(out, ' ');
        blank = false;
        text_add_char(out, *s);
    }
    return out->data;
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
    intake->kind_rules = cataloguefile_load_kinds(config_path(config, "kind-rules.yaml"));
    intake->reading = rule_reading_new(&intake->kind_rules);
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

/* The kind of a message that came without one; the record says what gave it. */
static const struct kind *judge_kind(struct intake *intake, struct ticket *ticket)
{
    const struct config *config = intake->center->config;
    load_kind_rules(intake);
    struct rule_subject subject = {.title = ticket->title, .body = ticket->body};
    rule_read(&intake->kind_rules, &subject, &intake->reading);
    const struct rule *rule = rule_decide(&intake->kind_rules, &subject, &intake->reading);
    const struct kind *kind = config_kind(config, rule ? rule->decides : config->default_kind);
    text_clear(&intake->kind_by);
    text_add(&intake->kind_by, rule && kind ? "rule:" : "default");
    if (rule && kind)
        text_add(&intake->kind_by, rule->name);
    ticket->kind_by = intake->kind_by.data;
    return kind ? kind : config_kind(config, config->default_kind);
}

static bool find_codes(struct intake *intake, char *const *values, struct ticket *ticket,
                       const struct kind **kind, char *fault, size_t size)
{
    const struct config *config = intake->center->config;
    const char *word = values[TICKET_CHANNEL] ? values[TICKET_CHANNEL]
                       : intake->channel      ? intake->channel
                                              : config->default_channel;
    const struct term *channel = config_channel(config, word);
    if (!channel)
        return unknown(fault, size, "channel", word, config_nearest_channel(config, word));
    ticket->channel = channel->code;
    if ((word = values[TICKET_REGION])) {
        const struct term *region = config_region(config, word);
        if (!region)
            return unknown(fault, size, "region", word, config_nearest_region(config, word));
        ticket->region = region->code;
    }
    *kind = NULL;
    if ((word = values[TICKET_KIND])) {
        if (!(*kind = config_kind(config, word)))
            return unknown(fault, size, "kind", word, config_nearest_kind(config, word));
        ticket->kind_by = "given";
    }
    return true;
}

static bool check_uscc(const char *code, char *fault, char *note, size_t size)
{
    if (!code)
        return true;
    enum uscc_result result = uscc_check(code);
    if (result == USCC_WRONG_CHECK)
        snprintf(note, size, "credit code %s is kept, but %s", code, uscc_fault(result));
    else if (result != USCC_GOOD)
        snprintf(fault, size, "credit code \"%s\": %s", code, uscc_fault(result));
    return result == USCC_GOOD || result == USCC_WRONG_CHECK;
}

/* The number of a row that came without one: the same row gets the same one again. */
static const char *fingerprint(struct intake *intake, char *const *values, const char *extra)
{
    uint64_t hash = TEXT_HASH_START;
    for (int i = 0; i < TICKET_FIELD_COUNT; i++) {
        const char *value = values[i] ? values[i] : "";
        hash = text_hash(hash, value, strlen(value) + 1);
    }
    if (extra)
        hash = text_hash(hash, extra, strlen(extra));
    text_clear(&intake->ref);
    text_add_format(&intake->ref, "row-%016" PRIx64, hash);
    return intake->ref.data;
}

static bool find_deadline(struct intake *intake, struct ticket *ticket, const struct kind *kind,
                          char *fault, size_t size)
{
    const struct center *center = intake->center;
    const struct config *config = center->config;
    struct deadline deadline;
    if (!deadline_compute(center_calendar(center), &config->rule, ticket->received_at, kind->days,
                          &deadline)) {
        char iso[CLOCK_TEXT_SIZE];
        snprintf(fault, size, "received at %s: outside 1990 to 2119",
                 clock_print(ticket->received_at, iso));
        return false;
    }
    ticket->kind = kind->term.code;
    ticket->started_at = ticket->received_at;
    ticket->limit_days = kind->days;
    ticket->due_at = deadline.due_at;
    ticket->provisional = deadline.provisional;
    if (config->level_count)
        ticket->next_level_at = deadline_level_at(center_calendar(center), &config->rule,
                                                  deadline.due_at, config->levels[0].after);
    return true;
}

bool intake_ticket(struct intake *intake, char *const *values, const char *extra, bool needs_ref,
                   struct ticket *ticket, char *fault, char *note, size_t size)
{
    const struct center *center = intake->center;
    const struct kind *kind;
    *fault = *note = '\0';
    *ticket = (struct ticket){.ref = values[TICKET_REF],
                              .enterprise = values[TICKET_ENTERPRISE],
                              .uscc = values[TICKET_USCC],
                              .contact = values[TICKET_CONTACT],
                              .phone = values[TICKET_PHONE],
                              .category = values[TICKET_CATEGORY],
                              .extra = extra,
                              .confidential = intake->confidential,
                              .received_at = center->now,
                              .state = "received",
                              .round = 1};
    if (!values[TICKET_TITLE]) {
        snprintf(fault, size, "no title");
        return false;
    }
    if (!ticket->ref && needs_ref)
        ticket->ref = fingerprint(intake, values, extra);
    ticket->source = values[TICKET_SOURCE] ? values[TICKET_SOURCE]
                     : intake->source      ? intake->source
                                           : center->config->default_source;
    ticket->title = one_line(&intake->title, values[TICKET_TITLE]);
    ticket->body = values[TICKET_BODY] ? plain_newlines(values[TICKET_BODY]) : "";
    if (values[TICKET_RECEIVED] &&
        !clock_parse(values[TICKET_RECEIVED], &ticket->received_at, NULL)) {
        snprintf(fault, size, "%s: \"%s\"", clock_fault(values[TICKET_RECEIVED]),
                 values[TICKET_RECEIVED]);
        return false;
    }
    if (!find_codes(intake, values, ticket, &kind, fault, size) ||
        !check_uscc(ticket->uscc, fault, note, size))
        return false;
    if (!kind)
        kind = judge_kind(intake, ticket);
    return find_deadline(intake, ticket, kind, fault, size);
}

static void bind_ticket(struct db_query *q, const struct ticket *t)
{
    const char *const texts[] = {t->source, t->ref,    t->channel,    t->kind, t->kind_by,
                                 t->title,  t->body,   t->enterprise, t->uscc, t->contact,
                                 t->phone,  t->region, t->category,   t->extra};
    enum { TEXTS = sizeof texts / sizeof *texts };
    for (int i = 0; i < TEXTS; i++)
        db_bind_text(q, i + 1, texts[i]);
    db_bind(q, TEXTS + 1, t->received_at);
    db_bind(q, TEXTS + 2, t->due_at);
    db_bind(q, TEXTS + 3, t->provisional);
    db_bind(q, TEXTS + 4, t->calendar_id);
    db_bind(q, TEXTS + 5, t->limit_days);
    db_bind(q, TEXTS + 6, t->confidential);
    if (t->next_level_at)
        db_bind(q, TEXTS + 7, t->next_level_at);
    else
        db_bind_null(q, TEXTS + 7);
    if (t->until_day)
        db_bind(q, TEXTS + 8, t->until_day);
    else
        db_bind_null(q, TEXTS + 8);
}

static void log_received(struct intake *intake, const struct ticket *ticket)
{
    struct center *center = intake->center;
    struct text *data = &intake->data;
    char day[DAY_TEXT_SIZE];
    text_clear(data);
    json_start(data);
    json_add_text(data, "kind", ticket->kind);
    json_add_text(data, "by", ticket->kind_by);
    json_add_number(data, "limit", ticket->limit_days);
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
    json_end(data);
    event_add(center, &(struct event){.ticket_id = ticket->id,
                                      .type = "received",
                                      .at = ticket->received_at,
                                      .actor = center->user,
                                      .data = data->data});
}

bool ticket_add(struct intake *intake, struct ticket *ticket)
{
    struct db *db = intake->center->db;
    if (!intake->calendar_id)
        intake->calendar_id = center_calendar_version(intake->center);
    ticket->calendar_id = intake->calendar_id;
    struct db_query *q = db_query(
        db, "INSERT INTO ticket (source, ref, channel, kind, kind_by, title, body, enterprise,"
            " uscc, contact, phone, region, category, extra, received_at, due_at, provisional,"
            " calendar_id, limit_days, confidential, next_level_at, until_day, started_at,"
            " state)"
            " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17,"
            " ?18, ?19, ?20, ?21, ?22, ?15, 'received')"
            " ON CONFLICT (source, ref) DO NOTHING");
    bind_ticket(q, ticket);
    db_run(q);
    if (!db_changes(db)) {
        ticket->id = ticket_find(db, ticket->source, ticket->ref);
        return false;
    }
    ticket->id = db_last_id(db);
    shown_store(db, ticket->id);
    log_received(intake, ticket);
    return true;
}
