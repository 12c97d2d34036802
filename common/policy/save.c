#include "policy/save.h"

#include <stdio.h>
#include <string.h>

#include "base/digest.h"
#include "base/json.h"
#include "policy/projection.h"
#include "policy/version.h"

static void write_version(struct center *center, const struct policy *policy, const char *content)
{
    struct db_query *q = db_query(center->db, "INSERT INTO policy_version (policy_id, version, at,"
                                              " content) VALUES (?1, ?2, ?3, ?4)");
    db_bind(q, 1, policy->id);
    db_bind(q, 2, policy->version);
    db_bind(q, 3, center->now);
    db_bind_text(q, 4, content);
    db_run(q);
}

static bool is_state(const struct policy *policy, const char *state)
{
    return !strcmp(policy->state, state);
}

/* Ends what BY replaces; what has ended already stays as it is. */
static void supersede(struct center *center, const struct policy *by, const int64_t *ids, int count)
{
    struct text data = {0};
    json_start(&data);
    json_add_text(&data, "by", by->code);
    for (int i = 0; i < count; i++) {
        struct arena arena = {0};
        struct policy old;
        if (policy_load(center->db, ids[i], &arena, &old) &&
            (is_state(&old, "draft") || is_state(&old, "published")))
            policy_record(center, "policy-superseded", &old, &arena, center->now, &data);
        arena_free(&arena);
    }
    text_free(&data);
}

/* What INPUT leaves open stays as it was in OLD (NULL: it is new); what is done by adding is done
 * now. */
static void fill(const struct center *center, struct policy_input *input, const struct policy *old,
                 const char *state)
{
    struct policy *p = &input->policy;
    bool is_public = strcmp(state, "draft") != 0;
    p->state = state;
    p->version = old ? old->version + 1 : 1;
    if (old) {
        p->ended_at = old->ended_at;
        p->ended_reason = old->ended_reason;
        p->superseded_by = old->superseded_by;
    }
    p->pinned = input->pinned >= 0 ? input->pinned : old && old->pinned;
    if (!p->collected_at)
        p->collected_at = old ? old->collected_at : center->now;
    if (!is_public)
        p->published_at = 0;
    else if (!p->published_at)
        p->published_at = old && old->published_at ? old->published_at : center->now;
    if (!p->interpreted_at)
        p->interpreted_at = old && old->interpreted_at       ? old->interpreted_at
                            : is_public && p->interpretation ? center->now
                                                             : 0;
}

/* The state that a new version brings about. */
static const char *next_state(const struct policy *old, bool draft)
{
    if (old && !strcmp(old->state, "superseded"))
        return old->state;
    return draft ? "draft" : "published";
}

/* What a version sets, and the digest of all that it says. */
static void add_version(struct text *data, struct db *db, const struct policy_input *input)
{
    uint8_t digest[DIGEST_SIZE];
    char digits[DIGEST_TEXT_SIZE];
    digest_sm3(NULL, input->content, strlen(input->content), digest);
    json_start(data);
    policy_add_projected(data, db, &input->policy);
    json_add_text(data, "content", digest_print(digest, digits));
}

static enum policy_result save_new_version(struct center *center, struct policy_input *input,
                                           const struct policy *old, bool draft,
                                           struct arena *arena)
{
    struct policy *p = &input->policy;
    const char *state = next_state(old, draft);
    bool publishes = !strcmp(state, "published") && (!old || !is_state(old, state));
    const char *type = old ? "policy-changed" : "policy-added";
    struct text data = {0};
    fill(center, input, old, state);
    add_version(&data, center->db, input);
    policy_record_only(center, type, p, arena, center->now, &data);
    fields_replace(center->db, &policy_table, p);
    p->id = policy_find(center->db, p->code);
    write_version(center, p, input->content);
    if (publishes)
        policy_record(center, "policy-published", p, arena, p->published_at, NULL);
    if (is_state(p, "published"))
        supersede(center, p, input->supersedes, input->supersedes_count);
    text_free(&data);
    return old ? POLICY_CHANGED : POLICY_ADDED;
}

