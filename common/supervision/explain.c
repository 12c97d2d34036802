#include "supervision/explain.h"

#include <string.h>

#include "base/clock.h"
#include "base/day.h"
#include "calendar/ledger.h"
#include "center/county.h"
#include "center/log.h"
#include "ticket/clock.h"
#include "ticket/custody.h"
#include "ticket/judgment.h"
#include "ticket/turn.h"

const struct out_column explain_columns[EXPLAIN_COLUMNS] = {
    {"id", "编号", OUT_NUMBER},      {"date", "日期", OUT_TEXT},    {"weekday", "星期", OUT_TEXT},
    {"counted", "计入", OUT_TEXT},   {"count", "累计", OUT_NUMBER}, {"reason", "缘由", OUT_TEXT},
    {"notice", "通知", OUT_TEXT},    {"mark", "节点", OUT_TEXT},    {"round", "轮次", OUT_NUMBER},
    {"holder", "责任单位", OUT_TEXT}};

/* What one round's ledger is made of. */
struct explaining {
    struct center *center;
    const struct org_table *orgs;
    struct out *out;
    const struct ticket *ticket; /* as it was in the round */
    struct ticketclock clock;
    struct turns turns;
    struct custodies holdings;
    int day;
    int event_round; /* of the event being looked at */
    struct text mark;
};

static void add_mark(struct explaining *e, const char *what, int64_t moment)
{
    char iso[CLOCK_TEXT_SIZE];
    text_add_format(&e->mark, "%s%s %s", e->mark.length ? "；" : "", what,
                    clock_print(moment, iso));
}

/* The rule stands with the day from which the count starts. */
static void mark_start(struct explaining *e)
{
    const struct config *config = e->center->config;
    const struct ticket *t = e->ticket;
    add_mark(e, t->round == 1 ? "受理" : "发回重办", t->started_at);
    text_add_format(&e->mark,
                    "；%s：%d 个%s（当日不计，民法典第201条；%sday_end %02d:%02d；"
                    "rest_day_receipt %s；日历 %s）",
                    config_kind_name(config, t->kind), t->limit_days,
                    e->clock.running.natural ? "自然日" : "工作日",
                    e->clock.running.natural ? "末日遇休息日顺延，第203条；" : "",
                    (config->rule.day_end + 1) / 3600, (config->rule.day_end + 1) / 60 % 60,
                    config->rule.receipt_rolls ? "next-working-day" : "counts-as-is",
                    config->calendar);
}

static void mark_event(void *context, const struct event *event)
{
    struct explaining *e = context;
    const struct event_kind *kind = event_find(event->type);
    e->event_round += !strcmp(event->type, "redo");
    if (clock_day(event->at) != e->day || e->event_round != e->ticket->round)
        return;
    if (kind && kind->does & EVENT_MARKED)
        add_mark(e, kind->word, event->at);
}

/* Whose clock it is: 主办 徐州市税务局; that of the city's center is called 派发 alone. */
static void add_turn(struct explaining *e, struct text *name, const struct turn *turn)
{
    bool named = turn->role != CLOCK_DISPATCH || county_at(e->center, turn->org);
    text_add_format(name, "（%s%s%s）", config_role_name(turn->role), named ? " " : "",
                    named ? org_name(e->orgs, turn->org) : "");
}

static void mark_level(struct explaining *e, const struct turn *turn, int level)
{
    const struct level *l = &e->center->config->levels[level];
    int64_t at = turn_level_at(e->center, &e->turns, turn, l);
    struct text name = {0};
    if (at == INT64_MAX || clock_day(at) != e->day || (turn->until && at > turn->until))
        return;
    text_add_format(&name, "%s自", l->term.name);
    if (turn->role != CLOCK_LEAD)
        add_turn(e, &name, turn);
    add_mark(e, name.data, at);
    text_free(&name);
}

/* A clock of its own is told where its deadline is not the ticket's. */
static void mark_turn(struct explaining *e, const struct turn *turn)
{
    int64_t due = turn->deadline.due_at;
    struct text name = {0};
    if (turn->excused || turn->association)
        return;
    if (due != e->ticket->due_at && clock_day(due) == e->day) {
        text_add(&name, "期限");
        add_turn(e, &name, turn);
        add_mark(e, name.data, due);
    }
    for (int i = 0; i < e->center->config->level_count; i++)
        if (config_judges(e->center->config, &e->center->config->levels[i], turn->role,
                          e->ticket->kind) &&
            !judgment_spares(e->center->config, e->ticket))
            mark_level(e, turn, i);
    text_free(&name);
}

