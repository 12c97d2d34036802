#include "ticket/ticket.h"

#include <stdlib.h>
#include <string.h>

#include "base/json.h"
#include "center/log.h"

const char *const ticket_fields[] = {"ref",    "source",   "channel",  "kind",       "title",
                                     "body",   "contact",  "phone",    "enterprise", "uscc",
                                     "region", "category", "received", NULL};

/* The columns of read_row, in its order. */
#define COLUMNS                                                                                    \
    "t.id, t.source, t.ref, t.channel, t.kind, t.kind_by, t.title, t.enterprise, t.uscc,"          \
    " t.contact, t.phone, t.region, t.category, t.received_at, t.state, t.confidential, t.round,"  \
    " t.started_at, t.limit_days, t.lead, t.dispatched_at, t.accept_due_at, t.accepted_at,"        \
    " t.suspended_at, t.suspended_until, t.answered_at, t.first_answered_at, t.rating,"            \
    " t.rated_at, t.outcome, t.closed_at, t.closed_as, t.returns, t.merged_into, t.callers,"       \
    " t.due_at, t.provisional, t.calendar_id, t.level, t.next_level_at,"                           \
    " t.until_day, t.errand, t.pooled_at"
enum { COLUMN_COUNT = 43 };

static void read_request(struct db_query *q, struct ticket *t)
{
    t->id = db_number(q, 0);
    t->source = db_text(q, 1);
    t->ref = db_text(q, 2);
    t->channel = db_text(q, 3);
    t->kind = db_text(q, 4);
    t->kind_by = db_text(q, 5);
    t->title = db_text(q, 6);
    t->enterprise = db_text(q, 7);
    t->uscc = db_text(q, 8);
    t->contact = db_text(q, 9);
    t->phone = db_text(q, 10);
    t->region = db_text(q, 11);
    t->category = db_text(q, 12);
    t->received_at = db_number(q, 13);
    t->until_day = (int)db_number(q, 40);
    t->errand = db_number(q, 41) != 0;
}

static void read_projection(struct db_query *q, struct ticket *t)
{
    t->state = db_text(q, 14);
    t->confidential = db_number(q, 15) != 0;
    t->round = (int)db_number(q, 16);
    t->started_at = db_number(q, 17);
    t->limit_days = (int)db_number(q, 18);
    t->lead = db_number(q, 19);
    t->dispatched_at = db_number(q, 20);
    t->accept_due_at = db_number(q, 21);
    t->accepted_at = db_number(q, 22);
    t->suspended_at = db_number(q, 23);
    t->suspended_until = db_number(q, 24);
    t->answered_at = db_number(q, 25);
    t->first_answered_at = db_number(q, 26);
    t->rating = (int)db_number(q, 27);
    t->rated_at = db_number(q, 28);
    t->outcome = db_text(q, 29);
    t->closed_at = db_number(q, 30);
    t->closed_as = db_text(q, 31);
    t->returns = (int)db_number(q, 32);
    t->merged_into = db_number(q, 33);
    t->callers = (int)db_number(q, 34);
    t->due_at = db_number(q, 35);
    t->provisional = db_number(q, 36) != 0;
    t->calendar_id = db_number(q, 37);
    t->level = db_text(q, 38);
    t->next_level_at = db_number(q, 39);
    t->pooled_at = db_number(q, 42);
}

static struct ticket read_row(struct db_query *q)
{
    struct ticket ticket = {0};
    read_request(q, &ticket);
    read_projection(q, &ticket);
    return ticket;
}

static void keep(struct arena *arena, const char **text)
{
    if (*text)
        *text = arena_string(arena, *text);
}

static struct ticket *keep_ticket(struct arena *arena, const struct ticket *row)
{
    struct ticket *t = arena_zero(arena, sizeof *t);
    *t = *row;
    const char **const texts[] = {&t->source, &t->ref,     &t->channel,    &t->kind,  &t->kind_by,
                                  &t->title,  &t->body,    &t->enterprise, &t->uscc,  &t->contact,
                                  &t->phone,  &t->region,  &t->category,   &t->extra, &t->state,
                                  &t->level,  &t->outcome, &t->closed_as};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        keep(arena, texts[i]);
    return t;
}

