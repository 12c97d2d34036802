#include "ticket/show.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "center/log.h"
#include "ticket/clock.h"
#include "ticket/custody.h"
#include "ticket/judgment.h"
#include "ticket/masked.h"
#include "ticket/route.h"
#include "ticket/story.h"

/* One record a field: so that every format prints the same things. */
const struct out_column ticketfields_columns[TICKETFIELDS_COLUMNS] = {
    {"id", "编号", OUT_NUMBER}, {"field", "项目", OUT_TEXT}, {"value", "内容", OUT_TEXT}};

/* Members by the table of fields: a text with the office's word for it, one masked unless asked
 * otherwise, a moment, a number. What is not there is left out. */
static void show_text(struct ticketfields *s, enum ticket_field number, const char *shown)
{
    const struct field *field = ticket_field((int)number);
    out_member(s->out, field->name, field->word, field_text(field, s->ticket), shown);
}

static void show_masked(struct ticketfields *s, enum ticket_field number, enum masked_as as)
{
    const struct field *field = ticket_field((int)number);
    struct text text = {0};
    out_member(s->out, field->name, field->word,
               masked_value(&text, s->ticket, as, field_text(field, s->ticket), s->unmask), NULL);
    text_free(&text);
}

static void show_moment(struct ticketfields *s, enum ticket_field number)
{
    const struct field *field = ticket_field((int)number);
    int64_t moment = field_number(field, s->ticket);
    char iso[CLOCK_TEXT_SIZE], minute[STORY_MINUTE_SIZE];
    if (moment)
        out_member(s->out, field->name, field->word, clock_print(moment, iso),
                   story_minute(moment, minute));
}

static void show_number(struct ticketfields *s, enum ticket_field number, const char *shown)
{
    const struct field *field = ticket_field((int)number);
    out_member_number(s->out, field->name, field->word, field_number(field, s->ticket), shown);
}

/* A flag, which is its own name. */
static void show_flag(struct ticketfields *s, enum ticket_field number, const char *shown)
{
    const struct field *field = ticket_field((int)number);
    if (field_number(field, s->ticket))
        out_member(s->out, field->name, field->word, field->name, shown);
}

/* What came with it besides; withheld, it is no object. */
static void show_extra(struct ticketfields *s)
{
    const struct field *field = ticket_field(TICKET_EXTRA);
    struct text extra = {0}, words = {0};
    const char *shown = masked_value(&extra, s->ticket, MASKED_JSON, s->ticket->extra, s->unmask);
    if (shown)
        story_add_members(&words, shown);
    if (shown && *shown == '{')
        out_member_json(s->out, field->name, field->word, shown, words.data);
    else
        out_member(s->out, field->name, field->word, shown, words.data);
    text_free(&extra);
    text_free(&words);
}

static void show_request(struct ticketfields *s)
{
    const struct ticket *t = s->ticket;
    const struct config *config = s->center->config;
    struct text words = {0};
    show_masked(s, TICKET_TITLE, MASKED_TEXT);
    show_text(s, TICKET_STATE, ticket_state_name(t->state));
    show_text(s, TICKET_KIND, config_kind_name(config, t->kind));
    show_text(s, TICKET_KIND_BY, story_kind_by(&words, t->kind_by));
    show_text(s, TICKET_CHANNEL, config_channel_name(config, t->channel));
    show_text(s, TICKET_SOURCE, strcmp(t->source, config->center_org) ? NULL : config->center);
    show_text(s, TICKET_REF, NULL);
    show_masked(s, TICKET_ENTERPRISE, MASKED_TEXT);
    show_masked(s, TICKET_USCC, MASKED_TEXT);
    show_masked(s, TICKET_CONTACT, MASKED_NAME);
    show_masked(s, TICKET_PHONE, MASKED_PHONE);
    show_text(s, TICKET_REGION, config_region_name(config, t->region));
    show_text(s, TICKET_CATEGORY, NULL);
    s->origin(s->center, s->orgs, s->out, t);
    out_member(s->out, "center", ticket_field(TICKET_CENTER)->word, org_code(s->orgs, t->center),
               org_name(s->orgs, t->center));
    if (*t->body)
        show_masked(s, TICKET_BODY, MASKED_TEXT);
    show_flag(s, TICKET_CONFIDENTIAL, "是");
    show_extra(s);
    text_free(&words);
}

static void show_route(struct ticketfields *s)
{
    struct arena arena = {0};
    struct text rule = {0};
    struct route route = route_of(s->center->db, s->ticket, &arena);
    out_member(s->out, "lead", "主办", org_code(s->orgs, route.lead),
               org_name(s->orgs, route.lead));
    if (route.assist_count)
        out_begin_list(s->out, "assists", "assist", "协办");
    for (int i = 0; i < route.assist_count; i++)
        out_item(s->out, org_code(s->orgs, route.assists[i]), org_name(s->orgs, route.assists[i]));
    if (route.assist_count)
        out_end_list(s->out);
    if (route.rule)
        out_member(s->out, "rule", "派单规则", route.rule, story_rule(&rule, route.rule));
    out_member(s->out, "basis", "依据", *route.basis ? route.basis : NULL, NULL);
    text_free(&rule);
    arena_free(&arena);
}

