#include "register/duty.h"

#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/day.h"
#include "base/text.h"

static const char *const states[DUTY_STATES][2] = {[DUTY_KEPT] = {"kept", "已履行"},
                                                   [DUTY_OPEN] = {"open", "进行中"},
                                                   [DUTY_SOON] = {"soon", "即将到期"},
                                                   [DUTY_MISSED] = {"missed", "未履行"},
                                                   [DUTY_EXCEEDED] = {"exceeded", "超限"}};

const char *duty_state_code(enum duty_state state)
{
    return states[state][0];
}

const char *duty_state_name(enum duty_state state)
{
    return states[state][1];
}

enum duty_state duty_state(const char *word)
{
    int state = 0;
    while (state < DUTY_STATES && strcmp(states[state][0], word) && strcmp(states[state][1], word))
        state++;
    return (enum duty_state)state;
}

const struct duty *duty_find(const struct duty_set *set, const char *word)
{
    for (int i = 0; i < set->count; i++) {
        const struct term *term = &set->list[i].term;
        bool found = text_same(term->code, word) || text_same(term->name, word);
        for (const char *const *also = term->also; *also && !found; also++)
            found = text_same(*also, word);
        if (found)
            return &set->list[i];
    }
    return NULL;
}

/* ---- periods */

/* The first day of the month that lies COUNT months after the year 0. */
static int first_of(int count)
{
    return day_from_date(count / 12, count % 12 + 1, 1);
}

int duty_period(enum duty_every every, int day, int *next)
{
    int year, month, of_month, length = every == DUTY_STANDING ? 1 : (int)every;
    day_to_date(day, &year, &month, &of_month);
    int start = (year * 12 + month - 1) / length * length;
    *next = first_of(start + length);
    return first_of(start);
}

static void add_period(struct text *to, enum duty_every every, int first)
{
    int year, month, of_month;
    day_to_date(first, &year, &month, &of_month);
    text_add_format(to, "%04d", year);
    if (every == DUTY_MONTH)
        text_add_format(to, "-%02d", month);
    else if (every == DUTY_QUARTER)
        text_add_format(to, "-Q%d", (month + 2) / 3);
    else if (every == DUTY_HALF)
        text_add_format(to, "-H%d", month > 6 ? 2 : 1);
}

/* ---- what there is */

/* Numbers by who. */
struct tally {
    struct arena arena;
    struct {
        const char *who;
        int64_t number;
    } * list;
    size_t count;
};

static void tally_free(struct tally *tally)
{
    free(tally->list);
    arena_free(&tally->arena);
}

static int64_t tally_of(const struct tally *tally, const char *who)
{
    for (size_t i = 0; i < tally->count; i++)
        if (!strcmp(tally->list[i].who, who))
            return tally->list[i].number;
    return 0;
}

static struct tally read_tally(struct db_query *q)
{
    struct tally tally = {.list = NULL};
    while (db_step(q)) {
        tally.list = mem_grow(tally.list, tally.count, sizeof *tally.list);
        tally.list[tally.count].who =
            arena_string(&tally.arena, db_text(q, 0) ? db_text(q, 0) : "");
        tally.list[tally.count++].number = db_number(q, 1);
    }
    return tally;
}

/* An enterprise f that holds tag ?1 on day ?2, or any where ?1 is NULL. */
#define HOLDS                                                                                      \
    "(?1 IS NULL OR (SELECT t.held = 1 AND (t.until_day IS NULL OR t.until_day >= ?2) FROM tag t"  \
    " WHERE t.tag = ?1 AND t.enterprise_id = f.id AND t.from_day <= ?2"                            \
    " ORDER BY t.from_day DESC LIMIT 1))"

/* A period of a duty that is being looked at. */
struct looking {
    const struct duty_asked *asked;
    int first, last; /* days */
    int tag_day;     /* on which tags are held: the last one that is known */
};

static const char *tag_of(const struct duty_asked *asked)
{
    return asked->tag ? asked->tag : asked->duty->tag;
}

