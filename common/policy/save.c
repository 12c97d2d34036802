#include "policy/save.h"

#include <stdio.h>
#include <string.h>

#include "base/digest.h"
#include "base/json.h"
#include "policy/projection.h"
#include "policy/version.h"

static void write_version(struct db *db, const struct policy *policy, int64_t at,
                          const char *content)
{
    struct db_query *q = db_query(db, "INSERT INTO policy_version (policy_id, version, at,"
                                      " content) VALUES (?1, ?2, ?3, ?4)");
    db_bind(q, 1, policy->id);
    db_bind(q, 2, policy->version);
    db_bind(q, 3, at);
    db_bind_text(q, 4, content);
    db_run(q);
}

static bool is_state(const struct policy *policy, const char *state)
{
    return !strcmp(policy->state, state);
}

/* Ends what BY replaces; what has ended already stays as it is. */
static void supersede(struct center *center, const struct policy *by, int64_t at,
                      const int64_t *ids, int count)
{
    struct text data = {0};
    json_start(&data);
    json_add_text(&data, "by", by->code);
    for (int i = 0; i < count; i++) {
        struct arena arena = {0};
        struct policy old;
        if (policy_load(center->db, ids[i], &arena, &old) &&
            (is_state(&old, "draft") || is_state(&old, "published")))
            policy_record(center, "policy-superseded", &old, &arena, at, &data);
        arena_free(&arena);
    }
    text_free(&data);
}

/* What INPUT leaves open stays as it was in OLD (NULL: it is new); what is done by adding is done
 * AT that moment. */
static void fill(struct policy_input *input, const struct policy *old, const char *state,
                 int64_t at)
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
        p->collected_at = old ? old->collected_at : at;
    if (!is_public)
        p->published_at = 0;
    else if (!p->published_at)
        p->published_at = old && old->published_at ? old->published_at : at;
    if (!p->interpreted_at)
        p->interpreted_at = old && old->interpreted_at       ? old->interpreted_at
                            : is_public && p->interpretation ? at
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
static void add_version(struct text *data, struct db *db, const struct policy_input *input,
                        const char *by)
{
    uint8_t digest[DIGEST_SIZE];
    char digits[DIGEST_TEXT_SIZE];
    digest_sm3(NULL, input->content, strlen(input->content), digest);
    json_start(data);
    policy_add_projected(data, db, &input->policy);
    json_add_text(data, "content", digest_print(digest, digits));
    json_add_text(data, "by", by);
}

/* Starts an event's data with who acts. */
static struct text *start(struct text *data, const struct policy_doing *how)
{
    json_start(data);
    json_add_text(data, "by", how->by);
    return data;
}

void policy_save(struct center *center, struct policy_input *input, const struct policy *old,
                 bool draft, struct arena *arena, const struct policy_doing *how)
{
    struct policy *p = &input->policy;
    const char *state = next_state(old, draft);
    bool publishes = !strcmp(state, "published") && (!old || !is_state(old, state));
    struct text data = {0}, published = {0};
    fill(input, old, state, how->at);
    add_version(&data, center->db, input, how->by);
    policy_record_only(center, old ? "policy-changed" : "policy-added", p, arena, how->at, &data);
    fields_replace(center->db, &policy_table, p);
    p->id = policy_find(center->db, p->code);
    write_version(center->db, p, how->at, input->content);
    if (publishes)
        policy_record(center, "policy-published", p, arena, p->published_at,
                      start(&published, how));
    if (is_state(p, "published"))
        supersede(center, p, how->at, input->supersedes, input->supersedes_count);
    text_free(&data);
    text_free(&published);
}

/* What a draft said that it replaces ends when the draft is published. */
static void supersede_of_draft(struct center *center, const struct policy *policy, int64_t at)
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
        supersede(center, policy, at, ids, count);
    }
    arena_free(&arena);
}

bool policy_publish(struct center *center, struct policy *policy, struct arena *arena,
                    const struct policy_doing *how, struct fault *fault)
{
    struct text missing = {0}, data = {0};
    if (policy_add_missing(policy, &missing)) {
        fault_add(fault, "publish: it lacks %s", missing.data);
        text_free(&missing);
        return false;
    }
    start(&data, how);
    if (policy->interpretation && !policy->interpreted_at)
        json_add_number(&data, "interpreted", how->at);
    policy_record(center, "policy-published", policy, arena, how->at, &data);
    text_free(&data);
    supersede_of_draft(center, policy, how->at);
    return true;
}

void policy_interpret(struct center *center, struct policy *policy, struct arena *arena,
                      const struct policy_doing *how)
{
    struct text data = {0};
    policy_record(center, "policy-interpreted", policy, arena, how->at, start(&data, how));
    text_free(&data);
}

void policy_withdraw(struct center *center, struct policy *policy, struct arena *arena,
                     const struct policy_doing *how)
{
    struct text data = {0};
    json_add_text(start(&data, how), "reason", how->reason);
    policy_record(center, "policy-withdrawn", policy, arena, how->at, &data);
    text_free(&data);
}

void policy_pin(struct center *center, struct policy *policy, struct arena *arena,
                const struct policy_doing *how, bool pinned)
{
    struct text data = {0};
    policy_record(center, pinned ? "policy-pinned" : "policy-unpinned", policy, arena, how->at,
                  start(&data, how));
    text_free(&data);
}
