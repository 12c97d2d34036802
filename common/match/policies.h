/* matchpolicies: which policies are matched: those that are named, all that are live, or criteria
 * that are no policy yet. */
#ifndef QIFU_MATCH_POLICIES_H
#define QIFU_MATCH_POLICIES_H

#include "center/config.h"
#include "criteria/profile.h"
#include "policy/policy.h"

struct matchpolicies {
    struct db *db;                 /* not owned, as the next three */
    struct arena *arena;           /* where what the policies say is kept */
    struct config *config;         /* whose headers.yaml files are read by */
    const struct profile *profile; /* by which criteria are read */
    int as_of; /* the day whose versions are matched; POLICY_NO_DAY: the present ones are */
    struct policy *list;
    int count;
};

/* Adds the policy called WORD: a code, a document number, CODE@2 for what its second version said,
 * or a YAML file with a draft. False, after a report, where there is none, or it has no criteria.
 * Those of a file or a version, which have no id, are called as they are named. */
bool matchpolicies_add(struct matchpolicies *policies, const char *word);

/* Adds all that are live on DAY, by what their versions say, and have criteria. */
void matchpolicies_add_live(struct matchpolicies *policies, int day);

/* Adds the criteria TEXT, which must outlive the list, as a policy without a code. Dies, with a
 * caret, where they cannot be read. */
void matchpolicies_add_criteria(struct matchpolicies *policies, const char *text);

void matchpolicies_free(struct matchpolicies *policies);

#endif
