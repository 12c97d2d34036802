/* ticket-show: a ticket whole, with its dispatch, its clock and its history. */
#include <string.h>

#include "args.h"
#include "center.h"
#include "clock.h"
#include "config.h"
#include "die.h"
#include "event.h"
#include "json.h"
#include "org.h"
#include "route.h"
#include "supervision.h"
#include "ticket.h"

static const char *const synopsis[] = {"ID ... | -", NULL};
static const struct args_program program = {
    .name = "ticket-show",
    .synopsis = synopsis,
    .purpose = "Show tickets whole: what was asked, who answers, the clock, the history.",
};

/* One record a field: so that every format prints the same things. */
static const struct out_column columns[] = {
    {"id", "编号", OUT_NUMBER}, {"field", "项目", OUT_TEXT}, {"value", "内容", OUT_TEXT}};

struct show {
    struct center center;
    struct org_table orgs;
    struct out *out;
    enum out_format format;
    const struct ticket *ticket;
    struct text json;
    long bad;
};

/* A field of the ticket; TITLE is what people see, NAME what programs see, SHOWN the office's
 * word for VALUE where it has one. NULL values are left out. */
static void field(struct show *s, const char *name, const char *title, const char *value,
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

static void moment_field(struct show *s, const char *name, const char *title, int64_t moment)
{
    char iso[CLOCK_TEXT_SIZE];
    if (moment)
        field(s, name, title, clock_print(moment, iso), NULL);
}

static void number_field(struct show *s, const char *name, const char *title, int64_t number)
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

static void show_request(struct show *s)
{
    const struct ticket *t = s->ticket;
    const struct config *config = s->center.config;
    field(s, "title", "标题", t->title, NULL);
    field(s, "state", "状态", t->state, ticket_state_name(t->state));
    field(s, "kind", "类型", t->kind, config_kind_name(config, t->kind));
    field(s, "kind_by", "类型来自", t->kind_by, NULL);
    field(s, "channel", "渠道", t->channel, config_channel_name(config, t->channel));
    field(s, "source", "来源", t->source, NULL);
    field(s, "ref", "来源编号", t->ref, NULL);
    field(s, "enterprise", "企业", t->enterprise, NULL);
    field(s, "uscc", "统一社会信用代码", t->uscc, NULL);
    field(s, "contact", "联系人", t->contact, NULL);
    field(s, "phone", "电话", t->phone, NULL);
    field(s, "region", "区域", t->region, config_region_name(config, t->region));
    field(s, "category", "类别", t->category, NULL);
    field(s, "body", "内容", *t->body ? t->body : NULL, NULL);
    if (s->format == OUT_JSON)
        json_add_raw(&s->json, "extra", t->extra);
    else
        field(s, "extra", "其他栏目", t->extra, NULL);
}

static void show_route(struct show *s)
{
    struct arena arena = {0};
    struct route route = route_of(s->center.db, s->ticket, &arena);
    field(s, "lead", "主办", org_code(&s->orgs, route.lead), org_name(&s->orgs, route.lead));
    for (int i = 0; i < route.assist_count && s->format != OUT_JSON; i++)
        field(s, "assist", "协办", org_code(&s->orgs, route.assists[i]),
              org_name(&s->orgs, route.assists[i]));
    if (route.assist_count && s->format == OUT_JSON) {
        struct text list = {0};
        for (int i = 0; i < route.assist_count; i++) {
            text_add(&list, i ? "," : "[");
            json_add_string(&list, org_code(&s->orgs, route.assists[i]));
        }
        text_add(&list, "]");
        json_add_raw(&s->json, "assists", list.data);
        text_free(&list);
    }
    field(s, "rule", "派单规则", route.rule, NULL);
    field(s, "basis", "依据", *route.basis ? route.basis : NULL, NULL);
    arena_free(&arena);
}

static void show_clock(struct show *s)
{
    const struct ticket *t = s->ticket;
    const struct config *config = s->center.config;
    moment_field(s, "received", "受理", t->received_at);
    moment_field(s, "dispatched", "派发", t->dispatched_at);
    moment_field(s, "answered", "答复", t->answered_at);
    moment_field(s, "closed", "办结", t->closed_at);
    moment_field(s, "due", "答复期限", t->due_at);
    if (t->provisional)
        field(s, "provisional", "期限暂定", "provisional", "是：该年度安排未公布");
    if (!t->answered_at && !t->closed_at) {
        int level = supervision_level_now(&s->center, t->due_at, s->center.now);
        number_field(
            s, "overdue", "超期工作日",
            deadline_overdue(center_calendar(&s->center), &config->rule, t->due_at, s->center.now));
        if (level >= 0)
            field(s, "level", "级别", config->levels[level].term.code,
                  config->levels[level].term.name);
        moment_field(s, "next_level", "下一级别", t->next_level_at);
    }
}

static void take_event(void *context, const struct event *event)
{
    struct show *s = context;
    char at[CLOCK_TEXT_SIZE];
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
        json_add_raw(&s->json, "data", event->data);
        json_end(&s->json);
        return;
    }
    struct text line = {0};
    text_add_format(&line, "%s %s %s %s", at, event->type, event->actor, event->data);
    field(s, "event", "经过", line.data, NULL);
    text_free(&line);
}

static void show_history(struct show *s)
{
    if (s->format == OUT_JSON)
        text_add(&s->json, ",\"events\":[");
    event_each(s->center.db, s->ticket->id, take_event, s);
    if (s->format == OUT_JSON)
        text_add(&s->json, "]");
}

static void show_ticket(struct show *s)
{
    if (s->format == OUT_JSON) {
        json_start(&s->json);
        json_add_number(&s->json, "id", s->ticket->id);
    }
    show_request(s);
    show_route(s);
    show_clock(s);
    show_history(s);
    if (s->format == OUT_JSON) {
        json_end(&s->json);
        text_add_char(&s->json, '\n');
    }
}

int main(int argc, char **argv)
{
    struct args args = args_start(&program, argc, argv);
    struct config *config = config_load(args_config(&args));
    args_next(&args);
    if (!args.operand_count)
        args_usage(&args, "name the tickets to show");

    struct show s = {.format = args.format};
    s.center = center_open(args_database(&args), config, args_user(), clock_now());
    s.orgs = org_table_load(s.center.db);
    s.out = out_open(columns, 3, args.format, args.header);
    struct args_ids loop = args_ids(&args, 0);
    for (long long id; args_next_id(&loop, &id);) {
        struct arena arena = {0};
        s.ticket = ticket_get(s.center.db, id, &arena);
        if (s.ticket) {
            show_ticket(&s);
        } else {
            warn("%lld: no such ticket", id);
            s.bad++;
        }
        arena_free(&arena);
    }
    s.bad += args_ids_end(&loop);

    center_close(&s.center);
    out_print("%s", text_string(&s.json));
    out_close(s.out);
    text_free(&s.json);
    org_table_free(&s.orgs);
    config_free(config);
    args_free(&args);
    out_finish();
    return s.bad ? EXIT_BAD : EXIT_DONE;
}
