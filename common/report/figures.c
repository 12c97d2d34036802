#include "report/figures.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/day.h"
#include "base/die.h"
#include "base/progress.h"
#include "base/text.h"

/* The figures around those of the levels. Each says what is counted: SELECT what FROM from WHERE
 * condition, where ?1 and ?2 are the month's first and last second, t is the ticket or p the
 * policy; and who answers for it. The report and its ids share these texts, so that they cannot
 * differ. */
struct definition {
    const char *code, *name, *what, *from, *condition, *lead, *of;
    enum report_shape shape;
    bool brief;
    enum report_subject subject;
    bool needs_now; /* ?3 is the present moment */
};

#define TICKET "ticket t"
#define ROUTE  "route r JOIN ticket t ON t.id = r.ticket_id"
#define ROUND  "round r JOIN ticket t ON t.id = r.ticket_id"
#define FIRST  "ticket t LEFT JOIN round r ON r.ticket_id = t.id AND r.round = 1"
#define ASKED  "request r JOIN ticket t ON t.id = r.ticket_id"
#define EVENT  "event e JOIN ticket t ON t.id = e.ticket_id"
/* Open at the month's end: not closed by then, nor answered in the round that ran then. */
#define OPEN                                                                                       \
    "t.received_at <= ?2 AND (t.closed_at IS NULL OR t.closed_at > ?2) AND ?1 = ?1"                \
    " AND NOT EXISTS (SELECT 1 FROM round r WHERE r.ticket_id = t.id AND r.answered_at <= ?2"      \
    " AND NOT (t.round > r.round AND t.started_at <= ?2)"                                          \
    " AND NOT EXISTS (SELECT 1 FROM round n WHERE n.ticket_id = t.id AND n.round > r.round"        \
    " AND n.started_at <= ?2))"
/* The deadline of the round that ran at the month's end. */
#define DUE_THEN                                                                                   \
    "coalesce((SELECT n.due_at FROM round n WHERE n.ticket_id = t.id AND n.round < t.round"        \
    " AND t.started_at > ?2 AND n.started_at <= ?2 ORDER BY n.round DESC LIMIT 1), t.due_at)"
#define SIGN_IN                                                                                    \
    "r.accept_due_at BETWEEN ?1 AND ?2 AND (r.ended_at IS NULL OR r.ended_at > r.accept_due_at)"   \
    " AND (t.closed_as IS NULL OR t.closed_as <> 'merged' OR t.closed_at > r.accept_due_at)"

/* A rating of the month; one that the follow-up found invalid, which closed the ticket, is out of
 * the rate and a figure of its own (qifu-rules(7)). */
#define RATING  "e.type = 'rated' AND e.at BETWEEN ?1 AND ?2"
#define INVALID "t.closed_as IS NOT NULL AND t.closed_as = 'invalid' AND e.at = t.rated_at"
#define RATED   RATING " AND NOT (" INVALID ")"

/* The policies' own 135: what is due before the present moment, and late: done after its time, or
 * not done. A policy that has ended owes nothing any more. */
#define POLICY       "policy p"
#define OWNER        "coalesce(p.org_id, 0)"
#define CLOCK(limit) "p." limit "_due_at BETWEEN ?1 AND ?2 AND p." limit "_due_at < ?3"
#define LATE(limit, done)                                                                          \
    CLOCK(limit) " AND coalesce(p." done "_at, p.ended_at, ?3) > p." limit "_due_at"

static const struct definition before_levels[] = {
    {"received", "受理", "count(*)", TICKET, "t.received_at BETWEEN ?1 AND ?2", "t.lead", NULL,
     REPORT_COUNT, true, REPORT_TICKETS, false},
    {"dispatched", "派发", "count(*)", ROUTE,
     "r.role = 'lead' AND r.round = 1 AND r.at BETWEEN ?1 AND ?2", "r.org_id", NULL, REPORT_COUNT,
     true, REPORT_TICKETS, false},
    {"accept-due", "签收到期", "count(*)", ROUTE, SIGN_IN, "r.org_id", NULL, REPORT_COUNT, false,
     REPORT_TICKETS, false},
    {"accepted-on-time", "按时签收", "count(*)", ROUTE,
     SIGN_IN " AND coalesce(r.accepted_at, r.answered_at) <= r.accept_due_at", "r.org_id",
     "accept-due", REPORT_RATE, false, REPORT_TICKETS, false},
    {"answered", "答复", "count(*)", ROUND, "r.answered_at BETWEEN ?1 AND ?2", "r.lead", NULL,
     REPORT_COUNT, true, REPORT_TICKETS, false},
    {"due", "到期", "count(*)", FIRST,
     "coalesce(r.due_at, t.due_at) BETWEEN ?1 AND ?2"
     " AND (t.closed_as IS NULL OR t.closed_as <> 'merged')",
     "coalesce(r.lead, t.lead)", NULL, REPORT_COUNT, true, REPORT_TICKETS, false},
    {"on-time", "按时答复", "count(*)", FIRST,
     "r.due_at BETWEEN ?1 AND ?2 AND r.answered_at <= r.due_at", "r.lead", "due", REPORT_RATE, true,
     REPORT_TICKETS, false}};

