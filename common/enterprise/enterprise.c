#include "enterprise/enterprise.h"

#include <stdlib.h>
#include <string.h>

#include "base/day.h"
#include "base/die.h"
#include "base/json.h"
#include "base/uscc.h"
#include "center/log.h"
#include "center/org.h"
#include "enterprise/projection.h"

enum enterprise_act { ENTERPRISE_ADD, ENTERPRISE_CHANGE };

/* What is known of an enterprise comes from any department; the log says from which. */
static const struct gate_act acts[] = {
    [ENTERPRISE_ADD] = {"add an enterprise", "enterprise-add", "登记企业", GATE_NEW, GATE_BY_ANYONE,
                        "enterprise-added"},
    [ENTERPRISE_CHANGE] = {"change an enterprise", "enterprise-add", "变更企业", GATE_REGISTERED,
                           GATE_BY_ANYONE, "enterprise-changed"},
    {NULL, NULL, NULL, 0, GATE_BY_CENTER, NULL}};

const struct gate_record enterprise_record = {"enterprise", "企业", gate_registers,
                                              gate_register_name, acts};

/* A save under way: what changed is gathered for the event. */
struct saving {
    struct center *center;
    const struct profile *profile;
    const struct enterprise *enterprise;
    const struct gate_who *who;
    int64_t id;
    struct text changes;  /* JSON objects, by commas */
    struct text personal; /* members, behind a bracket */
    bool changed, added;
    int facts_from; /* the latest day of a standard fact that was saved */
};

static bool is_same(const char *a, const char *b)
{
    return a == b || (a && b && !strcmp(a, b));
}

/* ---- finding ---- */

int64_t enterprise_find(struct db *db, const char *word)
{
    struct db_query *q = db_query(db, "SELECT id FROM enterprise WHERE code = ?1");
    db_bind_text(q, 1, word);
    int64_t id = db_first(q);
    enum uscc_result code = uscc_check(word);
    if (id || code == USCC_GOOD || code == USCC_WRONG_CHECK)
        return id;
    q = db_query(db, "SELECT id FROM enterprise WHERE name = ?1 ORDER BY id LIMIT 1");
    db_bind_text(q, 1, word);
    id = db_first(q);
    return id;
}

const char *enterprise_unknown(const char *word, struct fault *fault)
{
    return fault_unknown(fault, "enterprise", word, NULL,
                         "; enterprise-list --text finds one by a part of its name or code");
}

int64_t enterprise_need(struct db *db, const char *word)
{
    int64_t id = enterprise_find(db, word);
    if (!id) {
        struct fault fault = {""};
        die("%s", enterprise_unknown(word, &fault));
    }
    return id;
}

void enterprise_each(struct db *db, const char *text,
                     void (*take)(void *context, int64_t id, const char *code, const char *name),
                     void *context)
{
    struct db_query *q =
        db_query(db, "SELECT id, code, name FROM enterprise WHERE ?1 IS NULL"
                     " OR instr(lower(code || '\n' || name), lower(?1)) > 0 ORDER BY id");
    db_bind_text(q, 1, text);
    while (db_step(q))
        take(context, db_number(q, 0), db_text(q, 1), db_text(q, 2));
}

bool enterprise_load(struct db *db, int64_t id, struct arena *arena, struct enterprise *enterprise)
{
    struct db_query *q = db_query_kept(db, &enterprise_table);
    if (!q) {
        struct text sql = {0};
        text_add(&sql, "SELECT ");
        fields_add_columns(&sql, &enterprise_table, "", 0);
        text_add(&sql, " FROM enterprise WHERE id = ?1");
        q = db_query_keep(db, &enterprise_table, sql.data);
        text_free(&sql);
    }
    db_bind(q, 1, id);
    if (!db_step(q))
        return false;
    *enterprise = (struct enterprise){.id = id};
    fields_read(q, 0, &enterprise_table, 0, enterprise);
    fields_keep(&enterprise_table, enterprise, arena);
    db_reset(q);
    return true;
}

/* ---- facts ---- */

/* The value in a row of columns number and code. */
static struct fact_range read_value(const struct profile *profile, int fact, struct db_query *q,
                                    int number_column)
{
    const char *code = db_text(q, number_column + 1);
    int64_t number = db_number(q, number_column);
    return code ? profile_kept(profile, fact, code) : (struct fact_range){number, number};
}

static bool equal_ranges(struct fact_range a, struct fact_range b)
{
    return a.low == b.low && a.high == b.high;
}