/* The level that the lead has reached, or the center where it waits for dispatch; below 0: none. */
static int level_now(const struct ticketfields *s)
{
    struct turns turns;
    turns_read(s->center, s->ticket, false, &turns);
    for (int i = 0; i < turns.count; i++)
        if (!turns.list[i].until && turns.list[i].role != CLOCK_ASSIST)
            return judgment_level(s->center, s->ticket, &turns, &turns.list[i]);
    return -1;
}

static void show_lateness(struct ticketfields *s)
{
    const struct ticket *t = s->ticket;
    int level = level_now(s);
    const struct level *levels = s->center->config->levels;
    out_member_number(s->out, "overdue", "超期工作日",
                      ticketclock_overdue(s->center, t, s->center->now), NULL);
    if (level >= 0)
        out_member(s->out, "level", "级别", levels[level].term.code, levels[level].term.name);
    show_moment(s, TICKET_NEXT_LEVEL);
}

static void show_clock(struct ticketfields *s)
{
    const struct ticket *t = s->ticket;
    show_moment(s, TICKET_RECEIVED);
    show_moment(s, TICKET_DISPATCHED);
    show_moment(s, TICKET_ACCEPT_DUE);
    show_moment(s, TICKET_ACCEPTED);
    show_moment(s, TICKET_SUSPENDED);
    show_moment(s, TICKET_SUSPENDED_UNTIL);
    show_moment(s, TICKET_ANSWERED);
    if (t->round > 1)
        show_moment(s, TICKET_FIRST_ANSWERED);
    if (t->rating)
        show_number(s, TICKET_RATING, story_rating(t->rating));
    show_text(s, TICKET_OUTCOME, story_outcome(t->outcome));
    show_moment(s, TICKET_CLOSED);
    show_text(s, TICKET_CLOSED_AS, story_closed_as(t->closed_as));
    if (t->merged_into)
        show_number(s, TICKET_MERGED_INTO, NULL);
    if (t->callers > 1)
        show_number(s, TICKET_CALLERS, NULL);
    if (t->round > 1)
        show_number(s, TICKET_ROUND, NULL);
    show_moment(s, TICKET_DUE);
    show_flag(s, TICKET_PROVISIONAL, "是：该年度安排未公布");
    if (!t->answered_at && !t->closed_at)
        show_lateness(s);
}

/* When it happened, and the event as a sentence. */
static void tell_event(const struct ticketfields *s, const struct event *event, const char *data,
                       struct text *to)
{
    const struct story story = {s->center->config, s->orgs, s->ticket};
    char minute[STORY_MINUTE_SIZE];
    bool withheld = s->ticket->confidential && !s->unmask;
    text_add_format(to, "%s ", story_minute(event->at, minute));
    story_tell(to, &story, event, withheld ? NULL : data);
}

static void take_event(void *context, const struct event *event)
{
    struct ticketfields *s = context;
    char at[CLOCK_TEXT_SIZE];
    struct text masked = {0};
    const char *data = s->ticket->confidential && !s->unmask
                           ? "{}"
                           : masked_value(&masked, s->ticket, MASKED_JSON, event->data, s->unmask);
    struct text line = {0}, told = {0};
    text_add_format(&line, "%s %s %s %s", clock_print(event->at, at), event->type, event->actor,
                    data);
    if (out_in_words(s->out))
        tell_event(s, event, data, &told);
    out_begin_item(s->out, line.data, told.data);
    out_member_number(s->out, "id", NULL, event->id, NULL);
    out_member(s->out, "type", NULL, event->type, NULL);
    out_member(s->out, "at", NULL, at, NULL);
    out_member(s->out, "recorded", NULL, clock_print(event->recorded_at, at), NULL);
    out_member(s->out, "actor", NULL, event->actor, NULL);
    out_member_json(s->out, "data", NULL, data, NULL);
    out_end_item(s->out);
    text_free(&line);
    text_free(&told);
    text_free(&masked);
}

static void tell_party(const struct ticketfields *s, const struct party *party, struct text *to)
{
    char minute[STORY_MINUTE_SIZE];
    text_add_format(to, "%s（%s） 期限 %s", org_name(s->orgs, party->org),
                    party->is_lead ? "主办" : "协办", story_minute(party->due_at, minute));
    text_add_format(to, " 签收期限 %s", story_minute(party->accept_due_at, minute));
    if (party->accepted_at)
        text_add_format(to, " 签收 %s", story_minute(party->accepted_at, minute));
    if (party->answered_at)
        text_add_format(to, " 答复 %s", story_minute(party->answered_at, minute));
}

