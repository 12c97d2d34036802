#include "register/watch.h"

#include <string.h>

#include "base/clock.h"
#include "base/text.h"

void watch_free(struct watch_set *set)
{
    arena_free(&set->arena);
}

const struct watch_rule *watch_find(const struct watch_set *set, const char *word)
{
    for (int i = 0; i < set->count; i++)
        if (text_same(set->list[i].term.code, word) || text_same(set->list[i].term.name, word))
            return &set->list[i];
    return NULL;
}

int watch_change(int64_t was, int64_t is)
{
    double change = ((double)is - (double)was) * 100 / (double)was;
    return change > 1e6 ? 1000000 : (int)change;
}

struct watching {
    struct center *center;
    const struct watch_rule *rule;
    int day;
    void (*take)(void *context, const struct watch_line *line);
    void *context;
};

static struct watch_line line_of(const struct watching *w, struct db_query *q)
{
    return (struct watch_line){.rule = w->rule,
                               .id = db_number(q, 0),
                               .code = db_text(q, 1),
                               .name = db_text(q, 2),
                               .region = db_text(q, 3)};
}

/* ---- facts: the value that holds, beside the one before it */

static bool has_changed(const struct watch_rule *rule, int64_t was, int64_t is)
{
    int change = watch_change(was, is);
    return rule->kind == WATCH_FALLS ? change <= -rule->amount : change >= rule->amount;
}

static void each_changed(const struct watching *w, const struct profile *profile)
{
    struct db_query *q = db_query(
        w->center->db,
        "SELECT e.id, e.code, e.name, e.region, b.number, a.number, a.from_day FROM fact a"
        " JOIN fact b ON b.name = a.name AND b.enterprise_id = a.enterprise_id AND b.from_day ="
        " (SELECT max(c.from_day) FROM fact c WHERE c.name = a.name"
        " AND c.enterprise_id = a.enterprise_id AND c.from_day < a.from_day)"
        " JOIN enterprise e ON e.id = a.enterprise_id"
        " WHERE a.name = ?1 AND a.from_day BETWEEN ?2 AND ?3 AND b.number > 0 AND NOT EXISTS"
        " (SELECT 1 FROM fact d WHERE d.name = a.name AND d.enterprise_id = a.enterprise_id"
        " AND d.from_day > a.from_day AND d.from_day <= ?3) ORDER BY e.code");
    db_bind_text(q, 1, profile->facts[w->rule->fact].code);
    db_bind(q, 2, w->day - w->rule->days + 1);
    db_bind(q, 3, w->day);
    while (db_step(q)) {
        struct watch_line line = line_of(w, q);
        line.was = db_number(q, 4);
        line.is = db_number(q, 5);
        line.day = (int)db_number(q, 6);
        if (has_changed(w->rule, line.was, line.is))
            w->take(w->context, &line);
    }
}

/* ---- requests, by code or else by the whole name */

#define REQUESTS                                                                                   \
    "t.errand = 0 AND t.confidential = 0 AND (t.closed_as IS NULL OR t.closed_as <> 'void')"       \
    " AND t.received_at BETWEEN ?1 AND ?2"

struct pile {
    struct text code, name, region, ids;
    struct watch_line line;
};

static void end_pile(const struct watching *w, struct pile *pile)
{
    pile->line.code = text_string(&pile->code);
    pile->line.name = text_string(&pile->name);
    pile->line.region = pile->region.length ? pile->region.data : NULL;
    pile->line.of = text_string(&pile->ids);
    if (pile->line.is >= w->rule->amount)
        w->take(w->context, &pile->line);
    text_clear(&pile->code);
    text_clear(&pile->name);
    text_clear(&pile->region);
    text_clear(&pile->ids);
}

static void start_pile(const struct watching *w, struct pile *pile, struct db_query *q)
{
    pile->line = line_of(w, q);
    text_add(&pile->code, pile->line.code);
    text_add(&pile->name, pile->line.name);
    if (pile->line.region)
        text_add(&pile->region, pile->line.region);
}

static bool is_asked_for(const struct watch_rule *rule, const char *kind)
{
    const char *const *wanted = rule->kinds;
    while (*wanted && strcmp(*wanted, kind) != 0)
        wanted++;
    return *wanted || !*rule->kinds;
}

static void each_asking(const struct watching *w)
{
    struct pile pile = {.line = {.id = 0}};
    struct db_query *q = db_query(
        w->center->db,
        "SELECT e.id, e.code, e.name, e.region, r.ticket, r.kind, r.at FROM"
        " (SELECT t.id AS ticket, t.kind AS kind, t.received_at AS at, f.id AS firm FROM ticket t"
        " JOIN enterprise f ON f.code = t.uscc WHERE " REQUESTS
        " UNION ALL SELECT t.id, t.kind, t.received_at, f.id FROM ticket t"
        " JOIN enterprise f ON f.name = t.enterprise WHERE t.uscc IS NULL AND " REQUESTS ") r"
        " JOIN enterprise e ON e.id = r.firm ORDER BY e.code, r.ticket");
    db_bind(q, 1, clock_moment(w->day - w->rule->days + 1, 0));
    db_bind(q, 2, clock_moment(w->day, SECONDS_PER_DAY - 1));
    while (db_step(q)) {
        if (!is_asked_for(w->rule, db_text(q, 5)))
            continue;
        if (pile.line.id != db_number(q, 0)) {
            end_pile(w, &pile);
            start_pile(w, &pile, q);
        }
        pile.line.is++;
        pile.line.day = clock_day(db_number(q, 6));
        text_add_format(&pile.ids, "%s%lld", pile.ids.length ? " " : "",
                        (long long)db_number(q, 4));
    }
    end_pile(w, &pile);
    text_free(&pile.code);
    text_free(&pile.name);
    text_free(&pile.region);
    text_free(&pile.ids);
}

/* ---- titles that end, and that no later entry prolongs */

static bool is_watched(const struct watch_rule *rule, const char *tag)
{
    const char *const *wanted = rule->tags;
    while (*wanted && strcmp(*wanted, tag) != 0)
        wanted++;
    return *wanted || !*rule->tags;
}

static void each_ending(const struct watching *w)
{
    struct db_query *q = db_query(
        w->center->db, "SELECT e.id, e.code, e.name, e.region, t.tag, t.until_day FROM tag t"
                       " JOIN enterprise e ON e.id = t.enterprise_id WHERE t.held = 1"
                       " AND t.until_day BETWEEN ?1 AND ?2 AND NOT EXISTS (SELECT 1 FROM tag l"
                       " WHERE l.tag = t.tag AND l.enterprise_id = t.enterprise_id"
                       " AND l.from_day > t.from_day) ORDER BY e.code, t.until_day, t.tag");
    db_bind(q, 1, w->day);
    db_bind(q, 2, w->day + w->rule->amount);
    while (db_step(q)) {
        struct watch_line line = line_of(w, q);
        line.of = db_text(q, 4);
        line.day = (int)db_number(q, 5);
        if (is_watched(w->rule, line.of))
            w->take(w->context, &line);
    }
}

void watch_each(struct center *center, const struct watch_rule *rule, const struct profile *profile,
                int day, void (*take)(void *context, const struct watch_line *line), void *context)
{
    const struct watching w = {center, rule, day, take, context};
    switch (rule->kind) {
    case WATCH_FALLS:
    case WATCH_RISES: each_changed(&w, profile); break;
    case WATCH_REQUESTS: each_asking(&w); break;
    case WATCH_ENDS: each_ending(&w); break;
    }
}