/* A fraction that a reader of JSON would round is told exactly besides. */
enum { EXACT_DIGITS = 15 };

static void add_json_value(struct text *out, const char *key, const struct profile *profile,
                           int fact, struct fact_range value)
{
    char buffer[PROFILE_CODE_SIZE], number[DECIMAL_TEXT_SIZE];
    const char *code = profile_code(profile, fact, value, buffer);
    if (code)
        json_add_text(out, key, code);
    else
        json_add_raw(out, key, decimal_plain(value.low, number));
}

static void start_note(struct saving *s)
{
    if (s->changes.length)
        text_add_char(&s->changes, ',');
    json_start(&s->changes);
    s->changed = true;
}

/* Notes one change for the event; WAS is FACT_UNKNOWN where nothing was there. */
static void note_fact(struct saving *s, const struct enterprise_fact *fact, struct fact_range was)
{
    char day[DAY_TEXT_SIZE], number[DECIMAL_TEXT_SIZE];
    start_note(s);
    json_add_text(&s->changes, "fact", s->profile->facts[fact->fact].code);
    json_add_text(&s->changes, "from", day_print(fact->from, day));
    add_json_value(&s->changes, "value", s->profile, fact->fact, fact->value);
    if (strlen(decimal_plain(fact->value.low, number)) > EXACT_DIGITS && strchr(number, '.'))
        json_add_number(&s->changes, "millionths", fact->value.low);
    if (was.low != INT64_MIN)
        add_json_value(&s->changes, "was", s->profile, fact->fact, was);
    json_end(&s->changes);
}

/* True where the same holds on its day already; *WAS is another value that was entered for that
 * very day, or FACT_UNKNOWN. */
static bool fact_is_known(struct saving *s, const struct enterprise_fact *fact,
                          struct fact_range *was)
{
    *was = FACT_UNKNOWN;
    if (s->added)
        return false;
    struct db_query *q = db_query(s->center->db, "SELECT from_day, number, code FROM fact"
                                                 " WHERE name = ?1 AND enterprise_id = ?2"
                                                 " AND from_day <= ?3"
                                                 " ORDER BY from_day DESC LIMIT 1");
    db_bind_text(q, 1, s->profile->facts[fact->fact].code);
    db_bind(q, 2, s->id);
    db_bind(q, 3, fact->from);
    bool same = false;
    if (db_step(q)) {
        struct fact_range value = read_value(s->profile, fact->fact, q, 1);
        same = equal_ranges(value, fact->value);
        if (db_number(q, 0) == fact->from)
            *was = value;
    }
    db_reset(q);
    return same;
}

static void save_fact(struct saving *s, const struct enterprise_fact *fact)
{
    struct fact_range was;
    char buffer[PROFILE_CODE_SIZE];
    if (fact_is_known(s, fact, &was))
        return;
    note_fact(s, fact, was);
    enterprise_apply(s->center->db, s->id,
                     &(struct enterprise_change){
                         .kind = CHANGE_FACT,
                         .name = s->profile->facts[fact->fact].code,
                         .from = fact->from,
                         .code = profile_code(s->profile, fact->fact, fact->value, buffer),
                         .number = fact->value.low});
    if (fact->fact < FACT_OF_SIZE && fact->from > s->facts_from)
        s->facts_from = fact->from;
}

static const char *level_code(struct fact_range value)
{
    return value.low == value.high && value.low > 0 ? profile_levels[value.low - 1] : NULL;
}

static void note_tag(struct saving *s, const struct enterprise_fact *fact)
{
    char day[DAY_TEXT_SIZE];
    start_note(s);
    json_add_text(&s->changes, "tag", s->profile->facts[fact->fact].code);
    json_add_text(&s->changes, "from", day_print(fact->from, day));
    if (fact->until != ENTERPRISE_NO_DAY)
        json_add_text(&s->changes, "until", day_print(fact->until, day));
    json_add_raw(&s->changes, "held", fact->value.high ? "true" : "false");
    json_add_text(&s->changes, "level", level_code(fact->value));
    json_end(&s->changes);
}

/* Whether what Q (held, level, until) knows of a tag on FACT's first day says the same. Where FACT
 * is undated it takes the end that is known. */
static bool says_the_same(struct enterprise_fact *fact, struct db_query *q)
{
    int until = db_is_null(q, 2) ? ENTERPRISE_NO_DAY : (int)db_number(q, 2);
    const char *level = level_code(fact->value);
    if (db_number(q, 0) != (fact->value.high > 0) || until < fact->from)
        return false;
    if (fact->undated)
        fact->until = until;
    return fact->until == until && (is_same(db_text(q, 1), level) || (fact->undated && !level));
}