static void bind(struct db_query *q, const struct looking *l)
{
    db_bind_text(q, 1, tag_of(l->asked));
    db_bind(q, 2, l->tag_day);
    db_bind(q, 3, l->first);
    db_bind(q, 4, l->last);
}

static void add_field(struct text *sql, const struct duty *duty, const char *as, int field)
{
    text_add_format(sql, " JOIN entry_value %s ON %s.entry_id = n.id AND %s.field = '%s'", as, as,
                    as, duty->registry->fields[field].term.code);
}

/* The entries that fulfil it in the period: n, by b, to x, which is enterprise f. Codes of fields
 * and choices are small letters, digits, hyphens. */
static void add_entries(struct text *sql, const struct duty *duty)
{
    text_add(sql, " FROM entry n");
    add_field(sql, duty, "d", duty->at);
    if (duty->by != REGISTRY_NONE)
        add_field(sql, duty, "b", duty->by);
    if (duty->where != REGISTRY_NONE) {
        add_field(sql, duty, "w", duty->where);
        text_add_format(sql, " AND w.text = '%s'", duty->is);
    }
    if (duty->enterprise != REGISTRY_NONE) {
        add_field(sql, duty, "x", duty->enterprise);
        text_add(sql, " JOIN enterprise f ON f.code = x.text AND " HOLDS);
        text_add(sql, duty->by != REGISTRY_NONE && !duty->most ? " AND f.region = b.text" : "");
    }
    text_add_format(sql, " WHERE n.register = '%s' AND (?1 IS NULL OR ?2 = ?2) AND d.number %s",
                    duty->registry->code,
                    duty->every == DUTY_STANDING ? "<= ?4 AND ?3 = ?3 AND n.ended = 0"
                                                 : "BETWEEN ?3 AND ?4");
}

/* Whose an entry is; of one to an enterprise without BY, the county's in which that is. */
static const char *whose(const struct duty *duty)
{
    return duty->by != REGISTRY_NONE           ? "b.text"
           : duty->enterprise != REGISTRY_NONE ? "f.region"
                                               : "''";
}

/* How many entries each has; or enterprises with enough of them, or with too many. */
static struct tally count_kept(const struct looking *l)
{
    const struct duty *duty = l->asked->duty;
    struct text sql = {0};
    if (duty->enterprise == REGISTRY_NONE) {
        text_add_format(&sql, "SELECT %s, count(*)", whose(duty));
        add_entries(&sql, duty);
        text_add(&sql, " GROUP BY 1");
    } else {
        text_add_format(&sql, "SELECT who, count(*) FROM (SELECT %s AS who, f.id AS firm",
                        whose(duty));
        add_entries(&sql, duty);
        text_add_format(&sql, " GROUP BY 1, 2 HAVING count(*) %s %d) k GROUP BY who",
                        duty->most ? ">" : ">=", duty->times);
    }
    struct db_query *q = db_query_built(l->asked->center->db, sql.data);
    bind(q, l);
    text_free(&sql);
    return read_tally(q);
}

static struct tally count_firms(const struct looking *l)
{
    struct db_query *q =
        db_query(l->asked->center->db, "SELECT f.region, count(*) FROM enterprise f WHERE " HOLDS
                                       " AND ?3 = ?3 AND ?4 = ?4 GROUP BY 1");
    bind(q, l);
    return read_tally(q);
}

/* ---- judged */

static enum duty_state judge(const struct looking *l, const struct duty_line *line)
{
    int today = clock_day(l->asked->center->now);
    if (line->duty->most)
        return line->have > line->need ? DUTY_EXCEEDED : DUTY_KEPT;
    if (line->have >= line->need)
        return DUTY_KEPT;
    if (l->last < today || line->duty->every == DUTY_STANDING)
        return DUTY_MISSED;
    return l->last - today < line->duty->soon ? DUTY_SOON : DUTY_OPEN;
}