/* A level's figure counts the breaches whose level began in the month, of the organisation that
 * held the ticket then; ?3 is the level. */
static const struct definition of_level = {NULL,
                                           NULL,
                                           "count(*)",
                                           "supervision s JOIN ticket t ON t.id = s.ticket_id",
                                           "s.level_at BETWEEN ?1 AND ?2 AND s.level = ?3",
                                           "s.org_id",
                                           NULL,
                                           REPORT_COUNT,
                                           true,
                                           REPORT_TICKETS,
                                           false};

static const struct definition after_levels[] = {
    {"rated", "评价", "count(*)", EVENT, RATED, "t.lead", NULL, REPORT_COUNT, false, REPORT_TICKETS,
     false},
    {"satisfied", "满意", "count(*)", EVENT, RATED " AND json_extract(e.data, '$.rating') >= 3",
     "t.lead", "rated", REPORT_RATE, true, REPORT_TICKETS, false},
    {"redo", "重办", "count(*)", EVENT, "e.type = 'redo' AND e.at BETWEEN ?1 AND ?2", "t.lead",
     "rated", REPORT_RATE, false, REPORT_TICKETS, false},
    {"returned", "退单", "count(*)", ASKED,
     "r.act = 'return' AND r.granted = 1 AND r.decided_at BETWEEN ?1 AND ?2", "r.org_id",
     "dispatched", REPORT_RATE, false, REPORT_TICKETS, false},
    {"extended", "延期", "count(*)", ASKED,
     "r.act = 'extension' AND r.granted = 1 AND r.decided_at BETWEEN ?1 AND ?2", "r.org_id",
     "dispatched", REPORT_RATE, false, REPORT_TICKETS, false},
    {"suspended", "挂起", "count(*)", ASKED,
     "r.act = 'suspension' AND r.granted = 1 AND r.decided_at BETWEEN ?1 AND ?2", "r.org_id",
     "dispatched", REPORT_RATE, false, REPORT_TICKETS, false},
    {"gross-days", "毛工作日", "sum(r.gross_days)", ROUND, "r.answered_at BETWEEN ?1 AND ?2",
     "r.lead", "answered", REPORT_MEAN, false, REPORT_TICKETS, false},
    {"net-days", "净工作日", "sum(r.net_days)", ROUND, "r.answered_at BETWEEN ?1 AND ?2", "r.lead",
     "answered", REPORT_MEAN, false, REPORT_TICKETS, false},
    {"open", "期末在办", "count(*)", TICKET, OPEN, "t.lead", NULL, REPORT_COUNT, true,
     REPORT_TICKETS, false},
    {"open-overdue", "期末超期", "count(*)", TICKET, OPEN " AND " DUE_THEN " < ?2", "t.lead", NULL,
     REPORT_COUNT, true, REPORT_TICKETS, false},
    {"rated-invalid", "评价无效", "count(*)", EVENT, RATING " AND " INVALID, "t.lead", NULL,
     REPORT_COUNT, false, REPORT_TICKETS, false},

    {"policy-collected", "归集", "count(*)", POLICY, "p.collected_at BETWEEN ?1 AND ?2", OWNER,
     NULL, REPORT_COUNT, false, REPORT_POLICIES, false},
    {"policy-published", "发布", "count(*)", POLICY, "p.published_at BETWEEN ?1 AND ?2", OWNER,
     NULL, REPORT_COUNT, false, REPORT_POLICIES, false},
    {"policy-interpreted", "解读", "count(*)", POLICY, "p.interpreted_at BETWEEN ?1 AND ?2", OWNER,
     NULL, REPORT_COUNT, false, REPORT_POLICIES, false},
    {"policy-pushed", "推送", "count(*)", "push s JOIN policy p ON p.id = s.policy_id",
     "s.at BETWEEN ?1 AND ?2", OWNER, NULL, REPORT_COUNT, false, REPORT_POLICIES, false},
    {"policy-views", "浏览", "sum(v.count)", "policy_event v JOIN policy p ON p.id = v.policy_id",
     "v.type = 'viewed' AND v.at BETWEEN ?1 AND ?2", OWNER, NULL, REPORT_COUNT, false,
     REPORT_POLICIES, false},
    {"policy-collect-due", "归集到期", "count(*)", POLICY, CLOCK("collect"), OWNER, NULL,
     REPORT_COUNT, false, REPORT_POLICIES, true},
    {"policy-collect-late", "归集超期", "count(*)", POLICY, LATE("collect", "collected"), OWNER,
     "policy-collect-due", REPORT_RATE, true, REPORT_POLICIES, true},
    {"policy-publish-due", "发布到期", "count(*)", POLICY, CLOCK("publish"), OWNER, NULL,
     REPORT_COUNT, false, REPORT_POLICIES, true},
    {"policy-publish-late", "发布超期", "count(*)", POLICY, LATE("publish", "published"), OWNER,
     "policy-publish-due", REPORT_RATE, true, REPORT_POLICIES, true},
    {"policy-interpret-due", "解读到期", "count(*)", POLICY, CLOCK("interpret"), OWNER, NULL,
     REPORT_COUNT, false, REPORT_POLICIES, true},
    {"policy-interpret-late", "解读超期", "count(*)", POLICY, LATE("interpret", "interpreted"),
     OWNER, "policy-interpret-due", REPORT_RATE, true, REPORT_POLICIES, true}};

