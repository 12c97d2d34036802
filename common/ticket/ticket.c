#include "ticket/ticket.h"

#include <stdlib.h>
#include <string.h>

#include "base/json.h"
#include "center/log.h"
#include "center/permit.h"

/* "t.id, t.ref ..." of read_row, without the fields that have the flags WITHOUT. */
static void add_select(struct text *sql, unsigned without, const char *rest)
{
    text_add(sql, "SELECT t.id, ");
    fields_add_columns(sql, &ticket_table, "t.", without);
    text_add_format(sql, " FROM ticket t%s", rest);
}

/* Its texts are the row's until the next step. */
static struct ticket read_row(struct db_query *q, unsigned without)
{
    struct ticket ticket = {.id = db_number(q, 0)};
    fields_read(q, 1, &ticket_table, without, &ticket);
    return ticket;
}

static struct db_query *ask_by_id(struct db *db, int64_t id)
{
    static const char by_id[] = " WHERE t.id = ?1";
    struct db_query *q = db_query_kept(db, by_id);
    if (!q) {
        struct text sql = {0};
        add_select(&sql, 0, by_id);
        q = db_query_keep(db, by_id, sql.data);
        text_free(&sql);
    }
    db_bind(q, 1, id);
    return q;
}

void ticket_get_ahead(struct db *db, int64_t id)
{
    db_ahead(ask_by_id(db, id));
}

struct ticket *ticket_get(struct db *db, int64_t id, struct arena *arena)
{
    struct db_query *q = ask_by_id(db, id);
    struct ticket *ticket = NULL;
    if (db_step(q)) {
        ticket = arena_zero(arena, sizeof *ticket);
        *ticket = read_row(q, 0);
        fields_keep(&ticket_table, ticket, arena);
    }
    db_reset(q);
    return ticket;
}

struct ticket **ticket_get_all(struct db *db, const int64_t *ids, int count, struct arena *arena)
{
    struct ticket **tickets = mem_zero((size_t)count + 1, sizeof *tickets);
    for (int i = 0; i < count && db_looks_ahead(db); i++)
        ticket_get_ahead(db, ids[i]);
    for (int i = 0; i < count; i++)
        tickets[i] = ticket_get(db, ids[i], arena);
    return tickets;
}

int ticket_distinct(const int64_t *ids, int count)
{
    int distinct = 0;
    for (bool again = false; distinct < count && !again; distinct += !again)
        for (int i = 0; i < distinct && !again; i++)
            again = ids[i] == ids[distinct];
    return distinct;
}

static struct db_query *ask_by_ref(struct db *db, const char *source, const char *ref)
{
    struct db_query *q = db_query(db, "SELECT id FROM ticket WHERE source = ?1 AND ref = ?2");
    db_bind_text(q, 1, source);
    db_bind_text(q, 2, ref);
    return q;
}

void ticket_find_ahead(struct db *db, const char *source, const char *ref)
{
    db_ahead(ask_by_ref(db, source, ref));
}

