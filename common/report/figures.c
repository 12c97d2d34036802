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

static enum report_subject subject(const struct definition *d)
{
    return d->source >= SOURCE_POLICIES ? REPORT_POLICIES : REPORT_TICKETS;
}

int report_figure_count(const struct config *config)
{
    return report_before_count + config->level_count + report_after_count;
}

struct report_figure report_figure(struct config *config, int figure)
{
    const struct definition *d = definition(config, figure);
    struct report_figure result = {d->code, d->name, subject(d), d->shape, -1, d->place, d->apart};
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
    return subject == REPORT_TICKETS || scope == REPORT_TOTAL || scope == REPORT_ORG ||
           scope == REPORT_COUNTY;
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
    if (subject(d) == REPORT_POLICIES)
        return "";
    if (d->source == SOURCE_ORDERS || d->source == SOURCE_REFUSALS ||
        d->source == SOURCE_PROCEDURES || (d->code && !strcmp(d->code, "ordered-by-hand")))
        return " AND t.closed_as IS DISTINCT FROM 'void'";
    if (d->code && !strcmp(d->code, "void"))
        return " AND t.errand = 0";
    return " AND t.errand = 0 AND t.closed_as IS DISTINCT FROM 'void'";
}

/* Appends the condition of FIGURE; a level's code is ?PARAMETER. */
static void add_condition(struct text *sql, const struct config *config, int figure, int parameter)
{
    const struct definition *d = definition(config, figure);
    text_add(sql, d->condition);
    if (is_level(config, figure))
        text_add_format(sql, "?%d", parameter);
    text_add(sql, left_out(d));
}

static void bind_level(struct db_query *q, const struct config *config, int figure, int parameter)
{
    if (is_level(config, figure))
        db_bind_text(q, parameter, config->levels[figure - report_before_count].term.code);
}

/* Prepares the statement SQL over rows of SOURCE, for MONTH, and frees SQL. */
static struct db_query *prepare(struct center *center, const struct report_month *month,
                                enum source_kind source, struct text *sql)
{
    struct db_query *q = db_query_built(center->db, sql->data);
    db_bind(q, 1, month->start);
    db_bind(q, 2, month->end);
    if (source == SOURCE_POLICIES && strstr(sql->data, "?3"))
        db_bind(q, 3, month->now);
    text_free(sql);
    return q;
}

/* WHAT of the rows that FIGURE counts in MONTH, and the REST of the statement. */
static struct db_query *prepare_figure(struct center *center, const struct report_month *month,
                                       int figure, const char *what, const char *rest)
{
    const struct definition *d = definition(center->config, figure);
    struct text sql = {0};
    text_add_format(&sql, "SELECT %s FROM %s AND ", what, report_sources[d->source].rows);
    add_condition(&sql, center->config, figure, 3);
    text_add_format(&sql, " %s", rest);
    struct db_query *q = prepare(center, month, d->source, &sql);
    bind_level(q, center->config, figure, 3);
    return q;
}

/* The figures of one source, in the order of its columns; the levels' codes are numbered from 3
 * on, in the same order. */
struct pass {
    enum source_kind source;
    bool policies;
    int *figures, count;
};

static struct pass pass_new(struct report *report, const struct config *config,
                            enum source_kind source)
{
    struct pass pass = {.source = source, .policies = source >= SOURCE_POLICIES};
    pass.figures = arena_zero(&report->arena, (size_t)report->figure_count * sizeof *pass.figures);
    for (int i = 0; i < report->figure_count; i++)
        if (definition(config, i)->source == source)
            pass.figures[pass.count++] = i;
    return pass;
}

static struct db_query *prepare_pass(struct center *center, const struct report_month *month,
                                     const struct pass *pass)
{
    const struct config *config = center->config;
    const struct source *source = &report_sources[pass->source];
    const char *split = pass->policies ? "" : ", t.kind, t.channel, t.center";
    struct text sql = {0};
    text_add_format(&sql, "SELECT %s%s", source->lead, split);
    for (int i = 0, level = 3; i < pass->count; i++) {
        text_add(&sql, ", sum(CASE WHEN ");
        add_condition(&sql, config, pass->figures[i], level);
        text_add_format(&sql, " THEN %s ELSE 0 END)", definition(config, pass->figures[i])->what);
        level += is_level(config, pass->figures[i]);
    }
    text_add_format(&sql, " FROM %s GROUP BY %s%s", source->rows, source->lead, split);
    struct db_query *q = prepare(center, month, pass->source, &sql);
    for (int i = 0, level = 3; i < pass->count; i++) {
        bind_level(q, config, pass->figures[i], level);
        level += is_level(config, pass->figures[i]);
    }
    return q;
}

