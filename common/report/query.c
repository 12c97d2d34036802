#include "report/query_private.h"

#include <string.h>

#include "base/text.h"

/* Errands are no requests of enterprises, though supervision may be ordered by them; what is void
 * is in its own figure alone. */
static const char *left_out(const struct definition *d)
{
    if (report_subject_of(d->source) != REPORT_TICKETS)
        return "";
    if (d->source == SOURCE_ORDERS || d->source == SOURCE_REFUSALS ||
        d->source == SOURCE_PROCEDURES || (d->code && !strcmp(d->code, "ordered-by-hand")))
        return " AND t.closed_as IS DISTINCT FROM 'void'";
    if (d->code && !strcmp(d->code, "void"))
        return " AND t.errand = 0";
    return " AND t.errand = 0 AND t.closed_as IS DISTINCT FROM 'void'";
}

/* Appends the condition of FIGURE and, unless the rows say so ALREADY, what is left out; a level's
 * code is ?PARAMETER. */
static void add_condition(struct text *sql, struct config *config, int figure, int parameter,
                          bool already)
{
    const struct definition d = report_definition(config, figure);
    text_add(sql, d.condition);
    if (report_level_of(config, figure))
        text_add_format(sql, "?%d", parameter);
    if (!already)
        text_add(sql, left_out(&d));
}

/* Prepares the statement SQL over rows of SOURCE, for PERIOD, and frees SQL. */
static struct db_query *prepare(struct center *center, const struct report_period *period,
                                enum source_kind source, struct text *sql)
{
    struct db_query *q = db_query_built(center->db, sql->data);
    db_bind(q, 1, period->start);
    db_bind(q, 2, period->end);
    if (source == SOURCE_POLICIES && strstr(sql->data, "?3"))
        db_bind(q, 3, period->now);
    text_free(sql);
    return q;
}

static void add_column(struct query_split *split, enum report_scope scope)
{
    if (report_scope_sql(scope, split->subject) && !split->column[scope])
        split->column[scope] = split->count++;
}

/* The columns of a scope; of a topic those that lead to one. */
static void add_columns(struct query_split *split, enum report_scope scope)
{
    static const enum report_scope leads[] = {REPORT_CATEGORY, REPORT_RULE, REPORT_CLASS};
    if (scope != REPORT_TOPIC)
        add_column(split, scope);
    for (int i = 0; scope == REPORT_TOPIC && i < 3; i++)
        add_column(split, leads[i]);
}

struct query_split query_split(enum report_subject subject, const struct report_cut *cuts,
                               int count, const struct topics *topics)
{
    struct query_split split = {.subject = subject, .count = 2, .topics = topics};
    for (int i = 0; i < count; i++)
        for (int j = 0; j < REPORT_CROSSED && report_has(&cuts[i], subject); j++)
            add_columns(&split, cuts[i].by[j]);
    return split;
}

struct topics query_topics(struct config *config, const struct report_cut *cuts, int count)
{
    for (int i = 0; i < count; i++)
        for (int j = 0; j < REPORT_CROSSED; j++)
            if (cuts[i].by[j] == REPORT_TOPIC)
                return topics_load(config);
    return (struct topics){.list = NULL};
}

/* The split's columns, in their order. */
static void add_split(struct text *sql, enum source_kind source, const struct query_split *split)
{
    const char *lead = report_sources[source].lead;
    text_add_format(sql, "SELECT %s, %s", lead ? lead : "CAST(0 AS BIGINT)",
                    split->subject == REPORT_TICKETS ? "t.center" : "CAST(0 AS BIGINT)");
    for (int column = 2; column < split->count; column++)
        for (int scope = 0; scope < REPORT_SCOPES; scope++)
            if (split->column[scope] == column)
                text_add_format(sql, ", %s",
                                report_scope_sql((enum report_scope)scope, split->subject));
}

static void add_group(struct text *sql, int count)
{
    text_add(sql, " GROUP BY 1");
    for (int i = 2; i <= count; i++)
        text_add_format(sql, ", %d", i);
}

