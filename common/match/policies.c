#include "match/policies.h"

#include <stdlib.h>
#include <string.h>

#include "base/caller.h"
#include "base/die.h"
#include "base/text.h"
#include "base/uscc.h"
#include "cli/headers.h"
#include "criteria/criteria.h"
#include "enterprise/enterprise.h"
#include "policy/file.h"
#include "policy/version.h"

static void add(struct matchpolicies *p, const struct policy *policy)
{
    p->list = mem_grow(p->list, (size_t)p->count, sizeof *p->list);
    p->list[p->count++] = *policy;
}

static void turn_back(const struct matchpolicies *p, struct policy *policy)
{
    if (p->as_of != POLICY_NO_DAY)
        policy_version_on(p->db, policy, p->as_of, p->arena);
}

static void report_unknown(const struct matchpolicies *p, const char *word)
{
    if (uscc_check(word) == USCC_GOOD || enterprise_find(p->db, word))
        warn("unknown policy \"%s\" (an enterprise is named by --enterprise)", word);
    else
        policy_warn_unknown(p->db, word);
}

/* Criteria that are of no policy of the stock. */
static void add_text(struct matchpolicies *p, const char *code, const char *title, const char *text)
{
    add(p, &(struct policy){.code = code,
                            .title = title,
                            .criteria = text,
                            .valid_from = POLICY_NO_DAY,
                            .valid_to = POLICY_NO_DAY,
                            .transition_to = POLICY_NO_DAY,
                            .evaluate = POLICY_NO_DAY});
}

/* False with FAULT filled where TEXT is no criteria. */
static bool check(const struct matchpolicies *p, const char *text, struct criteria_fault *fault)
{
    struct criteria *criteria = criteria_parse(p->profile, text, fault);
    criteria_free(criteria);
    return criteria != NULL;
}

static bool is_file(const char *word)
{
    size_t length = strlen(word);
    return (length > 5 && !strcmp(word + length - 5, ".yaml")) ||
           (length > 4 && !strcmp(word + length - 4, ".yml"));
}

static bool add_read(struct matchpolicies *p, const struct policyfile *file)
{
    const char *text = file->values[POLICY_CRITERIA], *title = file->values[POLICY_TITLE];
    struct criteria_fault fault;
    struct text message = {0};
    bool good = text && check(p, text, &fault);
    if (good)
        add_text(p, file->path, title, text);
    else if (text)
        criteria_add_fault(&message, text, &fault);
    if (!good)
        policyfile_fault(file, text ? POLICY_CRITERIA : -1,
                         text ? message.data : "it has no criteria");
    text_free(&message);
    return good;
}

static bool add_file(struct matchpolicies *p, const char *path)
{
    struct policyfile file;
    if (caller_is_bound())
        die("%s: who runs this by sudo names no file (qifu-members(7))", path);
    struct headers headers =
        headers_load(config_path(p->config, "headers.yaml"), "policy", policy_fields());
    bool good = policyfile_read(p->arena, path, &headers, policy_fields(), p->profile, &file) &&
                add_read(p, &file);
    headers_free(&headers);
    return good;
}

/* The number of a version behind AT, or 0. */
static int version_at(const char *at)
{
    int version = 0;
    for (at++; *at >= '0' && *at <= '9' && version < 100000000; at++)
        version = version * 10 + (*at - '0');
    return *at ? 0 : version;
}

/* What a version said, whatever the day. */
static bool add_version(struct matchpolicies *p, const char *word, int64_t id, int version)
{
    struct criteria_fault fault;
    const char *content = policy_version_content(p->db, id, version, p->arena);
    if (!content) {
        warn("%s: there is no such version", word);
        return false;
    }
    const struct policy_said said = policy_version_read(content, p->arena);
    const char *text = said.values[POLICY_CRITERIA];
    bool good = text && check(p, text, &fault);
    if (!text)
        warn("policy %s has no criteria", word);
    else if (!good)
        warn("policy %s: its criteria cannot be read any more: %s", word, fault.message);
    else
        add_text(p, arena_string(p->arena, word), said.values[POLICY_TITLE], text);
    return good;
}

static bool add_stored(struct matchpolicies *p, int64_t id)
{
    struct policy policy;
    if (!policy_load(p->db, id, p->arena, &policy))
        return true;
    turn_back(p, &policy);
    if (policy.criteria)
        add(p, &policy);
    else
        warn("policy %s has no criteria", policy.code);
    return policy.criteria != NULL;
}

bool matchpolicies_add(struct matchpolicies *p, const char *word)
{
    const char *at = strrchr(word, '@');
    int64_t id = policy_find(p->db, word);
    int version = !id && at ? version_at(at) : 0;
    if (id)
        return add_stored(p, id);
    if (version)
        id = policy_find(p->db, arena_bytes(p->arena, word, (size_t)(at - word)));
    if (id)
        return add_version(p, word, id, version);
    if (is_file(word))
        return add_file(p, word);
    report_unknown(p, word);
    return false;
}

/* What the last day was is a matter of versions too. */
void matchpolicies_add_live(struct matchpolicies *p, int day)
{
    struct policy_filter live = {.live = p->as_of == POLICY_NO_DAY, .day = day};
    int count;
    struct policy *list = policy_list(p->db, &live, p->arena, &count);
    for (int i = 0; i < count; i++) {
        turn_back(p, &list[i]);
        if (list[i].criteria && !strcmp(policy_state_on(&list[i], day), "published"))
            add(p, &list[i]);
    }
}

void matchpolicies_add_criteria(struct matchpolicies *p, const char *text)
{
    struct criteria_fault fault;
    struct text message = {0};
    if (!check(p, text, &fault)) {
        criteria_add_fault(&message, text, &fault);
        die("--where: %s", message.data);
    }
    add_text(p, "-", text, text);
}

void matchpolicies_free(struct matchpolicies *p)
{
    free(p->list);
}
