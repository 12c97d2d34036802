#include "ticket/show.h"

#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/json.h"
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

/* A field of the ticket; TITLE is what people see, NAME what programs see, SHOWN the office's
 * word for VALUE where it has one. NULL values are left out. */
static void field(struct ticketfields *s, const char *name, const char *title, const char *value,
                  const char *shown)
{
    if (!value)
        return;
    if (s->format == OUT_JSON) {
        json_add_text(&s->json, name, value);
    } else {
        out_number(s->out, s->ticket->id);
        out_code(s->out, name, title);
        out_code(s->out, value, shown);
        out_row(s->out);
    }
}

/* A text of the ticket, masked unless asked otherwise. */
static void private_field(struct ticketfields *s, const char *name, const char *title,
                          enum masked_as as, const char *value)
{
    struct text text = {0};
    field(s, name, title, masked_value(&text, s->ticket, as, value, s->unmask), NULL);
    text_free(&text);
}

static void moment_field(struct ticketfields *s, const char *name, const char *title,
                         int64_t moment)
{
    char iso[CLOCK_TEXT_SIZE], minute[STORY_MINUTE_SIZE];
    if (moment)
        field(s, name, title, clock_print(moment, iso), story_minute(moment, minute));
}

static void number_field(struct ticketfields *s, const char *name, const char *title,
                         int64_t number)
{
    struct text digits = {0};
    if (s->format == OUT_JSON) {
        json_add_number(&s->json, name, number);
        return;
    }
    text_add_format(&digits, "%lld", (long long)number);
    field(s, name, title, digits.data, NULL);
    text_free(&digits);
}

static void rating_field(struct ticketfields *s, int rating)
{
    struct text digits = {0};
    text_add_number(&digits, rating);
    if (s->format == OUT_JSON)
        json_add_number(&s->json, "rating", rating);
    else
        field(s, "rating", "评价", digits.data, story_rating(rating));
    text_free(&digits);
}

static void show_request(struct ticketfields *s)
{
    const struct ticket *t = s->ticket;
    const struct config *config = s->center->config;
    struct text words = {0};
    private_field(s, "title", "标题", MASKED_TEXT, t->title);
    field(s, "state", "状态", t->state, ticket_state_name(t->state));
    field(s, "kind", "类型", t->kind, config_kind_name(config, t->kind));
    field(s, "kind_by", "类型来自", t->kind_by, story_kind_by(&words, t->kind_by));
    text_clear(&words);
    field(s, "channel", "渠道", t->channel, config_channel_name(config, t->channel));
    field(s, "source", "来源", t->source,
          strcmp(t->source, config->center_org) ? NULL : config->center);
    field(s, "ref", "来源编号", t->ref, NULL);
    private_field(s, "enterprise", "企业", MASKED_TEXT, t->enterprise);
    private_field(s, "uscc", "统一社会信用代码", MASKED_TEXT, t->uscc);
    private_field(s, "contact", "联系人", MASKED_NAME, t->contact);
    private_field(s, "phone", "电话", MASKED_PHONE, t->phone);
    field(s, "region", "区域", t->region, config_region_name(config, t->region));
    field(s, "category", "类别", t->category, NULL);
    private_field(s, "body", "内容", MASKED_TEXT, *t->body ? t->body : NULL);
    if (t->confidential)
        field(s, "confidential", "保密", "confidential", "是");
    struct text extra = {0};
    const char *shown = masked_value(&extra, t, MASKED_JSON, t->extra, s->unmask);
    if (s->format == OUT_JSON && shown && *shown == '{')
        json_add_raw(&s->json, "extra", shown);
    else if (shown) {
        story_add_members(&words, shown);
        field(s, "extra", "其他栏目", shown, words.data);
    }
    text_free(&extra);
    text_free(&words);
}

