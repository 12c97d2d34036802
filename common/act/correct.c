/* A fact of the intake is put right (更正): the first entry stays in the log, the deadline is
 * computed anew from the receipt, and what was answered is judged again. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "act/step_private.h"
#include "base/clock.h"
#include "base/json.h"
#include "base/phone.h"
#include "base/tongue.h"
#include "ticket/claim.h"
#include "ticket/clock.h"
#include "ticket/correction.h"
#include "ticket/field.h"
#include "ticket/judgment.h"
#include "ticket/limit.h"
#include "ticket/projection.h"
#include "ticket/round.h"
#include "ticket/shown.h"

static void read_title(struct act_call *call, struct ticket *after)
{
    struct text line = {0};
    after->title =
        arena_string(call->arena, field_one_line(&line, call->act->fields[TICKET_TITLE]));
    text_free(&line);
}

static void read_kind(struct act_call *call, struct ticket *after)
{
    const struct kind *kind =
        field_kind(call->acting->center->config, call->act->fields[TICKET_KIND], call->fault);
    if (!kind || !strcmp(kind->term.code, after->kind))
        return;
    after->kind = kind->term.code;
    after->kind_by = "corrected";
}

/* Sets the field of AFTER to its value in words; what is wrong is added to the fault. */
static void read_field(struct act_call *call, enum ticket_field field, struct ticket *after)
{
    const struct config *config = call->acting->center->config;
    const char *word = call->act->fields[field];
    const char *value = *word ? word : NULL;
    const struct term *term;
    struct fault note = {""};
    switch (field) {
    case TICKET_CHANNEL:
        term = field_channel(config, word, call->fault);
        after->channel = term ? term->code : NULL;
        break;
    case TICKET_REGION:
        term = value ? field_region(config, word, call->fault) : NULL;
        after->region = term ? term->code : NULL;
        break;
    case TICKET_USCC:
        field_check_uscc(value, call->fault, &note);
        after->uscc = value;
        break;
    case TICKET_PHONE:
        phone_check(value, call->fault);
        after->phone = value;
        break;
    case TICKET_KIND: read_kind(call, after); break;
    case TICKET_TITLE: read_title(call, after); break;
    case TICKET_RECEIVED: clock_happened(word, &after->received_at, call->fault); break;
    case TICKET_CONTACT: after->contact = value; break;
    case TICKET_ENTERPRISE: after->enterprise = value; break;
    case TICKET_CATEGORY: after->category = value; break;
    case TICKET_POLICY:
    case TICKET_ENTRY:
    case TICKET_LIAISON:
        *field_number_at(ticket_field((int)field), after) = value ? strtoll(value, NULL, 10) : 0;
        break;
    default: break; /* the source's number and the text are what came */
    }
}

/* Some fields may be emptied; a blank is no value of any. */
static bool check_field(struct act_call *call, enum ticket_field field)
{
    const char *word = call->act->fields[field];
    bool needed = field == TICKET_TITLE || field == TICKET_KIND || field == TICKET_CHANNEL ||
                  field == TICKET_RECEIVED;
    if (*word ? text_is_blank(word) : needed)
        return act_refuse(
            call, "correct: the %s is blank",
            tongue_word(ticket_field((int)field)->name, ticket_field((int)field)->word));
    return field_check_length(field, word, call->fault);
}

/* All that is wrong is said at once. */
static bool read_fields(struct act_call *call, struct ticket *after)
{
    bool any = false;
    for (int i = 0; i < TICKET_FIELD_COUNT; i++) {
        if (!call->act->fields[i])
            continue;
        any = true;
        if (check_field(call, (enum ticket_field)i))
            read_field(call, (enum ticket_field)i, after);
    }
    if (!any)
        act_refuse(call, "correct: nothing is said to be right: --kind, --received and the like");
    return !*call->fault->text;
}

static struct db_query *ask_first(struct db *db, const struct ticket *ticket)
{
    struct db_query *q = db_query(db, "SELECT min(at) FROM event WHERE ticket_id = ?1 AND type IN"
                                      " ('dispatched', 'conference-opened', 'answered', 'closed')");
    db_bind(q, 1, ticket->id);
    return q;
}

/* What it reads before it is written, and what of it again behind that. */
static void look_ahead(struct center *center, const struct ticket *ticket, bool written)
{
    if (!db_looks_ahead(center->db))
        return;
    limit_ahead(center->db, ticket);
    judgment_next_ahead(center, ticket);
    if (written) {
        ticketclock_rounds_ahead(center->db, ticket);
        claim_ahead(center->db, ticket);
    } else {
        db_ahead(ask_first(center->db, ticket));
        center_calendar_version_ahead(center);
    }
}

/* Nothing was done before it was received. */
static bool comes_first(struct act_call *call, const struct ticket *after)
{
    char received[CLOCK_TEXT_SIZE], done[CLOCK_TEXT_SIZE];
    int64_t first = db_first(ask_first(call->acting->center->db, after));
    return !first || after->received_at <= first ||
           act_refuse(call, "correct: received at %s, but it was acted on at %s",
                      clock_print(after->received_at, received), clock_print(first, done));
}

/* Appends the limit and the deadline of AFTER, and moves those of its parties. */
static bool add_clock(struct act_call *call, struct ticket *after)
{
    struct center *center = call->acting->center;
    if (after->round == 1)
        after->started_at = after->received_at;
    after->limit_days = limit_compute(center, after, after->round);
    json_add_number(&call->data, "limit", after->limit_days);
    if (!ticketclock_write(center, after, &call->data))
        return act_refuse(call, "the new deadline lies outside 1990 to 2119");
    route_reckon(center, after, RECKON_ALL);
    return true;
}

/* The rounds that were answered are counted again, which an event of its own tells. */
static void count_again(struct act_call *call)
{
    struct text list = {0}, data = {0};
    round_again(call->acting->center, call->ticket, &list);
    json_start(&data);
    json_add_raw(&data, "rounds", json_list_end(&list));
    json_end(&data);
    if (list.length)
        projection_record(call->acting->center, call->ticket, call->arena, "rounds-recounted",
                          call->act->at, data.data);
    text_free(&list);
    text_free(&data);
}

bool action_correct(struct act_call *call)
{
    const struct ticket before = *call->ticket;
    struct ticket after = before;
    if (before.merged_into)
        return act_refuse(call, "correct: it was joined to ticket %lld: correct that one",
                          (long long)before.merged_into);
    look_ahead(call->acting->center, call->ticket, false);
    if (!action_needs_reason(call) || !read_fields(call, &after) || !comes_first(call, &after))
        return false;
    action_begin(call);
    if (!correction_add(&call->data, &before, &after))
        return act_refuse(call, "correct: it says so already");
    bool clocks = after.kind != before.kind || after.received_at != before.received_at;
    if (clocks && !add_clock(call, &after))
        return false;
    action_record(call, "corrected");
    correction_store(call->acting->center->db, call->ticket, &after);
    shown_store(call->acting->center->db, &after);
    if (!clocks)
        return true;
    look_ahead(call->acting->center, call->ticket, true);
    count_again(call);
    claim_ask_again(call->acting->center, call->ticket);
    return true;
}
