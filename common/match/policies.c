#include "match/policies.h"

#include <stdlib.h>

#include "base/die.h"
#include "base/text.h"
#include "base/uscc.h"
#include "criteria/criteria.h"
#include "enterprise/enterprise.h"

static void add(struct matchpolicies *p, const struct policy *policy)
{
    p->list = mem_grow(p->list, (size_t)p->count, sizeof *p->list);
    p->list[p->count++] = *policy;
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
    if (policy.criteria)
        add(p, &policy);
    else
        warn("policy %s has no criteria", policy.code);
    return policy.criteria != NULL;
}

void matchpolicies_add_live(struct matchpolicies *p, int day)
{
    struct policy_filter live = {.live = true, .day = day, .has_criteria = true};
    int count;
    const struct policy *list = policy_list(p->db, &live, p->arena, &count);
    for (int i = 0; i < count; i++)
        add(p, &list[i]);
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
                            .valid_to = POLICY_NO_DAY});
}

void matchpolicies_free(struct matchpolicies *p)
{
    free(p->list);
}