static void show_route(struct ticketfields *s)
{
    struct arena arena = {0};
    struct text rule = {0};
    struct route route = route_of(s->center->db, s->ticket, &arena);
    field(s, "lead", "主办", org_code(s->orgs, route.lead), org_name(s->orgs, route.lead));
    for (int i = 0; i < route.assist_count && s->format != OUT_JSON; i++)
        field(s, "assist", "协办", org_code(s->orgs, route.assists[i]),
              org_name(s->orgs, route.assists[i]));
    if (route.assist_count && s->format == OUT_JSON) {
        struct text list = {0};
        for (int i = 0; i < route.assist_count; i++) {
            text_add(&list, i ? "," : "[");
            json_add_string(&list, org_code(s->orgs, route.assists[i]));
        }
        text_add(&list, "]");
        json_add_raw(&s->json, "assists", list.data);
        text_free(&list);
    }
    if (route.rule)
        field(s, "rule", "派单规则", route.rule, story_rule(&rule, route.rule));
    field(s, "basis", "依据", *route.basis ? route.basis : NULL, NULL);
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

static void show_clock(struct ticketfields *s)
{
    const struct ticket *t = s->ticket;
    const struct config *config = s->center->config;
    moment_field(s, "received", "受理", t->received_at);
    moment_field(s, "dispatched", "派发", t->dispatched_at);
    moment_field(s, "accept_due", "签收期限", t->accept_due_at);
    moment_field(s, "accepted", "签收", t->accepted_at);
    moment_field(s, "suspended", "挂起", t->suspended_at);
    moment_field(s, "suspended_until", "挂起至多到", t->suspended_until);
    moment_field(s, "answered", "答复", t->answered_at);
    if (t->round > 1)
        moment_field(s, "first_answered", "首次答复", t->first_answered_at);
    if (t->rating)
        rating_field(s, t->rating);
    field(s, "outcome", "回访结果", t->outcome, story_outcome(t->outcome));
    moment_field(s, "closed", "办结", t->closed_at);
    field(s, "closed_as", "办结方式", t->closed_as, story_closed_as(t->closed_as));
    if (t->merged_into)
        number_field(s, "merged_into", "并入", t->merged_into);
    if (t->callers > 1)
        number_field(s, "callers", "诉求人次", t->callers);
    if (t->round > 1)
        number_field(s, "round", "轮次", t->round);
    moment_field(s, "due", "答复期限", t->due_at);
    if (t->provisional)
        field(s, "provisional", "期限暂定", "provisional", "是：该年度安排未公布");
    if (!t->answered_at && !t->closed_at) {
        number_field(s, "overdue", "超期工作日", ticketclock_overdue(s->center, t, s->center->now));
        int level = level_now(s);
        if (level >= 0)
            field(s, "level", "级别", config->levels[level].term.code,
                  config->levels[level].term.name);
        moment_field(s, "next_level", "下一级别", t->next_level_at);
    }
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
    clock_print(event->at, at);
    if (s->format == OUT_JSON) {
        if (s->json.data[s->json.length - 1] != '[')
            text_add_char(&s->json, ',');
        json_start(&s->json);
        json_add_number(&s->json, "id", event->id);
        json_add_text(&s->json, "type", event->type);
        json_add_text(&s->json, "at", at);
        json_add_text(&s->json, "recorded", clock_print(event->recorded_at, at));
        json_add_text(&s->json, "actor", event->actor);
        json_add_raw(&s->json, "data", data);
        json_end(&s->json);
    } else {
        struct text line = {0}, told = {0};
        text_add_format(&line, "%s %s %s %s", at, event->type, event->actor, data);
        tell_event(s, event, data, &told);
        field(s, "event", "经过", line.data, told.data);
        text_free(&line);
        text_free(&told);
    }
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
    for (int i = 0; i < count && s->format != OUT_JSON; i++) {
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
        field(s, "party", "承办方", line.data, told.data);
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
    field(s, "former", "原承办方", line.data, told.data);
    text_free(&line);
    text_free(&told);
}

/* Who held it before: given back, taken away, released. */
static void show_former(struct ticketfields *s)
{
    if (s->format != OUT_JSON)
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
    for (size_t i = 0; i < count && s->format != OUT_JSON; i++) {
        struct text line = {0}, told = {0};
        int64_t org = holders[i].org;
        text_add_format(&line, "%s %d",
                        org ? org_code(s->orgs, org) : s->center->config->center_org,
                        holders[i].days);
        text_add_format(&told, "%s %d 天", org ? org_name(s->orgs, org) : "中心", holders[i].days);
        field(s, "held", "责任工作日", line.data, told.data);
        text_free(&line);
        text_free(&told);
    }
    free(holders);
}

static void show_history(struct ticketfields *s)
{
    if (s->format == OUT_JSON)
        text_add(&s->json, ",\"events\":[");
    if (s->format != OUT_JSON && out_in_words(s->out))
        event_each_by_time(s->center->db, s->ticket->id, take_event, s);
    else
        event_each(s->center->db, s->ticket->id, take_event, s);
    if (s->format == OUT_JSON)
        text_add(&s->json, "]");
}

void ticketfields_print(struct ticketfields *s, const struct ticket *ticket)
{
    s->ticket = ticket;
    if (s->format == OUT_JSON) {
        json_start(&s->json);
        json_add_number(&s->json, "id", s->ticket->id);
    }
    show_request(s);
    show_route(s);
    show_clock(s);
    show_parties(s);
    show_former(s);
    show_holders(s);
    show_history(s);
    if (s->format == OUT_JSON) {
        json_end(&s->json);
        text_add_char(&s->json, '\n');
    }
}
