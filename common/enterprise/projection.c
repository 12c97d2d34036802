#include "enterprise/projection.h"

#include <string.h>

#include "base/day.h"
#include "base/mask.h"
#include "center/seal.h"
#include "enterprise/enterprise.h"

int64_t enterprise_next_id(struct db *db)
{
    return db_count(db, "SELECT coalesce(max(id), 0) + 1 FROM enterprise");
}

void enterprise_begin(struct db *db, int64_t id, const char *code, const char *name)
{
    struct db_query *q = db_query(db, "INSERT INTO enterprise (id, code, name, facts_from)"
                                      " VALUES (?1, ?2, ?3, ?4)");
    db_bind(q, 1, id);
    db_bind_text(q, 2, code);
    db_bind_text(q, 3, name);
    db_bind(q, 4, INT32_MIN);
    db_run(q);
}

/* The field that events tell as NAME; NULL: they tell none. */
static const struct field *find_field(const char *name)
{
    for (int i = 0; i < enterprise_table.count; i++) {
        const struct field *field = enterprise_field(i);
        if (field->member && !strcmp(field->member, name))
            return field;
    }
    return NULL;
}

static void apply_field(struct db *db, int64_t id, const struct enterprise_change *change)
{
    const struct field *field = find_field(change->name);
    struct enterprise before = {.id = id}, after = {.id = id};
    if (!field)
        return;
    *field_text_at(field, &after) = change->code;
    fields_update(db, &enterprise_table, id, &before, &after);
}

static void apply_fact(struct db *db, int64_t id, const struct enterprise_change *change)
{
    struct db_query *q =
        db_query(db, "INSERT INTO fact (name, enterprise_id, from_day, number, code)"
                     " VALUES (?1, ?2, ?3, ?4, ?5) ON CONFLICT (name, enterprise_id, from_day)"
                     " DO UPDATE SET number = excluded.number, code = excluded.code");
    db_bind_text(q, 1, change->name);
    db_bind(q, 2, id);
    db_bind(q, 3, change->from);
    if (!change->code)
        db_bind(q, 4, change->number);
    db_bind_text(q, 5, change->code);
    db_run(q);
}

static void bind_until(struct db_query *q, int index, const struct enterprise_change *change)
{
    if (change->until != ENTERPRISE_NO_DAY)
        db_bind(q, index, change->until);
}

/* "Held in March", without an end, said nothing about the certificate of which the days are known
 * only now: it must not outlive it. */
static void settle_later_tags(struct db *db, int64_t id, const struct enterprise_change *change)
{
    struct db_query *q =
        db_query(db, "UPDATE tag SET until_day = ?4, level = coalesce(level, ?5)"
                     " WHERE tag = ?1 AND enterprise_id = ?2 AND from_day > ?3"
                     " AND (?4 IS NULL OR from_day <= ?4) AND until_day IS NULL AND held = 1");
    db_bind_text(q, 1, change->name);
    db_bind(q, 2, id);
    db_bind(q, 3, change->from);
    bind_until(q, 4, change);
    db_bind_text(q, 5, change->level);
    db_run(q);
}

static void apply_tag(struct db *db, int64_t id, const struct enterprise_change *change)
{
    struct db_query *q =
        db_query(db, "INSERT INTO tag (tag, enterprise_id, from_day, until_day, held, level)"
                     " VALUES (?1, ?2, ?3, ?4, ?5, ?6)"
                     " ON CONFLICT (tag, enterprise_id, from_day) DO UPDATE SET until_day ="
                     " excluded.until_day, held = excluded.held, level = excluded.level");
    db_bind_text(q, 1, change->name);
    db_bind(q, 2, id);
    db_bind(q, 3, change->from);
    bind_until(q, 4, change);
    db_bind(q, 5, change->held);
    db_bind_text(q, 6, change->level);
    db_run(q);
    if (change->held)
        settle_later_tags(db, id, change);
}

void enterprise_apply(struct db *db, int64_t id, const struct enterprise_change *change)
{
    switch (change->kind) {
    case CHANGE_FIELD: apply_field(db, id, change); break;
    case CHANGE_FACT: apply_fact(db, id, change); break;
    case CHANGE_TAG: apply_tag(db, id, change); break;
    }
}

/* Sets the column of a standard fact to the COLUMN of what was known last. */
#define LATEST(fact, column)                                                                       \
    fact " = (SELECT " column " FROM fact WHERE name = '" fact "' AND enterprise_id = ?1"          \
         " ORDER BY from_day DESC LIMIT 1), "
#define DAY_OF_CODE "CAST(strftime('%s', code) AS BIGINT) / 86400"

static const char latest_facts[] =
    "UPDATE enterprise SET " LATEST("region", "code") LATEST("industry", "code")
        LATEST("staff", "number") LATEST("revenue", "number") LATEST("assets", "number")
            LATEST("founded", DAY_OF_CODE) "facts_from = CASE WHEN facts_from > ?2 THEN facts_from "
                                           "ELSE ?2 END WHERE id = ?1";

void enterprise_project(struct db *db, int64_t id, int facts_from)
{
    struct db_query *q = db_query(db, latest_facts);
    db_bind(q, 1, id);
    db_bind(q, 2, facts_from);
    db_run(q);
}

