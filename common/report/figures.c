#include "report/figures.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/day.h"
#include "base/die.h"
#include "base/progress.h"
#include "base/text.h"
#include "report/definitions_private.h"

static bool is_level(const struct config *config, int figure)
{
    return figure >= report_before_count && figure < report_before_count + config->level_count;
}

static const struct definition *definition(const struct config *config, int figure)
{
    if (figure < report_before_count)
        return &report_before_levels[figure];
    return is_level(config, figure)
               ? &report_of_level
               : &report_after_levels[figure - report_before_count - config->level_count];
}

int report_figure_count(const struct config *config)
{
    return report_before_count + config->level_count + report_after_count;
}

struct report_figure report_figure(struct config *config, int figure)
{
    const struct definition *d = definition(config, figure);
    struct report_figure result = {d->code, d->name, d->subject, d->shape, -1, d->place, d->apart};
    if (is_level(config, figure)) {
        const struct term *level = &config->levels[figure - report_before_count].term;
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
        const char *level =
            is_level(config, i) ? config->levels[i - report_before_count].term.code : NULL;
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

/* Errands are no requests of enterprises, though supervision may be ordered by them; what is void
 * is in its own figure alone. */
static const char *left_out(const struct definition *d)
{
    static const char *const supervision[] = {"order", "replies-", "accountability"};
    if (d->subject == REPORT_POLICIES)
        return "";
    for (size_t i = 0; d->code && i < sizeof supervision / sizeof *supervision; i++)
        if (!strncmp(d->code, supervision[i], strlen(supervision[i])))
            return " AND NOT coalesce(t.closed_as = 'void', 0)";
    if (d->code && !strcmp(d->code, "void"))
        return " AND t.errand = 0";
    return " AND t.errand = 0 AND NOT coalesce(t.closed_as = 'void', 0)";
}

static struct db_query *prepare(struct center *center, const struct report_month *month, int figure,
                                const char *what, const char *rest)
{
    const struct config *config = center->config;
    const struct definition *d = definition(config, figure);
    struct text sql = {0};
    text_add_format(&sql, "SELECT %s FROM %s WHERE %s%s %s", what, d->from, d->condition,
                    left_out(d), rest);
    struct db_query *q = db_query_built(center->db, sql.data);
    db_bind(q, 1, month->start);
    db_bind(q, 2, month->end);
    if (is_level(config, figure))
        db_bind_text(q, 3, config->levels[figure - report_before_count].term.code);
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