struct ticket *ticket_get(struct db *db, int64_t id, struct arena *arena)
{
    struct db_query *q =
        db_query(db, "SELECT " COLUMNS ", t.body, t.extra FROM ticket t WHERE t.id = ?1");
    struct ticket *ticket = NULL;
    db_bind(q, 1, id);
    if (db_step(q)) {
        struct ticket row = read_row(q);
        row.body = db_text(q, COLUMN_COUNT);
        row.extra = db_text(q, COLUMN_COUNT + 1);
        ticket = keep_ticket(arena, &row);
    }
    db_reset(q);
    return ticket;
}

int64_t ticket_find(struct db *db, const char *source, const char *ref)
{
    struct db_query *q = db_query(db, "SELECT id FROM ticket WHERE source = ?1 AND ref = ?2");
    db_bind_text(q, 1, source);
    db_bind_text(q, 2, ref);
    return db_first(q);
}

struct fact_search {
    const char *name;
    struct arena *arena;
    const char *value;
};

static void take_fact(void *context, const char *key, const char *value)
{
    struct fact_search *search = context;
    if (value && !strcmp(key, search->name))
        search->value = arena_string(search->arena, value);
}

/* A fact of the enterprise: its name, its credit code, or a column that came with the ticket. */
static const char *find_fact(void *context, const char *name)
{
    struct ticket_facts *facts = context;
    struct fault fault = {""};
    if (!strcmp(name, "name"))
        return facts->ticket->enterprise;
    if (!strcmp(name, "uscc"))
        return facts->ticket->uscc;
    if (!facts->ticket->extra)
        return NULL;
    struct fact_search search = {.name = name, .arena = &facts->arena};
    json_read_object(facts->ticket->extra, take_fact, &search, &fault);
    return search.value;
}

struct rule_subject ticket_subject(const struct ticket *ticket, struct ticket_facts *facts)
{
    facts->ticket = ticket;
    return (struct rule_subject){.kind = ticket->kind,
                                 .channel = ticket->channel,
                                 .source = ticket->source,
                                 .region = ticket->region,
                                 .category = ticket->category,
                                 .title = ticket->title,
                                 .body = ticket->body ? ticket->body : "",
                                 .fact = find_fact,
                                 .context = facts};
}

void ticket_facts_free(struct ticket_facts *facts)
{
    arena_free(&facts->arena);
}

/* A WHERE clause under construction; its parameters are bound in the order of their numbers. */
struct clause {
    struct text sql;
    const char **texts; /* NULL where it is a number */
    int64_t *numbers;
    size_t count;
};

/* Appends SQL with each ? the parameter of this number. */
static void add_numbered(struct text *to, const char *sql, size_t number)
{
    for (; *sql; sql++)
        if (*sql == '?')
            text_add_format(to, "?%zu", number);
        else
            text_add_char(to, *sql);
}

static void start_term(struct clause *clause)
{
    text_add(&clause->sql, clause->sql.length ? " AND " : " WHERE ");
}

/* One parameter, which SQL names as ?. */
static void add_parameter(struct clause *clause, const char *sql, const char *text, int64_t number)
{
    clause->texts = mem_grow(clause->texts, clause->count, sizeof *clause->texts);
    clause->numbers = mem_grow(clause->numbers, clause->count, sizeof *clause->numbers);
    clause->texts[clause->count] = text;
    clause->numbers[clause->count++] = number;
    add_numbered(&clause->sql, sql, clause->count);
}

static void add_text_term(struct clause *clause, const char *sql, const char *text)
{
    if (!text)
        return;
    start_term(clause);
    add_parameter(clause, sql, text, 0);
}

static void add_number_term(struct clause *clause, const char *sql, int64_t number)
{
    if (!number)
        return;
    start_term(clause);
    add_parameter(clause, sql, NULL, number);
}

