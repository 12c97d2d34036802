#include "policy/projection.h"

#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include "base/fault.h"
#include "base/json.h"
#include "center/log.h"
#include "center/org.h"

enum field_kind {
    NUMBER, /* 0 is a value */
    MOMENT, /* 0 is none, as with what follows */
    FLAG,
    ORG,    /* a code in the log */
    POLICY, /* the same */
    TEXT
};

/* The projected fields: column, which is also the member of an event's data, and place. */
static const struct field {
    const char *column, *member;
    enum field_kind kind;
    size_t offset;
} fields[] = {
    {"version", "version", NUMBER, offsetof(struct policy, version)},
    {"state", "state", TEXT, offsetof(struct policy, state)},
    {"org_id", "org", ORG, offsetof(struct policy, org)},
    {"pinned", "pinned", FLAG, offsetof(struct policy, pinned)},
    {"collected_at", "collected", MOMENT, offsetof(struct policy, collected_at)},
    {"published_at", "published", MOMENT, offsetof(struct policy, published_at)},
    {"interpreted_at", "interpreted", MOMENT, offsetof(struct policy, interpreted_at)},
    {"collect_due_at", "collect_due", MOMENT, offsetof(struct policy, collect_due_at)},
    {"publish_due_at", "publish_due", MOMENT, offsetof(struct policy, publish_due_at)},
    {"interpret_due_at", "interpret_due", MOMENT, offsetof(struct policy, interpret_due_at)},
    {"ended_at", "ended", MOMENT, offsetof(struct policy, ended_at)},
    {"ended_reason", "reason", TEXT, offsetof(struct policy, ended_reason)},
    {"superseded_by", "by", POLICY, offsetof(struct policy, superseded_by)}};
enum { FIELDS = sizeof fields / sizeof *fields, SET_BY_VERSION = 10 };

/* What a type of event does besides what its data says: a field is set to its moment, to a word (a
 * text or a number), or cleared (neither). */
static const struct {
    const char *type, *column;
    bool is_moment;
    const char *word;
} effects[] = {{"policy-published", "state", false, "published"},
               {"policy-published", "published_at", true, NULL},
               {"policy-published", "ended_at", false, NULL},
               {"policy-published", "ended_reason", false, NULL},
               {"policy-interpreted", "interpreted_at", true, NULL},
               {"policy-superseded", "state", false, "superseded"},
               {"policy-superseded", "ended_at", true, NULL},
               {"policy-superseded", "pinned", false, NULL},
               {"policy-withdrawn", "state", false, "withdrawn"},
               {"policy-withdrawn", "ended_at", true, NULL},
               {"policy-withdrawn", "pinned", false, NULL},
               {"policy-pinned", "pinned", false, "1"},
               {"policy-unpinned", "pinned", false, NULL}};

static int64_t number_of(const struct policy *policy, const struct field *field)
{
    const char *at = (const char *)policy + field->offset;
    switch (field->kind) {
    case NUMBER: return *(const int *)(const void *)at;
    case FLAG: return *(const bool *)(const void *)at;
    case TEXT: return 0;
    default: return *(const int64_t *)(const void *)at;
    }
}

static const char *text_of(const struct policy *policy, const struct field *field)
{
    const char *at = (const char *)policy + field->offset;
    return field->kind == TEXT ? *(const char *const *)(const void *)at : NULL;
}

struct reading {
    struct policy *policy;
    struct db *db;
    struct arena *arena;
};

/* A policy by its code alone, which is what the log says: a document number may be another's. */
static int64_t find_code(struct db *db, const char *code)
{
    struct db_query *q = db_query(db, "SELECT id FROM policy WHERE code = ?1");
    db_bind_text(q, 1, code);
    return db_first(q);
}

static void set(struct reading *r, const struct field *field, const char *value)
{
    char *at = (char *)r->policy + field->offset;
    bool given = value && *value;
    int64_t number = given ? strtoll(value, NULL, 10) : 0;
    switch (field->kind) {
    case NUMBER: *(int *)(void *)at = (int)number; break;
    case FLAG: *(bool *)(void *)at = number != 0; break;
    case MOMENT: *(int64_t *)(void *)at = number; break;
    case ORG: *(int64_t *)(void *)at = given ? org_find(r->db, value) : 0; break;
    case POLICY: *(int64_t *)(void *)at = given ? find_code(r->db, value) : 0; break;
    case TEXT: *(const char **)(void *)at = given ? arena_string(r->arena, value) : NULL; break;
    }
}