/* Who is being told of, and to whom. */
struct telling {
    const struct looking *l;
    struct duty_line line;
    struct tally kept, firms;
    void (*take)(void *context, const struct duty_line *line);
    void *context;
};

static void tell(struct telling *t, const char *who, const char *name)
{
    struct duty_line *line = &t->line;
    bool each = line->duty->enterprise != REGISTRY_NONE;
    line->who = who;
    line->who_name = name;
    line->have = tally_of(&t->kept, line->duty->by == REGISTRY_NONE && !each ? "" : who);
    line->need = line->duty->most && each ? 0 : each ? tally_of(&t->firms, who) : line->duty->times;
    line->state = judge(t->l, line);
    if (!each || line->duty->most || line->need)
        t->take(t->context, line);
}

static bool is_among(const char *const *list, const char *word)
{
    while (*list && strcmp(*list, word) != 0)
        list++;
    return *list != NULL;
}

static void tell_all(struct telling *t)
{
    const struct duty *duty = t->line.duty;
    const struct org_table *orgs = t->l->asked->orgs;
    for (int64_t i = 0; i < orgs->count; i++) {
        const struct org *org = &orgs->orgs[i];
        if (is_among(duty->orgs, org->code) || is_among(duty->groups, org->peer_group))
            tell(t, org->code, org->name);
    }
    for (const char *const *word = duty->choices; *word; word++) {
        const struct term *choice = registry_choice(&duty->registry->fields[duty->by], *word);
        tell(t, choice->code, choice->name);
    }
}

static struct looking look(const struct duty_asked *asked, int first, int last)
{
    int today = clock_day(asked->center->now);
    return (struct looking){asked, first, last, last < today ? last : today};
}

static void check_period(const struct duty_asked *asked, int first, int last,
                         void (*take)(void *, const struct duty_line *), void *context)
{
    const struct looking l = look(asked, first, last);
    struct text name = {0};
    add_period(&name, asked->duty->every, first);
    struct telling t = {
        .l = &l,
        .line = {.duty = asked->duty, .period = text_string(&name), .first = first, .last = last},
        .take = take,
        .context = context};
    t.kept = count_kept(&l);
    if (asked->duty->enterprise != REGISTRY_NONE)
        t.firms = count_firms(&l);
    tell_all(&t);
    tally_free(&t.kept);
    tally_free(&t.firms);
    text_free(&name);
}

void duty_check(const struct duty_asked *asked,
                void (*take)(void *context, const struct duty_line *line), void *context)
{
    const struct duty *duty = asked->duty;
    int next, from = asked->from > duty->since ? asked->from : duty->since;
    if (duty->every == DUTY_STANDING) {
        int today = clock_day(asked->center->now);
        if (today >= duty->since)
            check_period(asked, duty->since, today, take, context);
        return;
    }
    for (int first = duty_period(duty->every, from, &next); first <= asked->to;
         first = duty_period(duty->every, next, &next))
        check_period(asked, first, next - 1, take, context);
}

/* ---- enterprises that were passed over */

void duty_missing(const struct duty_asked *asked, const struct duty_line *line,
                  void (*take)(void *context, const char *code, const char *name), void *context)
{
    const struct duty *duty = asked->duty;
    const struct looking l = look(asked, line->first, line->last);
    struct text sql = {0};
    text_add_format(
        &sql, "SELECT f.code, f.name FROM enterprise f WHERE " HOLDS " AND %s f.id %s (SELECT f.id",
        duty->most ? "" : "f.region = ?5 AND", duty->most ? "IN" : "NOT IN");
    add_entries(&sql, duty);
    text_add_format(&sql, " AND %s = ?5 GROUP BY f.id HAVING count(*) %s %d) ORDER BY f.code",
                    whose(duty), duty->most ? ">" : ">=", duty->times);
    struct db_query *q = db_query_built(asked->center->db, sql.data);
    bind(q, &l);
    db_bind_text(q, 5, line->who);
    while (db_step(q))
        take(context, db_text(q, 0), db_text(q, 1));
    text_free(&sql);
}