/* Any of the words, where there are some. */
static void add_wanted_term(struct clause *clause, const char *sql, const struct wanted *words)
{
    if (!words->count)
        return;
    start_term(clause);
    for (int i = 0; i < words->count; i++) {
        text_add(&clause->sql, i ? " OR " : "(");
        add_parameter(clause, sql, words->list[i], 0);
    }
    text_add(&clause->sql, ")");
}

/* A telephone as its digits alone. */
#define PHONE_DIGITS                                                                               \
    "replace(replace(replace(replace(replace(t.phone, '-', ''), ' ', ''), '(', ''), ')', ''), "    \
    "'+', '')"

/* Who is looked for by name or telephone is not found in a confidential ticket: that one was found
 * would tell it. */
static void build_personal(struct clause *clause, const struct ticket_filter *f)
{
    add_wanted_term(clause,
                    "(SELECT instr(v.enterprise, ?) FROM v_shown v WHERE v.id = t.id) > 0"
                    " OR t.uscc = ?",
                    &f->enterprises);
    add_wanted_term(clause, "instr(t.contact, ?) > 0", &f->contacts);
    add_wanted_term(clause,
                    "substr(" PHONE_DIGITS ", length(" PHONE_DIGITS ") - length(?) + 1) = ?",
                    &f->phones);
    if (!f->enterprises.count && !f->contacts.count && !f->phones.count)
        return;
    start_term(clause);
    text_add(&clause->sql, "t.confidential = 0");
}

static void build_where(struct clause *clause, const struct ticket_filter *f)
{
    add_wanted_term(clause, "t.state = ?", &f->states);
    add_wanted_term(clause, "t.kind = ?", &f->kinds);
    add_wanted_term(clause, "t.channel = ?", &f->channels);
    add_wanted_term(clause, "t.region = ?", &f->regions);
    add_wanted_term(clause, "t.source = ?", &f->sources);
    add_wanted_term(clause, "t.level = ?", &f->levels);
    add_wanted_term(clause, "t.ref = ?", &f->refs);
    add_wanted_term(clause, "t.closed_as = ?", &f->closed_as);
    add_number_term(clause, TICKET_IS_PROBLEM " ?", f->problem_after);
    build_personal(clause, f);
    /* Else whoever may not see a text could find it out, a letter a search. */
    add_text_term(clause,
                  f->whole_text ? "instr(t.title || char(10) || t.body, ?) > 0"
                                : "(SELECT instr(v.title || char(10) || v.body, ?) FROM v_shown v"
                                  " WHERE v.id = t.id) > 0",
                  f->text);
    add_wanted_term(clause,
                    "t.id IN (SELECT r.ticket_id FROM route r JOIN org o ON o.id = r.org_id"
                    " WHERE o.code = ?)",
                    &f->orgs);
    add_number_term(clause, "t.due_at >= ?", f->due_from);
    add_number_term(clause, "t.due_at <= ?", f->due_to);
    add_number_term(clause, "t.received_at >= ?", f->received_from);
    add_number_term(clause, "t.received_at <= ?", f->received_to);
    add_number_term(clause, "t.accepted_at IS NULL AND t.accept_due_at <= ?", f->accept_due_to);
    add_number_term(clause, "t.id >= ?", f->id_from);
    add_number_term(clause, "t.id <= ?", f->id_to);
    if (f->open_only) {
        start_term(clause);
        text_add(&clause->sql, "t.answered_at IS NULL AND t.closed_at IS NULL");
    }
}

static const char *const states[] = {"received", "conference", "dispatched", "accepted", "answered",
                                     "rated",    "closed",     "待派发",     "会商中",   "已派发",
                                     "已签收",   "已答复",     "待回访",     "已办结"};
enum { STATE_COUNT = 7 };

const char *ticket_state(const char *word)
{
    for (int i = 0; i < 2 * STATE_COUNT; i++)
        if (!strcmp(states[i], word))
            return states[i % STATE_COUNT];
    return NULL;
}