enum {
    BEFORE = sizeof before_levels / sizeof *before_levels,
    AFTER = sizeof after_levels / sizeof *after_levels
};

static bool is_level(const struct config *config, int figure)
{
    return figure >= BEFORE && figure < BEFORE + config->level_count;
}

static const struct definition *definition(const struct config *config, int figure)
{
    if (figure < BEFORE)
        return &before_levels[figure];
    return is_level(config, figure) ? &of_level
                                    : &after_levels[figure - BEFORE - config->level_count];
}

int report_figure_count(const struct config *config)
{
    return BEFORE + config->level_count + AFTER;
}

struct report_figure report_figure(struct config *config, int figure)
{
    const struct definition *d = definition(config, figure);
    struct report_figure result = {d->code, d->name, d->subject, d->shape, -1, d->brief};
    if (is_level(config, figure)) {
        const struct term *level = &config->levels[figure - BEFORE].term;
        result.code = arena_format(&config->arena, "overdue-%s", level->code);
        result.name = level->name;
    }
    if (d->of)
        result.of = report_find_figure(config, d->of);
    return result;
}

int report_find_figure(struct config *config, const char *code)
{
    for (int i = 0; i < report_figure_count(config); i++) {
        const char *known = definition(config, i)->code;
        const char *level = is_level(config, i) ? config->levels[i - BEFORE].term.code : NULL;
        if (known ? !strcmp(known, code)
                  : !strncmp(code, "overdue-", 8) && !strcmp(level, code + 8))
            return i;
    }
    return -1;
}

bool report_has(enum report_scope scope, enum report_subject subject)
{
    return subject == REPORT_TICKETS || scope == REPORT_TOTAL || scope == REPORT_ORG;
}

bool report_parse_month(const char *s, int64_t now, struct report_month *month)
{
    int first, last;
    if (!day_parse_month(s, &first, &last))
        return false;
    snprintf(month->name, sizeof month->name, "%s", s);
    month->start = clock_moment(first, 0);
    month->end = clock_moment(last + 1, 0) - 1;
    month->now = now;
    month->running = now < month->end;
    if (month->running)
        month->end = now;
    return true;
}

/* The month that lies BACK months before MONTH. */
static struct report_month earlier(const struct report_month *month, int64_t now, int back)
{
    struct report_month before = {0};
    int number = atoi(month->name) * 12 + atoi(month->name + 5) - 1 - back;
    char name[16];
    snprintf(name, sizeof name, "%04d-%02d", number / 12 % 10000, number % 12 + 1);
    if (!report_parse_month(name, now, &before))
        die("no month before %s", month->name);
    return before;
}

/* The line of a scope, added where it is new. */
static struct report_line *find_line(struct report *report, enum report_scope scope, int64_t org,
                                     const char *code)
{
    for (int i = 0; i < report->line_count; i++) {
        struct report_line *line = &report->lines[i];
        if (line->scope == scope && line->org == org && (!code || !strcmp(line->code, code)))
            return line;
    }
    report->lines = mem_grow(report->lines, (size_t)report->line_count, sizeof *report->lines);
    struct report_line *line = &report->lines[report->line_count++];
    *line = (struct report_line){.scope = scope, .org = org};
    line->code = code ? arena_string(&report->arena, code) : NULL;
    line->figures = arena_zero(&report->arena, (size_t)(REPORT_PERIODS * report->figure_count) *
                                                   sizeof *line->figures);
    return line;
}

