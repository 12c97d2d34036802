/* policyfields: prints a whole policy: a record for each field, or one JSON object. */
#ifndef QIFU_POLICY_SHOW_H
#define QIFU_POLICY_SHOW_H

#include "center/org.h"
#include "cli/out.h"
#include "policy/policy.h"
#include "policy/taxonomy.h"

enum { POLICYFIELDS_COLUMNS = 3 };
extern const struct out_column policyfields_columns[POLICYFIELDS_COLUMNS];

struct policyfields {
    struct center *center;
    const struct org_table *orgs;
    const struct taxonomy *taxonomy;
    int day; /* of days left and clocks */
    struct out *out;
};

/* Prints the policy with its deadlines (met or missed), the policies that it superseded, its
 * outcomes and its versions. */
void policyfields_print(struct policyfields *fields, const struct policy *policy);

/* Prints what version VERSION said; returns false if there is no such version. */
bool policyfields_print_version(struct policyfields *fields, const struct policy *policy,
                                int version);

#endif