static void mark_day(struct explaining *e)
{
    text_clear(&e->mark);
    if (e->day == e->clock.running.start_day)
        mark_start(e);
    e->event_round = 1;
    event_each(e->center->db, e->ticket->id, mark_event, e);
    if (e->day == clock_day(e->ticket->due_at))
        add_mark(e, "期限", e->ticket->due_at);
    for (int i = 0; i < e->turns.count; i++)
        mark_turn(e, &e->turns.list[i]);
}

static void print_notice(struct explaining *e, const struct ledger_day *entry)
{
    struct text notice = {0};
    if (entry->notice)
        text_add_format(&notice, "%s %s%s%s", entry->span->name,
                        entry->notice->number ? entry->notice->number : "",
                        entry->notice->number ? " " : "", entry->notice->title);
    else if (entry->provisional)
        text_add(&notice, "该年度安排未公布，暂定");
    out_text(e->out, notice.data);
    text_free(&notice);
}

static void print_holder(struct explaining *e, const struct ledger_day *entry)
{
    /* After the answer the ledger goes on to the deadline; the holder then is the next round's. */
    int64_t answered_at = e->ticket->answered_at;
    bool counts = calendar_is_working(center_calendar(e->center), e->day) &&
                  entry->reason != LEDGER_RECEIPT &&
                  (!answered_at || e->day <= clock_day(answered_at));
    const struct custody *holding = counts ? custody_on(e->center, &e->holdings, e->day) : NULL;
    if (!holding)
        out_text(e->out, NULL);
    else if (holding->org)
        out_code(e->out, org_code(e->orgs, holding->org), org_name(e->orgs, holding->org));
    else
        out_code(e->out, e->center->config->center_org, e->center->config->center);
}

static void print_day(struct explaining *e)
{
    struct ledger_day entry = ledger_day(center_calendar(e->center), &e->clock.running, e->day);
    char date[DAY_TEXT_SIZE];
    mark_day(e);
    out_number(e->out, e->ticket->id);
    out_text(e->out, day_print(e->day, date));
    out_code(e->out, day_weekday_code(e->day), day_weekday_name(e->day));
    out_code(e->out, entry.counted ? "yes" : "no", entry.counted ? "计" : "不计");
    out_number(e->out, entry.count);
    out_code(e->out, ledger_reason_code(entry.reason), ledger_reason_name(entry.reason));
    print_notice(e, &entry);
    out_text(e->out, e->mark.length ? e->mark.data : NULL);
    out_number(e->out, e->ticket->round);
    print_holder(e, &entry);
    out_row(e->out);
}

/* The day of the last level of a clock that runs, of its deadline where it has none. */
static int last_of_turn(struct explaining *e, const struct turn *turn)
{
    const struct config *config = e->center->config;
    int last = clock_day(turn->deadline.due_at);
    for (int i = 0; i < config->level_count; i++) {
        int64_t at = turn_level_at(e->center, &e->turns, turn, &config->levels[i]);
        if (config_judges(config, &config->levels[i], turn->role, e->ticket->kind) &&
            at != INT64_MAX && clock_day(at) > last)
            last = clock_day(at);
    }
    return last;
}

/* The ledger ends with the last level's day, or where the ticket was answered with the later of
 * that day and the deadline. */
static int last_day(struct explaining *e)
{
    const struct ticket *t = e->ticket;
    int last = clock_day(t->due_at);
    int64_t end = t->answered_at ? t->answered_at : t->closed_at;
    if (end)
        return clock_day(end) > last ? clock_day(end) : last;
    for (int i = 0; i < e->turns.count; i++) {
        int day = e->turns.list[i].until || judgment_spares(e->center->config, t)
                      ? 0
                      : last_of_turn(e, &e->turns.list[i]);
        last = day > last ? day : last;
    }
    return last;
}

static void explain_round(struct explaining *e, const struct ticket *round)
{
    e->ticket = round;
    ticketclock_read(e->center, round, &e->clock);
    turns_read(e->center, round, true, &e->turns);
    int last = last_day(e);
    for (e->day = e->clock.running.start_day; e->day <= last; e->day++)
        print_day(e);
}

/* The rounds before the present one, as they were judged. */
static void explain_earlier(struct explaining *e, const struct ticket *ticket)
{
    for (int number = 1; number < ticket->round; number++) {
        struct ticket round;
        if (ticketclock_round(e->center->db, ticket, number, &round))
            explain_round(e, &round);
    }
}

void explain_ticket(struct center *center, const struct org_table *orgs, struct out *out,
                    const struct ticket *ticket, bool all_rounds)
{
    struct explaining e = {.center = center, .orgs = orgs, .out = out};
    custody_read(center->db, ticket->id, &e.holdings);
    if (all_rounds)
        explain_earlier(&e, ticket);
    explain_round(&e, ticket);
    text_free(&e.mark);
}