/* The county to whose figures a row belongs: its organisation's, or of what lies in a pool the
 * county's whose pool it is. NULL: the city's own. */
static const struct county *county_of_row(struct center *center, int64_t org, int64_t pool)
{
    return org ? county_of(center, org) : county_at(center, pool);
}

/* Adds what a row of the pass counts to the lines that it belongs to; those that count nothing get
 * no line. */
static void add_counts(struct center *center, struct report *report, enum report_period period,
                       const struct pass *pass, struct db_query *q)
{
    const struct county *county =
        county_of_row(center, db_number(q, 0), pass->policies ? 0 : db_number(q, 3));
    if (report->whose->one && county != report->whose->county)
        return;
    int64_t own = county && !report->whose->one ? county_org(center, county) : 0;
    for (int i = 0; i < pass->count; i++) {
        int place = (int)period * report->figure_count + pass->figures[i];
        int64_t count = db_number(q, i + (pass->policies ? 1 : 4));
        if (!count)
            continue;
        find_line(report, REPORT_TOTAL, 0, NULL)->figures[place] += count;
        find_line(report, REPORT_ORG, db_number(q, 0), NULL)->figures[place] += count;
        if (own)
            find_line(report, REPORT_COUNTY, own, NULL)->figures[place] += count;
        if (pass->policies)
            continue;
        find_line(report, REPORT_KIND, 0, db_text(q, 1))->figures[place] += count;
        find_line(report, REPORT_CHANNEL, 0, db_text(q, 2))->figures[place] += count;
    }
}

static void count_source(struct center *center, struct report *report, enum source_kind source)
{
    struct pass pass = pass_new(report, center->config, source);
    for (int period = 0; period < REPORT_PERIODS; period++) {
        progress_step((int)source * REPORT_PERIODS + period, REPORT_SOURCES * REPORT_PERIODS,
                      "figures");
        struct db_query *q = prepare_pass(center, &report->months[period], &pass);
        while (db_step(q))
            add_counts(center, report, (enum report_period)period, &pass, q);
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

struct report report_compute(struct center *center, const struct county_choice *whose,
                             const struct report_month *month)
{
    struct report report = {.whose = whose, .figure_count = report_figure_count(center->config)};
    report.months[REPORT_NOW] = *month;
    report.months[REPORT_BEFORE] = earlier(month, center->now, 1);
    report.months[REPORT_YEAR_BEFORE] = earlier(month, center->now, 12);
    find_line(&report, REPORT_TOTAL, 0, NULL);
    for (int source = 0; source < REPORT_SOURCES; source++)
        count_source(center, &report, (enum source_kind)source);
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

void report_ids(struct center *center, const struct county_choice *whose,
                const struct report_month *month, int figure, report_take *take, void *context)
{
    const struct definition *d = definition(center->config, figure);
    bool is_policy = subject(d) == REPORT_POLICIES;
    char what[120];
    snprintf(what, sizeof what, is_policy ? "DISTINCT p.code, %s" : "t.id, %s, t.center",
             report_sources[d->source].lead);
    struct db_query *q = prepare_figure(center, month, figure, what,
                                        is_policy ? "ORDER BY p.code" : "ORDER BY t.id");
    while (db_step(q)) {
        const struct county *county =
            county_of_row(center, db_number(q, 1), is_policy ? 0 : db_number(q, 2));
        if (whose->one && county != whose->county)
            continue;
        if (is_policy)
            take(context, 0, db_text(q, 0));
        else
            take(context, db_number(q, 0), NULL);
    }
}

void report_each_org(struct center *center, const struct report_month *month, int figure,
                     void (*take)(void *context, int64_t org, int64_t count), void *context)
{
    const struct definition *d = definition(center->config, figure);
    const char *lead = report_sources[d->source].lead;
    char what[120], rest[120];
    snprintf(what, sizeof what, "sum(%s), %s", d->what, lead);
    snprintf(rest, sizeof rest, "GROUP BY %s ORDER BY %s NULLS FIRST", lead, lead);
    struct db_query *q = prepare_figure(center, month, figure, what, rest);
    while (db_step(q))
        take(context, db_number(q, 1), db_number(q, 0));
}
