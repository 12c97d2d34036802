/* policyfields: a policy whole, one record a field, or one JSON object. */
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

/* Adds the policy with its clocks (on time or late), what it ended, what came of it, its versions.
 */
void policyfields_print(struct policyfields *fields, const struct policy *policy);

/* Adds what version VERSION of it said; false where there is none. */
bool policyfields_print_version(struct policyfields *fields, const struct policy *policy,
                                int version);

#endif