/* Each party's own clocks. */
static void show_parties(struct ticketfields *s)
{
    struct party parties[ROUTE_MOST_ASSISTS + 1];
    int count = route_parties(s->center->db, s->ticket, parties);
    for (int i = 0; i < count; i++) {
        struct text line = {0}, told = {0};
        char iso[CLOCK_TEXT_SIZE];
        text_add_format(&line, "%s %s due %s", org_code(s->orgs, parties[i].org),
                        parties[i].is_lead ? "lead" : "assist",
                        clock_print(parties[i].due_at, iso));
        text_add_format(&line, " accept-due %s", clock_print(parties[i].accept_due_at, iso));
        if (parties[i].accepted_at)
            text_add_format(&line, " accepted %s", clock_print(parties[i].accepted_at, iso));
        if (parties[i].answered_at)
            text_add_format(&line, " answered %s", clock_print(parties[i].answered_at, iso));
        tell_party(s, &parties[i], &told);
        out_member(s->out, "party", "承办方", line.data, told.data);
        text_free(&line);
        text_free(&told);
    }
}

static void take_former(void *context, const struct former *former)
{
    struct ticketfields *s = context;
    struct text line = {0}, told = {0};
    char iso[CLOCK_TEXT_SIZE], minute[STORY_MINUTE_SIZE];
    text_add_format(&line, "%s %s from %s", org_code(s->orgs, former->org),
                    former->is_lead ? "lead" : "assist", clock_print(former->at, iso));
    text_add_format(&line, " until %s", clock_print(former->ended_at, iso));
    if (former->excused)
        text_add_format(&line, " %s", former->excused);
    text_add_format(&told, "%s（%s） %s", org_name(s->orgs, former->org),
                    former->is_lead ? "主办" : "协办", story_minute(former->at, minute));
    text_add_format(&told, " 至 %s", story_minute(former->ended_at, minute));
    if (former->excused)
        text_add_format(&told, "，%s", event_word(former->excused));
    out_member(s->out, "former", "原承办方", line.data, told.data);
    text_free(&line);
    text_free(&told);
}

/* Who held it before: given back, taken away, released. */
static void show_former(struct ticketfields *s)
{
    route_each_former(s->center->db, s->ticket->id, take_former, s);
}

/* A holder's days, 0 being the center; in a list by organisation. */
struct holder {
    int64_t org;
    int days;
};

static struct holder *add_day(struct holder *holders, size_t *count, int64_t org)
{
    size_t i = 0;
    while (i < *count && holders[i].org < org)
        i++;
    if (i == *count || holders[i].org != org) {
        holders = mem_grow(holders, *count, sizeof *holders);
        memmove(holders + i + 1, holders + i, (*count - i) * sizeof *holders);
        holders[i] = (struct holder){org, 0};
        ++*count;
    }
    holders[i].days++;
    return holders;
}

/* Responsibility days: on how many working days each organisation held the ticket. */
static void show_holders(struct ticketfields *s)
{
    struct custodies holdings;
    const struct ticket *t = s->ticket;
    int64_t end = t->answered_at ? t->answered_at : t->closed_at ? t->closed_at : s->center->now;
    struct holder *holders = NULL;
    size_t count = 0;
    custody_read(s->center->db, t->id, &holdings);
    for (int day = clock_day(t->received_at) + 1; day <= clock_day(end); day++) {
        const struct custody *holding = calendar_is_working(center_calendar(s->center), day)
                                            ? custody_on(s->center, &holdings, day)
                                            : NULL;
        if (holding)
            holders = add_day(holders, &count, holding->org);
    }
    for (size_t i = 0; i < count; i++) {
        struct text line = {0}, told = {0};
        int64_t org = holders[i].org;
        text_add_format(&line, "%s %d",
                        org ? org_code(s->orgs, org) : s->center->config->center_org,
                        holders[i].days);
        text_add_format(&told, "%s %d 天", org ? org_name(s->orgs, org) : "中心", holders[i].days);
        out_member(s->out, "held", "责任工作日", line.data, told.data);
        text_free(&line);
        text_free(&told);
    }
    free(holders);
}

static void show_history(struct ticketfields *s)
{
    out_begin_list(s->out, "events", "event", "经过");
    if (out_in_words(s->out))
        event_each_by_time(s->center->db, s->ticket->id, take_event, s);
    else
        event_each(s->center->db, s->ticket->id, take_event, s);
    out_end_list(s->out);
}

void ticketfields_print(struct ticketfields *s, const struct ticket *ticket)
{
    char id[24];
    snprintf(id, sizeof id, "%lld", (long long)ticket->id);
    s->ticket = ticket;
    out_begin_record(s->out, id, true);
    show_request(s);
    show_route(s);
    show_clock(s);
    if (!out_is_json(s->out)) {
        show_parties(s);
        show_former(s);
        show_holders(s);
    }
    show_history(s);
    out_end_record(s->out);
}
