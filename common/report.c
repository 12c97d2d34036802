#include "report.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "clock.h"
#include "day.h"
#include "die.h"
#include "text.h"

/* The figures around those of the levels: what they count, as conditions over ticket t; ?1 and ?2
 * are the month's first and last second. The report and its ids share them. */
static const struct {
    const char *code, *name, *condition;
} fixed[] = {{"received", "受理", "t.received_at BETWEEN ?1 AND ?2"},
             {"dispatched", "派发", "t.dispatched_at BETWEEN ?1 AND ?2"},
             {"answered", "答复", "t.answered_at BETWEEN ?1 AND ?2"},
             {"due", "到期", "t.due_at BETWEEN ?1 AND ?2 AND t.round = 1"},
             {"on-time", "按时答复",
              "t.due_at BETWEEN ?1 AND ?2 AND t.round = 1 AND t.answered_at <= t.due_at"},
             {"open", "期末在办",
              "t.received_at <= ?2 AND (t.answered_at IS NULL OR t.answered_at > ?2)"
              " AND (t.closed_at IS NULL OR t.closed_at > ?2) AND ?1 = ?1"},
             {"open-overdue", "期末超期",
              "t.due_at < ?2 AND (t.answered_at IS NULL OR t.answered_at > ?2)"
              " AND (t.closed_at IS NULL OR t.closed_at > ?2) AND ?1 = ?1"}};

enum { FIXED_AFTER_LEVELS = 2 };

/* A level's figure counts the breaches whose level began in the month, of the organisation that
 * held the ticket then; ?3 is the level. */
static const char level_from[] = "supervision s JOIN ticket t ON t.id = s.ticket_id";
static const char level_condition[] = "s.level_at BETWEEN ?1 AND ?2 AND s.level = ?3";

static bool is_level(const struct config *config, int figure)
{
    return figure >= REPORT_LEVELS && figure < REPORT_LEVELS + config->level_count;
}

/* The index in `fixed` of a figure that is no level's. */
static int fixed_index(const struct config *config, int figure)
{
    return figure < REPORT_LEVELS ? figure : figure - config->level_count;
}

int report_figure_count(const struct config *config)
{
    return REPORT_LEVELS + config->level_count + FIXED_AFTER_LEVELS;
}

const char *report_figure_code(struct config *config, int figure)
{
    if (is_level(config, figure))
        return arena_format(&config->arena, "overdue-%s",
                            config->levels[figure - REPORT_LEVELS].term.code);
    return fixed[fixed_index(config, figure)].code;
}

const char *report_figure_name(struct config *config, int figure)
{
    if (is_level(config, figure))
        return config->levels[figure - REPORT_LEVELS].term.name;
    return fixed[fixed_index(config, figure)].name;
}

int report_find_figure(struct config *config, const char *code)
{
    for (int i = 0; i < report_figure_count(config); i++)
        if (!strcmp(report_figure_code(config, i), code))
            return i;
    return -1;
}

bool report_parse_month(const char *s, int64_t now, struct report_month *month)
{
    int first, last;
    if (!day_parse_month(s, &first, &last))
        return false;
    snprintf(month->name, sizeof month->name, "%s", s);
    month->start = clock_moment(first, 0);
    month->end = clock_moment(last + 1, 0) - 1;
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
    struct text sql = {0};
    bool level = is_level(config, figure);
    text_add_format(&sql, "SELECT %s FROM %s WHERE %s %s", what, level ? level_from : "ticket t",
                    level ? level_condition : fixed[fixed_index(config, figure)].condition, rest);
    struct db_query *q = db_query_built(center->db, sql.data);
    db_bind(q, 1, month->start);
    db_bind(q, 2, month->end);
    if (level)
        db_bind_text(q, 3, config->levels[figure - REPORT_LEVELS].term.code);
    text_free(&sql);
    return q;
}

static void count_figure(struct center *center, struct report *report, enum report_period period,
                         int figure)
{
    const char *lead = is_level(center->config, figure) ? "s.lead" : "t.lead";
    char what[80], rest[80];
    snprintf(what, sizeof what, "%s, t.kind, t.channel, count(*)", lead);
    snprintf(rest, sizeof rest, "GROUP BY %s, t.kind, t.channel", lead);
    struct db_query *q = prepare(center, &report->months[period], figure, what, rest);
    int place = (int)period * report->figure_count + figure;
    while (db_step(q)) {
        int64_t count = db_number(q, 3);
        find_line(report, REPORT_TOTAL, 0, NULL)->figures[place] += count;
        find_line(report, REPORT_ORG, db_number(q, 0), NULL)->figures[place] += count;
        find_line(report, REPORT_KIND, 0, db_text(q, 1))->figures[place] += count;
        find_line(report, REPORT_CHANNEL, 0, db_text(q, 2))->figures[place] += count;
    }
}

/* By scope, then the busiest first (received, then due), then in a fixed order. */
static int compare_lines(const void *left, const void *right)
{
    const struct report_line *a = left, *b = right;
    static const int by[] = {REPORT_RECEIVED, REPORT_DUE};
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
        for (int figure = 0; figure < report.figure_count; figure++)
            count_figure(center, &report, (enum report_period)period, figure);
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
                void (*take)(void *, int64_t), void *context)
{
    struct db_query *q = prepare(center, month, figure, "t.id", "ORDER BY t.id");
    while (db_step(q))
        take(context, db_number(q, 0));
}
