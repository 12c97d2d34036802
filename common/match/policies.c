#include "match/policies.h"

#include <stdlib.h>
#include <string.h>

#include "base/die.h"
#include "base/text.h"
#include "base/uscc.h"
#include "criteria/criteria.h"
#include "enterprise/enterprise.h"
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

bool matchpolicies_add(struct matchpolicies *p, const char *word)
{
    struct policy policy;
    int64_t id = policy_find(p->db, word);
    if (!id) {
        report_unknown(p, word);
        return false;
    }
    if (!policy_load(p->db, id, p->arena, &policy))
        return true;
    turn_back(p, &policy);
    if (policy.criteria)
        add(p, &policy);
    else
        warn("policy %s has no criteria", policy.code);
    return policy.criteria != NULL;
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

void matchpolicies_add_criteria(struct matchpolicies *p, const struct profile *profile,
                                const char *text)
{
    struct criteria_fault fault;
    struct criteria *criteria = criteria_parse(profile, text, &fault);
    if (!criteria) {
        struct text message = {0};
        criteria_add_fault(&message, text, &fault);
        die("--where: %s", message.data);
    }
    criteria_free(criteria);
    add(p, &(struct policy){.code = "-",
                            .title = text,
                            .criteria = text,
                            .valid_from = POLICY_NO_DAY,
                            .valid_to = POLICY_NO_DAY,
                            .transition_to = POLICY_NO_DAY,
                            .evaluate = POLICY_NO_DAY});
}

void matchpolicies_free(struct matchpolicies *p)
{
    free(p->list);
}