static struct db_query *prepare(struct center *center, const struct report_month *month, int figure,
                                const char *what, const char *rest)
{
    const struct config *config = center->config;
    const struct definition *d = definition(config, figure);
    struct text sql = {0};
    text_add_format(&sql, "SELECT %s FROM %s WHERE %s %s", what, d->from, d->condition, rest);
    struct db_query *q = db_query_built(center->db, sql.data);
    db_bind(q, 1, month->start);
    db_bind(q, 2, month->end);
    if (is_level(config, figure))
        db_bind_text(q, 3, config->levels[figure - BEFORE].term.code);
    if (d->needs_now)
        db_bind(q, 3, month->now);
    text_free(&sql);
    return q;
}

static void count_figure(struct center *center, struct report *report, enum report_period period,
                         int figure)
{
    const struct definition *d = definition(center->config, figure);
    bool is_policy = d->subject == REPORT_POLICIES;
    const char *split = is_policy ? "" : ", t.kind, t.channel";
    char what[120], rest[120];
    snprintf(what, sizeof what, "%s, %s%s", d->what, d->lead, split);
    snprintf(rest, sizeof rest, "GROUP BY %s%s", d->lead, split);
    struct db_query *q = prepare(center, &report->months[period], figure, what, rest);
    int place = (int)period * report->figure_count + figure;
    while (db_step(q)) {
        int64_t count = db_number(q, 0);
        find_line(report, REPORT_TOTAL, 0, NULL)->figures[place] += count;
        find_line(report, REPORT_ORG, db_number(q, 1), NULL)->figures[place] += count;
        if (is_policy)
            continue;
        find_line(report, REPORT_KIND, 0, db_text(q, 2))->figures[place] += count;
        find_line(report, REPORT_CHANNEL, 0, db_text(q, 3))->figures[place] += count;
    }
}

/* By scope, then the busiest first (received, then dispatched), then in a fixed order. */
static int compare_lines(const void *left, const void *right)
{
    const struct report_line *a = left, *b = right;
    static const int by[] = {0, 1}; /* received, dispatched */
    if (a->scope != b->scope)
        return a->scope < b->scope ? -1 : 1;
    for (int i = 0; i < 2; i++)
        if (a->figures[by[i]] != b->figures[by[i]])
            return a->figures[by[i]] > b->figures[by[i]] ? -1 : 1;
    if (a->org != b->org)
        return a->org < b->org ? -1 : 1;
    return a->code && b->code ? strcmp(a->code, b->code) : 0;
}

struct report report_compute(struct center *center, const struct report_month *month)
{
    struct report report = {.figure_count = report_figure_count(center->config)};
    report.months[REPORT_NOW] = *month;
    report.months[REPORT_BEFORE] = earlier(month, center->now, 1);
    report.months[REPORT_YEAR_BEFORE] = earlier(month, center->now, 12);
    find_line(&report, REPORT_TOTAL, 0, NULL);
    for (int period = 0; period < REPORT_PERIODS; period++)
        for (int figure = 0; figure < report.figure_count; figure++) {
            progress_step(period * report.figure_count + figure,
                          REPORT_PERIODS * report.figure_count, "figures");
            count_figure(center, &report, (enum report_period)period, figure);
        }
    qsort(report.lines, (size_t)report.line_count, sizeof *report.lines, compare_lines);
    return report;
}

void report_free(struct report *report)
{
    free(report->lines);
    arena_free(&report->arena);
}

int64_t report_value(const struct report *report, const struct report_line *line,
                     enum report_period period, int figure)
{
    return line->figures[(int)period * report->figure_count + figure];
}

void report_ids(struct center *center, const struct report_month *month, int figure,
                report_take *take, void *context)
{
    bool is_policy = definition(center->config, figure)->subject == REPORT_POLICIES;
    struct db_query *q = is_policy
                             ? prepare(center, month, figure, "DISTINCT p.code", "ORDER BY p.code")
                             : prepare(center, month, figure, "t.id", "ORDER BY t.id");
    while (db_step(q))
        if (is_policy)
            take(context, 0, db_text(q, 0));
        else
            take(context, db_number(q, 0), NULL);
}

void report_each_org(struct center *center, const struct report_month *month, int figure,
                     void (*take)(void *context, int64_t org, int64_t count), void *context)
{
    const struct definition *d = definition(center->config, figure);
    char what[120], rest[120];
    snprintf(what, sizeof what, "%s, %s", d->what, d->lead);
    snprintf(rest, sizeof rest, "GROUP BY %s ORDER BY %s", d->lead, d->lead);
    struct db_query *q = prepare(center, month, figure, what, rest);
    while (db_step(q))
        take(context, db_number(q, 1), db_number(q, 0));
}
