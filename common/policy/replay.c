#include "policy/replay.h"

#include <stdlib.h>
#include <string.h>

#include "base/day.h"
#include "base/digest.h"
#include "base/fault.h"
#include "base/json.h"
#include "policy/projection.h"

/* A policy as it is stored, as its events give it, and the digest of its version's content. */
struct one {
    const struct policy *stored;
    struct policy replayed;
    const char *content; /* the digest; NULL: the log does not say */
};

struct replaying {
    struct db *db;
    struct arena arena;
    struct comparison comparison;
    struct one *list; /* by code */
    int count;
};

static int by_code(const void *left, const void *right)
{
    const struct one *a = left, *b = right;
    return strcmp(a->stored->code, b->stored->code);
}

static struct one *find(const struct replaying *r, const char *code)
{
    const struct policy key = {.code = code};
    const struct one one = {.stored = &key};
    return bsearch(&one, r->list, (size_t)r->count, sizeof one, by_code);
}

/* Which policy an event is about, and the digest of what it took in. */
struct about {
    struct arena *arena;
    const char *policy, *content;
};

static void take_member(void *context, const char *key, const char *value)
{
    struct about *about = context;
    const char **of = !strcmp(key, "policy")    ? &about->policy
                      : !strcmp(key, "content") ? &about->content
                                                : NULL;
    if (of && value)
        *of = arena_string(about->arena, value);
}

static void replay_event(struct replaying *r, const char *type, int64_t at, const char *data)
{
    struct fault fault = {""};
    struct about about = {&r->arena, NULL, NULL};
    json_read_object(data, take_member, &about, &fault);
    struct one *one = about.policy ? find(r, about.policy) : NULL;
    if (one) {
        policy_apply(&one->replayed, r->db, &r->arena, type, at, data);
        if (about.content)
            one->content = about.content;
    } else {
        compare_text(&r->comparison, "a policy of the log", NULL,
                     about.policy ? about.policy : "an event without one");
    }
}

/* What an upgrade has to say of the past, and nobody has written into the log yet, comes last. */
static void replay_events(struct replaying *r)
{
    struct db_query *q = db_query(
        r->db,
        "SELECT type, at, data, id FROM event WHERE type IN ('policy-added',"
        " 'policy-changed', 'policy-published', 'policy-interpreted', 'policy-superseded',"
        " 'policy-withdrawn', 'policy-pinned', 'policy-unpinned', 'policy-stated')"
        " UNION ALL SELECT type, 0, data, 9223372036854775807 FROM upgrade_event ORDER BY 4");
    while (db_step(q))
        replay_event(r, db_text(q, 0), db_number(q, 1), db_text(q, 2));
}

/* What a version said, by field; the texts are in the arena. */
struct content {
    struct arena *arena;
    const char *values[POLICY_FIELD_COUNT];
};

static void take_content(void *context, const char *key, const char *value)
{
    struct content *content = context;
    for (int i = 0; i < POLICY_FIELD_COUNT; i++)
        if (value && !strcmp(policy_fields[i], key))
            content->values[i] = arena_string(content->arena, value);
}

/* The policy's texts and days are those of its present version. */
static void compare_fields(const struct replaying *r, const struct policy *p,
                           const struct content *content)
{
    const int days[] = {p->issued, p->valid_from, p->valid_to};
    char date[DAY_TEXT_SIZE];
    for (int i = POLICY_TITLE; i < POLICY_COLLECTED; i++) {
        const char *text = policy_text(p, (enum policy_field)i);
        int day =
            i >= POLICY_ISSUED && i <= POLICY_VALID_TO ? days[i - POLICY_ISSUED] : POLICY_NO_DAY;
        if (day != POLICY_NO_DAY)
            text = day_print(day, date);
        if (i != POLICY_ORG && i != POLICY_SUPERSEDES)
            compare_text(&r->comparison, policy_fields[i], text, content->values[i]);
    }
}

static void compare_content(struct replaying *r, const struct one *one)
{
    struct content said = {.arena = &r->arena};
    uint8_t digest[DIGEST_SIZE];
    char digits[DIGEST_TEXT_SIZE];
    struct fault fault = {""};
    struct db_query *q = db_query(r->db, "SELECT content FROM policy_version"
                                         " WHERE policy_id = ?1 AND version = ?2");
    db_bind(q, 1, one->stored->id);
    db_bind(q, 2, one->stored->version);
    const char *content = db_step(q) ? arena_string(&r->arena, db_text(q, 0)) : "{}";
    db_reset(q);
    digest_sm3(NULL, content, strlen(content), digest);
    if (one->content)
        compare_text(&r->comparison, "the digest of its content", digest_print(digest, digits),
                     one->content);
    json_read_object(content, take_content, &said, &fault);
    compare_fields(r, one->stored, &said);
}

static void compare(struct replaying *r, const struct one *one)
{
    struct compare_columns left = {.count = 0}, right = {.count = 0};
    r->comparison.id = one->stored->id;
    r->comparison.record = one->stored->code;
    policy_each_projected(one->stored, compare_take, &left);
    policy_each_projected(&one->replayed, compare_take, &right);
    compare_each(&r->comparison, &left, &right);
    compare_content(r, one);
}

int64_t policy_replay_all(struct db *db, compare_report *report, void *context)
{
    struct replaying r = {.db = db, .comparison = {report, context, 0, NULL}};
    const struct policy *policies = policy_list(db, &(struct policy_filter){0}, &r.arena, &r.count);
    r.list = mem_zero((size_t)r.count + 1, sizeof *r.list);
    for (int i = 0; i < r.count; i++)
        r.list[i].stored = &policies[i];
    qsort(r.list, (size_t)r.count, sizeof *r.list, by_code);
    replay_events(&r);
    for (int i = 0; i < r.count; i++)
        compare(&r, &r.list[i]);
    free(r.list);
    arena_free(&r.arena);
    return r.count;
}