/* True where the tag is known like this on its day already. */
static bool tag_is_known(struct saving *s, struct enterprise_fact *fact)
{
    struct db_query *q =
        db_query(s->center->db, "SELECT held, level, until_day FROM tag WHERE tag = ?1"
                                " AND enterprise_id = ?2 AND from_day <= ?3"
                                " ORDER BY from_day DESC LIMIT 1");
    db_bind_text(q, 1, s->profile->facts[fact->fact].code);
    db_bind(q, 2, s->id);
    db_bind(q, 3, fact->from);
    bool same = db_step(q) && says_the_same(fact, q);
    db_reset(q);
    return same;
}

static void save_tag(struct saving *s, const struct enterprise_fact *given)
{
    struct enterprise_fact copy = *given, *fact = &copy;
    if (tag_is_known(s, fact))
        return;
    note_tag(s, fact);
    enterprise_apply(s->center->db, s->id,
                     &(struct enterprise_change){.kind = CHANGE_TAG,
                                                 .name = s->profile->facts[fact->fact].code,
                                                 .from = fact->from,
                                                 .until = fact->until,
                                                 .held = fact->value.high > 0,
                                                 .level = level_code(fact->value)});
}

/* ---- saving ---- */

/* Personal data stand beside the list of changes, where they are sealed and can be erased. */
static void note_field(struct saving *s, const struct field *field, const char *was, const char *is)
{
    bool is_told = field->member != NULL;
    start_note(s);
    json_add_text(&s->changes, "field", field->name);
    json_add_text(&s->changes, "value", is_told ? is : NULL);
    json_add_text(&s->changes, "was", is_told ? was : NULL);
    json_end(&s->changes);
    if (is_told)
        return;
    if (!s->personal.length)
        json_start(&s->personal);
    json_add_text(&s->personal, enterprise_member(field), is);
}

/* Stores the fields that E says otherwise than it is, in WAS; what is NULL stays. */
static void save_fields(struct saving *s, const struct enterprise *was, const struct enterprise *e)
{
    struct enterprise is = *was;
    for (int i = ENTERPRISE_CODE + 1; i < enterprise_table.count; i++) {
        const struct field *field = enterprise_field(i);
        const char *text = field_text(field, e);
        if (!text || field_is_same(field, was, e))
            continue;
        note_field(s, field, field_text(field, was), text);
        *field_text_at(field, &is) = text;
    }
    fields_update(s->center->db, &enterprise_table, s->id, was, &is);
}

/* A new one begins with its code and its name, which is its first change. */
static void insert(struct saving *s, const struct enterprise *e)
{
    const struct enterprise begun = {.code = e->code, .name = e->name};
    s->id = enterprise_next_id(s->center->db);
    enterprise_begin(s->center->db, s->id, e->code, e->name);
    note_field(s, enterprise_field(ENTERPRISE_NAME), NULL, e->name);
    save_fields(s, &begun, e);
}

static void update(struct saving *s, const struct enterprise *e)
{
    struct arena arena = {0};
    struct enterprise was;
    enterprise_load(s->center->db, s->id, &arena, &was);
    save_fields(s, &was, e);
    arena_free(&arena);
}

static void log_change(struct saving *s)
{
    struct text data = {0}, list = {0};
    text_add_format(&list, "[%s]", text_string(&s->changes));
    json_start(&data);
    if (s->added)
        json_add_number(&data, "id", s->id);
    json_add_text(&data, "enterprise", s->enterprise->code);
    json_add_raw(&data, "changes", list.data);
    if (s->personal.length)
        text_add_format(&data, ",%s", s->personal.data + 1);
    json_add_text(&data, "reason", s->enterprise->reason);
    org_add_code(&data, "by", s->center->db, s->who->by);
    event_log(s->center, 0, acts[s->added ? ENTERPRISE_ADD : ENTERPRISE_CHANGE].event, s->who->at,
              &data);
    text_free(&list);
}

/* Whether anything changes is known when all of it was looked at: a tag can settle the next one. */
static bool step(void *context)
{
    struct saving *s = context;
    const struct enterprise *e = s->enterprise;
    if (s->added)
        insert(s, e);
    else
        update(s, e);
    for (int i = 0; i < e->fact_count; i++)
        if (s->profile->facts[e->facts[i].fact].type == FACT_TAG)
            save_tag(s, &e->facts[i]);
        else
            save_fact(s, &e->facts[i]);
    if (s->facts_from != INT32_MIN)
        enterprise_project(s->center->db, s->id, s->facts_from);
    if (s->changed)
        log_change(s);
    return true;
}

