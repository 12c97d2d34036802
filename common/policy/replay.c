#include "policy/replay.h"

#include <stdlib.h>
#include <string.h>

#include "base/digest.h"
#include "base/fault.h"
#include "base/json.h"
#include "policy/projection.h"
#include "policy/version.h"

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
        r->db, "SELECT type, at, data, id FROM event WHERE type IN ('policy-added',"
               " 'policy-changed', 'policy-published', 'policy-interpreted', 'policy-superseded',"
               " 'policy-withdrawn', 'policy-pinned', 'policy-unpinned', 'policy-stated')"
               " UNION ALL SELECT type, 0, data, 9223372036854775807 FROM upgrade_event"
               " WHERE type = 'policy-stated' ORDER BY 4");
    while (db_step(q))
        replay_event(r, db_text(q, 0), db_number(q, 1), db_text(q, 2));
}

/* The policy's texts and days are those of its present version. */
static void compare_fields(const struct replaying *r, const struct policy *p,
                           const struct policy_said *said)
{
    char date[DAY_TEXT_SIZE];
    for (int i = POLICY_TITLE; i < POLICY_FIELD_COUNT; i++)
        if (policy_field(i)->type == FIELD_TEXT || policy_field(i)->type == FIELD_DAY)
            compare_text(&r->comparison, policy_field(i)->name, policy_version_value(p, i, date),
                         said->values[i]);
}

static void compare_content(struct replaying *r, const struct one *one)
{
    uint8_t digest[DIGEST_SIZE];
    char digits[DIGEST_TEXT_SIZE];
    const char *content =
        policy_version_content(r->db, one->stored->id, one->stored->version, &r->arena);
    if (!content)
        content = "{}";
    digest_sm3(NULL, content, strlen(content), digest);
    if (one->content)
        compare_text(&r->comparison, "the digest of its content", digest_print(digest, digits),
                     one->content);
    const struct policy_said said = policy_version_read(content, &r->arena);
    compare_fields(r, one->stored, &said);
}

static void compare(struct replaying *r, const struct one *one)
{
    r->comparison.id = one->stored->id;
    r->comparison.record = one->stored->code;
    policy_compare(&r->comparison, one->stored, &one->replayed);
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
