#include "policy/policy.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/die.h"
#include "base/text.h"
#include "cli/bulk.h"

static const char select_by_code[] = "SELECT id FROM policy WHERE code = ?1";
static const char select_by_document[] =
    "SELECT id, code FROM policy WHERE document = ?1 ORDER BY id LIMIT 2";

/* The policy with this document number, 0 where there is none or SEVERAL (may be NULL). */
static int64_t find_document(struct db *db, const char *word, bool *several)
{
    struct db_query *q = db_query(db, select_by_document);
    db_bind_text(q, 1, word);
    int64_t id = db_step(q) ? db_number(q, 0) : 0;
    bool more = id && db_step(q);
    db_reset(q);
    if (several)
        *several = more;
    return more ? 0 : id;
}

static int64_t find(struct db *db, const char *word, bool *several)
{
    struct db_query *q = db_query(db, select_by_code);
    db_bind_text(q, 1, word);
    int64_t id = db_first(q);
    return id ? id : find_document(db, word, several);
}

int64_t policy_find(struct db *db, const char *word)
{
    return find(db, word, NULL);
}

char *policy_nearest(struct db *db, const char *word)
{
    return db_nearest(db_query(db, "SELECT code FROM policy"), word);
}

const char *policy_unknown(struct db *db, const char *word, struct fault *fault)
{
    bool several = false;
    find(db, word, &several);
    char *near = several ? NULL : policy_nearest(db, word);
    if (several)
        fault_add(fault, "several policies stand in document \"%s\": name one by its id", word);
    else
        fault_unknown(fault, "policy", word, near, "; policy-list --all shows them");
    free(near);
    return fault->text;
}

int64_t policy_need(struct db *db, const char *word)
{
    struct fault fault = {""};
    int64_t id = policy_find(db, word);
    if (!id)
        die("%s", policy_unknown(db, word, &fault));
    return id;
}

void policy_warn_unknown(struct db *db, const char *word)
{
    struct fault fault = {""};
    warn("%s", policy_unknown(db, word, &fault));
}

enum { ORG_CODE = 1, FIRST_COLUMN };

static const char by_id[] = " WHERE id = ?1";
static const char by_filter[] =
    " WHERE (?1 IS NULL OR instr(title, ?1) > 0 OR instr(summary, ?1) > 0"
    " OR instr(document, ?1) > 0)"
    " AND (?2 IS NULL OR (state = 'published' AND (valid_to IS NULL OR valid_to >= ?2)))"
    " AND (?3 = 0 OR criteria IS NOT NULL)"
    " ORDER BY pinned DESC, valid_to IS NULL, valid_to, code";

/* Policies, as REST of the query, one of those above, says; their rows are read by read_row. */
static struct db_query *select_rows(struct db *db, const char *rest)
{
    struct db_query *q = db_query_kept(db, rest);
    if (q)
        return q;
    struct text sql = {0};
    text_add(&sql, "SELECT id, (SELECT o.code FROM org o WHERE o.id = org_id) AS owner, ");
    fields_add_columns(&sql, &policy_table, "", 0);
    text_add_format(&sql, " FROM policy%s", rest);
    q = db_query_keep(db, rest, sql.data);
    text_free(&sql);
    return q;
}

/* Its texts are the row's until the next step. */
static struct policy read_row(struct db_query *q)
{
    struct policy policy = {.id = db_number(q, 0)};
    fields_read(q, FIRST_COLUMN, &policy_table, 0, &policy);
    return policy;
}

bool policy_load(struct db *db, int64_t id, struct arena *arena, struct policy *policy)
{
    struct db_query *q = select_rows(db, by_id);
    db_bind(q, 1, id);
    bool found = db_step(q);
    if (found) {
        *policy = read_row(q);
        fields_keep(&policy_table, policy, arena);
    }
    db_reset(q);
    return found;
}

bool policy_any(struct db *db)
{
    return db_count(db, "SELECT EXISTS (SELECT 1 FROM policy)") > 0;
}

const char *const *policy_superseded_codes(struct db *db, int64_t id, struct arena *arena)
{
    const char **codes = NULL;
    size_t count = 0;
    struct db_query *q =
        db_query(db, "SELECT code FROM policy WHERE superseded_by = ?1 ORDER BY code");
    db_bind(q, 1, id);
    while (db_step(q)) {
        codes = mem_grow(codes, count, sizeof *codes);
        codes[count++] = arena_string(arena, db_text(q, 0));
    }
    const char **list = arena_zero(arena, (count + 1) * sizeof *list);
    if (count)
        memcpy(list, codes, count * sizeof *list);
    free(codes);
    return list;
}

/* Of the organisations and the issuers asked for any will do. */
static bool is_issued_by(const struct policy_filter *filter, const char *org, const char *issuer)
{
    bool meant = !filter->orgs.count && !filter->issuers.count;
    for (int i = 0; issuer && i < filter->issuers.count; i++)
        meant = meant || strstr(issuer, filter->issuers.list[i]);
    return meant || (filter->orgs.count && wanted_allows(&filter->orgs, org));
}

/* One of the words of LIST is TOPIC. */
static bool has_topic(const char *list, const char *topic)
{
    struct arena arena = {0};
    bool found = false;
    for (const char *const *word = bulk_words(&arena, list); *word && !found; word++)
        found = text_same(*word, topic);
    arena_free(&arena);
    return found;
}

static bool is_meant(const struct policy_filter *filter, const struct policy *policy,
                     const char *org)
{
    return wanted_allows(&filter->levels, policy->level) &&
           wanted_allows(&filter->kinds, policy->kind) &&
           wanted_allows(&filter->classes, policy->class) &&
           (!filter->topic || (policy->topics && has_topic(policy->topics, filter->topic))) &&
           is_issued_by(filter, org, policy->issuer);
}

struct policy *policy_list(struct db *db, const struct policy_filter *filter, struct arena *arena,
                           int *count)
{
    struct db_query *q = select_rows(db, by_filter);
    db_bind_text(q, 1, filter->text);
    if (filter->live)
        db_bind(q, 2, filter->day);
    db_bind(q, 3, filter->has_criteria);
    struct policy *found = NULL;
    *count = 0;
    while (db_step(q)) {
        struct policy policy = read_row(q);
        if (!is_meant(filter, &policy, db_text(q, ORG_CODE)))
            continue;
        fields_keep(&policy_table, &policy, arena);
        found = mem_grow(found, (size_t)*count, sizeof *found);
        found[(*count)++] = policy;
    }
    struct policy *list = arena_zero(arena, ((size_t)*count + 1) * sizeof *list);
    if (*count)
        memcpy(list, found, (size_t)*count * sizeof *list);
    free(found);
    return list;
}

const char *policy_state_on(const struct policy *policy, int day)
{
    bool expired = !strcmp(policy->state, "published") && policy->valid_to != POLICY_NO_DAY &&
                   policy->valid_to < day;
    return expired ? "expired" : policy->state;
}

bool policy_is_address(const char *s)
{
    size_t scheme = !strncmp(s, "https://", 8) ? 8 : !strncmp(s, "http://", 7) ? 7 : 0;
    if (!scheme || !s[scheme] || strchr("/.:?#", s[scheme]))
        return false;
    for (; *s; s++)
        if ((unsigned char)*s <= ' ' || *s == 0x7f || strchr("\"<>\\", *s))
            return false;
    return true;
}
