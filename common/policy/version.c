#include "policy/version.h"

#include <string.h>

#include "base/clock.h"
#include "base/fault.h"
#include "base/json.h"

const char *policy_version_content(struct db *db, int64_t id, int version, struct arena *arena)
{
    struct db_query *q =
        db_query(db, "SELECT content FROM policy_version WHERE policy_id = ?1 AND version = ?2");
    db_bind(q, 1, id);
    db_bind(q, 2, version);
    const char *content = db_step(q) ? arena_string(arena, db_text(q, 0)) : NULL;
    db_reset(q);
    return content;
}

void policy_each_version(struct db *db, int64_t id,
                         void (*take)(void *, int version, int64_t at, const char *content),
                         void *context)
{
    struct db_query *q = db_query(db, "SELECT version, at, content FROM policy_version"
                                      " WHERE policy_id = ?1 ORDER BY version");
    db_bind(q, 1, id);
    while (db_step(q))
        take(context, (int)db_number(q, 0), db_number(q, 1), db_text(q, 2));
}

struct reading {
    struct policy_said said;
    struct arena *arena;
};

static void take_member(void *context, const char *key, const char *value)
{
    struct reading *r = context;
    for (int i = 0; i < POLICY_FIELD_COUNT; i++)
        if (value && !strcmp(policy_field(i)->name, key))
            r->said.values[i] = arena_string(r->arena, value);
}

struct policy_said policy_version_read(const char *content, struct arena *arena)
{
    struct reading reading = {.arena = arena};
    struct fault fault = {""};
    json_read_object(content, take_member, &reading, &fault);
    return reading.said;
}

/* Texts and days; whose policy it is, its clocks and its pin are no matter of a version. */
void policy_version_set(struct policy *policy, const struct policy_said *said)
{
    for (int i = POLICY_TITLE; i < POLICY_FIELD_COUNT; i++) {
        const struct field *field = policy_field(i);
        const char *value = said->values[i];
        if (field->type == FIELD_TEXT)
            *field_text_at(field, policy) = value;
        else if (field->type == FIELD_DAY &&
                 !(value && day_parse(value, field_day_at(field, policy))))
            *field_day_at(field, policy) = FIELD_NO_DAY;
    }
}

void policy_version_on(struct db *db, struct policy *policy, int day, struct arena *arena)
{
    if (policy->version == 1)
        return;
    struct db_query *q = db_query(db, "SELECT coalesce(max(version), 1) FROM policy_version"
                                      " WHERE policy_id = ?1 AND at < ?2");
    db_bind(q, 1, policy->id);
    db_bind(q, 2, clock_moment(day + 1, 0));
    int version = (int)db_first(q);
    const char *content =
        version == policy->version ? NULL : policy_version_content(db, policy->id, version, arena);
    if (!content)
        return;
    const struct policy_said said = policy_version_read(content, arena);
    policy_version_set(policy, &said);
    policy->version = version;
}

const char *policy_version_value(const struct policy *policy, int number, char date[DAY_TEXT_SIZE])
{
    const struct field *field = policy_field(number);
    if (field->type == FIELD_DAY && field_is_set(field, policy))
        return day_print((int)field_number(field, policy), date);
    return field_text(field, policy);
}