enum policy_result policy_save(struct center *center, struct policy_input *input, bool draft,
                               struct fault *fault)
{
    struct arena arena = {0};
    struct policy old;
    struct db *db = center->db;
    struct db_query *q = db_query(db, "SELECT id FROM policy WHERE code = ?1");
    db_bind_text(q, 1, input->policy.code);
    int64_t id = db_first(q);
    bool known = id && policy_load(db, id, &arena, &old);
    const char *content = known ? policy_version_content(db, id, old.version, &arena) : NULL;
    enum policy_result result = POLICY_SAME;
    if (known && draft && old.published_at) {
        fault_add(fault, "%s is published already: it cannot be a draft again", old.code);
        result = POLICY_REFUSED;
    } else if (!content || strcmp(content, input->content) != 0) {
        result = save_new_version(center, input, known ? &old : NULL, draft, &arena);
    } else {
        input->policy.id = id;
        input->policy.version = old.version;
        if (!draft && !strcmp(old.state, "draft"))
            result = policy_publish(
                center, &old, &arena,
                input->policy.published_at ? input->policy.published_at : center->now, fault);
    }
    arena_free(&arena);
    return result;
}

static enum policy_result refuse(const struct policy *policy, const char *what, struct fault *fault)
{
    fault_add(fault, "%s is %s: %s", policy->code, policy->state, what);
    return POLICY_REFUSED;
}

/* What a draft said that it replaces ends when the draft is published. */
static void supersede_of_draft(struct center *center, const struct policy *policy)
{
    struct arena arena = {0};
    struct db *db = center->db;
    const char *content = policy_version_content(db, policy->id, policy->version, &arena);
    if (content) {
        const struct policy_said said = policy_version_read(content, &arena);
        const char *unknown;
        int count;
        const int64_t *ids =
            policyread_names(db, &arena, said.values[POLICY_SUPERSEDES], &count, &unknown);
        supersede(center, policy, ids, count);
    }
    arena_free(&arena);
}

static struct text *started(struct text *data)
{
    json_start(data);
    return data;
}

enum policy_result policy_publish(struct center *center, struct policy *policy, struct arena *arena,
                                  int64_t at, struct fault *fault)
{
    struct text missing = {0}, data = {0};
    if (is_state(policy, "published"))
        return POLICY_SAME;
    if (!is_state(policy, "draft"))
        return refuse(policy, "only a draft is published; policy-add takes a new version", fault);
    if (policy_add_missing(policy, &missing)) {
        fault_add(fault, "%s lacks %s", policy->code, missing.data);
        text_free(&missing);
        return POLICY_REFUSED;
    }
    if (policy->interpretation && !policy->interpreted_at)
        json_add_number(started(&data), "interpreted", at);
    policy_record(center, "policy-published", policy, arena, at, &data);
    text_free(&data);
    supersede_of_draft(center, policy);
    return POLICY_CHANGED;
}

enum policy_result policy_interpret(struct center *center, struct policy *policy,
                                    struct arena *arena, int64_t at, struct fault *fault)
{
    if (policy->interpreted_at)
        return POLICY_SAME;
    if (!is_state(policy, "published"))
        return refuse(policy, "only a published policy is interpreted", fault);
    policy_record(center, "policy-interpreted", policy, arena, at, NULL);
    return POLICY_CHANGED;
}

enum policy_result policy_withdraw(struct center *center, struct policy *policy,
                                   struct arena *arena, int64_t at, const char *reason,
                                   struct fault *fault)
{
    if (is_state(policy, "withdrawn"))
        return POLICY_SAME;
    if (is_state(policy, "superseded"))
        return refuse(policy, "it has ended already", fault);
    struct text data = {0};
    json_add_text(started(&data), "reason", reason);
    policy_record(center, "policy-withdrawn", policy, arena, at, &data);
    text_free(&data);
    return POLICY_CHANGED;
}

enum policy_result policy_pin(struct center *center, struct policy *policy, struct arena *arena,
                              int64_t at, bool pinned, struct fault *fault)
{
    if (policy->pinned == pinned)
        return POLICY_SAME;
    if (pinned && policy->ended_at)
        return refuse(policy, "it has ended", fault);
    const char *type = pinned ? "policy-pinned" : "policy-unpinned";
    policy_record(center, type, policy, arena, at, NULL);
    return POLICY_CHANGED;
}