bool enterprise_is_standard(const char *fact)
{
    for (int field = ENTERPRISE_REGION; field <= ENTERPRISE_FOUNDED; field++)
        if (!strcmp(enterprise_field(field)->name, fact))
            return true;
    return false;
}

/* ---- from the log ---- */

/* A day that an event tells, or NONE. */
static int read_day(const struct json *said, const char *key, int none)
{
    const char *text = json_text(said, key);
    int day;
    return text && day_parse(text, &day) ? day : none;
}

/* False where SAID changes nothing that the log knows: of personal fields it knows only that they
 * changed. */
static bool read_change(const struct json *said, struct enterprise_change *change)
{
    const char *fact = json_text(said, "fact"), *tag = json_text(said, "tag");
    const char *field = json_text(said, "field");
    *change = (struct enterprise_change){
        .kind = fact  ? CHANGE_FACT
                : tag ? CHANGE_TAG
                      : CHANGE_FIELD,
        .name = fact  ? fact
                : tag ? tag
                      : field,
        .from = read_day(said, "from", 0),
        .until = read_day(said, "until", ENTERPRISE_NO_DAY),
        .code = json_text(said, "value"),
        .held = json_number(said, "held") != 0,
        .level = json_text(said, "level"),
    };
    if (!json_decimal(said, "value", &change->number))
        change->number = 0;
    if (json_has(said, "millionths"))
        change->number = json_number(said, "millionths");
    return fact || tag || (field && change->code);
}

const char *enterprise_member(const struct field *field)
{
    return !strcmp(field->name, "contact") ? "is_contact"
           : !strcmp(field->name, "phone") ? "is_phone"
                                           : field->name;
}

/* What is personal stands beside the list. */
static void apply_personal(struct db *db, int64_t id, const struct json *data)
{
    const struct enterprise before = {.id = id};
    struct enterprise after = before;
    for (int i = 0; i < enterprise_table.count; i++) {
        const struct field *field = enterprise_field(i);
        if (field->column && field->type == FIELD_TEXT && !field->member)
            *field_text_at(field, &after) = json_text(data, enterprise_member(field));
    }
    if (after.extra && mask_is_erased(after.extra, strlen(after.extra)))
        after.extra = SEAL_ERASED_EXTRA;
    after.code = NULL;
    fields_update(db, &enterprise_table, id, &before, &after);
}

static void apply_changes(struct db *db, int64_t id, const struct json *data)
{
    int facts_from = INT32_MIN;
    struct enterprise_change change;
    for (int i = 0; i < json_count(data, "changes"); i++) {
        const struct json *said = json_object_at(data, "changes", i);
        if (!said || !read_change(said, &change))
            continue;
        enterprise_apply(db, id, &change);
        if (change.kind == CHANGE_FACT && enterprise_is_standard(change.name) &&
            change.from > facts_from)
            facts_from = change.from;
    }
    if (facts_from != INT32_MIN)
        enterprise_project(db, id, facts_from);
    apply_personal(db, id, data);
}

/* The first change of a new one is its name. */
static void apply_added(struct db *db, const struct event *event, const struct json *data)
{
    const struct json *first = json_object_at(data, "changes", 0);
    int64_t id = json_has(data, "id") ? json_number(data, "id") : enterprise_next_id(db);
    (void)event;
    if (!first)
        return;
    enterprise_begin(db, id, json_text(data, "enterprise"), json_text(first, "value"));
    apply_changes(db, id, data);
}

static void apply_changed(struct db *db, const struct event *event, const struct json *data)
{
    struct db_query *q = db_query(db, "SELECT id FROM enterprise WHERE code = ?1");
    (void)event;
    db_bind_text(q, 1, json_text(data, "enterprise"));
    int64_t id = db_first(q);
    if (id)
        apply_changes(db, id, data);
}

/* Until it is written it says nothing, and what is stored is what it will say. */
static void apply_stated(struct db *db, const struct event *event, const struct json *data)
{
    struct text sql = {0};
    if (event->id != EVENT_TO_COME) {
        apply_changed(db, event, data);
        return;
    }
    text_add_format(&sql,
                    "UPDATE enterprise SET (contact, phone, extra) ="
                    " (SELECT contact, phone, extra FROM %s.enterprise e WHERE e.code = ?1)"
                    " WHERE code = ?1",
                    db_side(db, false));
    struct db_query *q = db_query_built(db, sql.data);
    text_free(&sql);
    db_bind_text(q, 1, json_text(data, "enterprise"));
    db_run(q);
}

#define CODE  "(SELECT code FROM enterprise WHERE id = m.enterprise_id)"
#define SINCE " || ' ' || date(m.from_day * 86400, 'unixepoch')"

const struct projected enterprise_projected = {
    .check = "enterprises",
    .tables =
        (const struct projected_table[]){
            {"enterprise", "m.id", "m.code", NULL},
            {"fact", "m.enterprise_id", CODE " || ' ' || m.name" SINCE, NULL},
            {"tag", "m.enterprise_id", CODE " || ' ' || m.tag" SINCE, NULL},
            {NULL, NULL, NULL, NULL}},
    .effects = (const struct projected_effect[]){{"enterprise-added", apply_added},
                                                 {"enterprise-changed", apply_changed},
                                                 {"enterprise-stated", apply_stated},
                                                 {NULL, NULL}}};