enum enterprise_result enterprise_save(struct center *center, const struct profile *profile,
                                       const struct enterprise *enterprise,
                                       const struct gate_who *who, struct fault *fault)
{
    struct saving s = {.center = center,
                       .profile = profile,
                       .enterprise = enterprise,
                       .who = who,
                       .facts_from = INT32_MIN};
    s.id = enterprise_find(center->db, enterprise->code);
    s.added = !s.id;
    const struct gate gate = {.record = &enterprise_record,
                              .act = s.added ? ENTERPRISE_ADD : ENTERPRISE_CHANGE,
                              .state = gate_register(s.id),
                              .at = who->at,
                              .by = &who->by,
                              .fault = fault,
                              .context = &s,
                              .step = step,
                              .is_sure = true};
    enum gate_result result = gate_pass(center, &gate);
    text_free(&s.changes);
    text_free(&s.personal);
    return result == GATE_REFUSED ? ENTERPRISE_REFUSED
           : s.added              ? ENTERPRISE_ADDED
           : s.changed            ? ENTERPRISE_CHANGED
                                  : ENTERPRISE_SAME;
}

/* ---- history ---- */

static struct enterprise_fact *next_fact(struct enterprise_fact **facts, int *count)
{
    *facts = mem_grow(*facts, (size_t)*count, sizeof **facts);
    return &(*facts)[(*count)++];
}

static int compare_facts(const void *a, const void *b)
{
    const struct enterprise_fact *x = a, *y = b;
    if (x->fact != y->fact)
        return x->fact < y->fact ? -1 : 1;
    return (x->from > y->from) - (x->from < y->from);
}

static void read_facts(struct db *db, const struct profile *profile, int64_t id,
                       struct enterprise_fact **facts, int *count)
{
    struct db_query *q =
        db_query(db, "SELECT name, from_day, number, code FROM fact WHERE enterprise_id = ?1"
                     " ORDER BY name, from_day");
    db_bind(q, 1, id);
    while (db_step(q)) {
        int fact = profile_fact(profile, db_text(q, 0));
        if (fact >= 0)
            *next_fact(facts, count) =
                (struct enterprise_fact){.fact = fact,
                                         .value = read_value(profile, fact, q, 2),
                                         .from = (int)db_number(q, 1),
                                         .until = ENTERPRISE_NO_DAY};
    }
}

static void read_tags(struct db *db, const struct profile *profile, int64_t id,
                      struct enterprise_fact **facts, int *count)
{
    struct db_query *q = db_query(
        db, "SELECT tag, from_day, until_day, held, level FROM tag WHERE enterprise_id = ?1"
            " ORDER BY tag, from_day");
    db_bind(q, 1, id);
    while (db_step(q)) {
        int fact = profile_tag(profile, db_text(q, 0));
        if (fact < 0)
            continue;
        *next_fact(facts, count) = (struct enterprise_fact){
            .fact = fact,
            .value = enterprise_tag_value(db_number(q, 3) != 0, db_text(q, 4)),
            .from = (int)db_number(q, 1),
            .until = db_is_null(q, 2) ? ENTERPRISE_NO_DAY : (int)db_number(q, 2)};
    }
}

struct fact_range enterprise_tag_value(bool held, const char *level)
{
    int rank = level ? profile_level(level) : 0;
    if (!held)
        return (struct fact_range){0, 0};
    return rank ? (struct fact_range){rank, rank} : (struct fact_range){1, PROFILE_LEVELS};
}

int enterprise_history(struct db *db, const struct profile *profile, int64_t id,
                       struct arena *arena, struct enterprise_fact **facts)
{
    struct enterprise_fact *found = NULL;
    int count = 0;
    read_facts(db, profile, id, &found, &count);
    read_tags(db, profile, id, &found, &count);
    if (count)
        qsort(found, (size_t)count, sizeof *found, compare_facts);
    *facts = arena_zero(arena, ((size_t)count + 1) * sizeof **facts);
    if (count)
        memcpy(*facts, found, (size_t)count * sizeof **facts);
    free(found);
    return count;
}

const char *enterprise_code(struct db *db, int64_t id, struct arena *arena)
{
    struct db_query *q = db_query(db, "SELECT code FROM enterprise WHERE id = ?1");
    db_bind(q, 1, id);
    const char *code = db_step(q) ? arena_string(arena, db_text(q, 0)) : NULL;
    db_reset(q);
    return code;
}