const char *ticket_state_name(const char *code)
{
    for (int i = 0; i < STATE_COUNT; i++)
        if (!strcmp(states[i], code))
            return states[STATE_COUNT + i];
    return code;
}

const char *ticket_state_code(int number)
{
    return number >= 0 && number < STATE_COUNT ? states[number] : NULL;
}

const char *ticket_nearest_state(const char *word)
{
    return text_nearest(word, states, sizeof states / sizeof *states);
}

const char *ticket_list_states(char *list, size_t size)
{
    *list = '\0';
    for (int i = 0; i < STATE_COUNT; i++)
        text_choice(list, size, states[i], states[STATE_COUNT + i]);
    return list;
}

static const char *const sorts[][2] = {
    {"id", "t.id"}, {"due", "t.due_at"}, {"received", "t.received_at"}, {NULL, NULL}};

bool ticket_can_sort(const char *name)
{
    for (int i = 0; sorts[i][0]; i++)
        if (!strcmp(sorts[i][0], name))
            return true;
    return false;
}

static void add_order(struct text *sql, const struct ticket_filter *f)
{
    const char *by = "t.id";
    for (int i = 0; f->sort && sorts[i][0]; i++)
        if (!strcmp(sorts[i][0], f->sort))
            by = sorts[i][1];
    text_add_format(sql, " ORDER BY %s%s, t.id", by, f->reverse ? " DESC" : "");
    if (f->limit)
        text_add_format(sql, " LIMIT %lld", (long long)f->limit);
}

void ticket_each(struct db *db, const struct ticket_filter *filter,
                 void (*take)(void *, const struct ticket *), void *context)
{
    struct clause clause = {0};
    struct text sql = {0};
    build_where(&clause, filter);
    text_add_format(&sql, "SELECT " COLUMNS " FROM ticket t%s", text_string(&clause.sql));
    add_order(&sql, filter);
    struct db_query *q = db_query_built(db, sql.data);
    for (size_t i = 0; i < clause.count; i++)
        if (clause.texts[i])
            db_bind_text(q, (int)i + 1, clause.texts[i]);
        else
            db_bind(q, (int)i + 1, clause.numbers[i]);
    while (db_step(q)) {
        struct ticket row = read_row(q);
        take(context, &row);
    }
    text_free(&clause.sql);
    free(clause.texts);
    free(clause.numbers);
    text_free(&sql);
}

void ticket_each_new(struct db *db, int64_t first, int64_t last,
                     void (*take)(void *, const struct ticket *), void *context)
{
    struct db_query *q =
        db_query(db, "SELECT id, due_at, kind FROM ticket WHERE id BETWEEN ?1 AND ?2 ORDER BY id");
    db_bind(q, 1, first);
    db_bind(q, 2, last);
    while (db_step(q))
        take(context, &(struct ticket){
                          .id = db_number(q, 0), .due_at = db_number(q, 1), .kind = db_text(q, 2)});
}

int ticket_unrated(struct center *center, int64_t after, int64_t *ids, int limit)
{
    int count = 0;
    struct deadline wait;
    struct db_query *q = db_query(center->db, "SELECT id, answered_at FROM ticket WHERE"
                                              " state = 'answered' AND id > ?1 ORDER BY id");
    db_bind(q, 1, after);
    while (count < limit && db_step(q))
        if (deadline_compute(center_calendar(center), &center->config->rule, db_number(q, 1),
                             center->config->limits.rating_days, &wait) &&
            center->now > wait.due_at)
            ids[count++] = db_number(q, 0);
    db_reset(q);
    return count;
}

void ticket_log_search(struct center *center, const char *program, const char *text,
                       int64_t matched)
{
    struct text data = {0};
    json_start(&data);
    json_add_text(&data, "program", program);
    json_add_text(&data, "text", text);
    json_add_number(&data, "matched", matched);
    event_log(center, 0, "unmasked", 0, &data);
}
