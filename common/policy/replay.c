#include "policy/replay.h"

#include <stdlib.h>
#include <string.h>

#include "base/digest.h"
#include "base/json.h"
#include "center/log.h"
#include "policy/projection.h"
#include "policy/version.h"

struct replaying {
    struct db *db;
    struct comparison comparison;
    struct arena arena;
    struct policy **list; /* in the order in which they were added, which is that of their ids */
    size_t count;
};

static struct policy *find(const struct replaying *r, const char *code)
{
    for (size_t i = r->count; i--;)
        if (!strcmp(r->list[i]->code, code))
            return r->list[i];
    return NULL;
}

static struct policy *add(struct replaying *r, const char *code)
{
    struct policy *policy = arena_zero(&r->arena, sizeof *policy);
    for (int i = 0; i < policy_table.count; i++)
        if (policy_field(i)->type == FIELD_DAY)
            *field_day_at(policy_field(i), policy) = FIELD_NO_DAY;
    policy->id = (int64_t)r->count + 1;
    policy->code = arena_string(&r->arena, code);
    r->list = mem_grow(r->list, r->count, sizeof *r->list);
    return r->list[r->count++] = policy;
}

/* What the version said, as it is stored; reports where the digest that the event has, unless it is
 * NULL, is another. */
static const char *read_content(struct replaying *r, const struct policy *policy,
                                const char *digest)
{
    char is[DIGEST_TEXT_SIZE];
    uint8_t bytes[DIGEST_SIZE];
    struct text sql = {0};
    text_add_format(&sql,
                    "SELECT content FROM %s.policy_version WHERE policy_id = ?1"
                    " AND version = ?2",
                    db_side(r->db, false));
    struct db_query *q = db_query_built(r->db, sql.data);
    text_free(&sql);
    db_bind(q, 1, policy->id);
    db_bind(q, 2, policy->version);
    const char *content = db_step(q) ? arena_string(&r->arena, db_text(q, 0)) : "{}";
    db_reset(q);
    digest_sm3(NULL, content, strlen(content), bytes);
    r->comparison.id = policy->id;
    r->comparison.record = arena_format(&r->arena, "%s version %d", policy->code, policy->version);
    if (digest)
        compare_text(&r->comparison, "the digest of its content", digest_print(bytes, is), digest);
    return content;
}

static void make_version(struct replaying *r, const struct policy *policy, int64_t at,
                         const char *content)
{
    struct db_query *q = db_query(r->db, "INSERT INTO policy_version (policy_id, version, at,"
                                         " content) VALUES (?1, ?2, ?3, ?4)");
    db_bind(q, 1, policy->id);
    db_bind(q, 2, policy->version);
    db_bind(q, 3, at);
    db_bind_text(q, 4, content);
    db_run(q);
}

/* Another policy is named by its code, which the rows that are made last do not have yet. */
static void set_successor(struct replaying *r, struct policy *policy, const char *type,
                          const struct json *data)
{
    const char *by = json_text(data, "by");
    bool names = !strcmp(type, "policy-superseded") || !strcmp(type, "policy-stated");
    const struct policy *successor = names && by && *by ? find(r, by) : NULL;
    if (successor)
        policy->superseded_by = successor->id;
}

/* The texts and days are those of the version that was taken in. */
static void take_version(struct replaying *r, struct policy *policy, int64_t at,
                         const struct json *data)
{
    const char *content = read_content(r, policy, json_text(data, "content"));
    const struct policy_said said = policy_version_read(content, &r->arena);
    make_version(r, policy, at, content);
    policy_version_set(policy, &said);
}

static void take_event(struct replaying *r, const char *type, int64_t at, const char *text)
{
    struct json *data = json_read(text);
    const char *code = data ? json_text(data, "policy") : NULL;
    bool added = !strcmp(type, "policy-added");
    struct policy *policy = code ? find(r, code) : NULL;
    if (code && !policy && added)
        policy = add(r, code);
    if (policy) {
        policy_apply(policy, r->db, &r->arena, type, at, text);
        set_successor(r, policy, type, data);
        if (added || !strcmp(type, "policy-changed"))
            take_version(r, policy, at, data);
    }
    json_free(data);
}

/* What an upgrade has to say of the past, and nobody has written into the log yet, comes last. */
static void replay(struct db *db, compare_report *report, void *context)
{
    struct replaying r = {.db = db, .comparison = {report, context, 0, NULL}};
    struct db_query *q = db_query(
        db, "SELECT type, at, data, id FROM event WHERE type IN ('policy-added',"
            " 'policy-changed', 'policy-published', 'policy-interpreted', 'policy-superseded',"
            " 'policy-withdrawn', 'policy-pinned', 'policy-unpinned', 'policy-stated')"
            " UNION ALL SELECT type, 0, data, 9223372036854775807 FROM upgrade_event"
            " WHERE type = 'policy-stated' ORDER BY 4");
    while (db_step(q))
        take_event(&r, db_text(q, 0), db_number(q, 1), db_text(q, 2));
    for (size_t i = 0; i < r.count; i++)
        fields_place(db, &policy_table, r.list[i]->id, r.list[i]);
    free(r.list);
    arena_free(&r.arena);
}

const struct projected policy_projected = {
    .check = "policies",
    .tables = (const struct projected_table[]){{"policy", "m.id", "m.code", NULL},
                                               {"policy_version", "m.policy_id",
                                                "(SELECT code FROM policy WHERE id = m.policy_id)"
                                                " || ' version ' || m.version",
                                                NULL},
                                               {NULL, NULL, NULL, NULL}},
    .replay = replay};
