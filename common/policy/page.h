/* policypage: policies as one web page (政策专栏), without scripts, pictures or fonts. All texts of
 * a policy are escaped; only http and https addresses become links. Readers choose a class by links
 * within the page (:target). */
#ifndef QIFU_POLICY_PAGE_H
#define QIFU_POLICY_PAGE_H

#include "policy/policy.h"
#include "policy/taxonomy.h"

struct policypage {
    const char *center; /* whose page it is */
    const struct taxonomy *taxonomy;
    int day;                       /* as of which days left are counted */
    const struct policy *policies; /* in their order: those to apply for first */
    int count;
};

/* Prints the page. */
void policypage_print(const struct policypage *page);

#endif