static void take_member(void *context, const char *key, const char *value)
{
    for (int i = 0; i < FIELDS; i++)
        if (!strcmp(fields[i].member, key))
            set(context, &fields[i], value);
}

static const struct field *find_field(const char *column)
{
    const struct field *field = fields;
    while (strcmp(field->column, column) != 0)
        field++;
    return field;
}

void policy_apply(struct policy *policy, struct db *db, struct arena *arena, const char *type,
                  int64_t at, const char *data)
{
    struct reading reading = {policy, db, arena};
    struct fault fault = {""};
    for (size_t i = 0; i < sizeof effects / sizeof *effects; i++) {
        if (strcmp(effects[i].type, type) != 0)
            continue;
        const struct field *field = find_field(effects[i].column);
        if (effects[i].is_moment)
            *(int64_t *)(void *)((char *)policy + field->offset) = at;
        else
            set(&reading, field, effects[i].word);
    }
    json_read_object(data, take_member, &reading, &fault);
}

void policy_each_projected(const struct policy *policy,
                           void (*take)(void *, const char *, int64_t, const char *), void *context)
{
    for (int i = 0; i < FIELDS; i++)
        take(context, fields[i].column, number_of(policy, &fields[i]), text_of(policy, &fields[i]));
}

/* The code that a number stands for in the log; valid until the next query. */
static void add_code(struct text *data, struct db_query *q, const char *member, int64_t id)
{
    db_bind(q, 1, id);
    json_add_text(data, member, db_step(q) ? db_text(q, 0) : "");
    db_reset(q);
}

void policy_add_projected(struct text *data, struct db *db, const struct policy *policy)
{
    for (int i = 1; i < SET_BY_VERSION; i++) {
        const struct field *field = &fields[i];
        if (field->kind == TEXT)
            json_add_text(data, field->member, text_of(policy, field));
        else if (field->kind == ORG)
            add_code(data, db_query(db, "SELECT code FROM org WHERE id = ?1"), field->member,
                     policy->org);
        else
            json_add_number(data, field->member, number_of(policy, field));
    }
}

static void bind(struct db_query *q, int index, const struct field *field,
                 const struct policy *policy)
{
    int64_t number = number_of(policy, field);
    if (field->kind == TEXT)
        db_bind_text(q, index, text_of(policy, field));
    else if (number || field->kind == NUMBER || field->kind == FLAG)
        db_bind(q, index, number);
    else
        db_bind_null(q, index);
}

static bool is_same(const struct policy *a, const struct policy *b, const struct field *field)
{
    const char *left = text_of(a, field), *right = text_of(b, field);
    return number_of(a, field) == number_of(b, field) &&
           !strcmp(left ? left : "", right ? right : "");
}

/* Stores the columns in which AFTER differs from BEFORE. */
static void store(struct db *db, const struct policy *before, const struct policy *after)
{
    struct text sql = {0};
    for (int i = 0; i < FIELDS; i++)
        if (!is_same(before, after, &fields[i]))
            text_add_format(&sql, "%s%s = ?%d", sql.length ? ", " : "UPDATE policy SET ",
                            fields[i].column, i + 2);
    if (sql.length) {
        text_add(&sql, " WHERE id = ?1");
        struct db_query *q = db_query_built(db, sql.data);
        db_bind(q, 1, after->id);
        for (int i = 0; i < FIELDS; i++)
            if (!is_same(before, after, &fields[i]))
                bind(q, i + 2, &fields[i], after);
        db_run(q);
    }
    text_free(&sql);
}

void policy_record_only(struct center *center, const char *type, struct policy *policy,
                        struct arena *arena, int64_t at, const struct text *data)
{
    struct text whole = {0};
    json_start(&whole);
    json_add_text(&whole, "policy", policy->code);
    json_add_number(&whole, "version", policy->version);
    json_add_text(&whole, "title", policy->title);
    if (data && data->length > 1)
        text_add_format(&whole, ",%s", data->data + 1);
    json_end(&whole);
    event_add(center,
              &(struct event){.type = type, .at = at, .actor = center->user, .data = whole.data});
    policy_apply(policy, center->db, arena, type, at, whole.data);
    text_free(&whole);
}

void policy_record(struct center *center, const char *type, struct policy *policy,
                   struct arena *arena, int64_t at, const struct text *data)
{
    const struct policy before = *policy;
    policy_record_only(center, type, policy, arena, at, data);
    store(center->db, &before, policy);
}
