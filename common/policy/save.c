#include "policy/save.h"

#include <stdio.h>
#include <string.h>

#include "base/digest.h"
#include "base/json.h"
#include "policy/projection.h"

static void bind_day(struct db_query *q, int index, int day)
{
    if (day != POLICY_NO_DAY)
        db_bind(q, index, day);
}

static void bind_some(struct db_query *q, int index, int64_t number)
{
    if (number)
        db_bind(q, index, number);
}

static void bind_policy(struct db_query *q, const struct policy *p)
{
    const char *const texts[] = {
        p->code,       p->state,      p->title,         p->document,    p->issuer,   p->level,
        p->kind,       p->class,      p->summary,       p->interpreter, p->phone,    p->apply,
        p->applicants, p->conditions, p->materials,     p->procedure,   p->promised, p->criteria,
        p->implements, p->source,     p->interpretation};
    enum { TEXTS = sizeof texts / sizeof *texts };
    for (int i = 0; i < TEXTS; i++)
        db_bind_text(q, i + 1, texts[i]);
    db_bind(q, TEXTS + 1, p->version);
    bind_some(q, TEXTS + 2, p->org);
    bind_day(q, TEXTS + 3, p->issued);
    bind_day(q, TEXTS + 4, p->valid_from);
    bind_day(q, TEXTS + 5, p->valid_to);
    db_bind(q, TEXTS + 6, p->pinned);
    db_bind(q, TEXTS + 7, p->collected_at);
    bind_some(q, TEXTS + 8, p->published_at);
    bind_some(q, TEXTS + 9, p->interpreted_at);
    bind_some(q, TEXTS + 10, p->collect_due_at);
    bind_some(q, TEXTS + 11, p->publish_due_at);
    bind_some(q, TEXTS + 12, p->interpret_due_at);
}

/* Inserts the policy, or writes it over the row with its code: every column from INPUT. */
static void write_policy(struct db *db, struct policy *policy)
{
    struct db_query *q = db_query(
        db,
        "INSERT INTO policy (code, state, title, document, issuer, level, kind, class, summary,"
        " interpreter, phone, apply, applicants, conditions, materials, procedure, promised,"
        " criteria, implements, source, interpretation, version, org_id, issued_day, valid_from,"
        " valid_to, pinned, collected_at, published_at, interpreted_at, collect_due_at,"
        " publish_due_at, interpret_due_at)"
        " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18,"
        " ?19, ?20, ?21, ?22, ?23, ?24, ?25, ?26, ?27, ?28, ?29, ?30, ?31, ?32, ?33)"
        " ON CONFLICT (code) DO UPDATE SET state = excluded.state, title = excluded.title,"
        " document = excluded.document, issuer = excluded.issuer, level = excluded.level,"
        " kind = excluded.kind, class = excluded.class, summary = excluded.summary,"
        " interpreter = excluded.interpreter, phone = excluded.phone, apply = excluded.apply,"
        " applicants = excluded.applicants, conditions = excluded.conditions,"
        " materials = excluded.materials, procedure = excluded.procedure,"
        " promised = excluded.promised, criteria = excluded.criteria,"
        " implements = excluded.implements, source = excluded.source,"
        " interpretation = excluded.interpretation, version = excluded.version,"
        " org_id = excluded.org_id, issued_day = excluded.issued_day,"
        " valid_from = excluded.valid_from, valid_to = excluded.valid_to,"
        " pinned = excluded.pinned, collected_at = excluded.collected_at,"
        " published_at = excluded.published_at, interpreted_at = excluded.interpreted_at,"
        " collect_due_at = excluded.collect_due_at, publish_due_at = excluded.publish_due_at,"
        " interpret_due_at = excluded.interpret_due_at");
    bind_policy(q, policy);
    db_run(q);
    policy->id = policy_find(db, policy->code);
}

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

/* The content of a version, in ARENA; NULL where there is none. */
static const char *version_content(struct db *db, int64_t id, int version, struct arena *arena)
{
    struct db_query *q =
        db_query(db, "SELECT content FROM policy_version WHERE policy_id = ?1 AND version = ?2");
    db_bind(q, 1, id);
    db_bind(q, 2, version);
    const char *content = db_step(q) ? arena_string(arena, db_text(q, 0)) : NULL;
    db_reset(q);
    return content;
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
    write_policy(center->db, p);
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
    const char *content = known ? version_content(db, id, old.version, &arena) : NULL;
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

static void take_supersedes(void *context, const char *key, const char *value)
{
    struct text *words = context;
    if (!strcmp(key, policy_fields[POLICY_SUPERSEDES]) && value)
        text_add(words, value);
}

/* What a draft said that it replaces ends when the draft is published. */
static void supersede_of_draft(struct center *center, const struct policy *policy)
{
    struct arena arena = {0};
    struct text words = {0};
    struct fault fault = {""};
    const char *content = version_content(center->db, policy->id, policy->version, &arena);
    if (content && json_read_object(content, take_supersedes, &words, &fault)) {
        const char *unknown;
        int count;
        const int64_t *ids =
            policyread_names(center->db, &arena, text_string(&words), &count, &unknown);
        supersede(center, policy, ids, count);
    }
    text_free(&words);
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
