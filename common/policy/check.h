/* policycheck: finds faults of policies: missing fields that qifu-rules(7) requires, policies that
 * have expired, addresses that are none, criteria that exclude nobody or everybody, policies that
 * contradict each other, and deadlines of the 135 clock that were missed. */
#ifndef QIFU_POLICY_CHECK_H
#define QIFU_POLICY_CHECK_H

#include "policy/check_pairs.h"
#include "policy/taxonomy.h"

enum policy_finding {
    FINDING_MISSING,
    FINDING_INTERPRETER,
    FINDING_EXPIRED,
    FINDING_LINK,
    FINDING_CLASS,
    FINDING_NO_CRITERIA,
    FINDING_CRITERIA,
    FINDING_NEVER,
    FINDING_ALWAYS,
    FINDING_UNJUDGED,
    FINDING_CONTRADICTS,
    FINDING_STRICTER,
    FINDING_DANGLING,
    FINDING_DUPLICATE,
    FINDING_LATE_COLLECTED,
    FINDING_LATE_PUBLISHED,
    FINDING_LATE_INTERPRETED,
    FINDING_UNREVIEWED,
    FINDING_EVALUATE,
    FINDING_SHORT_TERM, /* of a draft; policycheck does not look for it */
    FINDING_SOURCE,     /* of a source, not of a policy; policycheck does not look for it */
    FINDING_COUNT
};

/* no-criteria; 缺匹配条件. */
const char *policycheck_code(enum policy_finding finding);
const char *policycheck_name(enum policy_finding finding);
/* The finding called WORD by either, or FINDING_COUNT; the nearest word, or NULL. */
enum policy_finding policycheck_find(const char *word);
const char *policycheck_nearest(const char *word);

/* What checking needs, for many policies. */
struct policycheck {
    const struct policypairs *pairs; /* the whole stock */
    const struct profile *profile;
    const struct taxonomy *taxonomy;
    int reviewed_from; /* a day of issue (config.h); 0: never */
    int day;           /* as of which */
    int64_t moment;    /* and what has passed by then */
    bool later;        /* a pair is reported once, at the policy that was entered later */
    bool wanted[FINDING_COUNT];
    /* Takes each finding; the message is one line and lives during the call. */
    void (*take)(void *context, const struct policy *policy, enum policy_finding finding,
                 const char *message);
    void *context;
};

/* Calls TAKE for each fault of POLICY, which is one of the stock. Policies that have ended are not
 * checked, because nothing in them can be mended. */
void policycheck_run(const struct policycheck *check, const struct policy *policy);

#endif