struct query_row query_row(struct center *center, enum source_kind source, struct db_query *q)
{
    struct query_row row = {.org = db_number(q, 0)};
    int64_t pool = db_number(q, 1);
    row.county = row.org ? county_of(center, row.org) : county_at(center, pool);
    if (!report_sources[source].lead)
        row.org = county_org(center, row.county);
    return row;
}

static const char *topic_code(const struct query_split *split, struct db_query *q)
{
    const struct topic *topic =
        split->subject == REPORT_POLICIES
            ? topics_of_policy(split->topics, db_text(q, split->column[REPORT_CLASS]))
            : topics_of_ticket(split->topics, db_text(q, split->column[REPORT_CATEGORY]),
                               db_text(q, split->column[REPORT_RULE]));
    return topic ? topic->code : NULL;
}

bool query_value(struct center *center, const struct org_table *orgs,
                 const struct query_split *split, const struct query_row *row, struct db_query *q,
                 enum report_scope scope, struct report_value *value)
{
    *value = (struct report_value){0};
    if (scope == REPORT_ORG)
        value->org = row->org;
    else if (scope == REPORT_COUNTY)
        value->org = row->county ? county_org(center, row->county) : 0;
    else if (scope == REPORT_GROUP)
        value->code = row->org ? org_of(orgs, row->org)->peer_group : NULL;
    else if (scope == REPORT_TOPIC)
        value->code = topic_code(split, q);
    else if (split->column[scope])
        value->code = db_text(q, split->column[scope]);
    return scope != REPORT_COUNTY || value->org;
}

/* What an appeal against figure ?PARAMETER takes from the organisation of a row. */
static void add_appeal(struct text *sql, enum source_kind source, int parameter)
{
    text_add_format(sql,
                    "q.ticket_id = t.id AND q.org_id = %s"
                    " AND ',' || q.figures || ',' LIKE '%%,' || ?%d || ',%%'",
                    report_sources[source].lead, parameter);
}

/* Whether rows of SOURCE can be appealed against: they are an organisation's, of requests. */
static bool has_appeals(enum source_kind source)
{
    return source < SOURCE_POLICIES && report_sources[source].lead;
}

/* The number, from 1, of the values of WHAT, which are added where they are new. */
static int value_number(struct query_pass *pass, const char *what)
{
    for (int i = 0; i < pass->value_count; i++)
        if (!strcmp(pass->whats[i], what))
            return i + 1;
    pass->whats[pass->value_count] = what;
    return ++pass->value_count;
}

struct query_pass query_pass(struct config *config, struct arena *arena, enum source_kind source,
                             const struct report_plan *plan)
{
    size_t most = (size_t)report_figure_count(config);
    struct query_pass pass = {
        .source = source, .left_out = NULL, .alike = true, .appealed = plan->appealed};
    pass.figures = arena_zero(arena, most * sizeof *pass.figures);
    pass.values = arena_zero(arena, most * sizeof *pass.values);
    pass.whats = arena_zero(arena, most * sizeof *pass.whats);
    for (int i = 0; i < (int)most; i++) {
        const struct definition d = report_definition(config, i);
        if (d.source != source || (plan->wanted && !plan->wanted[i]))
            continue;
        pass.values[pass.count] = d.spread ? value_number(&pass, d.what) : 0;
        pass.figures[pass.count++] = i;
        pass.alike = pass.alike && (!pass.left_out || !strcmp(pass.left_out, left_out(&d)));
        pass.left_out = left_out(&d);
    }
    return pass;
}

/* The columns of the figures: of each that is spread how many of its rows there are, of the others
 * their sum. */
static void add_counts(struct text *sql, struct config *config, const struct query_pass *pass)
{
    for (int i = 0, level = 3; i < pass->count; i++) {
        text_add(sql, ", sum(CASE WHEN ");
        add_condition(sql, config, pass->figures[i], level, pass->alike);
        text_add_format(sql, " THEN %s ELSE 0 END)",
                        pass->values[i] ? "1" : report_definition(config, pass->figures[i]).what);
        level += report_level_of(config, pass->figures[i]) != NULL;
    }
}

static int count_levels(struct config *config, const struct query_pass *pass)
{
    int levels = 0;
    for (int i = 0; i < pass->count; i++)
        levels += report_level_of(config, pass->figures[i]) != NULL;
    return levels;
}