int64_t ticket_find(struct db *db, const char *source, const char *ref)
{
    return db_first(ask_by_ref(db, source, ref));
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

/* Of this enterprise, as the request says: by its code, else by its whole name. */
static void build_firm(struct clause *clause, const struct ticket_filter *f)
{
    if (!f->firm_code)
        return;
    start_term(clause);
    text_add(&clause->sql, "t.confidential = 0 AND t.id IN (");
    add_parameter(clause, "SELECT id FROM ticket WHERE uscc = ?", f->firm_code, 0);
    add_parameter(clause, " UNION ALL SELECT id FROM ticket WHERE uscc IS NULL AND enterprise = ?)",
                  f->firm_name, 0);
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
    build_firm(clause, f);
    add_number_term(clause,
                    "t.confidential = 0 AND t.id IN (SELECT k.id FROM association_member m"
                    " JOIN enterprise e ON e.id = m.enterprise_id JOIN ticket k ON k.uscc = e.code"
                    " WHERE m.org_id = ?)",
                    f->association);
    /* Else whoever may not see a text could find it out, a letter a search. */
    add_text_term(clause,
                  f->whole_text ? "instr(t.title || '\n' || t.body, ?) > 0"
                                : "(SELECT instr(v.title || '\n' || v.body, ?) FROM v_shown v"
                                  " WHERE v.id = t.id) > 0",
                  f->text);
    add_wanted_term(clause,
                    "t.id IN (SELECT r.ticket_id FROM route r JOIN org o ON o.id = r.org_id"
                    " WHERE o.code = ?)",
                    &f->orgs);
    add_wanted_term(clause, "coalesce((SELECT o.code FROM org o WHERE o.id = t.center), '') = ?",
                    &f->centers);
    add_text_term(clause, "t.policy_id IN (SELECT id FROM policy WHERE interpreter = ?)",
                  f->interpreter);
    add_number_term(clause, "t.policy_id = ?", f->origins[0]);
    add_number_term(clause, "t.entry_id = ?", f->origins[1]);
    add_number_term(clause, "t.liaison_id = ?", f->origins[2]);
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

void ticket_name_sender(const struct ticket *ticket, const char *names[TICKET_SENDER_NAMES + 1])
{
    const char *const known[TICKET_SENDER_NAMES] = {ticket->enterprise, ticket->uscc, ticket->phone,
                                                    ticket->contact};
    int count = 0;
    for (int i = 0; i < TICKET_SENDER_NAMES; i++)
        if (known[i])
            names[count++] = known[i];
    names[count] = NULL;
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
    unsigned without = filter->whole ? 0 : TICKET_LONG;
    build_where(&clause, filter);
    add_select(&sql, without, text_string(&clause.sql));
    add_order(&sql, filter);
    struct db_query *q = db_query_built(db, sql.data);
    for (size_t i = 0; i < clause.count; i++)
        if (clause.texts[i])
            db_bind_text(q, (int)i + 1, clause.texts[i]);
        else
            db_bind(q, (int)i + 1, clause.numbers[i]);
    while (db_step(q)) {
        struct ticket row = read_row(q, without);
        take(context, &row);
    }
    text_free(&clause.sql);
    free(clause.texts);
    free(clause.numbers);
    text_free(&sql);
}

int64_t ticket_count(struct db *db)
{
    return db_count(db, "SELECT count(*) FROM ticket");
}

enum { BATCH = 500 };

void ticket_each_stored(struct db *db, void (*take)(void *, const struct ticket *), void *context)
{
    struct text sql = {0};
    int64_t last = 0;
    text_add(&sql, "SELECT t.id, ");
    fields_add_columns(&sql, &ticket_table, "t.", 0);
    text_add_format(&sql, " FROM %s.ticket t WHERE t.id > ?1 ORDER BY t.id LIMIT %d",
                    db_side(db, false), BATCH);
    for (int count = BATCH; count == BATCH;) {
        struct db_query *q = db_query_built(db, sql.data);
        db_bind(q, 1, last);
        for (count = 0; db_step(q); count++) {
            struct ticket row = read_row(q, 0);
            last = row.id;
            take(context, &row);
        }
    }
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
    permit_need_search(center);
    json_start(&data);
    json_add_text(&data, "program", program);
    json_add_text(&data, "text", text);
    json_add_number(&data, "matched", matched);
    event_log(center, 0, "unmasked", 0, &data);
}

void ticket_log_lookup(struct center *center, const char *program, const struct ticket_filter *f)
{
    if (!f->contacts.count && !f->phones.count)
        return;
    center_begin(center, false);
    event_add_unmasked(center, 0, program, "fields",
                       !f->phones.count     ? "contact"
                       : !f->contacts.count ? "phone"
                                            : "contact phone");
    db_commit(center->db);
}