struct db_query *query_counts(struct center *center, const struct report_period *period,
                              const struct query_split *split, const struct query_pass *pass)
{
    struct config *config = center->config;
    struct text sql = {0};
    add_split(&sql, pass->source, split);
    for (int i = 0; i < pass->value_count; i++)
        text_add_format(&sql, ", %s", pass->whats[i]);
    add_counts(&sql, config, pass);
    text_add_format(&sql, " FROM %s%s", report_sources[pass->source].rows,
                    pass->alike ? pass->left_out : "");
    int level = 3 + count_levels(config, pass);
    bool appeals = pass->appealed && has_appeals(pass->source);
    if (appeals) {
        text_add(&sql, " AND NOT EXISTS (SELECT 1 FROM appeal q WHERE q.granted = 1 AND ");
        add_appeal(&sql, pass->source, level);
        text_add(&sql, ")");
    }
    add_group(&sql, split->count + pass->value_count);
    struct db_query *q = prepare(center, period, pass->source, &sql);
    if (appeals)
        db_bind_text(q, level, pass->appealed);
    for (int i = pass->count - 1; i >= 0; i--)
        if (report_level_of(config, pass->figures[i]))
            db_bind_text(q, --level, report_level_of(config, pass->figures[i]));
    return q;
}

/* Adds the rows of FIGURE and the REST of the statement, and prepares it. */
static struct db_query *prepare_figure(struct center *center, const struct report_period *period,
                                       int figure, struct text *sql, const char *rest)
{
    const struct definition d = report_definition(center->config, figure);
    text_add_format(sql, " FROM %s AND ", report_sources[d.source].rows);
    add_condition(sql, center->config, figure, 3, false);
    text_add(sql, rest);
    struct db_query *q = prepare(center, period, d.source, sql);
    if (report_level_of(center->config, figure))
        db_bind_text(q, 3, report_level_of(center->config, figure));
    return q;
}

struct db_query *query_ids(struct center *center, const struct report_period *period, int figure,
                           const struct query_split *split)
{
    static const char *const ids[] = {[REPORT_TICKETS] = "t.id",
                                      [REPORT_POLICIES] = "p.code",
                                      [REPORT_ENTRIES] = "n.id",
                                      [REPORT_ENTERPRISES] = "f.code"};
    const struct definition d = report_definition(center->config, figure);
    enum report_subject kind = report_sources[d.source].ids;
    struct text sql = {0}, rest = {0};
    add_split(&sql, d.source, split);
    text_add_format(&sql, ", %s", ids[kind]);
    if (kind == REPORT_POLICIES || kind == REPORT_ENTERPRISES)
        add_group(&rest, split->count + 1);
    text_add_format(&rest, " ORDER BY %d", split->count + 1);
    struct db_query *q = prepare_figure(center, period, figure, &sql, rest.data);
    text_free(&rest);
    return q;
}

struct db_query *query_appealed(struct center *center, const struct report_period *period,
                                int figure, const char *about)
{
    const struct definition d = report_definition(center->config, figure);
    const char *level = report_level_of(center->config, figure);
    struct text sql = {0};
    text_add_format(&sql, "SELECT DISTINCT %s, t.id, q.id, q.granted FROM appeal q, %s AND ",
                    report_sources[d.source].lead, report_sources[d.source].rows);
    add_condition(&sql, center->config, figure, 3, false);
    text_add(&sql, " AND ");
    add_appeal(&sql, d.source, level ? 4 : 3);
    text_add(&sql, " ORDER BY 2, 3");
    struct db_query *q = prepare(center, period, d.source, &sql);
    if (level)
        db_bind_text(q, 3, level);
    db_bind_text(q, level ? 4 : 3, about);
    return q;
}

struct db_query *query_by_org(struct center *center, const struct report_period *period, int figure)
{
    const struct definition d = report_definition(center->config, figure);
    const char *lead = report_sources[d.source].lead;
    struct text sql = {0};
    text_add_format(&sql, "SELECT %s, sum(%s)", lead, d.what);
    return prepare_figure(center, period, figure, &sql, " GROUP BY 1 ORDER BY 1 NULLS FIRST");
}
